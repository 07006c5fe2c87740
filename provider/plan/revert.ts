import { namesIn, pick, type SettingName, type Settings, sameSetting } from "../model/settings";

/**
 * What a rollback or a restore asks for. Pure: `to`, limited to the settings that still have the value in `ours`. Each setting counts
 * by itself: what someone else changed stays, and keeps nothing else from being reverted. A TLS policy too low for the version that
 * stays is left.
 *
 * @param observed What AWS has; a setting that it does not report counts as ours.
 */
export function revert(to: Settings, ours: Settings, observed: Settings): Settings {
    const isOurs = (name: SettingName) =>
        [undefined, ours[name], to[name]].some((value) => sameSetting(observed[name], value));
    const reverted = pick(to, namesIn(to).filter(isOurs));
    const version = reverted.managedLoginVersion ?? observed.managedLoginVersion;
    const isTooLow = version === 2 && reverted.securityPolicy === "TLS_V1";
    return isTooLow
        ? pick(
              reverted,
              namesIn(reverted).filter((name) => name !== "securityPolicy"),
          )
        : reverted;
}
