import { judgeCertificate } from "./certificate";
import { type DomainAddress, formatId, isCustomName } from "./domain";
import { type Finding, type Judgement, type Phase, weigh } from "./findings";
import type { Look, ObservedCertificate, ObservedDomain } from "./observation";
import type { Settings } from "./settings";

/** What AWS was asked; a question that was not asked is missing. */
export interface Observations {
    domain?: Look<ObservedDomain>;
    /** The certificate that the program wants, or else the one attached. */
    certificate?: { arn: string; look: Look<ObservedCertificate> };
}

/** What the program asks for, as far as it is known. */
export interface Question {
    address: DomainAddress;
    wanted: Settings;
    /** Days; see the argument of that name. */
    minimumCertificateValidityDays: number;
}

/**
 * Everything that is wrong with laying the wanted settings over the observed domain. Pure: no I/O, no clock.
 * Used by the preflight of a preview and by the gate before an update alike.
 */
export function judge(observed: Observations, question: Question, phase: Phase, now: Date): Finding[] {
    const judgements = [...judgeDomain(observed, question), ...certificateJudgements(observed, question, now)];
    return weigh(judgements, phase);
}

function judgeDomain({ domain }: Observations, { address }: Question): Judgement[] {
    if (!domain) {
        return [];
    }
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
    const { userPoolId, status } = domain.found;
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
                ground: "inForce",
                message: `${address.domain} has status ${status}`,
                remedy:
                    status === "FAILED" ? "The next update tries to mend it" : "The update waits until it is ACTIVE",
            },
        ];
    }
    return [];
}

function certificateJudgements({ domain, certificate }: Observations, question: Question, now: Date): Judgement[] {
    if (!certificate || !isCustomName(question.address.domain)) {
        return [];
    }
    const use = {
        arn: certificate.arn,
        domain: question.address.domain,
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
