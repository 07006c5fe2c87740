import assert from "node:assert/strict";
import * as fc from "fast-check";
import { type Changed, changedBetween } from "../../../provider/inputs/changed";
import { PROGRAM } from "../../../provider/inputs/programFacts";
import { type Request, requestOf } from "../../../provider/inputs/request";
import type { ManagementRecord } from "../../../provider/model/record";
import { ARGUMENT_PATH, argumentsOf, namesIn, SETTING_NAMES, type Settings } from "../../../provider/model/settings";
import { type Action, type Decision, decide, revert } from "../../../provider/plan/decide";
import { anySettings } from "../../support/arbitraries";
import { ARN, OTHER_ARN } from "../../support/certificates";
import { DOMAIN, FAILOVER, POOL, seen } from "../../support/domains";
import { requestFor } from "../../support/plans";

const ONE = { managedLoginVersion: 1 };
const TWO = { managedLoginVersion: 2 };
const BASE = { certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" };
const OPEN: ManagementRecord = { before: {}, desired: {}, open: true };

interface Case {
    desired?: Settings;
    aws?: Settings;
    changed?: Changed;
    action?: Action;
    onDrift?: Request["onDrift"];
    record?: ManagementRecord;
    isOpen?: boolean;
    status?: string;
    ours?: Settings;
}

function decided({ desired = {}, aws = {}, changed = {}, action = "update", onDrift, status, ours, ...rest }: Case) {
    const request = requestFor({ desired, ...(onDrift ? { onDrift } : {}) });
    const domain = seen({ settings: { ...BASE, ...aws }, ...(status ? { status } : {}) });
    return decide({ request, changed, action, ...rest, ours: ours && [ours] }, domain);
}

describe("what an update does with the version", () => {
    type Outcome = Pick<Decision, "changes" | "drift" | "overwrites" | "reason">;
    const sends: Outcome = { changes: ["managedLoginVersion"], drift: [], overwrites: [], reason: undefined };
    const resumes: Outcome = { ...sends, reason: "the last update did not complete" };
    const overwrites: Outcome = { ...sends, overwrites: ["managedLoginVersion"] };
    const corrects: Outcome = { ...overwrites, reason: 'onDrift: "correct"' };
    const mayCorrect: Outcome = { ...overwrites, reason: 'if onDrift turns out to be "correct"' };
    const nothing: Outcome = { ...sends, changes: [] };
    const leaves: Outcome = { ...nothing, drift: ["managedLoginVersion"] };
    const isNew = { managedLoginVersion: {} };
    const fromOne = { managedLoginVersion: { from: 1 } };
    const fromOther = { managedLoginVersion: { from: 3 } };
    const differs = { desired: TWO, aws: ONE };
    const same = { desired: TWO, aws: TWO };
    const table: [title: string, given: Case, expected: Outcome][] = [
        ["named for the first time", { ...differs, changed: isNew }, sends],
        ["new resource", { ...differs, action: "adopt" }, sends],
        ["new resource, onDrift correct", { ...differs, action: "adopt", onDrift: "correct" }, sends],
        ["replacement", { ...differs, action: "replace" }, sends],
        ["changed", { ...differs, changed: fromOne }, sends],
        ["changed, AWS has neither", { ...differs, changed: fromOther }, overwrites],
        ["changed, AWS has it already", { ...same, changed: fromOne }, nothing],
        ["unchanged, AWS differs", differs, leaves],
        ["unchanged, another changed", { ...differs, changed: { securityPolicy: {} } }, leaves],
        ["unchanged, onDrift correct", { ...differs, onDrift: "correct" }, corrects],
        ["unchanged, onDrift unknown", { ...differs, onDrift: "unknown" }, mayCorrect],
        ["unchanged, the record is open", { ...differs, record: OPEN }, resumes],
        [
            "unchanged, a preview infers that the record is open, or that someone else's update failed",
            { ...differs, isOpen: true, status: "FAILED" },
            { ...sends, reason: "if the last update did not complete; the domain is FAILED" },
        ],
        ["unchanged, both", { ...differs, onDrift: "correct", record: OPEN }, resumes],
        ["unchanged, AWS has it", { ...same, onDrift: "correct", record: OPEN }, nothing],
        ["not named", { aws: ONE, onDrift: "correct", record: OPEN }, nothing],
        ["dropped", { aws: TWO, changed: { managedLoginVersion: { from: 2 } } }, nothing],
        ["no update", { ...differs, changed: fromOne, action: "none", onDrift: "correct" }, leaves],
        ["unchanged, an update is under way", { ...differs, status: "UPDATING" }, nothing],
        ["changed, an update is under way", { ...differs, changed: fromOther, status: "UPDATING" }, sends],
        ["reverted, and still ours", { desired: ONE, aws: TWO, ours: TWO, record: OPEN }, resumes],
        ["reverted, and changed outside", { ...differs, ours: { managedLoginVersion: 3 }, record: OPEN }, nothing],
    ];
    for (const [title, given, expected] of table) {
        it(title, () => {
            const { isSent, before, target, ...outcome } = decided(given);
            const { changes } = outcome;
            assert.deepEqual(outcome, expected);
            assert.equal(isSent, changes.length > 0);
            assert.deepEqual(target, changes.length > 0 ? { ...before, ...given.desired } : before);
        });
    }
});

describe("what an update does with the rest", () => {
    it("leaves a drifted setting out of a request about others", () => {
        const desired = { ...TWO, certificateArn: OTHER_ARN };
        const { target, changes, drift } = decided({ desired, aws: ONE, changed: { certificateArn: { from: ARN } } });
        assert.deepEqual(target, { ...ONE, ...BASE, certificateArn: OTHER_ARN });
        assert.deepEqual([changes, drift], [["certificateArn"], ["managedLoginVersion"]]);
    });

    const three = { ...TWO, securityPolicy: "TLS_V1_3_2025" };
    const raised: [title: string, desired: Settings, policy: string, overwritten: string[]][] = [
        ["the least that it needs", TWO, "TLS_V1_2_2021", []],
        ["the program's, over someone else's", three, "TLS_V1_3_2025", ["securityPolicy"]],
    ];
    for (const [title, desired, policy, overwritten] of raised) {
        it(`raises TLS_V1 for managed login to ${title}`, () => {
            const aws = { ...ONE, securityPolicy: "TLS_V1" };
            const changed = { managedLoginVersion: { from: 1 } };
            for (const onDrift of ["warn", "correct"] as const) {
                const { target, changes, drift, overwrites } = decided({ desired, aws, changed, onDrift });
                assert.equal(target.securityPolicy, policy);
                assert.deepEqual([changes, drift], [["managedLoginVersion", "securityPolicy"], []]);
                assert.deepEqual(overwrites, overwritten);
            }
            assert.equal(decided({ desired: TWO, aws, changed, onDrift: "correct" }).reason, undefined);
        });
    }

    it("raises TLS_V1 of a domain that has managed login over it with any request, and alone never", () => {
        const aws = { ...TWO, securityPolicy: "TLS_V1" };
        const desired = { certificateArn: OTHER_ARN };
        const { changes } = decided({ desired, aws, changed: { certificateArn: {} } });
        assert.deepEqual(changes, ["certificateArn", "securityPolicy"]);
        assert.deepEqual(decided({ desired: { certificateArn: ARN }, aws, action: "adopt" }).changes, []);
    });

    it("takes a TLS policy that Describe does not return for the one sent last", () => {
        const desired = { securityPolicy: "TLS_V1_3_2025" };
        const lower = { securityPolicy: "TLS_V1_2_2021" };
        const unreported = (rest: Case) => decided({ desired, aws: { ...ONE, securityPolicy: undefined }, ...rest });
        assert.equal(unreported({ record: { before: {}, desired } }).before.securityPolicy, "TLS_V1_3_2025");
        assert.equal(unreported({ record: { ...OPEN, earlier: lower } }).before.securityPolicy, "TLS_V1_2_2021");
        // A preview does not see the record, but what the program had said.
        assert.deepEqual(unreported({}).drift, []);
        const changed = { securityPolicy: { from: "TLS_V1_2_2021" } };
        const asChanged: Case[] = [
            { changed },
            { changed, record: { before: {}, desired: lower } },
            { changed: { securityPolicy: {} }, action: "adopt" },
            // The last update did not complete.
            { record: { ...OPEN, desired } },
            { isOpen: true },
        ];
        for (const given of asChanged) {
            assert.deepEqual(unreported(given).changes, ["securityPolicy"]);
        }
    });

    it("sends all again to a domain whose last update failed, if the program manages anything", () => {
        const isSent = (rest: Case) => decided({ aws: TWO, status: "FAILED", ...rest }).isSent;
        assert.deepEqual([isSent({ desired: TWO }), isSent({ desired: ONE })], [true, true]);
        assert.deepEqual([isSent({}), isSent({ desired: TWO, action: "none" })], [false, false]);
    });

    it("plans what the program changed, if AWS has no such domain", () => {
        const target = { ...TWO, ...BASE };
        const input = { request: requestFor({ desired: target }), changed: { managedLoginVersion: {} } };
        const none = { before: {}, isSent: false, drift: [], overwrites: [], target, changes: [] };
        const changes = ["managedLoginVersion"];
        assert.deepEqual(decide({ ...input, action: "update" }, undefined), { ...none, changes });
        assert.deepEqual(decide({ ...input, action: "none" }, undefined), none);
    });
});

describe("whatever the program says, said before, and AWS has", () => {
    const situation = fc
        .record({
            said: anySettings,
            says: anySettings,
            aws: anySettings.map((it) => ({ certificateArn: ARN, ...it })),
            ignored: fc.subarray([...SETTING_NAMES]),
            onDrift: fc.constantFrom("warn" as const, "correct" as const),
            open: fc.boolean(),
        })
        .map(({ said, says, aws, ignored, onDrift, open }) => {
            const ignoreChanges = ignored.map((name) => ARGUMENT_PATH[name]);
            const common = { userPoolId: POOL, domain: DOMAIN, onDrift, [PROGRAM]: { ignoreChanges } };
            // The engine gives ignored arguments the values in the state.
            const kept = Object.fromEntries(ignored.map((name) => [name, said[name]]));
            const [inputs, olds] = [{ ...says, ...kept }, said].map((it) => ({ ...common, ...argumentsOf(it) }));
            const request = requestOf(inputs as object as Record<string, unknown>, {}, false);
            const changed = changedBetween(inputs ?? {}, olds ?? {});
            const record: ManagementRecord = { before: {}, desired: said, ...(open ? { open } : {}) };
            const decision = decide({ request, changed, record, action: "update" }, seen({ settings: aws }));
            const sendsAll = open || onDrift === "correct";
            return { said, desired: request.desired, ignored, changed, sendsAll, ...decision };
        });
    type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;
    const isRaised = ({ before, target }: Situation) =>
        target.managedLoginVersion === 2 && before.securityPolicy === "TLS_V1" && target.securityPolicy !== "TLS_V1";

    const holds = (title: string, property: (it: Situation) => void) =>
        it(title, () => fc.assert(fc.property(situation, property), { numRuns: 500 }));

    holds("sends a setting only if the program changed it, or all that it names is sent", (it) => {
        for (const name of it.changes) {
            assert.ok(
                (it.desired[name] !== undefined && (it.sendsAll || name in it.changed)) ||
                    (name === "securityPolicy" && isRaised(it)),
            );
        }
    });

    holds("sends every setting that the program changed or has to send, and no half of them", (it) => {
        for (const name of namesIn(it.desired).filter((name) => it.sendsAll || name in it.changed)) {
            assert.deepEqual(it.target[name], it.desired[name]);
        }
    });

    holds("keeps in the request what the program does not name", (it) => {
        const lost = namesIn(it.before).filter((name) => it.target[name] === undefined);
        assert.deepEqual(lost, []);
        for (const name of SETTING_NAMES.filter((name) => it.desired[name] === undefined)) {
            assert.ok(it.target[name] === it.before[name] || (name === "securityPolicy" && isRaised(it)));
        }
    });

    holds("never sends version 2 over TLS_V1, unless AWS has both or the program names both", (it) => {
        const { before, target, desired } = it;
        const isTooLow = (some: Settings) => some.managedLoginVersion === 2 && some.securityPolicy === "TLS_V1";
        assert.ok(!it.isSent || !isTooLow(target) || isTooLow(before) || desired.securityPolicy === "TLS_V1");
    });

    holds("takes no setting under ignoreChanges for drift, and sends none", (it) => {
        for (const name of it.ignored) {
            assert.ok(!it.drift.includes(name) && !it.overwrites.includes(name));
            assert.ok(!it.changes.includes(name) || (name === "securityPolicy" && isRaised(it)));
        }
    });

    holds("overwrites a setting only if AWS no longer had the program's last value", (it) => {
        for (const name of it.overwrites) {
            assert.notDeepEqual(it.before[name], it.said[name]);
            assert.ok(it.changes.includes(name));
        }
    });
});

describe("revert", () => {
    const ours: Settings = { managedLoginVersion: 2, certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" };
    const to: Settings = { managedLoginVersion: 1, certificateArn: OTHER_ARN, securityPolicy: "TLS_V1" };
    const [one, two] = [{ managedLoginVersion: 1 }, { managedLoginVersion: 2 }];
    const failover = { failover: FAILOVER };
    const { securityPolicy, ...versionAndCertificate } = to;
    const cases: [what: string, to: Settings, ours: Settings, observed: Settings, reverted: Settings][] = [
        ["everything that has our value", to, ours, ours, to],
        ["what has the old value already", to, ours, to, to],
        ["not what someone changed", to, ours, { ...ours, securityPolicy: "TLS_V1_3_2025" }, versionAndCertificate],
        ["what is not reported", to, ours, { ...ours, securityPolicy: undefined }, to],
        ["nothing that was not there before", {}, failover, failover, {}],
        ["failover, by its values", failover, structuredClone(failover), structuredClone(failover), failover],
        ["not TLS_V1, if managed login stays", { securityPolicy }, { securityPolicy: "TLS_V1_2_2021" }, ours, {}],
        ["not managed login, if someone set TLS_V1", two, one, { ...one, securityPolicy }, {}],
        [
            "not managed login, if AWS has the old TLS_V1 again",
            { ...two, securityPolicy },
            { ...one, securityPolicy: "TLS_V1_2_2021" },
            { ...one, securityPolicy },
            { securityPolicy },
        ],
    ];
    for (const [what, before, sent, observed, reverted] of cases) {
        it(`reverts ${what}`, () => assert.deepEqual(revert(before, [sent], observed), reverted));
    }
});
