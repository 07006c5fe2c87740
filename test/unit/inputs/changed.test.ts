import assert from "node:assert/strict";
import {
    ASKED,
    CHANGED,
    type Changed,
    changedBetween,
    changedIn,
    isReason,
    oldValue,
    otherReasons,
} from "../../../provider/inputs/changed";
import { PROGRAM } from "../../../provider/inputs/programFacts";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { ARN, OTHER_ARN } from "../../support/certificates";
import { FAILOVER, POOL } from "../../support/domains";

const BASE = { userPoolId: POOL, domain: "auth.example.com" };
const OLDS = { ...BASE, managedLoginVersion: 1, customDomainConfig: { certificateArn: ARN } };
const arn = (certificateArn: unknown) => ({ customDomainConfig: { certificateArn } });
const secret = (...paths: string[]) => ({ [PROGRAM]: { secret: paths } });
const ignoring = (...ignoreChanges: string[]) => ({ [PROGRAM]: { ignoreChanges } });

describe("changedBetween", () => {
    type Props = Record<string, unknown>;
    const PATH = "customDomainConfig.certificateArn";
    const asked = (managedLoginVersion: unknown) => ({ [ASKED]: { managedLoginVersion } });
    const version = (from: number) => ({ managedLoginVersion: { from } });
    const ROUTING = { routing: { failover: FAILOVER } };
    const IN_PART = secret("routing.failover.secondaryRegion");
    const FROM_ONE = version(1);
    const FROM_ARN = { certificateArn: { from: ARN } };
    const table: [title: string, inputs: Props, olds: Props, changed: Changed][] = [
        ["nothing", {}, {}, {}],
        ["a setting", { managedLoginVersion: 2 }, {}, FROM_ONE],
        ["a nested setting", arn(OTHER_ARN), {}, FROM_ARN],
        ["a failover", ROUTING, {}, { failover: {} }],
        ["a setting that is dropped", { managedLoginVersion: undefined }, {}, FROM_ONE],
        ["a whole object that is dropped", { customDomainConfig: null }, {}, FROM_ARN],
        ["null in place of nothing", { routing: null, onDelete: null }, {}, {}],
        ["hidden inputs", { __provider: "new", [CHANGED]: { x: {} } }, {}, {}],
        ["an unknown setting", arn(UNKNOWN), {}, { certificateArn: UNKNOWN, hasUnknown: UNKNOWN }],
        [
            "a setting inside an unknown",
            { customDomainConfig: UNKNOWN },
            {},
            { certificateArn: UNKNOWN, securityPolicy: UNKNOWN, hasUnknown: UNKNOWN },
        ],
        ["a setting that was unknown", {}, arn(UNKNOWN), { certificateArn: {} }],
        ["another argument that is unknown", { wait: UNKNOWN }, {}, { hasUnknown: UNKNOWN }],
        ["another reason that is unknown", { aws: UNKNOWN }, {}, { other: UNKNOWN, hasUnknown: UNKNOWN }],
        ["another reason", { onDelete: "restore" }, {}, { other: true }],
        ["what is no reason", { wait: "none", onDrift: "correct", domain: "b.example.com" }, {}, {}],
        // A secret value never goes into a plain input.
        ["a secret setting", { ...arn(OTHER_ARN), ...secret(PATH) }, secret(PATH), { certificateArn: {} }],
        [
            "a setting that was secret",
            arn(OTHER_ARN),
            secret("customDomainConfig"),
            { certificateArn: {}, other: true, declassified: ["certificateArn", "securityPolicy"] },
        ],
        [
            "a setting that becomes secret",
            { ...arn(OTHER_ARN), ...secret(PATH) },
            {},
            { certificateArn: {}, other: true },
        ],
        [
            "a failover that is secret in part",
            { routing: undefined, ...IN_PART },
            { ...ROUTING, ...IN_PART },
            { failover: {} },
        ],
        ["a setting beside a secret", { managedLoginVersion: 2, ...secret("wait") }, secret("wait"), FROM_ONE],
        ["a setting that a refresh replaced", {}, { managedLoginVersion: 2, ...asked(3) }, version(3)],
        [
            "a secret setting that a refresh replaced: that it did",
            secret("managedLoginVersion"),
            { managedLoginVersion: 2, ...asked("[secret]"), ...secret("managedLoginVersion") },
            { managedLoginVersion: { from: "[secret]" } },
        ],
        ["a setting that AWS lacked at a refresh", {}, { managedLoginVersion: undefined, ...asked(1) }, FROM_ONE],
        ["AWS's value, taken over", { managedLoginVersion: 2 }, { managedLoginVersion: 2, ...asked(1) }, FROM_ONE],
        ["__asked that no refresh wrote", { managedLoginVersion: 2 }, { [ASKED]: "text" }, FROM_ONE],
        [
            "a setting under ignoreChanges",
            { managedLoginVersion: 2, ...arn(OTHER_ARN), ...ignoring("customDomainConfig") },
            ignoring("customDomainConfig"),
            FROM_ONE,
        ],
        [
            "a setting that is unknown in part",
            { routing: { failover: { ...FAILOVER, secondaryRegion: UNKNOWN } } },
            {},
            { failover: UNKNOWN, hasUnknown: UNKNOWN },
        ],
        ["a setting that ignoreChanges no longer keeps", {}, ignoring("managedLoginVersion"), { other: true }],
        [
            "everything under ignoreChanges",
            { managedLoginVersion: 2, ...arn(OTHER_ARN), ...ignoring("*") },
            ignoring("*"),
            {},
        ],
    ];
    for (const [title, inputs, olds, changed] of table) {
        it(title, () => assert.deepEqual(changedBetween({ ...OLDS, ...inputs }, { ...OLDS, ...olds }), changed));
    }

    it("has all settings of a new resource, without old values, whatever ignoreChanges says", () => {
        const expected = { managedLoginVersion: {}, certificateArn: {} };
        assert.deepEqual(changedBetween({ ...OLDS, onDelete: "restore" }, {}), expected);
        assert.deepEqual(changedBetween({ ...OLDS, ...ignoring("*") }, {}), expected);
    });
});

describe("isReason", () => {
    it("holds for settings, for what is unknown, and for other reasons", () => {
        const reasons: Changed[] = [{ failover: {} }, { failover: UNKNOWN }, { hasUnknown: UNKNOWN }, { other: true }];
        assert.deepEqual(reasons.filter(isReason), reasons);
        assert.equal(isReason({}) || isReason({ declassified: ["failover"], replaces: "id" }), false);
    });
});

describe("changedIn and oldValue", () => {
    it("read what check told; nothing without a check", () => {
        const changed: Changed = { failover: {}, managedLoginVersion: { from: 1 }, other: true };
        assert.equal(changedIn({ [CHANGED]: changed }), changed);
        assert.deepEqual(
            [changedIn({}), changedIn({ [CHANGED]: "text" }), changedIn({ [CHANGED]: null })],
            [{}, {}, {}],
        );
        assert.deepEqual([oldValue("managedLoginVersion", changed), oldValue("failover", changed)], [1, undefined]);
        assert.equal(oldValue("failover", { failover: UNKNOWN }), undefined);
    });
});

describe("otherReasons", () => {
    it("are `onDelete`, `aws`, and which arguments are secret, in any order", () => {
        assert.deepEqual(otherReasons({ onDelete: null, wait: "none" }, secret()), []);
        assert.deepEqual(otherReasons(secret("a", "b"), secret("b", "a")), []);
        assert.deepEqual(otherReasons(secret("a.b"), secret('["a.b"]')), [PROGRAM]);
        const olds = { aws: { profile: "q" }, ...secret("a") };
        assert.deepEqual(otherReasons({ onDelete: "restore", aws: { profile: "p" } }, olds), [
            "onDelete",
            "aws",
            PROGRAM,
        ]);
    });
});
