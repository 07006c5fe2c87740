import { X509Certificate } from "node:crypto";
import type { Certificate, State } from "./state";

/** The one Region where CloudFront, and so Cognito, looks for certificates. */
export const CLOUDFRONT_REGION = "us-east-1";

/** The keys that CloudFront takes, as DescribeCertificate spells them. */
const CLOUDFRONT_KEYS = ["RSA-1024", "RSA-2048", "RSA-3072", "RSA-4096", "EC-prime256v1"];

/** Whether Cognito would put this certificate on a custom domain of this account. */
export function isFit(state: State, account: string, arn: string, domain: string, now: Date): boolean {
    const certificate = state.certificates.get(arn);
    return (
        certificate !== undefined &&
        certificate.account === account &&
        certificate.region === CLOUDFRONT_REGION &&
        certificate.status === "ISSUED" &&
        // ACM does not have the private key of what an ACME client has ordered.
        certificate.keyPairOrigin !== "ACME" &&
        certificate.notBefore <= now &&
        now < certificate.notAfter &&
        CLOUDFRONT_KEYS.includes(certificate.keyAlgorithm.replaceAll("_", "-")) &&
        certificate.subjectAlternativeNames.some((name) => covers(name.toLowerCase(), domain))
    );
}

/** A wildcard stands for exactly one label. */
const covers = (name: string, domain: string): boolean =>
    name === domain || (name.startsWith("*.") && name.slice(1) === domain.slice(domain.indexOf(".")));

/** What ACM reads out of a PEM certificate. */
export type CertificateFacts = Pick<
    Certificate,
    "domainName" | "subjectAlternativeNames" | "keyAlgorithm" | "serial" | "notBefore" | "notAfter"
>;

/** Reads a certificate with an EC key, for ImportCertificate. */
export function readPem(pem: Buffer): CertificateFacts {
    const x509 = new X509Certificate(pem);
    const names = (x509.subjectAltName ?? "").split(", ").map((name) => name.replace("DNS:", ""));
    return {
        domainName: names[0] ?? "",
        subjectAlternativeNames: names,
        // ACM answers hyphens, though its own enum has underscores.
        keyAlgorithm: `EC-${x509.publicKey.asymmetricKeyDetails?.namedCurve}`,
        serial: colonSeparated(x509.serialNumber),
        notBefore: new Date(x509.validFrom),
        notAfter: new Date(x509.validTo),
    };
}

/** A serial number as ACM writes it: lower-case pairs with colons. */
export const colonSeparated = (hex: string): string =>
    (
        hex
            .padStart(hex.length + (hex.length % 2), "0")
            .toLowerCase()
            .match(/../g) ?? []
    ).join(":");
