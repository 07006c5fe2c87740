import { namesIn, pick, type SettingName, type Settings, sameSetting } from "../model/settings";

/**
 * What a rollback or a restore asks for. Pure: `to`, limited to the settings that still have the value in `ours`. Each setting counts
 * by itself: what someone else changed stays, and keeps nothing else from being reverted. If managed login and TLS_V1 would meet, the
 * policy is not reverted, or, if AWS has TLS_V1 already, the version: nobody's TLS policy is raised.
 *
 * @param observed What AWS has; a setting that it does not report counts as ours.
 */
export function revert(to: Settings, ours: Settings, observed: Settings): Settings {
    const isOurs = (name: SettingName) =>
        [undefined, ours[name], to[name]].some((value) => sameSetting(observed[name], value));
    const reverted = pick(to, namesIn(to).filter(isOurs));
    const { managedLoginVersion, securityPolicy } = { ...observed, ...reverted };
    if (managedLoginVersion !== 2 || securityPolicy !== "TLS_V1") {
        return reverted;
    }
    const unfit = observed.securityPolicy === "TLS_V1" ? "managedLoginVersion" : "securityPolicy";
    return pick(
        reverted,
        namesIn(reverted).filter((name) => name !== unfit),
    );
}
