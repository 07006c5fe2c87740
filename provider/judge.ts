import { judgeCertificate } from "./certificate";
import { type DomainAddress, formatId, isCustomName } from "./domain";
import { judgeFailover } from "./failover";
import { type Finding, type Judgement, type Phase, weigh } from "./findings";
import { judgeManagedLogin } from "./managedLogin";
import type { Look, Observations, ObservedDomain } from "./observation";
import type { Settings } from "./settings";

/** What the program asks for, as far as it is known. */
export interface Question {
    /** The domain's name, where known. */
    domain?: string;
    /** Missing while the user pool or the domain is not known. */
    address?: DomainAddress;
    wanted: Settings;
    /** Days; see the argument of that name. */
    minimumCertificateValidityDays: number;
    /** The app client whose sign-in page matters most, where the program names it. */
    clientId?: string;
    /** The accounts in which the program may work; any where it does not say. */
    allowedAccountIds?: readonly string[];
}

/**
 * Everything that is wrong with laying the wanted settings over the observed domain. Pure: no I/O, no clock.
 * Used by the preflight of a preview and by the gate before an update alike.
 */
export function judge(observed: Observations, question: Question, phase: Phase, now: Date): Finding[] {
    const { address, wanted } = question;
    const { managedLogin, replicas } = observed;
    return weigh(
        [
            ...(observed.domain && address ? judgeDomain(observed.domain, address, question) : []),
            ...certificateJudgements(observed, question, now),
            ...(managedLogin && address && wanted.managedLoginVersion
                ? judgeManagedLogin(managedLogin, address, wanted.managedLoginVersion)
                : []),
            ...(replicas && address && wanted.failover
                ? judgeFailover(replicas, wanted.failover, address.userPoolId)
                : []),
        ],
        phase,
    );
}

function judgeDomain(
    domain: Look<ObservedDomain>,
    address: DomainAddress,
    { allowedAccountIds }: Question,
): Judgement[] {
    const about = { property: "domain" } as const;
    if ("failed" in domain) {
        return [
            {
                ...about,
                code: "domain-unseen",
                ground: "unseen",
                message: `${address.domain} could not be checked: ${domain.failed.message}`,
                remedy: "Make the check possible: what is in force has to be known before it is changed",
            },
        ];
    }
    if ("absent" in domain) {
        return [
            {
                ...about,
                code: "domain-not-found",
                ground: "mendable",
                message: `the user pool ${address.userPoolId} has no domain ${address.domain} in ${address.region}`,
                remedy: `Create it first (this resource changes settings, it never creates a domain), and make this resource depend on it${nameHint(address)}`,
            },
        ];
    }
    const { userPoolId, accountId, status } = domain.found;
    if (allowedAccountIds && accountId && !allowedAccountIds.includes(accountId)) {
        return [
            {
                ...about,
                code: "account-not-allowed",
                ground: "introduced",
                message: `${address.domain} is in account ${accountId}; allowedAccountIds has ${allowedAccountIds.join(", ")}`,
                remedy: "Use the credentials of an allowed account, or allow this one",
            },
        ];
    }
    if (userPoolId !== address.userPoolId) {
        return [
            {
                ...about,
                code: "domain-other-pool",
                ground: "introduced",
                message: `${address.domain} belongs to the user pool ${userPoolId}, not to ${address.userPoolId}`,
                remedy: `Give that pool's id, or the domain of this pool; the id would be ${formatId({ ...address, userPoolId })}`,
            },
        ];
    }
    if (status === "DELETING") {
        return [
            {
                ...about,
                code: "domain-deleting",
                ground: "mendable",
                message: `${address.domain} has status DELETING`,
                remedy: "Wait until it is gone, create it again, then run Pulumi again",
            },
        ];
    }
    if (status !== "ACTIVE") {
        return [
            {
                ...about,
                code: "domain-not-active",
                // The update itself waits until the domain is at rest, and a failed one is mended by an update.
                ground: "advisory",
                message: `${address.domain} has status ${status}`,
                remedy:
                    status === "FAILED" ? "The next update tries to mend it" : "The update waits until it is ACTIVE",
            },
        ];
    }
    return [];
}

function certificateJudgements({ domain, certificate }: Observations, question: Question, now: Date): Judgement[] {
    if (!certificate || question.domain === undefined || !isCustomName(question.domain)) {
        return [];
    }
    const use = {
        arn: certificate.arn,
        domain: question.domain,
        accountId: domain && "found" in domain ? domain.found.accountId : undefined,
        introduced: introducesCertificate(domain, question.wanted),
        minimumValidityDays: question.minimumCertificateValidityDays,
    };
    return judgeCertificate(certificate.look, use, now);
}

/** Whether the wanted certificate is known not to be the one that the domain has. */
function introducesCertificate(domain: Look<ObservedDomain> | undefined, wanted: Settings): boolean {
    if (wanted.certificateArn === undefined || !domain || "failed" in domain) {
        return false;
    }
    return "absent" in domain || domain.found.settings.certificateArn !== wanted.certificateArn;
}

/** Substrings that Cognito reserves in prefixes. */
const RESERVED = ["aws", "amazon", "cognito"];

function nameHint({ domain }: DomainAddress): string {
    const word = isCustomName(domain) ? undefined : RESERVED.find((reserved) => domain.includes(reserved));
    return word ? ` (Cognito refuses prefixes that contain "${word}")` : "";
}
