import assert from "node:assert/strict";
import type { Finding } from "../../../provider/model/findings";
import type { PlanInput } from "../../../provider/plan/plan";
import { findingsText, planText } from "../../../provider/program/previewText";
import { ARN, goodCertificate, OTHER_ARN } from "../../support/certificates";
import { DOMAIN, FAILOVER, seen } from "../../support/domains";
import { planFor } from "../../support/plans";

describe("findingsText", () => {
    const finding = (code: string, rest: Partial<Finding> = {}): Finding => ({
        code,
        property: "domain",
        kind: "advisory",
        severity: "warning",
        message: "seen",
        remedy: "Fix it",
        ...rest,
    });
    const WARNING = finding("a-warning");
    const ERROR = finding("an-error", { severity: "error" });
    const ACCEPTED = finding("accepted-one", { accepted: true });

    const of = (...findings: Finding[]) => ({ findings, isStrict: false });

    it("says that strict alone refuses", () => {
        const strictly = (...findings: Finding[]) => findingsText(DOMAIN, { findings, isStrict: true }).split("\n")[0];
        const why = "(refused, since strict is set)";
        assert.equal(strictly(WARNING), `${DOMAIN}: domain: seen. Fix it. [a-warning] ${why}`);
        assert.equal(strictly(WARNING, ACCEPTED), `${DOMAIN}: 2 findings ${why}:`);
    });

    it("is one line for one finding, and a list for several", () => {
        assert.equal(findingsText(DOMAIN, of(ERROR)), `${DOMAIN}: domain: seen. Fix it. [an-error]`);
        assert.equal(findingsText(DOMAIN, of(ACCEPTED)), `${DOMAIN}: domain: seen. Fix it. [accepted-one] (accepted)`);
        assert.deepEqual(findingsText(DOMAIN, of(ERROR, WARNING, ACCEPTED)).split("\n"), [
            `${DOMAIN}: 3 findings:`,
            "  - error: domain: seen. Fix it. [an-error]",
            "  - warning: domain: seen. Fix it. [a-warning]",
            "  - accepted: domain: seen. Fix it. [accepted-one]",
        ]);
    });
});

describe("planText", () => {
    const short = (arn: string) => `.../${arn.split("/")[1]}`;
    const V1 = { managedLoginVersion: 1, certificateArn: ARN };
    const TWO = { managedLoginVersion: 2 };
    const policy = (securityPolicy: string) => ({ ...V1, securityPolicy });
    const has = (settings: object, status = "ACTIVE") => ({ domain: { found: seen({ settings, status }) } });
    const lines = (desired: object, rest: Partial<PlanInput>, unknown: string[] = []) =>
        planText(DOMAIN, planFor({ desired }, { phase: "preview", ...rest }), unknown).split("\n");
    const certified = { certificate: { arn: OTHER_ARN, answer: { found: goodCertificate() } } };
    const open = { isOpen: true, changed: {} };

    const table: [title: string, desired: object, rest: Partial<PlanInput>, text: string][] = [
        ["nothing", V1, { observed: has(V1) }, "nothing changes in AWS"],
        [
            "a change, and what is kept",
            TWO,
            { observed: has({ ...policy("TLS_V1_2_2021"), failover: FAILOVER }) },
            `managed login 1 -> 2; kept: certificate ${short(ARN)}, TLS policy TLS_V1_2_2021, failover to us-east-2 by health check health-1`,
        ],
        [
            "a TLS policy that managed login needs, and a setting that AWS did not have",
            { ...TWO, failover: FAILOVER },
            { observed: has(policy("TLS_V1")) },
            `managed login 1 -> 2; TLS policy TLS_V1 -> TLS_V1_2_2021 (managed login needs it); failover none -> to us-east-2 by health check health-1; kept: certificate ${short(ARN)}`,
        ],
        [
            "a certificate, and how long it is valid",
            { certificateArn: OTHER_ARN },
            { observed: { ...has({ certificateArn: ARN }), ...certified } },
            `certificate ${short(ARN)} -> ${short(OTHER_ARN)} (valid until 2027-04-11)`,
        ],
        [
            "resumed",
            TWO,
            { observed: has({ managedLoginVersion: 1 }), ...open },
            "managed login 1 -> 2 (the last update did not complete)",
        ],
        [
            "a failed domain",
            V1,
            { observed: has(V1, "FAILED") },
            "the settings are sent again, since the domain's last update failed",
        ],
    ];
    for (const [title, desired, rest, text] of table) {
        it(title, () => assert.deepEqual(lines(desired, rest), [`${DOMAIN}: ${text}`]));
    }

    it("drift that is corrected", () => {
        const request = { desired: TWO, onDrift: "correct" as const };
        const plan = planFor(request, { observed: has({ managedLoginVersion: 1 }), changed: {} });
        assert.equal(planText(DOMAIN, plan, []), `${DOMAIN}: managed login 1 -> 2 (onDrift: "correct")`);
    });

    it("what is not known yet, and what is no longer managed", () => {
        const unknown = ["customDomainConfig.certificateArn", "wait"];
        const list = "customDomainConfig.certificateArn, wait";
        assert.deepEqual(lines({}, { observed: has({}) }, unknown), [`${DOMAIN}: not known yet: ${list}`]);
        const absent = { observed: { domain: { absent: true as const } } };
        assert.deepEqual(lines({}, absent, unknown), [`${DOMAIN}: not known yet, so checked by the update: ${list}`]);
        assert.deepEqual(lines({}, { observed: has(V1), changed: { managedLoginVersion: { from: 1 } } }), [
            `${DOMAIN}: nothing changes in AWS`,
            `${DOMAIN}: no longer managed, stays as it is: managedLoginVersion`,
        ]);
    });
});
