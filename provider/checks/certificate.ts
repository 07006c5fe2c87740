import { hide } from "../inputs/secrets";
import { isCustomName } from "../model/address";
import { CERTIFICATE_REGION, parseCertificateArn } from "../model/certificateArn";
import { FINDINGS } from "../model/findings";
import { type Answer, foundIn, type Observed, type ObservedCertificate } from "../model/observed";
import { day } from "../model/plainText";
import { SettingsText } from "../model/settingsText";
import { type CertificateUse, lifetimeNotes } from "./certificateLifetime";
import { type CheckContext, cannotAsk, type Note, note } from "./note";

/**
 * Checks that CloudFront can serve the certificate for the domain. Pure. Everything about one that the domain already has, or may have,
 * is advisory.
 *
 * Source: Cognito Developer Guide, "Using your own domain for managed login"; CloudFront Developer Guide, "Requirements for using
 * SSL/TLS certificates with CloudFront"; ACM API reference, CertificateDetail.
 */
export function certificateNotes({ domain, certificate }: Observed, context: CheckContext): Note[] {
    const { request, changes, fixable, phase, now } = context;
    if (!certificate || request.domain === undefined || !isCustomName(request.domain)) {
        return [];
    }
    const { arn, answer } = certificate;
    const use: CertificateUse = {
        arn,
        name: `the ${new SettingsText(request.secret).all({ certificateArn: arn })}`,
        domain: request.domain,
        introduced: changes.includes("certificateArn"),
        minimumValidityDays: request.minimumCertificateValidityDays,
        accountId: foundIn(domain)?.accountId,
        now,
    };
    // If the setting is secret, so is a certificate that someone else attached instead, which is in no input.
    const secrets = request.secret.includes("certificateArn") ? [arn] : [];
    // Pulumi does not tell whether another resource of the program is about to change: its outputs are known either way.
    const mayBeImportedAnew =
        phase === "preview" && fixable?.has("certificate") && foundIn(answer)?.type === "IMPORTED";
    return notesOn(answer, use).map((it): Note => {
        const shown = { ...it, message: hide(it.message, secrets) };
        if (!use.introduced || (domain && "failed" in domain)) {
            return { ...shown, kind: "advisory" };
        }
        const { kind, isAcceptable } = FINDINGS[it.code];
        const isFixable = mayBeImportedAnew && kind === "introduced" && isAcceptable;
        return isFixable ? { ...shown, kind: "fixable", fixableBy: ["certificate"] } : shown;
    });
}

function notesOn(answer: Answer<ObservedCertificate>, use: CertificateUse): Note[] {
    const { arn, name, introduced, accountId } = use;
    const owner = parseCertificateArn(arn)?.accountId;
    if (introduced && accountId && owner && owner !== accountId) {
        const message = `${name} is in account ${owner}, the domain in account ${accountId}`;
        const remedy = `Request or import it in account ${accountId}, in ${CERTIFICATE_REGION}`;
        return note("certificate-other-account", message, remedy);
    }
    if ("failed" in answer) {
        const remedy = introduced
            ? "Fix this first: an unchecked certificate is attached only if acceptFindings lists this code"
            : "Check it yourself";
        return cannotAsk("certificate-unseen", name, answer, remedy);
    }
    if ("absent" in answer) {
        const remedy = `Check the ARN, or request a certificate in ${CERTIFICATE_REGION} and give its ARN`;
        return note("certificate-not-found", `there is no certificate ${arn}`, remedy);
    }
    const certificate = answer.found;
    return [
        ...nameNotes(certificate, use),
        ...statusNotes(certificate, use),
        ...keyNotes(certificate, use),
        ...originNotes(certificate, use),
    ];
}

function nameNotes({ names }: ObservedCertificate, { name, domain }: CertificateUse): Note[] {
    if (names.some((it) => covers(it, domain))) {
        return [];
    }
    const shown = names.slice(0, 5).join(", ") || "no name at all";
    const more = names.length > 5 ? ` and ${names.length - 5} more` : "";
    // Not a wildcard for a whole top-level domain.
    const wildcard = domain.split(".").length > 2 ? ` or ${wildcardFor(domain)}` : "";
    const message = `${name} does not cover ${domain}; it covers ${shown}${more}`;
    return note("certificate-name-mismatch", message, `Use one for ${domain}${wildcard}`);
}

/** True if a name on a certificate covers a host: the same name, or a wildcard for exactly its first label (RFC 6125). */
function covers(name: string, host: string): boolean {
    const [pattern, target] = [name.toLowerCase(), host.toLowerCase()];
    return pattern === target || pattern === wildcardFor(target);
}

function wildcardFor(host: string): string {
    return `*${host.slice(host.indexOf("."))}`;
}

function statusNotes(certificate: ObservedCertificate, use: CertificateUse): Note[] {
    const { status, notBefore, notAfter, failureReason } = certificate;
    const { name, now } = use;
    const another = `Request or import a new one in ${CERTIFICATE_REGION} and give its ARN`;
    if (status === "PENDING_VALIDATION") {
        const remedy = `${validationOf(certificate).first} and wait until it is ISSUED`;
        return note("certificate-pending-validation", `${name} has status PENDING_VALIDATION`, remedy);
    }
    if (status === "EXPIRED" || (notAfter && notAfter <= now)) {
        return note("certificate-expired", `${name} expired${notAfter ? ` on ${day(notAfter)}` : ""}`, another);
    }
    if (status !== "ISSUED") {
        const reason = failureReason ? ` (${failureReason})` : "";
        return note("certificate-not-issued", `${name} has status ${status}${reason}, not ISSUED`, another);
    }
    if (notBefore && notBefore > now) {
        const message = `${name} is not valid before ${notBefore.toISOString()}`;
        return note("certificate-not-yet-valid", message, "Wait until then, or check the clock of this machine");
    }
    return lifetimeNotes(certificate, use);
}

/** RSA up to 4096 bits and ECDSA P-256 are what CloudFront serves to viewers. */
const USABLE_KEYS = new Set(["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1"]);
const UNUSABLE_KEYS = new Set(["EC_secp384r1", "EC_secp521r1"]);

function keyNotes({ keyAlgorithm }: ObservedCertificate, { name }: CertificateUse): Note[] {
    // ACM answers hyphens; its enumeration has underscores.
    const algorithm = keyAlgorithm?.replaceAll("-", "_");
    if (!algorithm || USABLE_KEYS.has(algorithm)) {
        return [];
    }
    const remedy = "Use a certificate with an RSA 2048 or ECDSA P-256 (EC_prime256v1) key";
    const key = `the key of ${name}: ${keyAlgorithm}`;
    return UNUSABLE_KEYS.has(algorithm)
        ? note("certificate-key-unusable", `CloudFront cannot use ${key}`, remedy)
        : note("certificate-key-unknown", `CloudFront may not be able to use ${key}`, `To be safe: ${remedy}`);
}

/**
 * Checks who has the private key, who manages the certificate, who trusts it, and that ACM will renew it. The key of a certificate that an
 * ACME client ordered never leaves that client. Source: ACM User Guide, "Issuing certificates through ACME".
 */
function originNotes(certificate: ObservedCertificate, { name, introduced }: CertificateUse): Note[] {
    const { keyPairOrigin, managedBy, type, renewalStatus, renewalReason, renewalEligibility } = certificate;
    const notes: Note[] = [];
    if (keyPairOrigin === "ACME") {
        const message = `${name} was issued through ACME: ACM does not have its private key, so CloudFront cannot use it`;
        const remedy = "Request one in ACM itself, or import one with its private key";
        notes.push(...note("certificate-key-not-in-acm", message, remedy));
    }
    if (managedBy === "CLOUDFRONT") {
        const message = `${name} is managed by CloudFront for another distribution, and is deleted with it`;
        notes.push(...note("certificate-managed-by-cloudfront", message, "Request a certificate for this domain"));
    }
    if (type === "PRIVATE") {
        const message = `${name} was issued by a private CA, which browsers do not trust by default`;
        const remedy = "Use a public certificate unless every visitor's device trusts that CA";
        notes.push(...note("certificate-private", message, remedy));
    }
    if (renewalStatus === "FAILED" || renewalStatus === "PENDING_VALIDATION") {
        const reason = renewalReason ? ` (${renewalReason})` : "";
        const message = `ACM cannot renew ${name}: ${renewalStatus}${reason}`;
        notes.push(...note("certificate-renewal-failing", message, validationOf(certificate).again));
    }
    // A new one is never eligible.
    if (type === "AMAZON_ISSUED" && renewalEligibility === "INELIGIBLE" && !introduced) {
        const remedy = "Find out why in the ACM console, or use another one before it expires";
        notes.push(...note("certificate-renewal-ineligible", `ACM will not renew ${name}: INELIGIBLE`, remedy));
    }
    return notes;
}

/** The owner's part in validating the names. Source: ACM User Guide, "Managed certificate renewal". */
const VALIDATION = {
    DNS: {
        first: "Create its validation records in DNS (ACM lists them)",
        again: "Put its validation records back in DNS",
    },
    EMAIL: {
        first: "Approve it in the email that ACM sent to the domain's contacts",
        again: "Approve the renewal in the email that ACM sends to the domain's contacts (it can be sent again)",
    },
    HTTP: {
        first: "Serve the validation file that ACM names over HTTP",
        again: "Restore the redirect to ACM's validation file at /.well-known/pki-validation/",
    },
};

function validationOf({ validationMethod }: ObservedCertificate) {
    return VALIDATION[validationMethod ?? "DNS"];
}
