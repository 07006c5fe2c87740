import { isRefusal } from "../aws/updateRefusals";
import { isDeletedWith } from "../inputs/resourceOptions";
import { isUnknown } from "../inputs/unknown";
import { type DomainAddress, parseId } from "../model/address";
import { type Adoption, adoptedIn } from "../model/adoption";
import { messageOf, NotConvergedError, RefusedError, UserPoolDomainSettingsError } from "../model/errors";
import { namesIn, pick, type SettingName, type Settings } from "../model/settings";
import { describeSettings } from "../model/settingsText";
import { assertGone } from "./absence";
import { alreadyInForce, alreadyInForceText } from "./adopt";
import type { Engine } from "./engine";
import type { Operation, OperationContext } from "./operation";
import { putBack } from "./putBack";

/** What a delete with `onDelete: "restore"` puts back, and what it leaves. */
export interface RestorePlan {
    /** What was in force when the program began to manage it. */
    original: Settings;
    /** Each is put back only where one of these is still in force. */
    onlyOver: Settings[];
    /** Managed settings that were not there then: the API cannot take them away. */
    irremovable: SettingName[];
    /** What another resource of the program still manages. */
    stillManaged: SettingName[];
    /** What that was when the program began to manage it: the resource that has it from now on may not know. */
    kept: Settings;
}

/** What there is to restore, by the outputs of the resource that is deleted. Pure. */
export function planRestore(outputs: Record<string, unknown>, stillManaged: ReadonlySet<SettingName>): RestorePlan {
    const { managed, found, applied, attempted } = adoptedIn(outputs);
    const isFree = (name: SettingName) => !stillManaged.has(name);
    // A TLS policy that was raised for managed login goes back with it, and stays with it.
    const staysRaised = stillManaged.has("managedLoginVersion") && !managed.includes("securityPolicy");
    return {
        original: pick(
            found,
            namesIn(found).filter((name) => isFree(name) && !(name === "securityPolicy" && staysRaised)),
        ),
        // What a refresh found is somebody else's.
        onlyOver: [applied, ...(attempted ? [attempted] : [])],
        irremovable: managed.filter((name) => found[name] === undefined && isFree(name)),
        stillManaged: managed.filter((name) => stillManaged.has(name)),
        kept: pick(
            found,
            managed.filter((name) => stillManaged.has(name)),
        ),
    };
}

/** What a move away from a domain puts back, in words: no preview of Pulumi's shows what `delete` does. */
export function restoreOnLeaving(
    id: string,
    outputs: Record<string, unknown>,
    inputs: Record<string, unknown>,
    managed: { of(address: DomainAddress): ReadonlySet<SettingName> },
): string | undefined {
    if (outputs.onDelete !== "restore" || isDeletedWith(outputs)) {
        return undefined;
    }
    const address = parseId(id);
    const isOpen = isUnknown(inputs.domain);
    const { original } = planRestore(outputs, isOpen ? new Set() : managed.of(address));
    return namesIn(original).length > 0
        ? `${address.domain}: the program ${isOpen ? "may move" : "moves"} away from it, which puts back what it had before (not with retainOnDelete, nor what somebody has changed since or another resource manages): ${describeSettings(original)} (onDelete)`
        : undefined;
}

/** Says, of a resource that is to be restored, what the program has newly and AWS already. */
export function warnOfRestorePoint(
    { address, desired, lastApplied }: Operation,
    earlier: Adoption,
    original: Settings,
    onDelete: unknown,
    engine: Engine,
): void {
    const names = onDelete === "restore" ? alreadyInForce(earlier, desired, lastApplied, original) : [];
    if (names.length > 0) {
        engine.info(alreadyInForceText(address.domain, names));
    }
}

/**
 * Puts the original settings back, each where what this resource last applied is still in force.
 * @param accountId The account that had the domain, where the state remembers it.
 * @throws What another attempt may mend. What none could mend is only said: the stack would never be rid of the resource.
 */
export async function restore(
    operation: Operation,
    { original, onlyOver }: RestorePlan,
    context: OperationContext,
    accountId: string | undefined,
): Promise<void> {
    const { reconcile } = await import("./reconcile.js");
    const { lastApplied, address } = operation;
    try {
        const back = { ...putBack(operation, original, onlyOver, lastApplied), isRestore: true as const };
        const { problem } = await reconcile(back, context);
        if (problem) {
            throw problem;
        }
    } catch (error) {
        if (error instanceof RefusedError && error.isAbsence) {
            await assertGone(context.aws, { address, accountId, rules: operation });
            context.engine.info(`${address.domain}: nothing to put back: the user pool no longer has the domain`);
            return;
        }
        if (!isFinal(error)) {
            if (error instanceof UserPoolDomainSettingsError) {
                const doubt =
                    error instanceof NotConvergedError
                        ? "it is not known whether the old settings were"
                        : "the old settings were not";
                error.rephrase((message) => `${doubt} put back (onDelete). ${message}`);
            }
            throw error;
        }
        context.engine.warn(
            `${address.domain}: not restored to ${describeSettings(original)}${error instanceof NotConvergedError ? "" : ", left as it is"}. ${messageOf(error)}`,
        );
    }
}

/** Whether no other attempt could end otherwise. */
function isFinal(error: unknown): boolean {
    if (error instanceof NotConvergedError) {
        // Somebody else has taken the domain over.
        return error.kind === "superseded";
    }
    return error instanceof RefusedError ? !error.isUnseen && !error.isWrongAccount : isRefusal(error);
}
