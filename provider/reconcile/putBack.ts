import type { Finding } from "../model/findings";
import type { Lookup, ObservedDomain } from "../model/observations";
import {
    ARGUMENT_PATH,
    differences,
    fillUnreported,
    namesIn,
    pick,
    type SettingName,
    type Settings,
    sameSetting,
} from "../model/settings";
import { describeSetting, describeSettings } from "../model/settingsText";
import type { Operation } from "./operation";

/**
 * The operation that puts back settings that were in force earlier, where one of `onlyOver` still is. The same gate and the same
 * wait, but what was good enough then is good enough now: a certificate with few days left is no reason to stay with
 * something broken.
 */
export function putBack(
    operation: Operation,
    original: Settings,
    onlyOver: Settings[],
    lastApplied: Settings,
): Operation {
    return {
        ...operation,
        desired: original,
        onlyOver,
        lastApplied,
        minimumCertificateValidityDays: 0,
        wait: "active",
        verifyClientId: undefined,
        onFailure: "keep",
    };
}

/** The operation without the settings that somebody else has changed since, or that no longer fit what they changed. */
export function withoutOthersChanges(
    operation: Operation,
    domain: Lookup<ObservedDomain>,
): { operation: Operation; notes: string[] } {
    const { desired, onlyOver, lastApplied } = operation;
    if (!onlyOver || !("found" in domain)) {
        return { operation, notes: [] };
    }
    const observed = fillUnreported(domain.found.settings, lastApplied);
    const isOwn = (name: SettingName) => onlyOver.some((own) => sameSetting(observed[name], own[name]));
    const changed = differences(observed, desired).filter((name) => !isOwn(name));
    const rest = pick(
        desired,
        namesIn(desired).filter((name) => !changed.includes(name)),
    );
    const notes =
        changed.length > 0
            ? [`somebody else has changed it since: ${describeSettings(pick(observed, changed))} is left as it is`]
            : [];
    const { fit, unfit } = withoutUnfitPolicy(rest, observed);
    return { operation: { ...operation, desired: fit }, notes: [...notes, ...unfit] };
}

/** Settings to put back, without those that managed login and TLS_V1 keep out: AWS takes only one of the two. */
function withoutUnfitPolicy(original: Settings, observed: Settings): { fit: Settings; unfit: string[] } {
    const { managedLoginVersion, securityPolicy } = { ...observed, ...original };
    if (managedLoginVersion !== 2 || securityPolicy !== "TLS_V1") {
        return { fit: original, unfit: [] };
    }
    // Where the old version would come back to a TLS_V1 that somebody else has chosen, theirs stays.
    const name = original.securityPolicy === undefined ? "managedLoginVersion" : "securityPolicy";
    const { [name]: _, ...fit } = original;
    return {
        fit,
        unfit: [`${describeSetting(name, original)} is not put back: managed login (2) does not work with TLS_V1`],
    };
}

/** What is left to put back where only the certificate would be refused; undefined where that is nothing, or not all that is wrong. */
export function withoutUnfitCertificate(
    { certificateArn, ...rest }: Settings,
    errors: Finding[],
): Settings | undefined {
    const isUnfit = ({ property, ground }: Finding) => property === ARGUMENT_PATH.certificateArn && ground !== "unseen";
    return certificateArn !== undefined && errors.length > 0 && errors.every(isUnfit) && namesIn(rest).length > 0
        ? rest
        : undefined;
}
