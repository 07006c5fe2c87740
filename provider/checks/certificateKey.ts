import { shortArn } from "../model/certificateArn";
import type { ObservedCertificate } from "../model/observations";
import { type CertificateUse, groundOf, PROPERTY } from "./certificateUse";
import type { Judgement } from "./severity";

/** RSA up to 4096 bits and ECDSA P-256 are what CloudFront serves to viewers. */
const USABLE_KEYS = new Set(["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1"]);
const UNUSABLE_KEYS = new Set(["EC_secp384r1", "EC_secp521r1"]);

/** Can CloudFront use the certificate's key? */
export function judgeKey({ keyAlgorithm }: ObservedCertificate, use: CertificateUse): Judgement[] {
    // ACM answers hyphens where its enumeration has underscores.
    const algorithm = keyAlgorithm?.replaceAll("-", "_");
    if (!algorithm || USABLE_KEYS.has(algorithm)) {
        return [];
    }
    const unusable = UNUSABLE_KEYS.has(algorithm);
    return [
        {
            code: unusable ? "certificate-key-unusable" : "certificate-key-unknown",
            ground: unusable ? groundOf(use) : "advisory",
            property: PROPERTY,
            message: unusable
                ? `CloudFront cannot use the key of the certificate ${shortArn(use.arn)}: ${keyAlgorithm}`
                : `it is not known whether CloudFront can use the key of the certificate ${shortArn(use.arn)}: ${keyAlgorithm}`,
            remedy: `${unusable ? "Give" : "To be safe, give"} a certificate with an RSA 2048 or ECDSA P-256 (EC_prime256v1) key`,
        },
    ];
}

/**
 * Does AWS have the private key, and for whom? The key of a certificate that an ACME client has ordered never leaves that
 * client: ACM lists it as ISSUED, and no integrated service can use it.
 * Source: ACM User Guide, "Issuing certificates through ACME" and "Choosing how to issue certificates with AWS".
 */
export function judgeOrigin({ keyPairOrigin, managedBy }: ObservedCertificate, use: CertificateUse): Judgement[] {
    const found: Judgement[] = [];
    if (keyPairOrigin === "ACME") {
        found.push({
            code: "certificate-key-not-in-acm",
            ground: groundOf(use),
            property: PROPERTY,
            message: `the certificate ${shortArn(use.arn)} was issued through ACME: ACM does not have its private key, so CloudFront cannot use it`,
            remedy: "Request one in ACM itself, or import one with its private key",
        });
    }
    if (managedBy === "CLOUDFRONT") {
        found.push({
            code: "certificate-managed-by-cloudfront",
            ground: "advisory",
            property: PROPERTY,
            message: `the certificate ${shortArn(use.arn)} is managed by CloudFront for another distribution, and goes away with it`,
            remedy: "Request a certificate of your own for this domain",
        });
    }
    return found;
}

/** Do browsers trust it? */
export function judgeTrust({ type }: ObservedCertificate, use: CertificateUse): Judgement[] {
    if (type !== "PRIVATE") {
        return [];
    }
    return [
        {
            code: "certificate-private",
            ground: "advisory",
            property: PROPERTY,
            message: `the certificate ${shortArn(use.arn)} is of a private CA: browsers do not trust it by themselves`,
            remedy: "Use a public certificate unless every visitor's device trusts that CA",
        },
    ];
}
