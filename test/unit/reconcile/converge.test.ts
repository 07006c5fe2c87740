import assert from "node:assert/strict";
import { NotConvergedError } from "../../../provider/model/errors";
import type { Settings } from "../../../provider/model/settings";
import { outcomeOf, progressOf } from "../../../provider/reconcile/converge";
import type { Plan } from "../../../provider/reconcile/operation";
import { ARN, goodCertificate, OTHER_ARN } from "../../support/certificates";
import { FAILOVER, seen, WHOLE } from "../../support/domains";

const BEFORE: Settings = { managedLoginVersion: 1, certificateArn: ARN, securityPolicy: "TLS_V1" };
const TARGET: Settings = { ...WHOLE, certificateArn: OTHER_ARN };

describe("progressOf", () => {
    it("has converged when ACTIVE with every desired value", () => {
        assert.deepEqual(progressOf(seen({ settings: TARGET }), BEFORE, TARGET), {
            state: "converged",
            unreported: [],
        });
    });

    it("has converged with values that nobody desired", () => {
        const target = { managedLoginVersion: 2 };
        assert.deepEqual(progressOf(seen(), {}, target), { state: "converged", unreported: [] });
    });

    it("names what is desired and not reported at all", () => {
        const settings = { managedLoginVersion: 2, certificateArn: OTHER_ARN };
        assert.deepEqual(progressOf(seen({ settings }), BEFORE, TARGET), {
            state: "converged",
            unreported: ["securityPolicy", "failover"],
        });
    });

    it("is underway while ACTIVE still shows the old values, all or some of them", () => {
        assert.deepEqual(progressOf(seen({ settings: BEFORE }), BEFORE, TARGET), { state: "underway" });
        const half = { ...TARGET, managedLoginVersion: 1 };
        assert.deepEqual(progressOf(seen({ settings: half }), BEFORE, TARGET), { state: "underway" });
    });

    for (const status of ["UPDATING", "CREATING", "SOMETHING_NEW"]) {
        it(`is underway while ${status}, whatever the values`, () => {
            for (const settings of [BEFORE, TARGET, { managedLoginVersion: 7 }]) {
                assert.deepEqual(progressOf(seen({ status, settings }), BEFORE, TARGET), { state: "underway" });
            }
        });
    }

    it("has failed when FAILED, even with the desired values, and may be reverted", () => {
        assert.deepEqual(progressOf(seen({ status: "FAILED", settings: { managedLoginVersion: 1 } }), BEFORE, TARGET), {
            state: "failed",
            foreign: false,
            reason: "the domain has status FAILED, with managed login 1",
        });
        assert.equal(progressOf(seen({ status: "FAILED", settings: TARGET }), BEFORE, TARGET).state, "failed");
    });

    it("has failed when DELETING, or gone: somebody else's doing", () => {
        assert.deepEqual(progressOf(seen({ status: "DELETING", settings: {} }), BEFORE, TARGET), {
            state: "failed",
            foreign: true,
            reason: "the domain has status DELETING, with no settings",
        });
        assert.deepEqual(progressOf(undefined, BEFORE, TARGET), {
            state: "failed",
            foreign: true,
            reason: "the domain is gone: somebody deleted it during the update",
        });
    });

    it("has failed at once with a value neither old nor desired, and names that one", () => {
        const settings = { ...BEFORE, securityPolicy: "TLS_V1_3_2025" };
        assert.deepEqual(progressOf(seen({ settings }), BEFORE, TARGET), {
            state: "failed",
            foreign: true,
            reason: "somebody else changed the domain meanwhile: it has TLS policy TLS_V1_3_2025",
        });
        const failover = { ...FAILOVER, secondaryRegion: "eu-west-1" };
        assert.equal(progressOf(seen({ settings: { ...TARGET, failover } }), BEFORE, TARGET).state, "failed");
    });
});

describe("outcomeOf", () => {
    const PLAN: Plan = {
        observed: seen({ settings: BEFORE, cloudFrontDistribution: "dold.cloudfront.net" }),
        before: BEFORE,
        target: TARGET,
        certificate: goodCertificate(),
    };

    it("is what was seen", () => {
        assert.deepEqual(outcomeOf(PLAN, seen({ settings: TARGET })), {
            accountId: "123456789012",
            before: BEFORE,
            inForce: TARGET,
            status: "ACTIVE",
            cloudFrontDistribution: "d111.cloudfront.net",
            certificate: goodCertificate(),
            problem: undefined,
        });
    });

    it("completes the TLS policy that is not reported by the one that was sent", () => {
        const { securityPolicy: _, ...settings } = TARGET;
        assert.deepEqual(outcomeOf(PLAN, seen({ settings })).inForce, TARGET);
    });

    it("is what there was before, with status UNKNOWN, where nothing was seen", () => {
        const problem = new NotConvergedError("x");
        assert.deepEqual(outcomeOf(PLAN, undefined, problem), {
            accountId: "123456789012",
            before: BEFORE,
            inForce: BEFORE,
            status: "UNKNOWN",
            cloudFrontDistribution: "dold.cloudfront.net",
            certificate: undefined,
            problem,
        });
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
