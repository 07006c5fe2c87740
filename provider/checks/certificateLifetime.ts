import type { ObservedCertificate } from "../model/observed";
import { day } from "../model/plainText";
import { type Note, note } from "./note";

/** The use of a certificate. */
export interface CertificateUse {
    arn: string;
    /** Its name in a message. */
    name: string;
    /** The custom domain that it has to cover. */
    domain: string;
    /** True if this update attaches it; false for the one that the domain already has. */
    introduced: boolean;
    /** Fewer days left than this are a finding; undefined: a share of the certificate's lifetime. */
    minimumValidityDays: number | undefined;
    /** The account that has the domain. */
    accountId: string | undefined;
    now: Date;
}

/** The default of minimumCertificateValidityDays, for a certificate of 42 days or more. */
const MINIMUM_VALIDITY_DAYS = 14;

/** Days before an imported certificate expires within which it is worth a warning: ACM does not renew it. */
const IMPORTED_WARNING_DAYS = 45;

/**
 * Checks that an issued certificate does not expire too soon. Lifetimes shrink (ACM 198 days, Let's Encrypt 45 and 6, at most 47 by
 * 2029), so what is soon is at most a third of the lifetime: a certificate fresh from its CA always passes.
 * Source: CA/Browser Forum, ballot SC-081v3; Let's Encrypt, "Decreasing Certificate Lifetimes to 45 Days".
 */
export function lifetimeNotes(certificate: ObservedCertificate, use: CertificateUse): Note[] {
    const { type, notBefore, notAfter } = certificate;
    if (!notAfter) {
        return [];
    }
    const lifetime = notBefore ? wholeDays(notBefore, notAfter) : Number.POSITIVE_INFINITY;
    const atMost = (days: number) => Math.min(days, Math.floor(lifetime / 3));
    const daysLeft = wholeDays(use.now, notAfter);
    const end = `expires on ${day(notAfter)}, in ${daysLeft === 1 ? "1 day" : `${daysLeft} days`}`;
    const minimum = use.minimumValidityDays ?? atMost(MINIMUM_VALIDITY_DAYS);
    if (daysLeft < minimum) {
        const isThird = use.minimumValidityDays === undefined && minimum < MINIMUM_VALIDITY_DAYS;
        const message = `${use.name} ${end}; minimumCertificateValidityDays is ${minimum}${isThird ? " (a third of its lifetime)" : ""}`;
        const longer = use.introduced ? "Use one that is valid for longer" : "Have it renewed, or use another one";
        const lower = `Lower minimumCertificateValidityDays, or leave it out: the certificate's whole lifetime is ${lifetime} days`;
        return note("certificate-expires-soon", message, lifetime < minimum ? lower : longer);
    }
    if (type === "IMPORTED" && daysLeft < atMost(IMPORTED_WARNING_DAYS)) {
        const message = `${use.name} was imported and ${end}; ACM does not renew it`;
        return note("certificate-imported-expiring", message, "Import its successor, under the same ARN or a new one");
    }
    return [];
}

function wholeDays(from: Date, to: Date): number {
    return Math.floor((to.getTime() - from.getTime()) / (24 * 60 * 60 * 1000));
}
