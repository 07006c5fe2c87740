import assert from "node:assert/strict";
import type { ManagementRecord } from "../../../provider/model/record";
import type { Settings } from "../../../provider/model/settings";
import { managedBy, nextRecord } from "../../../provider/plugin/resourceOutputs";

const ONE = { managedLoginVersion: 1 };
const V1: Settings = { ...ONE, certificateArn: "old", securityPolicy: "TLS_V1" };
const RAISED: ManagementRecord = {
    before: { managedLoginVersion: 1, securityPolicy: "TLS_V1" },
    desired: { managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" },
    raised: true,
};

const next = (
    earlier: ManagementRecord | undefined,
    desired: Settings,
    plan: { before: Settings; target: Settings },
    { ignored = [], ...rest }: { ignored?: (keyof Settings)[]; account?: string; open?: true } = {},
) => nextRecord(earlier, { desired, ignored, wait: "active" }, { ...plan, isSent: true }, rest);

describe("the record", () => {
    it("keeps the restore point of what was managed before, and drops what is not named any more", () => {
        const arn = (certificateArn: string) => ({ certificateArn });
        const earlier = { before: { ...arn("old"), ...ONE }, desired: { ...arn("b"), ...ONE } };
        const plan = { before: { ...V1, ...arn("b") }, target: { ...V1, ...arn("c") } };
        assert.deepEqual(next(earlier, arn("c"), plan), { before: arn("old"), desired: arn("c") });
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
});
