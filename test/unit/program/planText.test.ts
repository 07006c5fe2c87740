import assert from "node:assert/strict";
import { planText } from "../../../provider/program/planText";
import { ARN, goodCertificate, OTHER_ARN } from "../../support/certificates";
import { FAILOVER, seen, WHOLE } from "../../support/domains";

const NAME = "auth.example.com";
const SHORT = ".../11111111-2222-3333-4444-555555555555";
const OTHER_SHORT = ".../99999999-2222-3333-4444-555555555555";

describe("planText", () => {
    it("is nothing where nothing changes", () => {
        assert.equal(planText(NAME, seen(), {}, undefined), undefined);
        assert.equal(planText(NAME, seen(), WHOLE, undefined), undefined);
    });

    it("says of every setting what becomes of it", () => {
        assert.equal(
            planText(
                NAME,
                seen({ settings: { ...WHOLE, managedLoginVersion: 1 } }),
                { managedLoginVersion: 2 },
                undefined,
            ),
            `${NAME}: managed login 1 -> 2; certificate ${SHORT} kept; TLS policy TLS_V1_2_2021 kept; failover to us-east-2 by health check health-1 kept`,
        );
    });

    it("says none of what was not there, and what managed login takes with it", () => {
        const settings = { managedLoginVersion: 1, certificateArn: ARN, securityPolicy: "TLS_V1" };
        assert.equal(
            planText(NAME, seen({ settings }), { managedLoginVersion: 2, failover: FAILOVER }, undefined),
            `${NAME}: managed login 1 -> 2; certificate ${SHORT} kept; TLS policy TLS_V1 -> TLS_V1_2_2021; failover none -> to us-east-2 by health check health-1`,
        );
    });

    describe("of a new certificate", () => {
        const settings = { certificateArn: ARN };
        const desired = { certificateArn: OTHER_ARN };
        const line = (certificate: Parameters<typeof planText>[3]) =>
            planText(NAME, seen({ settings }), desired, certificate);
        const plain = `${NAME}: certificate ${SHORT} -> ${OTHER_SHORT}`;

        it("says its name and its end", () => {
            assert.equal(
                line({ arn: OTHER_ARN, look: { found: goodCertificate() } }),
                `${plain} (auth.example.com, ends 2027-04-11)`,
            );
        });

        it("says so of the certificate alone, where other settings change too", () => {
            const both = { ...desired, managedLoginVersion: 2 };
            const domain = seen({ settings: { ...settings, managedLoginVersion: 1 } });
            assert.equal(
                planText(NAME, domain, both, { arn: OTHER_ARN, look: { found: goodCertificate() } }),
                `${NAME}: managed login 1 -> 2; certificate ${SHORT} -> ${OTHER_SHORT} (auth.example.com, ends 2027-04-11)`,
            );
        });

        it("counts further names, and does without an end or a name", () => {
            const names = ["auth.example.com", "b.example.com", "c.example.com"];
            assert.equal(
                line({ arn: OTHER_ARN, look: { found: goodCertificate({ names, notAfter: undefined }) } }),
                `${plain} (auth.example.com and 2 more)`,
            );
            assert.equal(
                line({ arn: OTHER_ARN, look: { found: goodCertificate({ names: [], notAfter: undefined }) } }),
                `${plain} (no name)`,
            );
        });

        it("says nothing of one that was not found, not looked at, or is another", () => {
            assert.equal(line({ arn: OTHER_ARN, look: { absent: true } }), plain);
            assert.equal(line(undefined), plain);
            assert.equal(line({ arn: ARN, look: { found: goodCertificate() } }), plain);
        });
    });
});
