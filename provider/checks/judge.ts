import { isCustomName } from "../model/address";
import type { Desired } from "../model/desired";
import type { Finding } from "../model/findings";
import type { Lookup, Observations, ObservedDomain } from "../model/observations";
import type { Settings } from "../model/settings";
import { judgeCertificate } from "./certificate";
import { judgeDomain } from "./domain";
import { judgeFailover, judgeFailoverNeeds } from "./failover";
import { judgeManagedLogin, judgeSecurityPolicy, judgeVerifyClient } from "./managedLogin";
import { type Judgement, type Phase, weigh } from "./severity";

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
