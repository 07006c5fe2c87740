import { hide, textsOf } from "../inputs/secrets";
import { isCustomName } from "../model/address";
import { CERTIFICATE_REGION, parseCertificateArn } from "../model/certificateArn";
import { FINDINGS } from "../model/findings";
import { foundIn, type Observed, type ObservedCertificate } from "../model/observed";
import { day } from "../model/plainText";
import { SettingsText } from "../model/settingsText";
import { lifetimeNotes, renewalNotes } from "./certificateLifetime";
import { type CertificateUse, nameNotes } from "./certificateNames";
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
    const use: CertificateUse = {
        arn: certificate.arn,
        name: `the ${new SettingsText(request.secret).all({ certificateArn: certificate.arn })}`,
        domain: request.domain,
        introduced: changes.includes("certificateArn"),
        minimumValidityDays: request.minimumCertificateValidityDays,
    };
    // If the setting is secret, so is a certificate that someone else has put in its place, which no input has.
    const secrets = request.secret.includes("certificateArn") ? textsOf([certificate.arn]) : [];
    const notes = notesOn(certificate.answer, use, foundIn(domain)?.accountId, now).map((it) => ({
        ...it,
        message: hide(it.message, secrets),
    }));
    if (!use.introduced || (domain && "failed" in domain)) {
        return notes.map((it) => ({ ...it, kind: "advisory" }));
    }
    // Pulumi does not tell whether another resource of the program is about to change: its outputs are known all the same.
    const mayBeImportedAnew =
        phase === "preview" && fixable.has("certificate") && foundIn(certificate.answer)?.type === "IMPORTED";
    return mayBeImportedAnew ? notes.map(unlessImportedAnew) : notes;
}

function unlessImportedAnew(it: Note): Note {
    const { kind, isAcceptable } = FINDINGS[it.code];
    return kind === "introduced" && isAcceptable
        ? {
              ...it,
              kind: "fixable",
              fixableBy: ["certificate"],
              remedy: `${it.remedy}, unless this program imports it anew`,
          }
        : it;
}

function notesOn(
    answer: NonNullable<Observed["certificate"]>["answer"],
    use: CertificateUse,
    accountId: string | undefined,
    now: Date,
): Note[] {
    const { arn, name, introduced } = use;
    const owner = parseCertificateArn(arn)?.accountId;
    if (introduced && accountId && owner && owner !== accountId) {
        const message = `${name} is in account ${owner}, the domain in account ${accountId}`;
        const remedy = `Request or import it in account ${accountId}, in ${CERTIFICATE_REGION}`;
        return note("certificate-other-account", message, remedy);
    }
    if ("failed" in answer) {
        const remedy = introduced
            ? "Fix this first: a certificate is never attached without being checked"
            : "Check it yourself: this update leaves it as it is";
        return cannotAsk("certificate-unseen", name, answer, remedy);
    }
    if ("absent" in answer) {
        const remedy = `Check the ARN, or request a certificate in ${CERTIFICATE_REGION} and give its ARN`;
        return note("certificate-not-found", `there is no certificate ${arn}`, remedy);
    }
    const certificate = answer.found;
    return [
        ...nameNotes(certificate, use),
        ...statusNotes(certificate, use, now),
        ...keyNotes(certificate, use),
        ...originNotes(certificate, use),
        ...renewalNotes(certificate, use, now),
    ];
}

/** How to get a certificate out of PENDING_VALIDATION, by how ACM validates it. */
const VALIDATION_REMEDIES = {
    DNS: "Create its validation records in DNS (ACM lists them) and wait until it is ISSUED",
    EMAIL: "Approve it in the email that ACM sent to the domain's contacts and wait until it is ISSUED",
    HTTP: "Serve the validation file that ACM names over HTTP and wait until it is ISSUED",
};

function statusNotes(certificate: ObservedCertificate, use: CertificateUse, now: Date): Note[] {
    const { status, notBefore, notAfter, failureReason, validationMethod } = certificate;
    const { name } = use;
    const another = `Request or import a new one in ${CERTIFICATE_REGION} and give its ARN`;
    if (status === "PENDING_VALIDATION") {
        const remedy = VALIDATION_REMEDIES[validationMethod ?? "DNS"];
        return note("certificate-pending-validation", `${name} has status PENDING_VALIDATION`, remedy);
    }
    if (status === "EXPIRED") {
        const since = notAfter ? ` since ${day(notAfter)}` : "";
        return note("certificate-expired", `${name} has status EXPIRED${since}`, another);
    }
    if (notAfter && notAfter <= now) {
        return note("certificate-expired", `${name} expired on ${day(notAfter)}`, another);
    }
    if (status !== "ISSUED") {
        const reason = failureReason ? ` (${failureReason})` : "";
        return note("certificate-not-issued", `${name} has status ${status}${reason}, not ISSUED`, another);
    }
    if (notBefore && notBefore > now) {
        const message = `${name} is not valid before ${notBefore.toISOString()}`;
        return note("certificate-not-yet-valid", message, "Wait until then, or check the clock of this machine");
    }
    return lifetimeNotes(certificate, use, now);
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
    const key = `the key of ${name}: ${keyAlgorithm}`;
    const another = "a certificate with an RSA 2048 or ECDSA P-256 (EC_prime256v1) key";
    return UNUSABLE_KEYS.has(algorithm)
        ? note("certificate-key-unusable", `CloudFront cannot use ${key}`, `Use ${another}`)
        : note("certificate-key-unknown", `CloudFront may not be able to use ${key}`, `To be safe, use ${another}`);
}

/**
 * Checks who has the private key, whose certificate it is, and who trusts it. The key of a certificate that an ACME client ordered never leaves
 * that client. Source: ACM User Guide, "Issuing certificates through ACME".
 */
function originNotes({ keyPairOrigin, managedBy, type }: ObservedCertificate, { name }: CertificateUse): Note[] {
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
    return notes;
}
