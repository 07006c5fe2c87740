import { isCustomName, type PoolAddress } from "../model/address";
import { answerOf, type Branding, domainOfPool, foundIn, type Observed } from "../model/observed";
import { type DecisionInput, decide } from "../plan/decide";
import type { Aws } from "./awsCalls";

/** The calls that read, of {@link Aws} or of a copy that remembers the answers. */
export type Reads = Omit<Aws, "acquireUpdate" | "updateDomain">;

/** Asks everything that a request depends on: the domain, then what else the plan needs. Never throws. */
export async function observe(reads: Reads, input: DecisionInput): Promise<Observed> {
    const { address, desired } = input.request;
    const [certificate, domain] = await Promise.all([
        askCertificate(reads, desired.certificateArn),
        address && answerOf(() => reads.describeDomain(address)),
    ]);
    return askMissing(reads, { certificate, domain }, input);
}

/**
 * Asks everything that the plan still needs, concurrently, given what was observed so far. Never throws.
 * @param certificates The certificate to ask for: the one that the program names, or the one that the domain will have.
 * @returns The same object if nothing is missing.
 */
export async function askMissing(
    reads: Reads,
    observed: Observed,
    input: DecisionInput,
    certificates: "named" | "attached" = "attached",
): Promise<Observed> {
    const { address, desired, unknown } = input.request;
    if (!address) {
        return observed;
    }
    const { changes, target } = decide(input, domainOfPool(observed, address.userPoolId));
    // Without the domain, so that the answers serve all domains of the pool.
    const pool = { userPoolId: address.userPoolId, region: address.region };
    const isAbsent = observed.domain !== undefined && "absent" in observed.domain;
    const changesVersion = changes.includes("managedLoginVersion");
    const changesFailover = changes.includes("failover");
    const goesToManagedLogin = changesVersion && target.managedLoginVersion === 2;
    const hasPasskeys = foundIn(observed.userPool)?.passkeys === true;
    // For each answer, if it is needed, and how to ask for it.
    const questions: Partial<Record<keyof Observed, [isNeeded: boolean, ask: () => Promise<unknown>]>> = {
        // Another account has neither the domain nor the pool.
        caller: [isAbsent, () => reads.callerAccount(pool.region)],
        userPool: [isAbsent || changesVersion || changesFailover, () => reads.describeUserPool(pool)],
        branding: [goesToManagedLogin, () => brandingOf(reads, pool)],
        replicas: [changesFailover, () => reads.listReplicas(pool)],
        relyingParty: [goesToManagedLogin && hasPasskeys, () => reads.relyingPartyId(pool)],
    };
    const missing = Object.entries(questions).filter(
        ([name, [isNeeded]]) => isNeeded && observed[name as keyof Observed] === undefined,
    );
    const hasCertificate = isCustomName(address.domain) && !unknown.includes("certificateArn");
    const arn = hasCertificate ? (certificates === "named" ? desired : target).certificateArn : undefined;
    const isCertificateMissing = arn !== undefined && observed.certificate?.arn !== arn;
    if (missing.length === 0 && !isCertificateMissing) {
        return observed;
    }
    const [certificate, ...answers] = await Promise.all([
        isCertificateMissing ? askCertificate(reads, arn) : observed.certificate,
        ...missing.map(async ([name, [, ask]]) => [name, await answerOf(ask)] as const),
    ]);
    return askMissing(reads, { ...observed, certificate, ...Object.fromEntries(answers) }, input, certificates);
}

async function askCertificate(reads: Reads, arn: string | undefined): Promise<Observed["certificate"]> {
    return arn ? { arn, answer: await answerOf(() => reads.describeCertificate(arn)) } : undefined;
}

/** App clients that are asked, one call each. ListUserPoolClients returns no more in one page. */
const MOST_CLIENTS = 60;

/**
 * Asks for the app clients' branding styles, until one has a style. If none has, those without the OAuth flows that use sign-in
 * pages do not count; one that could not be asked does. Source: API reference of UserPoolClientType, AllowedOAuthFlows.
 */
async function brandingOf(reads: Reads, pool: PoolAddress): Promise<Branding> {
    const { clients, more } = await reads.listClients(pool, MOST_CLIENTS);
    for (const [index, { id }] of clients.entries()) {
        if (await reads.hasBranding(pool, id)) {
            return { asked: index + 1, more, styled: true, unstyled: clients.slice(0, index) };
        }
    }
    const answers = await Promise.all(clients.map(({ id }) => answerOf(() => reads.describeClient(pool, id))));
    const unstyled = clients.filter((_, index) => {
        const { flows } = foundIn(answers[index]) ?? { flows: ["code"] };
        return flows.includes("code") || flows.includes("implicit");
    });
    return { asked: clients.length, more, styled: false, unstyled };
}
