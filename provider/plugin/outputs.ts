import { ownArguments } from "../inputs/arguments";
import { SECRET, secretPathsIn } from "../inputs/redaction";
import { ADOPTED, type Adoption, adoptedIn } from "../model/adoption";
import { parseCertificateArn } from "../model/certificateArn";
import { type DomainOutputs, type DomainState, domainOutputs } from "../model/outputs";
import {
    argumentsOf,
    namesIn,
    pick,
    raisesSecurityPolicy,
    type SettingName,
    type Settings,
    sameSetting,
    settingsOf,
    targetSettings,
} from "../model/settings";

/** The resource's outputs, and so what its state holds. */
export interface Outputs extends DomainOutputs {
    [ADOPTED]?: Adoption;
    [ACCOUNT]?: string;
    [UNVERIFIED]?: true;
    /** For delete and refresh, which see outputs only. */
    [SECRET]?: string[];
}

/** The account that has the domain: with another account's credentials it looks as if it were gone. */
const ACCOUNT = "__account";

/** Set where an update did not end well, or its proof is missing: the next one has to look again, after a refresh too. */
const UNVERIFIED = "__unverified";

/** Whether an earlier update has still to be seen to its end. */
export function isUnverified(outputs: object): boolean {
    return (outputs as Outputs)[UNVERIFIED] === true;
}

/** What the provider keeps of the last operation, beside the restore point. */
export interface Remembered {
    accountId?: string;
    isUnverified?: boolean;
}

/** The outputs: the program's own arguments (read and delete see nothing else of them), and the domain. */
export function outputsOf(
    args: Record<string, unknown>,
    state: DomainState,
    adoption: Adoption,
    { accountId, isUnverified }: Remembered = {},
): Outputs {
    return {
        ...ownArguments(args),
        ...domainOutputs(state),
        [ADOPTED]: adoption,
        ...(accountId ? { [ACCOUNT]: accountId } : {}),
        ...(isUnverified ? { [UNVERIFIED]: true } : {}),
        ...secretsOf(args),
    };
}

/** The account that has the domain, as far as some outputs tell: an attached certificate is always in the same one. */
export function accountIn(outputs: object): string | undefined {
    const { [ACCOUNT]: accountId, customDomainConfig } = outputs as Outputs;
    return accountId ?? parseCertificateArn(customDomainConfig?.certificateArn ?? "")?.accountId;
}

function secretsOf(props: object): Pick<Outputs, typeof SECRET> {
    const paths = secretPathsIn({ ...props });
    return paths.length > 0 ? { [SECRET]: paths } : {};
}

/** The inputs that fit the outputs: the program's own arguments, and of the settings only those that it manages. */
export function inputsOf(outputs: Outputs): Record<string, unknown> {
    const { managed } = adoptedIn(outputs);
    return {
        ...ownArguments({ ...outputs }),
        ...argumentsOf(pick(settingsOf(outputs), managed)),
        ...secretsOf(outputs),
    };
}

/**
 * The record after an operation: what was managed before keeps its restore point, what is new gets one. So does a TLS policy
 * that was raised for managed login, though the program does not manage it.
 * @param original What was in force before the operation.
 */
export function adopt(earlier: Adoption, desired: Settings, original: Settings): Adoption {
    const managed = namesIn(desired);
    const kept = managed.filter((name) => earlier.managed.includes(name));
    const fresh = managed.filter((name) => !earlier.managed.includes(name));
    const raised = raisedPolicy(earlier, desired, original);
    return {
        managed,
        found: { ...pick(earlier.found, kept), ...pick(original, fresh), ...raised?.found },
        applied: { ...desired, ...raised?.applied },
    };
}

/** What begins to be managed and was so already: by others, or by an update of ours whose end no state has recorded. */
export function alreadyInForce(earlier: Adoption, desired: Settings, original: Settings): SettingName[] {
    return namesIn(desired).filter(
        (name) => !earlier.managed.includes(name) && sameSetting(original[name], desired[name]),
    );
}

/** What a TLS policy was that managed login has raised, by this operation or an earlier one, and what it was raised to. */
function raisedPolicy(
    earlier: Adoption,
    desired: Settings,
    original: Settings,
): { found: Settings; applied: Settings } | undefined {
    if (raisesSecurityPolicy(original, desired)) {
        const { securityPolicy } = targetSettings(original, desired);
        return { found: pick(original, ["securityPolicy"]), applied: { securityPolicy } };
    }
    const wasRaised = !earlier.managed.includes("securityPolicy") && earlier.found.securityPolicy !== undefined;
    const stays = wasRaised && desired.managedLoginVersion !== undefined && desired.securityPolicy === undefined;
    return stays
        ? {
              found: pick(earlier.found, ["securityPolicy"]),
              applied: pick(earlier.applied ?? {}, ["securityPolicy"]),
          }
        : undefined;
}
