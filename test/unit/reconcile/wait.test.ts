import assert from "node:assert/strict";
import { AwsCallError } from "../../../provider/model/errors";
import type { Settings } from "../../../provider/model/settings";
import type { Plan } from "../../../provider/plan/plan";
import { type DescribeResult, NO_READS, nextState } from "../../../provider/reconcile/wait";
import { seen, WHOLE } from "../../support/domains";
import { planFor } from "../../support/plans";

const BEFORE: Settings = { ...WHOLE, managedLoginVersion: 1 };
const planTo = (desired: Settings, settings: Settings) =>
    planFor({ desired }, { observed: { domain: { found: seen({ settings }) } } });
const plan = planTo({ managedLoginVersion: 2 }, BEFORE);
const policyPlan = planTo({ securityPolicy: "TLS_V1_3_2025" }, WHOLE);

const overFailed: Plan = { ...plan, domain: seen({ status: "FAILED", settings: BEFORE }) };

const read = (status: string, settings: Settings = BEFORE): DescribeResult => ({ domain: seen({ status, settings }) });
const { securityPolicy: _, ...SILENT } = WHOLE;
const lower = { securityPolicy: "TLS_V1" };
const updating = read("UPDATING");
const arrived = read("ACTIVE", WHOLE);
const silent = read("ACTIVE", SILENT);
const busy: DescribeResult = { error: new AwsCallError("busy", { code: "TooManyRequestsException", transient: true }) };
const denied: DescribeResult = { error: new AwsCallError("no", { code: "AccessDeniedException" }) };
const times = (count: number, it: DescribeResult) => Array<DescribeResult>(count).fill(it);

function endOf(reads: DescribeResult[], of: Plan = plan, isLost = false): string {
    let state = NO_READS;
    const isCertain = () => state.inARow >= state.sign.reads;
    for (const it of reads) {
        assert.equal(isCertain(), false, "ended too early");
        state = nextState(state, it, of, isLost);
    }
    return isCertain() ? state.sign.kind : "open";
}

describe("nextState", () => {
    const cases: [what: string, reads: DescribeResult[], end: string, plan?: Plan, isLost?: boolean][] = [
        ["ACTIVE with the values that were sent", [arrived], "arrived"],
        ["ACTIVE with the old values: the status may not have moved yet", times(50, read("ACTIVE")), "open"],
        ["UPDATING with the new values", [read("UPDATING", WHOLE)], "open"],
        ["UPDATING, then ACTIVE", [updating, arrived], "arrived"],
        ["UPDATING, then ACTIVE with the old values", [updating, read("ACTIVE")], "open"],
        ["FAILED once: it may be stale", [read("FAILED")], "open"],
        ["FAILED twice", times(2, read("FAILED")), "failed"],
        ["FAILED, something else, FAILED", [read("FAILED"), updating, read("FAILED")], "open"],
        ["FAILED before too, five times", times(5, read("FAILED")), "open", overFailed],
        ["FAILED before too, six times", times(6, read("FAILED")), "failed", overFailed],
        ["FAILED before, UPDATING, FAILED twice", [updating, ...times(2, read("FAILED"))], "failed", overFailed],
        ["DELETING", [read("DELETING")], "gone"],
        ["no domain", [{ domain: undefined }], "gone"],
        ["neither the old nor the new value", [read("ACTIVE", { ...BEFORE, managedLoginVersion: 3 })], "superseded"],
        ["the new value, and another of the rest", [read("ACTIVE", { ...WHOLE, ...lower })], "arrived"],
        ["the old value, and another of the rest", [read("ACTIVE", { ...BEFORE, ...lower })], "superseded"],
        ["a new value that is not reported, twice", times(2, silent), "open", policyPlan],
        ["a new value that is not reported, three times", times(3, silent), "arrived", policyPlan],
        ["an old value that is not reported", [silent], "arrived"],
        ["a lost request, old values", times(50, read("ACTIVE")), "open", plan, true],
        ["a lost request, new values", [arrived], "arrived", plan, true],
        ["a lost request, value not reported: no trace", times(50, silent), "open", policyPlan, true],
        ["a lost request, not reported, seen UPDATING", [updating, ...times(3, silent)], "arrived", policyPlan, true],
        ["AWS busy, nine times", times(9, busy), "open"],
        ["AWS busy, ten times", times(10, busy), "unseen"],
        ["AWS busy, but not in a row", [...times(9, busy), updating, ...times(9, busy)], "open"],
        ["no permission", [denied], "unseen"],
    ];
    for (const [what, reads, end, of, isLost] of cases) {
        it(`${end}: ${what}`, () => assert.equal(endOf(reads, of, isLost), end));
    }
});
