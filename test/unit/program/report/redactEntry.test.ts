import assert from "node:assert/strict";
import { redactEntry } from "../../../../provider/program/report/redactEntry";
import type { ReportEntry } from "../../../../provider/program/report/report";
import { ARN, OTHER_ARN } from "../../../support/certificates";
import { FAILOVER } from "../../../support/domains";

const CERTIFICATE = "customDomainConfig.certificateArn";

const ENTRY: ReportEntry = {
    name: "auth\u001b[2J",
    domain: "auth.example.com",
    userPoolId: "us-west-2_AbCdEfGhI",
    verdict: "warned",
    action: "update",
    changes: [
        { setting: CERTIFICATE, from: OTHER_ARN, to: ARN },
        { setting: "routing.failover", to: FAILOVER },
    ],
    kept: { managedLoginVersion: 2, [CERTIFICATE]: ARN },
    drift: [
        { setting: "routing.failover", desired: FAILOVER, observed: { ...FAILOVER, secondaryRegion: "eu-west-1" } },
    ],
    findings: [
        {
            code: "some-code",
            property: "domain",
            ground: "advisory",
            severity: "warning",
            message: `${OTHER_ARN}\n  - error: auth.example.com`,
            remedy: "Mend it",
        },
    ],
    outputs: { status: "ACTIVE", customDomainConfig: { certificateArn: OTHER_ARN, securityPolicy: "TLS_V1" } },
    unknown: [],
    before: { customDomainConfig: { certificateArn: ARN, securityPolicy: "TLS_V1" } },
};

describe("redactEntry", () => {
    it("leaves an entry without secrets as it is, but for what steers a terminal", () => {
        assert.deepEqual(redactEntry(ENTRY, {}, []), {
            ...ENTRY,
            name: "auth\\u001b[2J",
            findings: [{ ...ENTRY.findings[0], message: `${OTHER_ARN} - error: auth.example.com` }],
        });
    });

    it("hides a secret setting wherever it stands, whatever its value is", () => {
        const { changes, kept, drift, outputs, before, findings } = redactEntry(ENTRY, {}, [
            CERTIFICATE,
            "routing.failover.primaryRoute53HealthCheckId",
        ]);
        assert.deepEqual(changes, [
            { setting: CERTIFICATE, from: "[secret]", to: "[secret]" },
            { setting: "routing.failover", to: "[secret]" },
        ]);
        assert.deepEqual(kept, { managedLoginVersion: 2, [CERTIFICATE]: "[secret]" });
        assert.deepEqual(drift, [{ setting: "routing.failover", desired: "[secret]", observed: "[secret]" }]);
        assert.deepEqual(outputs, {
            status: "ACTIVE",
            customDomainConfig: { certificateArn: "[secret]", securityPolicy: "TLS_V1" },
        });
        assert.deepEqual(before, { customDomainConfig: { certificateArn: "[secret]", securityPolicy: "TLS_V1" } });
        assert.equal(findings[0]?.message, "[secret] - error: auth.example.com");
    });

    it("hides the secret values of the arguments in every text", () => {
        const { domain, findings } = redactEntry(ENTRY, { domain: "auth.example.com" }, ["domain"]);
        assert.deepEqual([domain, findings[0]?.message], ["[secret]", `${OTHER_ARN} - error: [secret]`]);
    });
});
