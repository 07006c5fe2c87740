import type { AccountRules } from "../model/accounts";
import { addressOf, type DomainAddress, isCustomName } from "../model/address";
import { defined } from "../model/objects";
import { ARGUMENT_PATH, pick, SETTING_NAMES, type SettingName, type Settings, settingsOf } from "../model/settings";
import { changedIn } from "./changed";
import { isIgnored, programIn } from "./programFacts";
import { membersOf, valueAt } from "./propertyPath";
import { secretSettings } from "./secrets";
import { containsUnknown, isUnknown } from "./unknown";

type Props = Record<string, unknown>;

/** The program's request, as far as it is known. */
export interface Request {
    /** Undefined while the user pool, the domain or the Region is unknown. */
    address?: DomainAddress;
    /** The domain's name, if known. */
    domain?: string;
    /** The settings that the program names, without those under `ignoreChanges`. */
    desired: Settings;
    /** The settings that it names if their value is not known yet, or if it is not known whether they are ignored. */
    unknown: SettingName[];
    /** The settings under `ignoreChanges`: their value is AWS's. */
    ignored: SettingName[];
    /** The settings that are secret, wholly or in part, or were until now. */
    secret: SettingName[];
    accounts: AccountRules;
    /** Days. Undefined: the default, a share of the certificate's lifetime. */
    minimumCertificateValidityDays?: number;
    acceptFindings: readonly string[];
    preflight: "error" | "warn" | "off";
    wait: "active" | "served" | "none";
    /** Seconds for the whole update. */
    waitTimeoutSeconds: number;
    onDrift: "warn" | "correct" | "unknown";
    onFailure: "keep" | "rollback";
    onDelete: "retain" | "restore";
}

const DEFAULTS: Pick<Request, "acceptFindings" | "preflight" | "wait" | "onDrift" | "onFailure" | "onDelete"> = {
    acceptFindings: [],
    preflight: "error",
    wait: "active",
    onDrift: "warn",
    onFailure: "keep",
    onDelete: "retain",
};

/**
 * The request in some inputs. Takes unknown values; the rest has passed `check`, or is left out.
 * @param isNew True in a create, until it completes: `ignoreChanges` has no effect. "unknown" if that cannot be known.
 */
export function requestOf(inputs: Props, accounts: AccountRules, isNew: boolean | "unknown"): Request {
    const known = defined(Object.fromEntries(Object.entries(inputs).filter(([, it]) => !containsUnknown(it))));
    const args: typeof DEFAULTS & Partial<Request> & { region?: string } = { ...DEFAULTS, ...known };
    const { preflight, acceptFindings, wait, onDrift, onFailure, onDelete } = args;
    // Diff and delete are called with inputs that `check` has refused as well.
    const [userPoolId, domain] = [known.userPoolId, known.domain].map((it) =>
        typeof it === "string" ? it : undefined,
    );
    const isAddressKnown = userPoolId !== undefined && domain !== undefined && !isUnknown(inputs.region);
    const { ignoreChanges } = programIn(inputs);
    const ignored = isNew === true ? [] : SETTING_NAMES.filter((name) => isIgnored(ARGUMENT_PATH[name], ignoreChanges));
    const others = SETTING_NAMES.filter((name) => !ignored.includes(name));
    const settings = settingsOf(inputs);
    const unknown = others.filter((name) => containsUnknown(valueAt(inputs, membersOf(ARGUMENT_PATH[name]))));
    const maybeIgnored = isNew === "unknown" ? ignored.filter((name) => settings[name] !== undefined) : [];
    // The unknown value may let the update pass.
    const lenient = ["preflight", "acceptFindings", "minimumCertificateValidityDays"];
    const mayBeLenient = lenient.some((name) => containsUnknown(inputs[name]));
    return {
        address: isAddressKnown ? addressOf({ userPoolId, domain, region: args.region }) : undefined,
        domain,
        desired: pick(
            settings,
            others.filter((name) => !unknown.includes(name)),
        ),
        unknown: [...unknown, ...maybeIgnored],
        ignored,
        secret: [...secretSettings(inputs), ...(changedIn(inputs).declassified ?? [])],
        accounts,
        minimumCertificateValidityDays: isUnknown(inputs.minimumCertificateValidityDays)
            ? 0
            : args.minimumCertificateValidityDays,
        preflight: mayBeLenient && preflight === "error" ? "warn" : preflight,
        // AWS's own figures are up to 5 minutes for a version and up to an hour for a certificate.
        waitTimeoutSeconds: args.waitTimeoutSeconds ?? (isCustomName(domain ?? "") ? 3600 : 300),
        acceptFindings,
        wait,
        onDrift: isUnknown(inputs.onDrift) ? "unknown" : onDrift,
        onFailure,
        onDelete,
    };
}
