import { type SettingsArguments, settingsOf } from "../model/settings";
import type { Seen } from "./check";

type Props = Record<string, unknown>;

/** What `check` hands on to `diff`, which the engine shows no verdict. */
export class CheckedResources {
    readonly #seen = new Map<string, Seen>();

    keep(inputs: Props, seen: Seen = {}): void {
        this.#seen.set(keyOf(inputs), seen);
    }

    seenOf(inputs: Props): Seen {
        return this.#seen.get(keyOf(inputs)) ?? {};
    }
}

/** A resource by what it wants of which domain: two may be about one, and `diff` is not told its name. */
function keyOf({ userPoolId, domain, region, onDrift, ...props }: Props): string {
    const { failover, ...settings } = settingsOf(props as SettingsArguments);
    const { secondaryRegion, primaryRoute53HealthCheckId } = failover ?? {};
    return JSON.stringify([
        userPoolId,
        domain,
        region,
        onDrift,
        settings,
        secondaryRegion,
        primaryRoute53HealthCheckId,
    ]);
}
