import type { AccountRules } from "./accounts";
import type { DomainAddress } from "./address";
import type { Settings } from "./settings";

/** What the program asks for, as far as it is known. */
export interface Desired extends AccountRules {
    /** The domain's name, where known. */
    domain?: string;
    /** Missing while the user pool or the domain is not known. */
    address?: DomainAddress;
    settings: Settings;
    /** Whether the certificate's ARN is an output of a resource of the same program, which may import it anew in this update. */
    isCertificateOfProgram?: boolean;
    /** Days; see the argument of that name. Undefined for its default, a share of the certificate's lifetime. */
    minimumCertificateValidityDays: number | undefined;
    /** Whether the engine will create or update the resource, where the caller knows; undefined counts as yes. */
    engineWillAct?: boolean;
    /** The app client whose sign-in page matters most, where the program names it. */
    clientId?: string;
}
