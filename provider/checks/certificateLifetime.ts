import type { ObservedCertificate } from "../model/observed";
import { day } from "../model/plainText";
import type { CertificateUse } from "./certificateNames";
import { type Note, note } from "./note";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The default of minimumCertificateValidityDays, for a certificate of 42 days or more. */
const MINIMUM_VALIDITY_DAYS = 14;

/** Days before its end within which an imported certificate is worth a warning: ACM does not renew it. */
const IMPORTED_WARNING_DAYS = 45;

/**
 * Checks that it does not expire too soon. Lifetimes shrink (ACM 198 days, Let's Encrypt 45 and 6, at most 47 by 2029), so what is soon is
 * at most a third of the lifetime: a certificate fresh from its CA always passes.
 * Source: CA/Browser Forum, ballot SC-081v3; Let's Encrypt, "Decreasing Certificate Lifetimes to 45 Days".
 */
export function lifetimeNotes(certificate: ObservedCertificate, use: CertificateUse, now: Date): Note[] {
    const { notAfter } = certificate;
    const daysLeft = daysUntil(notAfter, now);
    const minimum = use.minimumValidityDays ?? shareOfLifetime(certificate, MINIMUM_VALIDITY_DAYS);
    if (!notAfter || daysLeft >= minimum) {
        return [];
    }
    const lifetime = lifetimeDays(certificate);
    const outOfReach = lifetime < (use.minimumValidityDays ?? 0);
    const ofWhich = outOfReach
        ? `, which is more than its whole lifetime of ${days(Math.floor(lifetime))}`
        : use.minimumValidityDays === undefined && minimum < MINIMUM_VALIDITY_DAYS
          ? " (a third of its lifetime)"
          : "";
    const remedy = outOfReach
        ? "Lower minimumCertificateValidityDays, or leave it out: no renewal of such a certificate can reach it"
        : use.introduced
          ? "Use one that is valid for longer"
          : "Have it renewed, or use another one";
    return note(
        "certificate-expires-soon",
        `${use.name} expires on ${day(notAfter)}, in ${days(daysLeft)}; minimumCertificateValidityDays is ${minimum}${ofWhich}`,
        remedy,
    );
}

/** Checks that it will be renewed before it expires. */
export function renewalNotes(certificate: ObservedCertificate, use: CertificateUse, now: Date): Note[] {
    const { type, notAfter, renewalStatus, renewalReason, renewalEligibility } = certificate;
    const { name, introduced } = use;
    const daysLeft = daysUntil(notAfter, now);
    const isExpiring = daysLeft < shareOfLifetime(certificate, IMPORTED_WARNING_DAYS);
    const notes: Note[] = [];
    if (type === "IMPORTED" && notAfter && isExpiring && lifetimeNotes(certificate, use, now).length === 0) {
        const message = `${name} was imported and expires on ${day(notAfter)}, in ${days(daysLeft)}; ACM does not renew it`;
        const remedy = "Import its successor, under the same ARN or a new one";
        notes.push(...note("certificate-imported-expiring", message, remedy));
    }
    if (renewalStatus === "FAILED" || renewalStatus === "PENDING_VALIDATION") {
        const reason = renewalReason ? ` (${renewalReason})` : "";
        const message = `ACM cannot renew ${name}: ${renewalStatus}${reason}`;
        notes.push(...note("certificate-renewal-failing", message, renewalRemedy(certificate)));
    }
    if (type === "AMAZON_ISSUED" && renewalEligibility === "INELIGIBLE" && !introduced) {
        const remedy = "Find out why in the ACM console, or use another one before it expires";
        notes.push(...note("certificate-renewal-ineligible", `ACM will not renew ${name}: INELIGIBLE`, remedy));
    }
    return notes;
}

/** Source: ACM User Guide, "Managed certificate renewal", whose three ways of validation differ in what the owner does. */
function renewalRemedy({ validationMethod }: ObservedCertificate): string {
    switch (validationMethod) {
        case "EMAIL":
            return "Approve the renewal in the email that ACM sends to the domain's contacts (it can be sent again)";
        case "HTTP":
            return "Serve the validation file that ACM names again: the redirect at /.well-known/pki-validation/";
        default:
            return "Put its validation records back in DNS";
    }
}

/** Whole days; infinite if no end is known. */
function daysUntil(end: Date | undefined, now: Date): number {
    return end ? Math.floor((end.getTime() - now.getTime()) / DAY_MS) : Number.POSITIVE_INFINITY;
}

/** Infinite if it is not known. */
function lifetimeDays({ notBefore, notAfter }: ObservedCertificate): number {
    return notBefore && notAfter ? (notAfter.getTime() - notBefore.getTime()) / DAY_MS : Number.POSITIVE_INFINITY;
}

/** So many days, but no more than a third of the certificate's lifetime. */
function shareOfLifetime(certificate: ObservedCertificate, most: number): number {
    return Math.min(most, Math.floor(lifetimeDays(certificate) / 3));
}

function days(count: number): string {
    return count === 1 ? "1 day" : `${count} days`;
}
