import type { AccountRules } from "../model/accounts";
import { addressOf, type DomainAddress } from "../model/address";
import { ARGUMENT_PATH, pick, SETTING_NAMES, type SettingName, type Settings, settingsOf } from "../model/settings";
import { type Arguments, waitTimeoutSeconds, withDefaults } from "./arguments";
import { changedIn } from "./changed";
import { isIgnored, programIn } from "./programFacts";
import { membersOf, valueAt } from "./propertyPath";
import { secretSettings } from "./secrets";
import { containsUnknown, isUnknown, knownPart, unknownPaths } from "./unknown";

/** The program's request, as far as it is known. */
export interface Request {
    /** Undefined while the user pool, the domain or the Region is unknown. */
    address?: DomainAddress;
    /** The domain's name, if known. */
    domain?: string;
    /** The settings that the program names, without those under `ignoreChanges`. */
    desired: Settings;
    /** The settings that it names and whose values, or whether they are ignored, are not known yet. */
    unknown: SettingName[];
    /** The settings under `ignoreChanges`: their value is AWS's. */
    ignored: SettingName[];
    /** The settings that are secret, wholly or in part, or were it until now. */
    secret: SettingName[];
    accounts: AccountRules;
    /** Days. Undefined: the default, a share of the certificate's lifetime. */
    minimumCertificateValidityDays?: number;
    acceptFindings: readonly string[];
    preflight: "error" | "warn" | "off";
    wait: "active" | "served" | "none";
    /** Seconds for the whole update. */
    waitTimeoutSeconds: number;
    onDrift: "warn" | "correct";
    onFailure: "keep" | "rollback";
    onDelete: "retain" | "restore";
}

/** The arguments that decide how much a finding matters. */
const LENIENCY = ["preflight", "acceptFindings", "minimumCertificateValidityDays"];

/**
 * The request in some inputs. Takes unknown values; the rest has passed `check`, or is left out.
 * @param isNew True in a create, and until it completes: `ignoreChanges` has no effect then. "unknown" if the last operation did not
 * complete, and may have been the create.
 */
export function requestOf(
    inputs: Record<string, unknown>,
    accounts: AccountRules,
    isNew: boolean | "unknown",
): Request {
    const known = (knownPart(inputs) ?? {}) as Partial<Arguments>;
    const { userPoolId, domain, region } = known;
    const args = withDefaults(known);
    const { ignoreChanges } = programIn(inputs);
    const ignored = isNew === true ? [] : SETTING_NAMES.filter((name) => isIgnored(ARGUMENT_PATH[name], ignoreChanges));
    const settings = settingsOf(known);
    const unknown = [
        ...unknownSettings(inputs).filter((name) => !ignored.includes(name)),
        ...(isNew === "unknown" ? ignored.filter((name) => settings[name] !== undefined) : []),
    ];
    const named = SETTING_NAMES.filter((name) => !ignored.includes(name) && !unknown.includes(name));
    const isAddressKnown = isText(userPoolId) && isText(domain) && !isUnknown(inputs.region);
    // The unknown value may be the one that lets the update pass.
    const mayBeLenient = LENIENCY.some((name) => containsUnknown(inputs[name]));
    return {
        address: isAddressKnown ? addressOf({ userPoolId, domain, region: region ?? undefined }) : undefined,
        domain: isText(domain) ? domain : undefined,
        desired: pick(settings, named),
        unknown,
        ignored,
        secret: [...secretSettings(inputs), ...(changedIn(inputs).declassified ?? [])],
        accounts,
        minimumCertificateValidityDays: isUnknown(inputs.minimumCertificateValidityDays)
            ? 0
            : (args.minimumCertificateValidityDays ?? undefined),
        acceptFindings: args.acceptFindings ?? [],
        preflight: mayBeLenient && args.preflight === "error" ? "warn" : args.preflight,
        wait: args.wait,
        waitTimeoutSeconds: waitTimeoutSeconds({
            domain: isText(domain) ? domain : "",
            waitTimeoutSeconds: args.waitTimeoutSeconds,
        }),
        onDrift: args.onDrift,
        onFailure: args.onFailure,
        onDelete: args.onDelete,
    };
}

function unknownSettings(inputs: Record<string, unknown>): SettingName[] {
    const paths = unknownPaths(inputs).map(membersOf);
    return SETTING_NAMES.filter((name) => {
        const setting = membersOf(ARGUMENT_PATH[name]);
        return paths.some((path) =>
            path.every((member, index) => setting[index] === undefined || setting[index] === member),
        );
    }).filter((name) => valueAt(inputs, membersOf(ARGUMENT_PATH[name]).slice(0, 1)) !== undefined);
}

/** Diff and delete are called with inputs that `check` has refused as well. */
function isText(value: unknown): value is string {
    return typeof value === "string";
}
