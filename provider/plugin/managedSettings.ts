import { argumentsIn } from "../inputs/arguments";
import { isUnknown } from "../inputs/unknown";
import { addressArguments, addressIn, addressOf, type DomainAddress, domainKey } from "../model/address";
import { namesIn, type SettingName, settingsOf } from "../model/settings";

/**
 * Which settings of which domain the program manages, as far as this process has been told. The engine checks every
 * resource of the program before it deletes one that is no longer in it; a resource that is only deleted is never checked.
 */
export class ManagedSettings {
    readonly #byDomain = new Map<string, Set<SettingName>>();

    /**
     * Takes whatever JSON can hold: `check` is told before anything is validated.
     * @param id Of the resource in the state. Where it is not known yet which domain the inputs are about, it may stay this one:
     * what they hang on is about to be replaced, and Pulumi may delete this resource before it is.
     */
    add(inputs: Record<string, unknown>, id?: string): void {
        const { userPoolId, domain, region } = inputs;
        if ([userPoolId, domain, region].some(isUnknown)) {
            const address = id === undefined ? undefined : addressIn(id);
            if (address) {
                this.add({ ...inputs, region: undefined, ...addressArguments(address) });
            }
            return;
        }
        if (![userPoolId, domain, region ?? ""].every((part) => typeof part === "string")) {
            return;
        }
        const args = argumentsIn(inputs);
        const key = domainKey(addressOf({ ...args, region: args.region ?? undefined }));
        const names = this.#byDomain.get(key) ?? new Set();
        for (const name of namesIn(settingsOf(args))) {
            names.add(name);
        }
        this.#byDomain.set(key, names);
    }

    of(address: DomainAddress): ReadonlySet<SettingName> {
        return this.#byDomain.get(domainKey(address)) ?? new Set();
    }
}
