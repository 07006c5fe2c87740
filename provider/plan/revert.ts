import type { ObservedDomain } from "../model/observed";
import { namesIn, pick, type Settings, sameSetting } from "../model/settings";

/**
 * What a rollback or a restore sends. Pure: `to`, limited to the settings that still have the value in `ours`. Each setting counts by
 * itself: what someone else changed stays, and keeps nothing else from being reverted. A TLS policy too low for the version that
 * stays is left.
 */
export function revert(to: Settings, ours: Settings, { settings }: Pick<ObservedDomain, "settings">): Settings {
    const isOurs = (name: keyof Settings) => settings[name] === undefined || sameSetting(settings[name], ours[name]);
    const reverted = pick(
        to,
        namesIn(to).filter((name) => isOurs(name) && !sameSetting(settings[name], to[name])),
    );
    const version = reverted.managedLoginVersion ?? settings.managedLoginVersion;
    return version === 2 && reverted.securityPolicy === "TLS_V1"
        ? pick(
              reverted,
              namesIn(reverted).filter((name) => name !== "securityPolicy"),
          )
        : reverted;
}
