import type { PoolAddress } from "../model/address";
import { isCustomName } from "../model/address";
import { type Answer, answerOf, type Branding, domainOfPool, foundIn, type Observed } from "../model/observed";
import type { SettingName } from "../model/settings";
import { type Decision, type DecisionInput, decide } from "../plan/decide";
import type { Aws } from "./awsCalls";

/** The calls that read, of {@link Aws} or of a copy that remembers the answers. */
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
    | "callerAccount"
>;

/** A question about a user pool, and when its answer is needed. */
interface PoolQuestion<T> {
    isNeeded(decision: Decision, observed: Observed): boolean;
    ask(reads: Reads, pool: PoolAddress): Promise<T | undefined>;
}

type PoolAnswers = {
    [name in "caller" | "userPool" | "relyingParty" | "branding" | "replicas"]: PoolQuestion<
        Extract<NonNullable<Observed[name]>, { found: unknown }>["found"]
    >;
};

/** Everything that is asked about a user pool, in the order in which answers may lead to further questions. */
const POOL_QUESTIONS: PoolAnswers = {
    // Another account has neither the domain nor the pool.
    caller: {
        isNeeded: (_, observed) => isAbsent(observed),
        ask: (reads, { region }) => reads.callerAccount(region),
    },
    userPool: {
        isNeeded: ({ changes }, observed) =>
            changes.includes("managedLoginVersion") || changes.includes("failover") || isAbsent(observed),
        ask: (reads, pool) => reads.describeUserPool(pool),
    },
    branding: {
        isNeeded: (decision) => goesToManagedLogin(decision),
        ask: brandingOf,
    },
    replicas: {
        isNeeded: ({ changes }) => changes.includes("failover"),
        ask: (reads, pool) => reads.listReplicas(pool),
    },
    relyingParty: {
        isNeeded: (decision, { userPool }) => goesToManagedLogin(decision) && foundIn(userPool)?.passkeys === true,
        ask: (reads, pool) => reads.relyingPartyId(pool),
    },
};

function isAbsent({ domain }: Observed): boolean {
    return domain !== undefined && "absent" in domain;
}

function goesToManagedLogin({ changes, target }: Pick<Decision, "changes" | "target">): boolean {
    return changes.includes("managedLoginVersion" satisfies SettingName) && target.managedLoginVersion === 2;
}

/** Asks everything that bears on a request: the domain, and then what the plan needs to know. Never throws. */
export async function observe(reads: Reads, input: DecisionInput): Promise<Observed> {
    const { address, desired } = input.request;
    const certificate = askCertificate(reads, desired.certificateArn);
    if (!address) {
        return { certificate: await certificate };
    }
    const domain = await answerOf(() => reads.describeDomain(address));
    return askMissing(reads, { domain, certificate: await certificate }, input);
}

/**
 * Asks everything that the plan still needs, concurrently, given what was observed so far. Never throws.
 * @param certificates Whose certificate is asked for: the one that the program names, or the one that the domain will have.
 * @returns The same object if nothing is missing.
 */
export async function askMissing(
    reads: Reads,
    observed: Observed,
    input: DecisionInput,
    certificates: "named" | "attached" = "attached",
): Promise<Observed> {
    const { address, unknown } = input.request;
    if (!address) {
        return observed;
    }
    const decision = decide(input, domainOfPool(observed, address.userPoolId));
    const { userPoolId, region } = address;
    const wanted = certificates === "named" ? input.request.desired : decision.target;
    const isReplaced = unknown.includes("certificateArn");
    const arn = isCustomName(address.domain) && !isReplaced ? wanted.certificateArn : undefined;
    const isCertificateMissing = arn !== undefined && observed.certificate?.arn !== arn;
    const names = (Object.keys(POOL_QUESTIONS) as (keyof PoolAnswers)[]).filter(
        (name) => observed[name] === undefined && POOL_QUESTIONS[name].isNeeded(decision, observed),
    );
    if (names.length === 0 && !isCertificateMissing) {
        return observed;
    }
    const [certificate, answers] = await Promise.all([
        isCertificateMissing ? askCertificate(reads, arn) : observed.certificate,
        Promise.all(
            names.map(async (name) => {
                const { ask } = POOL_QUESTIONS[name];
                // Without the domain, so that the answers serve all domains of the pool.
                return [name, await answerOf<unknown>(() => ask(reads, { userPoolId, region }))] as const;
            }),
        ),
    ]);
    return askMissing(reads, { ...observed, certificate, ...Object.fromEntries(answers) }, input, certificates);
}

/** Asks ACM for a certificate. */
async function askCertificate(
    reads: Pick<Reads, "describeCertificate">,
    arn: string | undefined,
): Promise<Observed["certificate"]> {
    return arn ? { arn, answer: await answerOf(() => reads.describeCertificate(arn)) } : undefined;
}

/** App clients that are asked, each in a call of its own. ListUserPoolClients returns no more in one page. */
const MOST_CLIENTS = 60;

/** Calls at once: the quota of a user pool, a second. */
const CLIENTS_AT_ONCE = 5;

/**
 * Asks for the app clients' branding styles, until one has a style. If none has, those without the OAuth flows that use sign-in
 * pages do not count. Source: API reference of UserPoolClientType, AllowedOAuthFlows.
 */
async function brandingOf(reads: Reads, pool: PoolAddress): Promise<Branding> {
    const { clients, more } = await reads.listClients(pool, MOST_CLIENTS);
    const unstyled: typeof clients = [];
    for (let at = 0; at < clients.length; at += CLIENTS_AT_ONCE) {
        const some = clients.slice(at, at + CLIENTS_AT_ONCE);
        const styles = await Promise.all(some.map(({ id }) => reads.hasBranding(pool, id)));
        unstyled.push(...some.filter((_, index) => !styles[index]));
        if (styles.some(Boolean)) {
            return { asked: at + some.length, more, styled: true, unstyled };
        }
    }
    const usesPages = await Promise.all(unstyled.map(({ id }) => hasSignInPages(reads, pool, id)));
    return { asked: clients.length, more, styled: false, unstyled: unstyled.filter((_, index) => usesPages[index]) };
}

/** True if an app client uses sign-in pages; one that could not be asked counts as such. */
async function hasSignInPages(reads: Reads, pool: PoolAddress, clientId: string): Promise<boolean> {
    const client: Answer<{ flows: string[] }> = await answerOf(() => reads.describeClient(pool, clientId));
    return foundIn(client)?.flows.some((flow) => flow === "code" || flow === "implicit") ?? true;
}
