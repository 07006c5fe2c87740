import { ownArguments } from "../inputs/arguments";
import { DELETED_WITH, isDeletedWith } from "../inputs/deletedWith";
import { SECRET, secretPathsIn } from "../inputs/redaction";
import { ADOPTED, type Adoption, adoptedIn } from "../model/adoption";
import { parseCertificateArn } from "../model/certificateArn";
import { ACCOUNT, type DomainOutputs, type DomainState, domainOutputs } from "../model/domainOutputs";
import { argumentsOf, pick, settingsOf } from "../model/settings";

/** The resource's outputs, and so what its state holds. */
export interface Outputs extends DomainOutputs {
    [ADOPTED]?: Adoption;
    [ACCOUNT]?: string;
    [UNVERIFIED]?: true;
    /** For delete and refresh, which see outputs only. */
    [SECRET]?: string[];
    [DELETED_WITH]?: true;
}

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
        ...internalsOf(args),
    };
}

/** The account that has the domain, as far as some outputs tell: an attached certificate is always in the same one. */
export function accountIn(outputs: object): string | undefined {
    const { [ACCOUNT]: accountId, customDomainConfig } = outputs as Outputs;
    return accountId ?? parseCertificateArn(customDomainConfig?.certificateArn ?? "")?.accountId;
}

/** The inputs that are no arguments. */
function internalsOf(props: object): Pick<Outputs, typeof SECRET | typeof DELETED_WITH> {
    const paths = secretPathsIn({ ...props });
    return {
        ...(paths.length > 0 ? { [SECRET]: paths } : {}),
        ...(isDeletedWith(props) ? { [DELETED_WITH]: true } : {}),
    };
}

/** The inputs that fit the outputs: the program's own arguments, and of the settings only those that it manages. */
export function inputsOf(outputs: Outputs): Record<string, unknown> {
    const { managed } = adoptedIn(outputs);
    return {
        ...ownArguments({ ...outputs }),
        ...argumentsOf(pick(settingsOf(outputs), managed)),
        ...internalsOf(outputs),
    };
}
