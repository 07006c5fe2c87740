import assert from "node:assert/strict";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { OUTPUT_NAMES } from "../../../provider/model/domainOutputs";
import type { Observations } from "../../../provider/model/observations";
import { expectedOutputs, type RegisteredInputs } from "../../../provider/program/expectedOutputs";
import { ARN, goodCertificate, OTHER_ARN } from "../../support/certificates";
import { CUSTOM, FAILOVER, OTHER_POOL, POOL, seen } from "../../support/domains";

const NAMED = { userPoolId: POOL, domain: CUSTOM.domain };
const SETTINGS = { managedLoginVersion: 1, certificateArn: ARN, securityPolicy: "TLS_V1" };
const OBSERVED: Observations = {
    domain: { found: seen({ settings: SETTINGS, cloudFrontDistribution: "d111.cloudfront.net" }) },
    certificate: { arn: ARN, look: { found: goodCertificate() } },
};

const outputs = (inputs: Partial<RegisteredInputs>, observed: Observations | undefined = OBSERVED) =>
    expectedOutputs({ ...NAMED, ...inputs }, observed, true);
const unknown = (inputs: Partial<RegisteredInputs>, observed?: Observations) =>
    OUTPUT_NAMES.filter((name) => !outputs(inputs, observed).has(name));

describe("expectedOutputs", () => {
    it("are those of the merged settings, those that the program does not manage included", () => {
        const expected = outputs({ managedLoginVersion: 2, routing: { failover: FAILOVER } });
        assert.deepEqual(unknown({ managedLoginVersion: 2 }), []);
        assert.equal(expected.get("managedLoginVersion"), 2);
        assert.deepEqual(expected.get("customDomainConfig"), { certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" });
        assert.deepEqual(expected.get("routing"), { failover: FAILOVER });
        assert.equal(expected.get("cloudFrontDomain"), "d111.cloudfront.net");
        assert.equal(expected.get("status"), "ACTIVE");
        assert.equal(expected.get("certificateExpiry"), goodCertificate().notAfter?.toISOString());
    });

    const config = (customDomainConfig: unknown) => ({ customDomainConfig }) as Partial<RegisteredInputs>;
    const table: [name: string, inputs: Partial<RegisteredInputs>, unknown: string[]][] = [
        ["an unknown ARN", config({ certificateArn: UNKNOWN }), ["customDomainConfig", "certificateExpiry"]],
        ["an unknown config", config(UNKNOWN), ["customDomainConfig", "certificateExpiry"]],
        ["an unknown policy", config({ securityPolicy: UNKNOWN }), ["customDomainConfig"]],
        ["a certificate that was not seen", config({ certificateArn: OTHER_ARN }), ["certificateExpiry"]],
        ["an unknown routing", { routing: UNKNOWN } as never, ["routing"]],
        ["an unknown Region in it", { routing: { failover: { ...FAILOVER, secondaryRegion: UNKNOWN } } }, ["routing"]],
        // Version 2 raises TLS_V1.
        [
            "an unknown version",
            { managedLoginVersion: UNKNOWN } as never,
            ["managedLoginVersion", "customDomainConfig"],
        ],
        ["no wait, and nothing changed", { wait: "none", managedLoginVersion: 1 }, []],
        ["no wait, and a routing", { wait: "none", routing: { failover: FAILOVER } }, ["routing", "status"]],
        ["a wait, and another policy", config({ securityPolicy: "TLS_V1_3_2025" }), []],
    ];
    for (const [name, inputs, expected] of table) {
        it(`with ${name}: ${expected.join(", ") || "nothing"} is unknown`, () => {
            assert.deepEqual(unknown(inputs), expected);
        });
    }

    it("are, where an unknown value may be the old one and there is no update, not those of what the program does not manage", () => {
        const ofUpdate = (inputs: object, observed = OBSERVED) =>
            OUTPUT_NAMES.filter((name) => !expectedOutputs({ ...NAMED, ...inputs }, observed).has(name));
        const rest = ["customDomainConfig", "routing", "certificateExpiry"];
        assert.deepEqual(ofUpdate({ onFailure: UNKNOWN, managedLoginVersion: 2 }), rest);
        assert.deepEqual(ofUpdate({ customDomainConfig: { certificateArn: UNKNOWN } }), [
            "managedLoginVersion",
            ...rest,
        ]);
        const given = {
            managedLoginVersion: UNKNOWN,
            customDomainConfig: { certificateArn: ARN, securityPolicy: "TLS_V1_3_2025" },
            routing: { failover: FAILOVER },
        };
        assert.deepEqual(ofUpdate({ ...given, wait: UNKNOWN, managedLoginVersion: 1 }), ["certificateExpiry"]);
        const failed = { ...OBSERVED, domain: { found: seen({ settings: SETTINGS, status: "FAILED" }) } };
        assert.ok(ofUpdate({ onFailure: UNKNOWN }, failed).includes("status"));
        assert.deepEqual(ofUpdate({ managedLoginVersion: 2 }), []);
    });

    it("are unknown, without a wait, after settings that are sent again since the last update has failed", () => {
        const failed = { ...OBSERVED, domain: { found: seen({ settings: SETTINGS, status: "FAILED" }) } };
        assert.deepEqual(unknown({ wait: "none", managedLoginVersion: 1 }, failed), ["status"]);
        assert.deepEqual(unknown({ managedLoginVersion: 1 }, failed), []);
        assert.deepEqual(unknown({ wait: "none" }, failed), []);
        assert.equal(outputs({ managedLoginVersion: 1 }, failed).get("status"), "ACTIVE");
        assert.equal(outputs({}, failed).get("status"), "FAILED");
    });

    it("leave open what AWS does to a TLS policy that it does not report, where something is written", () => {
        const { securityPolicy, ...settings } = SETTINGS;
        const observed = { ...OBSERVED, domain: { found: seen({ settings }) } };
        assert.deepEqual(unknown({ managedLoginVersion: 2 }, observed), ["customDomainConfig"]);
        assert.deepEqual(unknown({ managedLoginVersion: 1 }, observed), []);
        assert.deepEqual(unknown(config({ securityPolicy }), observed), []);
    });

    it("are none where it is not known which domain", () => {
        for (const part of ["userPoolId", "domain", "region"]) {
            assert.equal(outputs({ [part]: UNKNOWN }).size, 0);
        }
    });

    it("are what arguments tell where the domain is not there, another pool's, or was not looked at", () => {
        const told = ["baseUrl", "cloudFrontHostedZoneId", "managedLoginVersion"];
        const others = { domain: { found: seen({ userPoolId: OTHER_POOL }) } };
        for (const observed of [{ domain: { absent: true as const } }, others, {}]) {
            assert.deepEqual([...outputs({ managedLoginVersion: 2 }, observed).keys()], told);
        }
        assert.deepEqual(
            [...expectedOutputs({ ...NAMED, wait: "none", managedLoginVersion: 2 }, undefined).keys()],
            ["baseUrl", "cloudFrontHostedZoneId"],
        );
    });
});
