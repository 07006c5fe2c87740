import { brokenAccountRule } from "../model/accounts";
import { type DomainAddress, isCustomName, regionOfPool } from "../model/address";
import { foundIn, type Observed } from "../model/observed";
import type { CheckContext } from "./checks";
import { cannotAsk, type Note } from "./note";

/** Whether the domain exists, belongs to this pool and an allowed account, and is at rest. Pure. */
export function domainNotes({ domain, caller }: Observed, { request, willUpdate }: CheckContext): Note[] {
    const { address, accounts } = request;
    if (!domain || !address) {
        return [];
    }
    const name = address.domain;
    if ("failed" in domain) {
        const remedy = "Fix this first: an update has to read the current settings";
        return [cannotAsk("domain-unseen", name, domain, remedy, "unasked")];
    }
    if ("absent" in domain) {
        const account = foundIn(caller);
        const where = account ? `${address.region}, in account ${account}` : address.region;
        return [
            {
                code: "domain-not-found",
                message: `the user pool ${address.userPoolId} has no domain ${name} in ${where}`,
                remedy: `Create it first, with dependsOn if this program does; or correct the domain, the user pool, the Region or the credentials${hints(address)}`,
            },
        ];
    }
    const { userPoolId, accountId, status } = domain.found;
    const broken = accountId && brokenAccountRule(accountId, accounts);
    if (broken) {
        return [
            {
                code: "account-not-allowed",
                message: `${name} is in account ${accountId}; ${broken}`,
                remedy: "Use credentials for an allowed account, or allow this one",
            },
        ];
    }
    if (userPoolId !== address.userPoolId) {
        return [
            {
                code: "domain-other-pool",
                message: `${name} belongs to the user pool ${userPoolId}, not to ${address.userPoolId}`,
                remedy: "Set userPoolId to that pool, or name a domain of this pool",
            },
        ];
    }
    if (status === "DELETING") {
        const remedy = "Wait until it is gone, create it again, then run Pulumi again";
        return [{ code: "domain-deleting", message: `${name} has status DELETING`, remedy }];
    }
    if (status !== "ACTIVE") {
        const remedy = statusRemedy(status, willUpdate);
        return [{ code: "domain-not-active", message: `${name} has status ${status}`, remedy }];
    }
    return [];
}

function statusRemedy(status: string, willUpdate: boolean): string {
    if (status === "FAILED") {
        return willUpdate
            ? "Nothing to do: the update sends the settings again"
            : "Run `pulumi up --refresh`: nothing in the program has changed, so this update sends nothing";
    }
    return willUpdate
        ? "Nothing to do: the update waits until it is ACTIVE"
        : "Nothing to do: this update sends nothing";
}

/** Substrings that Cognito reserves in prefixes. */
const RESERVED = ["aws", "amazon", "cognito"];

function hints({ userPoolId, domain, region }: DomainAddress): string {
    if (isCustomName(domain)) {
        return "";
    }
    const primary = regionOfPool(userPoolId);
    const ofRegion =
        region === primary ? "" : `; prefix domains exist in the primary Region only: remove region to use ${primary}`;
    const word = RESERVED.find((reserved) => domain.includes(reserved));
    return `${ofRegion}${word ? ` (Cognito refuses prefixes that contain "${word}")` : ""}`;
}
