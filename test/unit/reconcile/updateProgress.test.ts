import assert from "node:assert/strict";
import { AwsCallError, EngineGoneError } from "../../../provider/model/errors";
import { namesIn, type SettingName, type Settings } from "../../../provider/model/settings";
import type { Sent } from "../../../provider/reconcile/attempts";
import {
    type Conclusion,
    type Evidence,
    type Look,
    NO_EVIDENCE,
    progressOf,
    step,
    unseen,
} from "../../../provider/reconcile/updateProgress";
import { ARN, OTHER_ARN } from "../../support/certificates";
import { FAILOVER, seen, WHOLE } from "../../support/domains";

const BEFORE: Settings = { managedLoginVersion: 1, certificateArn: ARN, securityPolicy: "TLS_V1" };
const TARGET: Settings = { ...WHOLE, certificateArn: OTHER_ARN };

describe("progressOf", () => {
    const PLAN = { original: BEFORE, target: TARGET, own: namesIn(TARGET) };

    it("has converged when ACTIVE with every desired value", () => {
        assert.deepEqual(progressOf(seen({ settings: TARGET }), PLAN), {
            state: "converged",
            unreported: [],
        });
    });

    it("has converged with values that nobody desired", () => {
        const target = { managedLoginVersion: 2 };
        assert.deepEqual(progressOf(seen(), { original: {}, target, own: ["managedLoginVersion"] }), {
            state: "converged",
            unreported: [],
        });
    });

    it("names what is desired and not reported at all", () => {
        const settings = { managedLoginVersion: 2, certificateArn: OTHER_ARN };
        assert.deepEqual(progressOf(seen({ settings }), PLAN), {
            state: "converged",
            unreported: ["securityPolicy", "failover"],
        });
    });

    it("is underway while ACTIVE still shows the old values, all or some of them", () => {
        assert.deepEqual(progressOf(seen({ settings: BEFORE }), PLAN), { state: "underway" });
        const half = { ...TARGET, managedLoginVersion: 1 };
        assert.deepEqual(progressOf(seen({ settings: half }), PLAN), { state: "underway" });
    });

    for (const status of ["UPDATING", "CREATING", "SOMETHING_NEW"]) {
        it(`is underway while ${status}, whatever the values`, () => {
            for (const settings of [BEFORE, TARGET, { managedLoginVersion: 7 }]) {
                assert.deepEqual(progressOf(seen({ status, settings }), PLAN), { state: "underway" });
            }
        });
    }

    it("has failed when FAILED, even with the desired values, and may be reverted", () => {
        assert.deepEqual(progressOf(seen({ status: "FAILED", settings: { managedLoginVersion: 1 } }), PLAN), {
            state: "failed",
            kind: "failed",
            reason: "the domain has status FAILED, with managed login 1",
        });
        assert.equal(progressOf(seen({ status: "FAILED", settings: TARGET }), PLAN).state, "failed");
    });

    it("has failed when DELETING, or gone: somebody else's doing", () => {
        assert.deepEqual(progressOf(seen({ status: "DELETING", settings: {} }), PLAN), {
            state: "failed",
            kind: "gone",
            reason: "the domain has status DELETING, with no settings",
        });
        assert.deepEqual(progressOf(undefined, PLAN), {
            state: "failed",
            kind: "gone",
            reason: "the user pool no longer has the domain: somebody deleted or moved it during the update, or these credentials have become another account's",
        });
    });

    it("has failed at once with a value neither old nor desired, and names that one", () => {
        const settings = { ...BEFORE, securityPolicy: "TLS_V1_3_2025" };
        assert.deepEqual(progressOf(seen({ settings }), PLAN), {
            state: "failed",
            kind: "superseded",
            reason: "somebody else changed the domain meanwhile: it has TLS policy TLS_V1_3_2025",
        });
        const failover = { ...FAILOVER, secondaryRegion: "eu-west-1" };
        assert.equal(progressOf(seen({ settings: { ...TARGET, failover } }), PLAN).state, "failed");
    });

    it("has converged where somebody else has changed only what is none of its own, and failed where its own is not there", () => {
        const plan = { ...PLAN, own: ["managedLoginVersion", "certificateArn"] as SettingName[] };
        const settings = { ...TARGET, securityPolicy: "TLS_V1_3_2025" };
        assert.equal(progressOf(seen({ settings }), plan).state, "converged");
        assert.equal(progressOf(seen({ settings: { ...settings, certificateArn: ARN } }), plan).state, "failed");
    });
});

describe("step", () => {
    const plan = { domain: seen({ settings: BEFORE }), original: BEFORE, target: TARGET, own: namesIn(TARGET) };
    const accepted: Sent = { state: "accepted", plan };
    const overFailed: Sent = {
        state: "accepted",
        plan: { ...plan, domain: seen({ status: "FAILED", settings: BEFORE }) },
    };
    const unanswered: Sent = {
        state: "unanswered",
        plan,
        error: new AwsCallError("no answer", { code: "ECONNRESET", transient: true, lost: true }),
    };
    const look = (status: string, settings = BEFORE): Look => ({ domain: seen({ status, settings }) });

    /** What it comes to, look by look; the looks after the conclusion are not made. */
    function afterLooks(
        looks: Look[],
        sent: Sent = accepted,
        wait: "active" | "none" = "active",
    ): Evidence | Conclusion {
        let evidence: Evidence = NO_EVIDENCE;
        for (const it of looks) {
            const next = step(evidence, it, sent, wait);
            if ("state" in next) {
                return next;
            }
            evidence = next;
        }
        return evidence;
    }
    const kindAfter = (looks: Look[], sent?: Sent, wait?: "active" | "none"): string => {
        const next = afterLooks(looks, sent, wait);
        return !("state" in next) ? "open" : next.state === "failed" ? next.kind : next.state;
    };
    const times = (count: number, it: Look): Look[] => Array.from({ length: count }, () => it);

    it("has converged by one look at a domain at rest with everything", () => {
        assert.equal(kindAfter([look("UPDATING"), look("ACTIVE"), look("ACTIVE", TARGET)]), "converged");
    });

    it("believes no single FAILED, which may be stale", () => {
        assert.equal(kindAfter([look("FAILED")]), "open");
        assert.equal(kindAfter([look("FAILED"), look("ACTIVE"), look("FAILED")]), "open");
        assert.equal(kindAfter([look("FAILED"), look("FAILED")]), "failed");
    });

    it("wants more of them where the domain was FAILED before, until it was seen on its way", () => {
        assert.equal(kindAfter(times(5, look("FAILED")), overFailed), "open");
        assert.equal(kindAfter(times(6, look("FAILED")), overFailed), "failed");
        assert.equal(kindAfter([look("UPDATING"), ...times(2, look("FAILED"))], overFailed), "failed");
        assert.equal(kindAfter([look("FAILED"), look("ACTIVE", TARGET)], overFailed), "converged");
        assert.equal(kindAfter([look("ACTIVE"), ...times(2, look("FAILED"))], overFailed), "open");
    });

    it("believes a new value that no look reports after three of them", () => {
        const { securityPolicy: _, ...silent } = TARGET;
        assert.equal(kindAfter(times(2, look("ACTIVE", silent))), "open");
        assert.equal(kindAfter(times(3, look("ACTIVE", silent))), "converged");
    });

    it("calls an update without an answer lost after ten looks that show nothing of it, and not one that is accepted", () => {
        assert.equal(kindAfter(times(9, look("ACTIVE")), unanswered), "open");
        assert.equal(kindAfter(times(10, look("ACTIVE")), unanswered), "unanswered");
        assert.equal(kindAfter(times(20, look("ACTIVE"))), "open");
        assert.equal(kindAfter(times(20, look("UPDATING")), unanswered), "open");
        const lost = afterLooks(times(10, look("ACTIVE")), unanswered);
        assert.equal("reason" in lost && lost.reason, "nothing of it is to be seen");
    });

    it("takes values that AWS does not report for arrived only where an answer, or something else of the update, was seen", () => {
        const before = { managedLoginVersion: 1 };
        const policy = { ...before, securityPolicy: "TLS_V1_3_2025" };
        const sentWith = (sent: Sent, target: Settings): Sent => ({
            ...sent,
            plan: { ...plan, domain: seen({ settings: before }), original: before, target },
        });
        const silent = times(20, look("ACTIVE", before));
        assert.equal(kindAfter(silent, sentWith(accepted, policy)), "converged");
        assert.equal(kindAfter(silent, sentWith(unanswered, policy)), "unanswered");
        assert.equal(kindAfter([look("UPDATING", before), ...silent], sentWith(unanswered, policy)), "converged");
        const arrived = times(3, look("ACTIVE", { managedLoginVersion: 2 }));
        assert.equal(kindAfter(arrived, sentWith(unanswered, { ...policy, managedLoginVersion: 2 })), "converged");
    });

    it("ends with wait none once AWS has accepted the update: UPDATING may be somebody else's", () => {
        assert.equal(kindAfter([look("UPDATING")], accepted, "none"), "accepted");
        assert.equal(kindAfter([look("ACTIVE")], unanswered, "none"), "open");
        assert.equal(kindAfter([look("UPDATING")], unanswered, "none"), "open");
        assert.equal(kindAfter([look("UPDATING"), look("ACTIVE", TARGET)], unanswered, "none"), "converged");
    });

    it("bears ten looks in a row without an answer, where they may pass", () => {
        const throttled: Look = {
            error: new AwsCallError("busy", { code: "TooManyRequestsException", transient: true }),
        };
        assert.equal(kindAfter(times(9, throttled)), "open");
        assert.equal(kindAfter(times(10, throttled)), "unseen");
        assert.equal(kindAfter([...times(9, throttled), look("UPDATING"), ...times(9, throttled)]), "open");
        const denied: Look = { error: new AwsCallError("no", { code: "AccessDeniedException" }) };
        assert.equal(kindAfter([denied]), "unseen");
    });

    it("knows whether the last look was answered: blindly, nothing is put back", () => {
        const throttled: Look = {
            error: new AwsCallError("busy", { code: "TooManyRequestsException", transient: true }),
        };
        assert.equal((afterLooks([look("UPDATING")]) as Evidence).isCurrent, true);
        const blind = afterLooks([look("UPDATING"), throttled]) as Evidence;
        assert.deepEqual([blind.isCurrent, blind.domain?.status], [false, "UPDATING"]);
    });

    it("ends at once where somebody else changed the domain, or deleted it", () => {
        assert.equal(kindAfter([look("ACTIVE", { ...BEFORE, securityPolicy: "TLS_V1_3_2025" })]), "superseded");
        assert.equal(kindAfter([{ domain: undefined }]), "gone");
        assert.equal(kindAfter([{ domain: undefined }], unanswered), "gone");
    });
});

describe("unseen", () => {
    it("tells an engine that is gone from AWS that does not answer", () => {
        const kindOf = (error: Error) => (unseen(NO_EVIDENCE, error) as { kind: string }).kind;
        assert.equal(kindOf(new EngineGoneError("gone")), "engineGone");
        assert.equal(kindOf(new Error("x")), "unseen");
    });

    it("says why nothing could be seen, with the error as the cause", () => {
        const cause = new Error("no permission");
        assert.deepEqual(unseen(NO_EVIDENCE, cause), {
            state: "failed",
            kind: "unseen",
            reason: "its end could not be seen: no permission",
            cause,
            domain: undefined,
        });
    });
});
