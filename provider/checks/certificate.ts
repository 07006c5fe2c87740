import { certificateRegion, parseCertificateArn, shortArn } from "../model/certificateArn";
import { day } from "../model/day";
import type { Lookup, ObservedCertificate } from "../model/observations";
import { judgeKey, judgeOrigin, judgeTrust } from "./certificateKey";
import { judgeDaysLeft, judgeRenewal } from "./certificateLifetime";
import { judgeNames } from "./certificateNames";
import { type CertificateUse, groundOf, PROPERTY } from "./certificateUse";
import type { Judgement } from "./severity";

/**
 * Is this certificate fit for this domain? Pure.
 *
 * Source: Cognito Developer Guide, "Using your own domain for managed login"; CloudFront Developer Guide,
 * "Requirements for using SSL/TLS certificates with CloudFront"; ACM API reference, CertificateDetail.
 */
export function judgeCertificate(look: Lookup<ObservedCertificate>, use: CertificateUse, now: Date): Judgement[] {
    const { arn, accountId, introduced } = use;
    const owner = parseCertificateArn(arn)?.accountId;
    if (introduced && accountId && owner && owner !== accountId) {
        return [
            {
                code: "certificate-other-account",
                ground: "introduced",
                property: PROPERTY,
                message: `the certificate ${shortArn(arn)} is in account ${owner}, the domain in account ${accountId}`,
                remedy: `Request or import it in account ${accountId}, in ${certificateRegion(arn)}`,
            },
        ];
    }
    if ("failed" in look) {
        return [
            {
                code: "certificate-unseen",
                ground: introduced ? "unseen" : "advisory",
                property: PROPERTY,
                message: `the certificate ${shortArn(arn)} could not be checked: ${look.failed.message}`,
                remedy: introduced
                    ? "Mend that first: no certificate is put on a domain unchecked"
                    : "Check it yourself: this update leaves it as it is",
            },
        ];
    }
    if ("absent" in look) {
        return [
            {
                code: "certificate-not-found",
                ground: introduced ? "introduced" : "advisory",
                property: PROPERTY,
                message: `there is no certificate ${arn}`,
                remedy: `Check the ARN, or request a certificate in ${certificateRegion(arn)} and give its ARN`,
            },
        ];
    }
    const certificate = look.found;
    return [
        ...judgeNames(certificate, use),
        ...judgeStatus(certificate, use, now),
        ...judgeKey(certificate, use),
        ...judgeOrigin(certificate, use),
        ...judgeTrust(certificate, use),
        ...judgeRenewal(certificate, use, now),
    ];
}

/** How to get a certificate out of PENDING_VALIDATION, by how ACM validates it. */
const VALIDATION_REMEDIES = {
    DNS: "Create its validation records in DNS (ACM lists them) and wait until it is ISSUED",
    EMAIL: "Approve it in the mail that ACM has sent to the domain's contacts and wait until it is ISSUED",
    HTTP: "Serve the validation file that ACM names over HTTP and wait until it is ISSUED",
};

function judgeStatus(certificate: ObservedCertificate, use: CertificateUse, now: Date): Judgement[] {
    const { status, notBefore, notAfter, failureReason, validationMethod } = certificate;
    const about = { ground: groundOf(use), property: PROPERTY } as const;
    if (status === "PENDING_VALIDATION") {
        return [
            {
                ...about,
                code: "certificate-pending-validation",
                ground: use.introduced ? "mendable" : "advisory",
                message: `the certificate ${shortArn(use.arn)} has status PENDING_VALIDATION`,
                remedy: VALIDATION_REMEDIES[validationMethod ?? "DNS"],
            },
        ];
    }
    if (status === "EXPIRED" || (notAfter && notAfter <= now)) {
        const since = notAfter ? ` since ${day(notAfter)}` : "";
        const ended = status === "EXPIRED" || !notAfter ? `has status EXPIRED${since}` : `ended on ${day(notAfter)}`;
        return [
            {
                ...about,
                code: "certificate-expired",
                message: `the certificate ${shortArn(use.arn)} ${ended}`,
                remedy: anotherOne(use),
            },
        ];
    }
    if (status !== "ISSUED") {
        const reason = failureReason ? ` (${failureReason})` : "";
        return [
            {
                ...about,
                code: "certificate-not-issued",
                message: `the certificate ${shortArn(use.arn)} has status ${status}${reason}, not ISSUED`,
                remedy: anotherOne(use),
            },
        ];
    }
    if (notBefore && notBefore > now) {
        return [
            {
                ...about,
                code: "certificate-not-yet-valid",
                message: `the certificate ${shortArn(use.arn)} is not valid before ${notBefore.toISOString()}`,
                remedy: "Wait until then, or check the clock of this machine",
            },
        ];
    }
    return judgeDaysLeft(certificate, use, now);
}

function anotherOne({ arn }: CertificateUse): string {
    return `Request or import a new one in ${certificateRegion(arn)} and give its ARN`;
}
