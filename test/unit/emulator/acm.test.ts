import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
// Before @peculiar/x509, which needs it there.
import "reflect-metadata";
import {
    DeleteCertificateCommand,
    DescribeCertificateCommand,
    ImportCertificateCommand,
    paginateListCertificates,
    RequestCertificateCommand,
} from "@aws-sdk/client-acm";
import * as x509 from "@peculiar/x509";
import { acm, aws, custom, customScene, inEmulator, REGION, refused, update } from "../../support/emulatorClients";

describe("the emulated AWS: ACM", () => {
    inEmulator();

    const describeCertificate = async (CertificateArn: string) =>
        (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate ?? {};

    it("describes a certificate, and by whom it is used", async () => {
        const { certificate } = customScene();
        const detail = await describeCertificate(certificate);
        assert.deepEqual(
            [detail.Status, detail.Type, detail.KeyAlgorithm, detail.RenewalEligibility],
            ["ISSUED", "AMAZON_ISSUED", "RSA-2048", "ELIGIBLE"],
        );
        assert.ok((detail.NotAfter?.getTime() ?? 0) > Date.now());
        assert.match(detail.InUseBy?.[0] ?? "", /^arn:aws:cloudfront::\d{12}:distribution\/E\w+$/);
        const remove = () => acm.send(new DeleteCertificateCommand({ CertificateArn: certificate }));
        await refused(remove(), "ResourceInUseException", / in account 123456789012 is in use\.$/);
        aws.removeDomain(custom);
        await remove();
        await refused(
            describeCertificate(certificate),
            "ResourceNotFoundException",
            /^Could not find certificate arn:/,
        );
    });

    it("shows what the scene says of a failed and of a renewing certificate", async () => {
        const failed = await describeCertificate(
            aws.certificate({ domainName: custom, status: "FAILED", failureReason: "CAA_ERROR" }),
        );
        assert.equal(failed.FailureReason, "CAA_ERROR");
        assert.equal(failed.NotAfter, undefined);
        const renewing = aws.certificate({
            domainName: custom,
            renewalSummary: {
                RenewalStatus: "PENDING_VALIDATION",
                DomainValidationOptions: [],
                UpdatedAt: new Date(0),
            },
            serial: "0a:0b",
            inUseBy: ["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/x"],
        });
        const detail = await describeCertificate(renewing);
        assert.equal(detail.RenewalSummary?.RenewalStatus, "PENDING_VALIDATION");
        assert.equal(detail.RenewalSummary?.UpdatedAt?.getTime(), 0);
        assert.deepEqual([detail.Serial, detail.InUseBy?.length], ["0a:0b", 1]);
    });

    it("knows only its own Region, and refuses what is no ARN", async () => {
        await refused(
            describeCertificate(aws.certificate({ domainName: custom, region: REGION })),
            "ResourceNotFoundException",
        );
        await refused(describeCertificate("nonsense"), "ValidationException", /^2 validation errors detected/);
    });

    it("requests a certificate, which waits for its validation", async () => {
        const { CertificateArn = "" } = await acm.send(
            new RequestCertificateCommand({
                DomainName: custom,
                SubjectAlternativeNames: ["www.example.com"],
                KeyAlgorithm: "EC_prime256v1",
            }),
        );
        const detail = await describeCertificate(CertificateArn);
        assert.equal(detail.Status, "PENDING_VALIDATION");
        assert.equal(detail.KeyAlgorithm, "EC-prime256v1");
        assert.deepEqual(detail.SubjectAlternativeNames, [custom, "www.example.com"]);
        assert.equal(detail.DomainValidationOptions?.[0]?.ResourceRecord?.Type, "CNAME");
        aws.patchCertificate(CertificateArn, { status: "ISSUED" });
        assert.ok((await describeCertificate(CertificateArn)).Serial);
    });

    it("lists by page, and other keys than RSA only when asked", async () => {
        const rsa = [1, 2, 3].map(() => aws.certificate({ domainName: custom }));
        const ec = aws.certificate({ domainName: custom, keyAlgorithm: "EC-prime256v1" });
        aws.certificate({ domainName: custom, status: "EXPIRED" });
        const list = async (keyTypes?: ["EC_prime256v1"]) => {
            const pages: (string | undefined)[][] = [];
            const input = {
                MaxItems: 2,
                CertificateStatuses: ["ISSUED" as const],
                Includes: keyTypes && { keyTypes },
            };
            for await (const page of paginateListCertificates({ client: acm }, input)) {
                pages.push((page.CertificateSummaryList ?? []).map((summary) => summary.CertificateArn));
            }
            return pages;
        };
        assert.deepEqual(await list(), [rsa.slice(0, 2), rsa.slice(2)]);
        assert.deepEqual(await list(["EC_prime256v1"]), [[ec]]);
    });

    it("imports PEM, and reads the facts out of it", async () => {
        const { certificate, privateKey, serial, notAfter } = await selfSigned(custom);
        const other = await selfSigned(custom);
        const { CertificateArn = "" } = await acm.send(
            new ImportCertificateCommand({
                Certificate: Buffer.from(certificate),
                PrivateKey: Buffer.from(privateKey),
            }),
        );
        const detail = await describeCertificate(CertificateArn);
        assert.deepEqual(detail.SubjectAlternativeNames, [custom, `*.${custom}`]);
        assert.deepEqual(
            [detail.DomainName, detail.Type, detail.KeyAlgorithm, detail.Serial, detail.NotAfter?.getTime()],
            [custom, "IMPORTED", "EC-prime256v1", serial, notAfter.getTime()],
        );
        const { pool } = customScene();
        await update(pool, CertificateArn);
        await acm.send(
            new ImportCertificateCommand({
                CertificateArn,
                Certificate: Buffer.from(other.certificate),
                PrivateKey: Buffer.from(other.privateKey),
            }),
        );
        assert.equal((await describeCertificate(CertificateArn)).Serial, other.serial);
        await refused(
            acm.send(
                new ImportCertificateCommand({
                    Certificate: Buffer.from(certificate),
                    PrivateKey: Buffer.from(other.privateKey),
                }),
            ),
            "ValidationException",
            /private key/,
        );
        await refused(
            acm.send(
                new ImportCertificateCommand({
                    Certificate: Buffer.from("no PEM"),
                    PrivateKey: Buffer.from(privateKey),
                }),
            ),
            "ValidationException",
            /certificate field/,
        );
    });
});

async function selfSigned(name: string) {
    x509.cryptoProvider.set(webcrypto as Crypto);
    const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
    const keys = (await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
    const notAfter = new Date("2040-01-01T00:00:00Z");
    const serial = Buffer.from(
        webcrypto.getRandomValues(new Uint8Array(8)).map((byte) => (byte & 0x7f) | 0x10),
    ).toString("hex");
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        name: `CN=${name}`,
        keys,
        notAfter,
        notBefore: new Date("2020-01-01T00:00:00Z"),
        serialNumber: serial,
        signingAlgorithm: algorithm,
        extensions: [
            new x509.SubjectAlternativeNameExtension([
                { type: "dns", value: name },
                { type: "dns", value: `*.${name}` },
            ]),
        ],
    });
    const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
    return {
        certificate: certificate.toString("pem"),
        privateKey: x509.PemConverter.encode(key, "PRIVATE KEY"),
        serial: serial.match(/../g)?.join(":"),
        notAfter,
    };
}
