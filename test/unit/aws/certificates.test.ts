import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/awsCalls";
import type { Emulator } from "../../emulator/index";
import { answering } from "../../support/answering";
import { inEmulatedAws } from "../../support/emulatedAws";

const DOMAIN = "auth.example.com";

describe("describeCertificate", () => {
    let emulator: Emulator;
    let aws: Aws;

    inEmulatedAws((it) => {
        emulator = it;
    });

    beforeEach(() => {
        emulator.reset();
        aws = new Aws({ maxAttempts: 1 });
    });

    it("reads a certificate, in us-east-1", async () => {
        const notBefore = new Date("2026-01-01T00:00:00Z");
        const notAfter = new Date("2099-01-01T00:00:00Z");
        const arn = emulator.certificate({
            domainName: DOMAIN,
            subjectAlternativeNames: [DOMAIN, "*.example.com"],
            notBefore,
            notAfter,
            serial: "0a:1b",
            managedBy: "CLOUDFRONT",
            renewalSummary: {
                RenewalStatus: "FAILED",
                RenewalStatusReason: "CAA_ERROR",
                DomainValidationOptions: [],
                UpdatedAt: undefined,
            },
        });
        const { issuedAt, ...rest } = (await aws.describeCertificate(arn)) ?? {};
        assert.ok(issuedAt instanceof Date);
        assert.deepEqual(rest, {
            status: "ISSUED",
            names: [DOMAIN, "*.example.com"],
            notBefore,
            notAfter,
            keyAlgorithm: "RSA-2048",
            type: "AMAZON_ISSUED",
            keyPairOrigin: "AWS_MANAGED",
            managedBy: "CLOUDFRONT",
            validationMethod: "DNS",
            failureReason: undefined,
            renewalStatus: "FAILED",
            renewalReason: "CAA_ERROR",
            renewalEligibility: "ELIGIBLE",
            serial: "0a:1b",
        });
        const called = emulator.calls.map(({ operation, region }) => [operation, region]);
        assert.deepEqual(called, [["DescribeCertificate", "us-east-1"]]);
    });

    it("takes the alternative names for what is covered, and the common name only where there are none", async () => {
        const names = async (subjectAlternativeNames: string[]) =>
            (await aws.describeCertificate(emulator.certificate({ domainName: DOMAIN, subjectAlternativeNames })))
                ?.names;
        assert.deepEqual(await names(["other.example.com"]), ["other.example.com"]);
        assert.deepEqual(await names([]), [DOMAIN]);
    });

    it("takes the import for the issue of an imported one, and reads why one has failed", async () => {
        const imported = await aws.describeCertificate(emulator.certificate({ domainName: DOMAIN, type: "IMPORTED" }));
        assert.ok(imported?.issuedAt instanceof Date);
        const failed = await aws.describeCertificate(
            emulator.certificate({ domainName: DOMAIN, status: "FAILED", failureReason: "CAA_ERROR" }),
        );
        assert.deepEqual([failed?.status, failed?.failureReason], ["FAILED", "CAA_ERROR"]);
        assert.deepEqual([failed?.notAfter, failed?.issuedAt], [undefined, undefined]);
    });

    it("survives an answer in which everything is missing", async () => {
        const describe = (calls: Aws) => calls.describeCertificate("arn");
        const certificate = await answering({ Certificate: {} }, describe);
        assert.deepEqual([certificate?.status, certificate?.names], ["unknown", []]);
        assert.equal(await answering({}, describe), undefined);
    });
});
