import assert from "node:assert/strict";
// Before @peculiar/x509, which needs it there.
import "reflect-metadata";
import { DeleteCertificateCommand, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import { acm, aws, custom, customScene, inEmulator, REGION, refused } from "../../support/emulatorClients";

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

    it("knows only its own Region, and refuses what is no ARN", async () => {
        await refused(
            describeCertificate(aws.certificate({ domainName: custom, region: REGION })),
            "ResourceNotFoundException",
        );
        await refused(describeCertificate("nonsense"), "ValidationException", /validation errors detected/);
    });
});
