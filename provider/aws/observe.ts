import type { DomainAddress, PoolAddress } from "../model/address";
import type { Desired } from "../model/desired";
import {
    type Branding,
    type Lookup,
    lookUp,
    type ManagedLoginObservations,
    type Observations,
    type ObservedDomain,
} from "../model/observations";
import { type Settings, sameSetting } from "../model/settings";
import type { Aws } from "./awsCalls";

/** How many of a pool's app clients are looked at: each takes a call of its own. */
const CLIENTS_LOOKED_AT = 20;

/** Asks AWS everything that bears on the desired state, at once where it can, and nothing that does not. Never throws. */
export async function observe(aws: Reads, desired: Desired): Promise<Observations> {
    const { address, settings } = desired;
    const desiredCertificate = lookAtCertificate(aws, settings);
    if (!address) {
        return { certificate: await desiredCertificate };
    }
    const domain = await lookUp(() => aws.describeDomain(address));
    const pool = poolOf(address);
    const failoverChanges = isIntroduced("failover", domain, settings);
    const [certificate, managedLogin, replicas, replicatedPool, verifyClient] = await Promise.all([
        desiredCertificate ?? ("found" in domain ? lookAtCertificate(aws, domain.found.settings) : undefined),
        isIntroduced("managedLoginVersion", domain, settings) ? lookAtManagedLogin(aws, pool, desired) : undefined,
        failoverChanges ? lookUp(() => aws.listReplicas(pool)) : undefined,
        failoverChanges ? lookUp(() => aws.describeUserPool(pool)) : undefined,
        lookAtClient(aws, desired),
    ]);
    return { domain, certificate, managedLogin, replicas, replicatedPool, verifyClient };
}

/** The calls that look, of {@link Aws} or of a copy that remembers the answers. */
export type Reads = Pick<
    Aws,
    | "describeDomain"
    | "describeCertificate"
    | "describeUserPool"
    | "relyingPartyId"
    | "listClients"
    | "hasBranding"
    | "describeClient"
    | "listReplicas"
>;

/** Without the domain, so that the answers serve all domains of the pool. */
function poolOf({ userPoolId, region }: DomainAddress): PoolAddress {
    return { userPoolId, region };
}

async function lookAtManagedLogin(
    aws: Reads,
    pool: PoolAddress,
    { settings, clientId }: Desired,
): Promise<ManagedLoginObservations> {
    const branding = settings.managedLoginVersion === 2 ? lookUp(() => lookAtBranding(aws, pool, clientId)) : undefined;
    const userPool = await lookUp(() => aws.describeUserPool(pool));
    const passkeys = "found" in userPool && userPool.found.passkeys;
    return {
        userPool,
        relyingParty: passkeys ? await lookUp(() => aws.relyingPartyId(pool)) : undefined,
        branding: await branding,
    };
}

async function lookAtBranding(aws: Reads, pool: PoolAddress, clientId: string | undefined): Promise<Branding> {
    const { clients, more } = clientId
        ? { clients: [{ id: clientId, name: clientId }], more: false }
        : await aws.listClients(pool, CLIENTS_LOOKED_AT);
    const branded = await Promise.all(clients.map(({ id }) => aws.hasBranding(pool, id)));
    const unbranded = clients.filter((_, index) => !branded[index]);
    const havePages = await Promise.all(unbranded.map(({ id }) => hasSignInPages(aws, pool, id)));
    return { looked: clients.length, more, unbranded: unbranded.filter((_, index) => havePages[index]) };
}

/**
 * A client with neither a code nor an implicit flow has no sign-in pages. Where it cannot be told, it counts as having them.
 * Source: API reference of UserPoolClientType, AllowedOAuthFlows.
 */
async function hasSignInPages(aws: Reads, pool: PoolAddress, clientId: string): Promise<boolean> {
    const client = await lookUp(() => aws.describeClient(pool, clientId));
    return !("found" in client) || client.found.flows.some((flow) => flow === "code" || flow === "implicit");
}

/** Asks for the app client that `verify` names, where there is one: its absence is found before a write, not after. */
export function lookAtClient(
    aws: Pick<Reads, "describeClient">,
    { address, clientId }: Pick<Desired, "address" | "clientId">,
): Promise<NonNullable<Observations["verifyClient"]>> | undefined {
    return address && clientId ? lookUp(() => aws.describeClient(poolOf(address), clientId)) : undefined;
}

/** Asks ACM for the certificate of some settings, where they have one. */
export function lookAtCertificate(
    aws: Pick<Reads, "describeCertificate">,
    { certificateArn: arn }: Settings,
): Promise<NonNullable<Observations["certificate"]>> | undefined {
    return arn ? lookUp(() => aws.describeCertificate(arn)).then((answer) => ({ arn, look: answer })) : undefined;
}

/** Whether the update would change this setting, of a domain that is there or of one that is still to be created. */
function isIntroduced(name: keyof Settings, domain: Lookup<ObservedDomain>, desired: Settings): boolean {
    if (desired[name] === undefined || "failed" in domain) {
        return false;
    }
    return "absent" in domain || !sameSetting(domain.found.settings[name], desired[name]);
}
