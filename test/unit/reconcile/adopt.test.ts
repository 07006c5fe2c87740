import assert from "node:assert/strict";
import { adopt, alreadyInForce, alreadyInForceText, isStillApplied, settled } from "../../../provider/reconcile/adopt";
import { ARN, OTHER_ARN } from "../../support/certificates";
import { FAILOVER } from "../../support/domains";

const ADOPTED = { managed: ["managedLoginVersion" as const], found: { managedLoginVersion: 1 }, applied: {} };
const NONE = { managed: [], found: {}, applied: {} };

describe("adopt", () => {
    const before = { managedLoginVersion: 1, certificateArn: ARN, securityPolicy: "TLS_V1" };

    it("begins with what was there, of what is desired", () => {
        assert.deepEqual(adopt(NONE, { managedLoginVersion: 2, failover: FAILOVER }, before), {
            managed: ["managedLoginVersion", "failover"],
            found: { managedLoginVersion: 1, securityPolicy: "TLS_V1" },
            applied: { managedLoginVersion: 2, failover: FAILOVER, securityPolicy: "TLS_V1_2_2021" },
        });
    });

    it("keeps, of an operation that has not ended well, what it sent beside what was in force", () => {
        const [first, second, third] = ["TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"].map((it) => ({
            securityPolicy: it,
        }));
        const late = { observed: {}, isPending: true };
        const created = adopt(NONE, { ...second }, { ...first }, late);
        assert.deepEqual([created.applied, created.attempted, created.found], [{}, second, first]);
        const ended = adopt(created, { ...second }, { ...first });
        assert.deepEqual([ended.applied, ended.attempted], [second, undefined]);
        const failed = adopt(ended, { ...third }, { ...second }, late);
        assert.deepEqual([failed.applied, failed.attempted], [second, third]);
        assert.deepEqual(
            [second, third, first].map((it) => isStillApplied(failed, { ...it })),
            [true, true, false],
        );
        // It had arrived after all.
        const again = adopt(failed, { ...first }, { ...third }, late);
        assert.deepEqual([again.applied, again.attempted], [third, first]);
        // What AWS says to have failed is not in force, whoever sets it later.
        const over = adopt(
            ended,
            { ...third, managedLoginVersion: 2 },
            { ...second },
            {
                observed: { ...second, managedLoginVersion: 2 },
                isPending: false,
            },
        );
        assert.deepEqual([over.applied, over.attempted], [{ ...second, managedLoginVersion: 2 }, undefined]);
        const nothing = adopt(ended, { ...second }, { ...second }, late);
        assert.equal("attempted" in nothing, false);
        const none = adopt(ended, { ...third }, { ...second }, { observed: { ...second }, isPending: false });
        assert.equal("attempted" in none, false);
    });

    it("has for its own what was seen in force though it does not work, and no longer what that replaced", () => {
        const [second, third] = [{ managedLoginVersion: 2 }, { managedLoginVersion: 1 }];
        const first = adopt(NONE, { ...second }, { managedLoginVersion: 1 });
        const unverified = adopt(first, { ...third }, { ...second }, { observed: { ...third }, isPending: false });
        assert.deepEqual([unverified.applied, unverified.attempted], [third, undefined]);
        const changed = adopt(unverified, { ...second }, { ...second });
        assert.deepEqual(changed.applied, {});
    });

    it("has lost what it found changed by somebody else, where its own update came to nothing, too", () => {
        const first = adopt(NONE, { certificateArn: ARN }, { certificateArn: "arn:before" });
        const theirs = { certificateArn: OTHER_ARN };
        const failed = adopt(first, { certificateArn: "arn:new" }, theirs, { observed: theirs, isPending: false });
        assert.deepEqual([first.applied, failed.applied], [{ certificateArn: ARN }, {}]);
    });

    it("takes for its own only what it has changed itself: what it found as desired is somebody else's", () => {
        const ours = { managedLoginVersion: 2, certificateArn: ARN };
        const first = adopt(NONE, ours, { ...before, managedLoginVersion: 1 });
        assert.deepEqual(first.applied, { managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" });
        const theirs = { ...ours, certificateArn: OTHER_ARN };
        const second = adopt(first, theirs, { ...theirs, securityPolicy: "TLS_V1_2_2021" });
        assert.deepEqual(second.applied, first.applied);
        assert.equal(isStillApplied(second, { ...theirs, securityPolicy: "TLS_V1_2_2021" }), true);
        assert.equal(isStillApplied(second, { ...theirs, securityPolicy: "TLS_V1" }), false);
        assert.equal(isStillApplied({ ...second, applied: {} }, theirs), false);
        assert.equal(isStillApplied(second, { ...ours, securityPolicy: "TLS_V1_2_2021" }), true);
    });

    it("does not take for its own what the program has taken over from somebody else", () => {
        const first = adopt(NONE, { managedLoginVersion: 2 }, { managedLoginVersion: 1 });
        const taken = adopt(first, { managedLoginVersion: 1 }, { managedLoginVersion: 1 });
        assert.deepEqual([first.applied, taken.applied], [{ managedLoginVersion: 2 }, {}]);
    });

    it("keeps the restore point of what was managed already, gives one to what is new, forgets the rest", () => {
        const earlier = {
            managed: ["managedLoginVersion" as const, "failover" as const],
            found: { managedLoginVersion: 2, failover: FAILOVER },
            applied: {},
        };
        assert.deepEqual(adopt(earlier, { managedLoginVersion: 1, certificateArn: OTHER_ARN }, before), {
            managed: ["managedLoginVersion", "certificateArn"],
            found: { managedLoginVersion: 2, certificateArn: ARN },
            applied: { certificateArn: OTHER_ARN },
        });
    });

    it("does not make up a restore point for what had none when it was adopted", () => {
        const earlier = { managed: ["securityPolicy" as const], found: {}, applied: {} };
        assert.deepEqual(adopt(earlier, { securityPolicy: "TLS_V1_3_2025" }, before), {
            managed: ["securityPolicy"],
            found: {},
            applied: { securityPolicy: "TLS_V1_3_2025" },
        });
    });

    it("remembers what a TLS policy was that managed login has raised, as long as the version is managed", () => {
        const raised = adopt(NONE, { managedLoginVersion: 2 }, before);
        assert.deepEqual(raised.found, { managedLoginVersion: 1, securityPolicy: "TLS_V1" });
        const now = { ...before, managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" };
        const later = adopt(raised, { managedLoginVersion: 2, certificateArn: OTHER_ARN }, now);
        assert.deepEqual(later.found, { managedLoginVersion: 1, securityPolicy: "TLS_V1", certificateArn: ARN });
        assert.equal(later.applied?.securityPolicy, "TLS_V1_2_2021");
        assert.deepEqual(adopt(later, { certificateArn: OTHER_ARN }, now).found, { certificateArn: ARN });
        const unseen = adopt(NONE, { managedLoginVersion: 2 }, before, { observed: before, isPending: true });
        assert.equal(adopt(unseen, { managedLoginVersion: 2 }, now).applied?.securityPolicy, "TLS_V1_2_2021");
        const own = adopt(NONE, { managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" }, before);
        assert.equal("securityPolicy" in adopt(own, { managedLoginVersion: 2 }, now).found, false);
        const taken = adopt(later, { managedLoginVersion: 2, securityPolicy: "TLS_V1_3_2025" }, now);
        assert.deepEqual(taken.found, { managedLoginVersion: 1, securityPolicy: "TLS_V1" });
        const theirs = { ...now, securityPolicy: "TLS_V1_3_2025" };
        assert.equal("securityPolicy" in adopt(raised, { managedLoginVersion: 2 }, theirs).applied, false);
        const changed = adopt(later, { managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" }, theirs);
        assert.deepEqual(changed.found, { managedLoginVersion: 1, securityPolicy: "TLS_V1_3_2025" });
    });
});

describe("settled", () => {
    it("drops what somebody else has changed", () => {
        const adoption = { ...ADOPTED, applied: { managedLoginVersion: 2, certificateArn: ARN } };
        assert.deepEqual(settled(adoption, { managedLoginVersion: 2, certificateArn: OTHER_ARN }).applied, {
            managedLoginVersion: 2,
        });
        assert.deepEqual(settled(adoption, { managedLoginVersion: 2 }), adoption);
    });

    it("keeps of what an update attempted what has arrived, as put in force", () => {
        const attempted = { managedLoginVersion: 2, certificateArn: OTHER_ARN };
        const adoption = { ...ADOPTED, applied: { managedLoginVersion: 1, certificateArn: ARN }, attempted };
        assert.deepEqual(settled(adoption, { managedLoginVersion: 2, certificateArn: ARN }), {
            managed: ADOPTED.managed,
            found: ADOPTED.found,
            applied: { managedLoginVersion: 2, certificateArn: ARN },
        });
    });
});

describe("alreadyInForce", () => {
    const desired = { managedLoginVersion: 2, certificateArn: ARN };
    const original = { managedLoginVersion: 2, certificateArn: OTHER_ARN };

    it("is what begins to be managed and was so already", () => {
        assert.deepEqual(alreadyInForce(NONE, desired, {}, original), ["managedLoginVersion"]);
        assert.deepEqual(alreadyInForce(ADOPTED, desired, { managedLoginVersion: 2 }, original), []);
    });

    it("is what the program changes and was so already, but for what this resource has put in force itself", () => {
        const earlier = { ...ADOPTED, applied: { managedLoginVersion: 1 } };
        const lastApplied = { managedLoginVersion: 1 };
        assert.deepEqual(alreadyInForce(earlier, desired, lastApplied, original), ["managedLoginVersion"]);
        const late = { ...earlier, attempted: { managedLoginVersion: 2 } };
        assert.deepEqual(alreadyInForce(late, desired, lastApplied, original), []);
    });
});

describe("alreadyInForceText", () => {
    it("names the domain and the arguments", () => {
        assert.equal(
            alreadyInForceText("auth.example.com", ["managedLoginVersion", "certificateArn"]),
            "auth.example.com: managedLoginVersion, customDomainConfig.certificateArn was so before this update, and a destroy will leave it. If an interrupted update of this program has set it, its old value is not known",
        );
    });
});
