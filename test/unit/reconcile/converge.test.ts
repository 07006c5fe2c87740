import assert from "node:assert/strict";
import { NotConvergedError, type NotConvergedKind } from "../../../provider/model/errors";
import { namesIn, type Settings } from "../../../provider/model/settings";
import { outcomeOf } from "../../../provider/reconcile/converge";
import type { Plan } from "../../../provider/reconcile/operation";
import { ARN, goodCertificate, OTHER_ARN } from "../../support/certificates";
import { seen, WHOLE } from "../../support/domains";

const BEFORE: Settings = { managedLoginVersion: 1, certificateArn: ARN, securityPolicy: "TLS_V1" };
const TARGET: Settings = { ...WHOLE, certificateArn: OTHER_ARN };

describe("outcomeOf", () => {
    const PLAN: Plan = {
        domain: seen({ settings: BEFORE, cloudFrontDistribution: "dold.cloudfront.net" }),
        original: BEFORE,
        target: TARGET,
        own: namesIn(TARGET),
        certificate: goodCertificate(),
    };

    it("is what was seen", () => {
        assert.deepEqual(outcomeOf(PLAN, seen({ settings: TARGET })), {
            accountId: "123456789012",
            original: BEFORE,
            observed: TARGET,
            status: "ACTIVE",
            cloudFrontDistribution: "d111.cloudfront.net",
            certificate: goodCertificate(),
            isPending: false,
            problem: undefined,
        });
    });

    it("completes the TLS policy that is not reported by the one that was sent", () => {
        const { securityPolicy: _, ...settings } = TARGET;
        assert.deepEqual(outcomeOf(PLAN, seen({ settings })).observed, TARGET);
    });

    it("is what there was before, with status UNKNOWN, where nothing was seen", () => {
        const problem = new NotConvergedError("unseen", "x");
        assert.deepEqual(outcomeOf(PLAN, undefined, problem), {
            accountId: "123456789012",
            original: BEFORE,
            observed: BEFORE,
            status: "UNKNOWN",
            cloudFrontDistribution: "dold.cloudfront.net",
            certificate: undefined,
            isPending: true,
            problem,
        });
    });

    it("is pending after what AWS may still carry out, and after nothing else", () => {
        const isPending = (kind: NotConvergedKind) =>
            outcomeOf(PLAN, undefined, new NotConvergedError(kind, "x")).isPending;
        for (const kind of ["timeout", "unseen", "unanswered", "engineGone"] as const) {
            assert.equal(isPending(kind), true, kind);
        }
        for (const kind of ["failed", "superseded", "gone", "notServed", "unverified"] as const) {
            assert.equal(isPending(kind), false, kind);
        }
    });

    it("has the planned certificate only where it is attached", () => {
        assert.equal(outcomeOf(PLAN, seen({ settings: BEFORE })).certificate, undefined);
        const without = { ...PLAN, target: { managedLoginVersion: 1 } };
        assert.equal(outcomeOf(without, seen({ settings: { managedLoginVersion: 1 } })).certificate, undefined);
    });

    it("keeps the distribution where a look does not report it", () => {
        const look = seen({ settings: TARGET, cloudFrontDistribution: undefined });
        assert.equal(outcomeOf(PLAN, look).cloudFrontDistribution, "dold.cloudfront.net");
    });
});
