import assert from "node:assert/strict";
import { driftRefusal, undoneDrift } from "../../../provider/checks/driftText";
import { ARN, OTHER_ARN } from "../../support/certificates";
import { FAILOVER } from "../../support/domains";

describe("undoneDrift", () => {
    const lastApplied = { managedLoginVersion: 2, certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" };
    const desired = { managedLoginVersion: 2, certificateArn: ARN };
    const textOf = (observed: object, wanted: object = desired) =>
        undoneDrift("auth.example.com", lastApplied, wanted, {
            status: "ACTIVE",
            settings: { ...lastApplied, ...observed },
        });

    it("says what an update would undo of somebody else's", () => {
        assert.equal(
            textOf({ managedLoginVersion: 1, certificateArn: OTHER_ARN }),
            `auth.example.com was changed outside of Pulumi: managed login 1, where Pulumi had set 2; certificate ${OTHER_ARN}, where Pulumi had set ${ARN}. This update undoes it.`,
        );
    });

    it("says nothing of what the update leaves, or changes itself", () => {
        assert.equal(textOf({}), undefined);
        assert.equal(textOf({ failover: FAILOVER, securityPolicy: "TLS_V1_3_2025" }), undefined);
        assert.equal(textOf({}, { managedLoginVersion: 1 }), undefined);
        assert.equal(textOf({ managedLoginVersion: 1 }, { managedLoginVersion: 1 }), undefined);
    });
});

describe("driftRefusal", () => {
    const lastApplied = { managedLoginVersion: 2, certificateArn: ARN };
    const textOf = (desired: object, settings: object, status = "ACTIVE") =>
        driftRefusal("auth.example.com", lastApplied, desired, { status, settings: { ...lastApplied, ...settings } });

    it("says what somebody has changed that the program has not", () => {
        assert.match(
            textOf(lastApplied, { managedLoginVersion: 1 }) ?? "",
            /^auth\.example\.com: the last update was not verified, .*: managed login 1, where Pulumi had set 2\. Nothing is sent/,
        );
    });

    it("says nothing where nobody has, where the program has, or while an update is under way", () => {
        assert.equal(textOf(lastApplied, {}), undefined);
        assert.equal(textOf({ ...lastApplied, managedLoginVersion: 1 }, { managedLoginVersion: 1 }), undefined);
        assert.equal(textOf(lastApplied, { managedLoginVersion: 1 }, "UPDATING"), undefined);
    });
});
