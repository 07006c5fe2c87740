import { ownArguments } from "../inputs/arguments";
import { SECRET, secretPathsIn } from "../inputs/redaction";
import { ADOPTED, type Adoption, adoptedIn } from "../model/adoption";
import { parseCertificateArn } from "../model/certificateArn";
import { ACCOUNT, type DomainOutputs, type DomainState, domainOutputs } from "../model/outputs";
import { argumentsOf, namesIn, pick, type Settings, settingsOf } from "../model/settings";

/** The resource's outputs, and so what its state holds. */
export interface Outputs extends DomainOutputs {
    [ADOPTED]?: Adoption;
    [ACCOUNT]?: string;
    /** For delete and refresh, which see outputs only. */
    [SECRET]?: string[];
}

/** The outputs: the program's own arguments (read and delete see nothing else of them), and the domain. */
export function outputsOf(
    args: Record<string, unknown>,
    state: DomainState,
    adoption: Adoption,
    accountId?: string,
): Outputs {
    return {
        ...ownArguments(args),
        ...domainOutputs(state),
        [ADOPTED]: adoption,
        ...(accountId ? { [ACCOUNT]: accountId } : {}),
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

/** The record after an operation: what was managed before keeps its restore point, what is new gets one. */
export function adopt(earlier: Adoption, desired: Settings, before: Settings): Adoption {
    const managed = namesIn(desired);
    const kept = managed.filter((name) => earlier.managed.includes(name));
    const fresh = managed.filter((name) => !earlier.managed.includes(name));
    return { managed, found: { ...pick(earlier.found, kept), ...pick(before, fresh) } };
}
