import { isCustomName } from "../model/address";
import { certificateRegion, parseCertificateArn, shortArn } from "../model/certificateArn";
import { day } from "../model/day";
import { foundIn, type Observed, type ObservedCertificate } from "../model/observed";
import { lifetimeNotes, renewalNotes } from "./certificateLifetime";
import { nameNotes } from "./certificateNames";
import type { CheckContext } from "./checks";
import { cannotAsk, type Note } from "./note";

/** What a certificate is to do. */
export interface CertificateUse {
    arn: string;
    /** The custom domain that it has to cover. */
    domain: string;
    /** Whether this update attaches it; false for the one that the domain already has. */
    introduced: boolean;
    /** Fewer days left than this is a finding; undefined: a share of the certificate's lifetime. */
    minimumValidityDays: number | undefined;
}

/**
 * Whether CloudFront can serve the certificate for the domain. Pure. Of one that the domain already has, everything is advisory.
 *
 * Source: Cognito Developer Guide, "Using your own domain for managed login"; CloudFront Developer Guide, "Requirements for using
 * SSL/TLS certificates with CloudFront"; ACM API reference, CertificateDetail.
 */
export function certificateNotes({ domain, certificate }: Observed, context: CheckContext): Note[] {
    const { request, changes, fixable, phase, now } = context;
    if (!certificate || request.domain === undefined || !isCustomName(request.domain)) {
        return [];
    }
    const introduced = changes.includes("certificateArn");
    const use: CertificateUse = {
        arn: certificate.arn,
        domain: request.domain,
        introduced,
        minimumValidityDays: request.minimumCertificateValidityDays,
    };
    const accountId = foundIn(domain)?.accountId;
    const notes = notesOn(certificate.answer, use, accountId, now);
    if (!introduced) {
        return notes.map((note) => ({ ...note, kind: "advisory" }));
    }
    // Pulumi does not tell whether another resource of the program is about to change: its outputs are known all the same.
    const mayBeImportedAnew =
        phase === "preview" && fixable.has("certificate") && foundIn(certificate.answer)?.type === "IMPORTED";
    return mayBeImportedAnew ? notes.map(unlessImportedAnew) : notes;
}

function unlessImportedAnew(note: Note): Note {
    return { ...note, kind: note.kind ?? "fixable", fixableBy: ["certificate"] };
}

function notesOn(
    answer: NonNullable<Observed["certificate"]>["answer"],
    use: CertificateUse,
    accountId: string | undefined,
    now: Date,
): Note[] {
    const { arn, introduced } = use;
    const name = `the certificate ${shortArn(arn)}`;
    const owner = parseCertificateArn(arn)?.accountId;
    if (introduced && accountId && owner && owner !== accountId) {
        return [
            {
                code: "certificate-other-account",
                message: `${name} is in account ${owner}, the domain in account ${accountId}`,
                remedy: `Request or import it in account ${accountId}, in ${certificateRegion(arn)}`,
            },
        ];
    }
    if ("failed" in answer) {
        const remedy = introduced
            ? "Fix this first: a certificate is never attached without being checked"
            : "Check it yourself: this update leaves it as it is";
        return [cannotAsk("certificate-unseen", name, answer, remedy, introduced ? "unasked" : "advisory")];
    }
    if ("absent" in answer) {
        return [
            {
                code: "certificate-not-found",
                message: `there is no certificate ${arn}`,
                remedy: `Check the ARN, or request a certificate in ${certificateRegion(arn)} and give its ARN`,
            },
        ];
    }
    const certificate = answer.found;
    return [
        ...nameNotes(certificate, use),
        ...statusNotes(certificate, use, now),
        ...keyNotes(certificate, name),
        ...originNotes(certificate, name),
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
    const name = `the certificate ${shortArn(use.arn)}`;
    const another = `Request or import a new one in ${certificateRegion(use.arn)} and give its ARN`;
    if (status === "PENDING_VALIDATION") {
        const remedy = VALIDATION_REMEDIES[validationMethod ?? "DNS"];
        return [{ code: "certificate-pending-validation", message: `${name} has status PENDING_VALIDATION`, remedy }];
    }
    if (status === "EXPIRED" || (notAfter && notAfter <= now)) {
        const since = notAfter ? ` since ${day(notAfter)}` : "";
        const expired =
            status === "EXPIRED" || !notAfter ? `has status EXPIRED${since}` : `expired on ${day(notAfter)}`;
        return [{ code: "certificate-expired", message: `${name} ${expired}`, remedy: another }];
    }
    if (status !== "ISSUED") {
        const reason = failureReason ? ` (${failureReason})` : "";
        const message = `${name} has status ${status}${reason}, not ISSUED`;
        return [{ code: "certificate-not-issued", message, remedy: another }];
    }
    if (notBefore && notBefore > now) {
        const message = `${name} is not valid before ${notBefore.toISOString()}`;
        const remedy = "Wait until then, or check the clock of this machine";
        return [{ code: "certificate-not-yet-valid", message, remedy }];
    }
    return lifetimeNotes(certificate, use, now);
}

/** RSA up to 4096 bits and ECDSA P-256 are what CloudFront serves to viewers. */
const USABLE_KEYS = new Set(["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1"]);
const UNUSABLE_KEYS = new Set(["EC_secp384r1", "EC_secp521r1"]);

function keyNotes({ keyAlgorithm }: ObservedCertificate, name: string): Note[] {
    // ACM answers hyphens; its enumeration has underscores.
    const algorithm = keyAlgorithm?.replaceAll("-", "_");
    if (!algorithm || USABLE_KEYS.has(algorithm)) {
        return [];
    }
    const remedy = "a certificate with an RSA 2048 or ECDSA P-256 (EC_prime256v1) key";
    return UNUSABLE_KEYS.has(algorithm)
        ? [
              {
                  code: "certificate-key-unusable",
                  message: `CloudFront cannot use the key of ${name}: ${keyAlgorithm}`,
                  remedy: `Use ${remedy}`,
              },
          ]
        : [
              {
                  code: "certificate-key-unknown",
                  message: `it is not known whether CloudFront can use the key of ${name}: ${keyAlgorithm}`,
                  remedy: `To be safe, use ${remedy}`,
              },
          ];
}

/**
 * Whether AWS has the private key, for whom, and who trusts it. The key of a certificate that an ACME client ordered never leaves
 * that client. Source: ACM User Guide, "Issuing certificates through ACME".
 */
function originNotes({ keyPairOrigin, managedBy, type }: ObservedCertificate, name: string): Note[] {
    const notes: Note[] = [];
    if (keyPairOrigin === "ACME") {
        notes.push({
            code: "certificate-key-not-in-acm",
            message: `${name} was issued through ACME: ACM does not have its private key, so CloudFront cannot use it`,
            remedy: "Request one in ACM itself, or import one with its private key",
        });
    }
    if (managedBy === "CLOUDFRONT") {
        notes.push({
            code: "certificate-managed-by-cloudfront",
            message: `${name} is managed by CloudFront for another distribution, and is deleted with it`,
            remedy: "Request a certificate for this domain",
        });
    }
    if (type === "PRIVATE") {
        notes.push({
            code: "certificate-private",
            message: `${name} was issued by a private CA, which browsers do not trust by default`,
            remedy: "Use a public certificate unless every visitor's device trusts that CA",
        });
    }
    return notes;
}
