import { brokenAccountRule } from "../model/accounts";
import { type DomainAddress, isCustomName, regionOfPool } from "../model/address";
import { foundIn, type Observed } from "../model/observed";
import { namesIn, SETTING_NAMES, type SettingName, type Settings, sameSetting } from "../model/settings";
import { SettingsText } from "../model/settingsText";
import { type CheckContext, cannotAsk, type Note, note } from "./note";

/** Checks that the domain exists, belongs to this pool and an allowed account, and is at rest. Pure. */
export function domainNotes(
    { domain, caller, userPool }: Observed,
    { request, isSent, willUpdate }: CheckContext,
): Note[] {
    const { address, accounts } = request;
    if (!domain || !address) {
        return [];
    }
    const name = address.domain;
    if ("failed" in domain) {
        return cannotAsk("domain-unseen", name, domain, "Fix this first: an update has to read the current settings");
    }
    if ("absent" in domain) {
        const account = foundIn(caller);
        const where = account ? `${address.region}, in account ${account}` : address.region;
        const isPoolAbsent = userPool && "absent" in userPool;
        return note(
            "domain-not-found",
            isPoolAbsent
                ? `there is no user pool ${address.userPoolId} in ${where}, so no domain ${name} either`
                : `the user pool ${address.userPoolId} has no domain ${name} in ${where}`,
            `Create it first (if this program does, add dependsOn), or correct the domain, the pool or the Region. If another account has it, name its profile or role in the argument aws${hints(address)}`,
        );
    }
    const { userPoolId, accountId, status } = domain.found;
    const broken = accountId && brokenAccountRule(accountId, accounts);
    if (broken) {
        const remedy = "Use credentials for an allowed account, or allow this one";
        return note("account-not-allowed", `${name} is in account ${accountId}; ${broken}`, remedy);
    }
    if (userPoolId !== address.userPoolId) {
        const where = accountId ? ` (account ${accountId})` : "";
        const message = `${name} belongs to the user pool ${userPoolId}, not to ${address.userPoolId}${where}`;
        return note("domain-other-pool", message, "Set userPoolId to that pool, or name a domain of this pool");
    }
    const message = `${name} has status ${status}`;
    if (status === "DELETING") {
        const remedy = "Wait until it is gone, create it again, then run Pulumi again";
        return note("domain-deleting", message, remedy, isSent ? undefined : "advisory");
    }
    if (status === "FAILED") {
        const mayBeSent = isSent || (willUpdate && request.unknown.length > 0);
        const isManaged = namesIn(request.desired).length > 0;
        const again = isManaged
            ? "Run `pulumi up --refresh` to send the settings again: without a change in the program, `pulumi up` sends nothing"
            : "To send its settings again, name one of them in the program, and run `pulumi up`: the resource manages none";
        return note("domain-not-active", message, mayBeSent ? "The update sends the settings again" : again);
    }
    const remedy = willUpdate ? "The update waits until it is ACTIVE" : "Preview again once it is ACTIVE";
    return status === "ACTIVE" ? [] : note("domain-not-active", message, remedy);
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

/** The settings that a resource of the program asks for. */
export interface DomainUse {
    /** The resource's name in the program. */
    name: string;
    desired: Settings;
    /** The settings that are secret in it. */
    secret: readonly SettingName[];
}

/** Reports two or more resources of a program that manage one domain, and the values that they disagree on. Pure. */
export function sharedDomainNotes(id: string, uses: readonly DomainUse[]): Note[] {
    if (uses.length < 2) {
        return [];
    }
    const conflicts = SETTING_NAMES.flatMap((setting) => {
        const naming = uses.filter(({ desired }) => desired[setting] !== undefined);
        const isContested = naming.some((it) => !sameSetting(it.desired[setting], naming[0]?.desired[setting]));
        const values = naming.map((it) => `${new SettingsText(it.secret).all(it.desired, [setting])} (${it.name})`);
        return isContested ? [values.join(", ")] : [];
    });
    const names = uses.map(({ name }) => name).join(", ");
    const what = conflicts.length > 0 ? ` with conflicting values: ${conflicts.join("; ")}` : `: ${names}`;
    const message = `${uses.length} resources in this program manage ${id}${what}`;
    return note("domain-managed-twice", message, "Merge them into one");
}
