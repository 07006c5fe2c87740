import type { Aws } from "./aws";
import type { DomainAddress, PoolAddress } from "./domain";
import type { Question } from "./judge";
import {
    type Branding,
    type Look,
    look,
    type ManagedLoginObservations,
    type Observations,
    type ObservedDomain,
} from "./observation";
import { type Settings, sameSetting } from "./settings";

/** How many of a pool's app clients are looked at: each takes a call of its own. */
const CLIENTS_LOOKED_AT = 20;

/** Asks AWS everything that bears on the question, at once where it can, and nothing that does not. Never throws. */
export async function observe(aws: Reads, question: Question): Promise<Observations> {
    const { address, wanted } = question;
    const wantedCertificate = lookAtCertificate(aws, wanted);
    if (!address) {
        return { certificate: await wantedCertificate };
    }
    const domain = await look(() => aws.describeDomain(address));
    const [certificate, managedLogin, replicas] = await Promise.all([
        wantedCertificate ?? ("found" in domain ? lookAtCertificate(aws, domain.found.settings) : undefined),
        isIntroduced("managedLoginVersion", domain, wanted)
            ? lookAtManagedLogin(aws, poolOf(address), question)
            : undefined,
        isIntroduced("failover", domain, wanted) ? look(() => aws.listReplicas(poolOf(address))) : undefined,
    ]);
    return { domain, certificate, managedLogin, replicas };
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
    | "listReplicas"
>;

/** Without the domain, so that the answers serve all domains of the pool. */
function poolOf({ userPoolId, region }: DomainAddress): PoolAddress {
    return { userPoolId, region };
}

async function lookAtManagedLogin(
    aws: Reads,
    pool: PoolAddress,
    { wanted, clientId }: Question,
): Promise<ManagedLoginObservations> {
    const branding = wanted.managedLoginVersion === 2 ? look(() => lookAtBranding(aws, pool, clientId)) : undefined;
    const userPool = await look(() => aws.describeUserPool(pool));
    const passkeys = "found" in userPool && userPool.found.passkeys;
    return {
        userPool,
        relyingParty: passkeys ? await look(() => aws.relyingPartyId(pool)) : undefined,
        branding: await branding,
    };
}

async function lookAtBranding(aws: Reads, pool: PoolAddress, clientId: string | undefined): Promise<Branding> {
    const { clients, more } = clientId
        ? { clients: [{ id: clientId, name: clientId }], more: false }
        : await aws.listClients(pool, CLIENTS_LOOKED_AT);
    const branded = await Promise.all(clients.map(({ id }) => aws.hasBranding(pool, id)));
    return { looked: clients.length, more, unbranded: clients.filter((_, index) => !branded[index]) };
}

/** Asks ACM for the certificate of some settings, where they have one. */
export function lookAtCertificate(
    aws: Pick<Reads, "describeCertificate">,
    { certificateArn: arn }: Settings,
): Promise<NonNullable<Observations["certificate"]>> | undefined {
    return arn ? look(() => aws.describeCertificate(arn)).then((answer) => ({ arn, look: answer })) : undefined;
}

/** Whether the update would change this setting, of a domain that is there or of one that is still to be created. */
function isIntroduced(name: keyof Settings, domain: Look<ObservedDomain>, wanted: Settings): boolean {
    if (wanted[name] === undefined || "failed" in domain) {
        return false;
    }
    return "absent" in domain || !sameSetting(domain.found.settings[name], wanted[name]);
}
