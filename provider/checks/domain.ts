import { brokenAccountRule } from "../model/accounts";
import { type DomainAddress, isCustomName, regionOfPool } from "../model/address";
import type { Desired } from "../model/desired";
import type { Lookup, ObservedDomain } from "../model/observations";
import type { Judgement } from "./severity";

/** Whether the domain is there, of this pool, in an allowed account, and at rest. Pure. */
export function judgeDomain(
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
