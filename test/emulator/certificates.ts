import { createPrivateKey, X509Certificate } from "node:crypto";
import { AwsError } from "./errors";
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

/** Reads a certificate for ImportCertificate, and refuses one that the private key does not belong to. */
export function readPem(certificate: Buffer, privateKey: Buffer): CertificateFacts {
    let x509: X509Certificate;
    try {
        x509 = new X509Certificate(certificate);
    } catch {
        throw new AwsError(
            "ValidationException",
            "The certificate field contains more than one certificate or is not " +
                "valid. You must specify only one PEM-encoded certificate in this field.",
        );
    }
    if (!belongsTo(privateKey, x509)) {
        throw new AwsError("ValidationException", "The private key is not valid for the certificate.");
    }
    const names = (x509.subjectAltName ?? "")
        .split(", ")
        .filter((name) => name.startsWith("DNS:"))
        .map((name) => name.slice("DNS:".length));
    const commonName = /^CN=(.+)$/m.exec(x509.subject)?.[1];
    const domainName = commonName ?? names[0] ?? "";
    return {
        domainName,
        subjectAlternativeNames: names.length > 0 ? names : [domainName],
        keyAlgorithm: keyAlgorithmOf(x509),
        serial: colonSeparated(x509.serialNumber),
        notBefore: new Date(x509.validFrom),
        notAfter: new Date(x509.validTo),
    };
}

function belongsTo(privateKey: Buffer, x509: X509Certificate): boolean {
    try {
        return x509.checkPrivateKey(createPrivateKey(privateKey));
    } catch {
        return false;
    }
}

/** ACM answers hyphens, though its own enum has underscores. */
function keyAlgorithmOf({ publicKey }: X509Certificate): string {
    const details = publicKey.asymmetricKeyDetails;
    return publicKey.asymmetricKeyType === "ec" ? `EC-${details?.namedCurve}` : `RSA-${details?.modulusLength}`;
}

/** A serial number as ACM writes it: lower-case pairs with colons. */
export const colonSeparated = (hex: string): string =>
    (
        hex
            .padStart(hex.length + (hex.length % 2), "0")
            .toLowerCase()
            .match(/../g) ?? []
    ).join(":");
