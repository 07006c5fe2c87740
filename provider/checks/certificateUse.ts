import type { Ground } from "../model/findings";

/** What a certificate is asked to do. */
export interface CertificateUse {
    arn: string;
    /** The custom domain that it has to cover. */
    domain: string;
    /** The account of the domain, where known: a certificate of another one cannot be used. */
    accountId?: string;
    /** Whether this update brings the certificate in; false for the one that the domain already has. */
    introduced: boolean;
    /** Fewer days left than this is a finding; undefined for the default, a share of the certificate's lifetime. */
    minimumValidityDays: number | undefined;
}

/** The argument that every judgement of a certificate is about. */
export const PROPERTY = "customDomainConfig.certificateArn";

/** The unfitness of what an update brings in stops it; of what is there already, it is only said. */
export function groundOf({ introduced }: CertificateUse): Ground {
    return introduced ? "introduced" : "advisory";
}
