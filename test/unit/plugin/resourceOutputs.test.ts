import assert from "node:assert/strict";
import type { ManagementRecord } from "../../../provider/model/record";
import type { Settings } from "../../../provider/model/settings";
import { managedBy, nextRecord, outputsOf, refreshedInputs } from "../../../provider/plugin/resourceOutputs";
import { CUSTOM } from "../../support/domains";

const V1: Settings = { managedLoginVersion: 1, certificateArn: "old", securityPolicy: "TLS_V1" };
const RAISED: ManagementRecord = {
    before: { managedLoginVersion: 1, securityPolicy: "TLS_V1" },
    desired: { managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" },
    raised: true,
};

const next = (
    earlier: ManagementRecord | undefined,
    desired: Settings,
    plan: { before: Settings; target: Settings },
    { ignored = [], ...rest }: { ignored?: (keyof Settings)[]; account?: string; isOpen?: boolean } = {},
) => nextRecord(earlier, { desired, ignored }, plan, { isOpen: false, ...rest });

describe("the record", () => {
    it("begins with the values that the program finds", () => {
        const target = { ...V1, certificateArn: "new" };
        assert.deepEqual(next(undefined, { certificateArn: "new" }, { before: V1, target }, { account: "1" }), {
            before: { certificateArn: "old" },
            desired: { certificateArn: "new" },
            account: "1",
        });
    });

    it("keeps the restore point of what was managed before, and drops what is not named any more", () => {
        const earlier = {
            before: { certificateArn: "old", managedLoginVersion: 1 },
            desired: { certificateArn: "b", managedLoginVersion: 1 },
        };
        const before = { ...V1, certificateArn: "b" };
        assert.deepEqual(
            next(earlier, { certificateArn: "c" }, { before, target: { ...before, certificateArn: "c" } }),
            {
                before: { certificateArn: "old" },
                desired: { certificateArn: "c" },
            },
        );
    });

    it("has a TLS policy that is raised for managed login, as long as the version is managed", () => {
        const target = { ...V1, managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" };
        const raised = next(undefined, { managedLoginVersion: 2 }, { before: V1, target });
        assert.deepEqual(raised, RAISED);
        assert.deepEqual(managedBy(raised), ["managedLoginVersion"]);
        assert.deepEqual(next(raised, { managedLoginVersion: 2 }, { before: target, target }), RAISED);
        assert.deepEqual(next(raised, {}, { before: target, target }), { before: {}, desired: {} });
    });

    it("keeps what it has of a setting under ignoreChanges", () => {
        const earlier = { before: { managedLoginVersion: 1 }, desired: { managedLoginVersion: 2 } };
        const before = { ...V1, managedLoginVersion: 2 };
        const plan = { before, target: before };
        assert.deepEqual(next(earlier, {}, plan, { ignored: ["managedLoginVersion"] }), earlier);
    });

    it("is open after an update that did not complete", () => {
        assert.equal(next(undefined, {}, { before: V1, target: V1 }, { isOpen: true }).open, true);
        assert.equal("open" in next({ before: {}, desired: {}, open: true }, {}, { before: V1, target: V1 }), false);
    });
});

describe("outputs", () => {
    const args = { userPoolId: CUSTOM.userPoolId, domain: CUSTOM.domain, wait: "served", managedLoginVersion: 9 };
    const state = { address: CUSTOM, settings: { ...V1, managedLoginVersion: 1 }, status: "ACTIVE" };

    it("have every argument but the settings, which are the domain's, and the record", () => {
        const outputs = outputsOf(args, state, RAISED);
        const { wait, managedLoginVersion, __record } = { ...outputs } as Record<string, unknown>;
        assert.deepEqual(
            { wait, managedLoginVersion, __record },
            { wait: "served", managedLoginVersion: 1, __record: RAISED },
        );
    });

    it("become inputs with AWS's values of what is managed, and what the program had asked for", () => {
        const outputs = outputsOf(args, state, RAISED);
        assert.deepEqual(refreshedInputs(outputs, RAISED, ["managedLoginVersion"]), {
            userPoolId: CUSTOM.userPoolId,
            domain: CUSTOM.domain,
            wait: "served",
            managedLoginVersion: 1,
            __asked: { managedLoginVersion: 2 },
        });
    });

    it("keep a secret value out of what the program had asked for", () => {
        const outputs = outputsOf({ ...args, __program: { secret: ["managedLoginVersion"] } }, state, RAISED);
        const inputs = refreshedInputs(outputs, RAISED, ["managedLoginVersion"]);
        assert.deepEqual(inputs.__asked, { managedLoginVersion: "[secret]" });
        assert.equal(inputs.__record, true);
    });
});
