import { brokenAccountRule } from "../model/accounts";
import { type DomainAddress, isCustomName, regionOfPool } from "../model/address";
import type { Desired } from "../model/desired";
import { type Finding, type Judgement, type Phase, weigh } from "../model/findings";
import type { Lookup, Observations, ObservedDomain } from "../model/observations";
import type { Settings } from "../model/settings";
import { judgeCertificate } from "./certificate";
import { judgeFailover, judgeFailoverNeeds } from "./failover";
import { judgeManagedLogin, judgeSecurityPolicy, judgeVerifyClient } from "./managedLogin";

/**
 * Everything that is wrong with laying the desired settings over the observed domain. Pure: no I/O, no clock.
 * Used by the preflight of a preview and by the gate before an update alike.
 */
export function judge(observed: Observations, desired: Desired, phase: Phase, now: Date): Finding[] {
    const { address, settings } = desired;
    const { managedLogin, replicas } = observed;
    return weigh(
        [
            ...(observed.domain && address ? judgeDomain(observed.domain, address, desired) : []),
            ...certificateJudgements(observed, desired, now),
            ...(observed.domain && "found" in observed.domain && desired.engineWillAct !== false
                ? judgeSecurityPolicy(observed.domain.found.settings, settings)
                : []),
            ...(managedLogin && address && settings.managedLoginVersion
                ? judgeManagedLogin(managedLogin, address, settings.managedLoginVersion)
                : []),
            ...(replicas && address && settings.failover
                ? [
                      ...judgeFailover(replicas, settings.failover, address.userPoolId),
                      ...judgeFailoverNeeds(
                          observed.replicatedPool,
                          versionAfter(observed, settings),
                          address.userPoolId,
                      ),
                  ]
                : []),
            ...(observed.verifyClient && address && desired.clientId
                ? judgeVerifyClient(observed.verifyClient, desired, address.userPoolId)
                : []),
        ],
        phase,
    );
}

/** The version that the domain will have. */
function versionAfter({ domain }: Observations, { managedLoginVersion }: Settings): number | undefined {
    return managedLoginVersion ?? (domain && "found" in domain ? domain.found.settings.managedLoginVersion : undefined);
}

function judgeDomain(
    domain: Lookup<ObservedDomain>,
    address: DomainAddress,
    { engineWillAct, ...rules }: Desired,
): Judgement[] {
    const about = { property: "domain" } as const;
    if ("failed" in domain) {
        return [
            {
                ...about,
                code: "domain-unseen",
                ground: "unseen",
                message: `${address.domain} could not be checked: ${domain.failed.message}`,
                remedy: "Mend that first: an update has to know what is in force",
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
                remedy: `Create it first and make this resource depend on it, or correct the name, the pool or the Region${regionHint(address)}${nameHint(address)}`,
            },
        ];
    }
    const { userPoolId, accountId, status } = domain.found;
    const broken = accountId && brokenAccountRule(accountId, rules);
    if (broken) {
        return [
            {
                ...about,
                code: "account-not-allowed",
                ground: engineWillAct === false ? "advisory" : "introduced",
                message: `${address.domain} is in account ${accountId}; ${broken}`,
                remedy: "Use the credentials of an allowed account, or allow this one",
            },
        ];
    }
    if (userPoolId !== address.userPoolId) {
        return [
            {
                ...about,
                code: "domain-other-pool",
                // The same program may be moving it to this pool.
                ground: "mendable",
                message: `${address.domain} belongs to the user pool ${userPoolId}, not to ${address.userPoolId}`,
                remedy: "Give that pool's id as userPoolId, or name a domain of this pool",
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
                remedy: statusRemedy(status, engineWillAct),
            },
        ];
    }
    return [];
}

function certificateJudgements({ domain, certificate }: Observations, desired: Desired, now: Date): Judgement[] {
    if (!certificate || desired.domain === undefined || !isCustomName(desired.domain)) {
        return [];
    }
    const use = {
        arn: certificate.arn,
        domain: desired.domain,
        accountId: domain && "found" in domain ? domain.found.accountId : undefined,
        introduced: introducesCertificate(domain, desired),
        minimumValidityDays: desired.minimumCertificateValidityDays,
    };
    const judgements = judgeCertificate(certificate.look, use, now);
    const isImported = "found" in certificate.look && certificate.look.found.type === "IMPORTED";
    return isImported && desired.isCertificateOfProgram ? judgements.map(unlessImportedAnew) : judgements;
}

/** Pulumi does not tell whether another resource of the program is about to change: its outputs are known all the same. */
function unlessImportedAnew(judgement: Judgement): Judgement {
    return judgement.ground === "introduced"
        ? { ...judgement, ground: "mendable", remedy: `${judgement.remedy}, unless this program imports it anew` }
        : judgement;
}

/** Whether an update will put on the domain a certificate that is known not to be the one that it has. */
function introducesCertificate(
    domain: Lookup<ObservedDomain> | undefined,
    { settings: desired, engineWillAct }: Desired,
): boolean {
    if (engineWillAct === false || desired.certificateArn === undefined || !domain || "failed" in domain) {
        return false;
    }
    return "absent" in domain || domain.found.settings.certificateArn !== desired.certificateArn;
}

function statusRemedy(status: string, engineWillAct: boolean | undefined): string {
    if (status !== "FAILED") {
        return engineWillAct === false
            ? "Look again once it is ACTIVE: nothing in the program has changed, so this update neither waits nor sends anything"
            : "Nothing to do: the update waits until it is ACTIVE";
    }
    return engineWillAct === false
        ? "Send the settings again with `pulumi up --refresh`: nothing in the program has changed, so this update sends none"
        : "Nothing to do: the update sends the settings again";
}

/** A replica shares the domain of the primary, which is where a prefix domain is described. */
function regionHint({ userPoolId, domain, region }: DomainAddress): string {
    const primary = regionOfPool(userPoolId);
    return region === primary || isCustomName(domain)
        ? ""
        : `; a prefix domain is described in the primary's Region alone: leave region out to use ${primary}`;
}

/** Substrings that Cognito reserves in prefixes. */
const RESERVED = ["aws", "amazon", "cognito"];

function nameHint({ domain }: DomainAddress): string {
    const word = isCustomName(domain) ? undefined : RESERVED.find((reserved) => domain.includes(reserved));
    return word ? ` (Cognito refuses prefixes that contain "${word}")` : "";
}
