import assert from "node:assert/strict";
import type { Request } from "../../../provider/inputs/request";
import type { Finding } from "../../../provider/model/findings";
import type { Observed } from "../../../provider/model/observed";
import type { PlanInput } from "../../../provider/plan/plan";
import { findingsText, planText } from "../../../provider/program/previewText";
import { ARN, goodCertificate, OTHER_ARN } from "../../support/certificates";
import { DOMAIN, FAILOVER, seen, WHOLE } from "../../support/domains";
import { planFor } from "../../support/plans";

describe("findingsText", () => {
    const about = { property: "domain", kind: "advisory", message: "seen", remedy: "Fix it" } as const;
    const WARNING: Finding = { ...about, code: "a-warning", severity: "warning" };
    const ERROR: Finding = { ...about, code: "an-error", severity: "error" };
    const ACCEPTED: Finding = { ...WARNING, code: "accepted-one", accepted: true };

    const lines = (isRefusedByStrict: boolean, ...findings: Finding[]) =>
        findingsText(DOMAIN, { findings, isRefusedByStrict }).split("\n");

    it("is one line for one finding, and a list for several; says that strict alone refuses", () => {
        assert.deepEqual(lines(false, ERROR), [`${DOMAIN}: domain: seen. Fix it. [an-error]`]);
        assert.deepEqual(lines(false, ACCEPTED), [`${DOMAIN}: domain: seen. Fix it. [accepted-one] (accepted)`]);
        const why = "(refused, since strict is set)";
        assert.deepEqual(lines(true, WARNING), [`${DOMAIN}: domain: seen. Fix it. [a-warning] ${why}`]);
        assert.deepEqual(lines(true, ERROR, WARNING, ACCEPTED), [
            `${DOMAIN}: 3 findings ${why}:`,
            "  - error: domain: seen. Fix it. [an-error]",
            "  - warning: domain: seen. Fix it. [a-warning]",
            "  - warning: domain: seen. Fix it. [accepted-one] (accepted)",
        ]);
    });
});

describe("planText", () => {
    const short = (arn: string) => `.../${arn.split("/")[1]}`;
    const V1 = { managedLoginVersion: 1, certificateArn: ARN };
    const ONE = { managedLoginVersion: 1 };
    const TWO = { managedLoginVersion: 2 };
    const V1_TLS = { ...V1, securityPolicy: "TLS_V1" };
    const has = (settings: object, status = "ACTIVE") => ({ domain: { found: seen({ settings, status }) } });
    const certified = { certificate: { arn: OTHER_ARN, answer: { found: goodCertificate() } } };
    const open = { isOpen: true, changed: {} };
    const failover = "failover us-east-2 (health check health-1)";
    const raised = "TLS policy TLS_V1 -> TLS_V1_2_2021 (managed login needs it)";
    const table: [text: string, observed: Observed, request?: Partial<Request>, rest?: Partial<PlanInput>][] = [
        ["nothing changes in AWS", has(V1), { desired: V1 }],
        ["what changes is not known before the update", has(V1, "UPDATING"), { desired: V1 }],
        ["what changes is not known before the update", has(ONE), { desired: TWO }, { changed: { other: true } }],
        [
            `managed login 1 -> 2; kept: certificate ${short(ARN)}, TLS policy TLS_V1_2_2021, ${failover}`,
            has({ ...WHOLE, ...V1 }),
            { desired: TWO },
        ],
        [
            `managed login 1 -> 2; ${raised}; failover none reported -> ${failover.slice(9)}; kept: certificate ${short(ARN)}`,
            has(V1_TLS),
            { desired: { ...TWO, failover: FAILOVER } },
        ],
        [
            `certificate ${short(ARN)} -> ${short(OTHER_ARN)} (valid until 2027-04-11); AWS does not report the TLS policy: to be sure of it, set securityPolicy`,
            { ...has({ certificateArn: ARN }), ...certified },
            { desired: { certificateArn: OTHER_ARN } },
        ],
        [
            `certificate ${short(ARN)} -> ${short(OTHER_ARN)} (valid until 2027-04-11)`,
            { ...has({ certificateArn: ARN }), ...certified },
            { desired: { certificateArn: OTHER_ARN }, unknown: ["securityPolicy"] },
        ],
        ["managed login 1 -> 2 (the last update did not complete)", has(ONE), { desired: TWO }, open],
        ['managed login 1 -> 2 (onDrift: "correct")', has(ONE), { desired: TWO, onDrift: "correct" }, { changed: {} }],
        [
            `the settings are sent again, since the domain's last update failed; kept: managed login 1, certificate ${short(ARN)}; AWS does not report the TLS policy: to be sure of it, set securityPolicy`,
            has({ ...V1, certificateArn: ARN }, "FAILED"),
            { desired: V1 },
        ],
        [
            `nothing changes in AWS\n${DOMAIN}: no longer managed, stays as it is: managedLoginVersion`,
            has(V1),
            {},
            { changed: { managedLoginVersion: { from: 1 } } },
        ],
    ];
    const text = (unknown: string[], observed: Observed, request: Partial<Request> = {}, rest = {}) =>
        planText(DOMAIN, planFor(request, { observed, phase: "preview", ...rest }), unknown);
    for (const [expected, ...given] of table) {
        it(expected, () => assert.equal(text([], ...given), `${DOMAIN}: ${expected}`));
    }

    it("names what is not known yet", () => {
        const unknown = ["customDomainConfig.certificateArn", "wait"];
        const list = unknown.join(", ");
        assert.equal(text(unknown, has({})), `${DOMAIN}: not known yet: ${list}`);
        const absent = text(unknown, { domain: { absent: true } });
        assert.equal(absent, `${DOMAIN}: not known yet, so checked by the update: ${list}`);
    });
});
