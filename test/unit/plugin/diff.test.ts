import assert from "node:assert/strict";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import type { ObservedState } from "../../../provider/model/drift";
import { RefusedError } from "../../../provider/model/errors";
import type { SettingName } from "../../../provider/model/settings";
import { diffOf, undoneBy } from "../../../provider/plugin/diff";
import { ARN, OTHER_ARN } from "../../support/certificates";
import { FAILOVER, POOL } from "../../support/domains";

const ID = `${POOL}/auth.example.com`;
const INPUTS = {
    userPoolId: POOL,
    domain: "auth.example.com",
    managedLoginVersion: 2,
    customDomainConfig: { certificateArn: ARN },
    onDelete: "restore",
};
const OUTPUTS = {
    ...INPUTS,
    customDomainConfig: { certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" },
    routing: { failover: FAILOVER },
    status: "ACTIVE",
    baseUrl: "https://auth.example.com",
    __adopted: { managed: ["managedLoginVersion", "certificateArn"], found: {} },
    __provider: "text",
};

describe("diffOf", () => {
    it("sees no changes where the outputs have what the inputs want", () => {
        assert.deepEqual(diffOf(ID, OUTPUTS, INPUTS), { changes: false, replaces: [] });
        assert.deepEqual(diffOf(ID, OUTPUTS, { ...INPUTS, __provider: "newer text" }), {
            changes: false,
            replaces: [],
        });
    });

    for (const option of ["__deletedWith", "__replaceWith"]) {
        it(`sees that ${option} is given, or taken away`, () => {
            const given = { [option]: true };
            assert.equal(diffOf(ID, OUTPUTS, { ...INPUTS, ...given }).changes, true);
            assert.equal(diffOf(ID, { ...OUTPUTS, ...given }, INPUTS).changes, true);
            assert.equal(diffOf(ID, { ...OUTPUTS, ...given }, { ...INPUTS, ...given }).changes, false);
        });
    }

    it("does not mind the order in which settings came to be managed", () => {
        const __adopted = { managed: ["certificateArn", "managedLoginVersion"], found: {} };
        assert.equal(diffOf(ID, { ...OUTPUTS, __adopted }, INPUTS).changes, false);
    });

    const changes: [title: string, outputs: object, inputs: object][] = [
        ["a setting", {}, { managedLoginVersion: 1 }],
        ["a certificate", {}, { customDomainConfig: { certificateArn: OTHER_ARN } }],
        ["a setting in AWS", { managedLoginVersion: 1 }, {}],
        ["a setting that is managed from now on", {}, { routing: { failover: FAILOVER } }],
        ["a setting that is no longer managed", {}, { managedLoginVersion: undefined }],
        ["an argument", {}, { onDelete: "retain" }],
        ["what is secret", {}, { __secret: ["customDomainConfig.certificateArn"] }],
        ["what is secret no longer", { __secret: ["customDomainConfig.certificateArn"] }, {}],
        ["an argument that is no longer there", {}, { onDelete: undefined }],
        ["an argument that is new", {}, { wait: "none" }],
        ["a nested argument", { verify: { clientId: "a" } }, { verify: { clientId: "b" } }],
        ["a status that is not ACTIVE", { status: "FAILED" }, {}],
        ["no status", { status: undefined }, {}],
        ["something unknown inside", {}, { customDomainConfig: { certificateArn: UNKNOWN } }],
        ["something unknown", {}, { onDelete: UNKNOWN }],
    ];
    for (const [title, outputs, inputs] of changes) {
        it(`sees a change in ${title}, and no replacement`, () => {
            assert.deepEqual(diffOf(ID, { ...OUTPUTS, ...outputs }, { ...INPUTS, ...inputs }), {
                changes: true,
                replaces: [],
            });
        });
    }

    it("does not mind an argument that is the same in both", () => {
        const same = { verify: { clientId: "a" }, wait: "none" };
        assert.equal(diffOf(ID, { ...OUTPUTS, ...same }, { ...INPUTS, ...same }).changes, false);
    });

    const moves: [title: string, inputs: object, replaces: string[]][] = [
        ["another domain", { domain: "login.example.com" }, ["domain"]],
        ["another pool of the same Region", { userPoolId: "us-west-2_Other" }, ["userPoolId"]],
        ["another pool elsewhere", { userPoolId: "eu-west-1_Other" }, ["userPoolId", "region"]],
        ["another Region", { region: "us-east-2" }, ["region"]],
        ["everything", { userPoolId: "eu-west-1_Other", domain: "x" }, ["userPoolId", "domain", "region"]],
    ];
    for (const [title, inputs, replaces] of moves) {
        it(`replaces for ${title}`, () => {
            assert.deepEqual(diffOf(ID, OUTPUTS, { ...INPUTS, ...inputs }), { changes: true, replaces });
        });
    }

    it("takes the old side from the id, not from the outputs", () => {
        const outputs = { ...OUTPUTS, domain: "stale.example.com" };
        assert.deepEqual(diffOf(ID, outputs, INPUTS).replaces, []);
        const moved = { domain: "login.example.com" };
        assert.deepEqual(diffOf(ID, { ...OUTPUTS, ...moved }, { ...INPUTS, ...moved }), {
            changes: true,
            replaces: ["domain"],
        });
    });

    it("does not replace for the pool's own Region given as region, nor for a replica's that stays", () => {
        assert.deepEqual(diffOf(ID, OUTPUTS, { ...INPUTS, region: "us-west-2" }).replaces, []);
        assert.deepEqual(diffOf(`us-east-2/${ID}`, OUTPUTS, { ...INPUTS, region: "us-east-2" }).replaces, []);
        assert.deepEqual(diffOf(`us-east-2/${ID}`, OUTPUTS, INPUTS).replaces, ["region"]);
        assert.deepEqual(diffOf(`us-east-2/${ID}`, OUTPUTS, { ...INPUTS, region: null }).replaces, ["region"]);
        assert.deepEqual(diffOf(ID, OUTPUTS, { ...INPUTS, region: null }).replaces, []);
    });

    const unknowns: [title: string, inputs: object, replaces: string[]][] = [
        ["an unknown domain", { domain: UNKNOWN }, ["domain"]],
        ["an unknown pool", { userPoolId: UNKNOWN }, ["userPoolId"]],
        [
            "an unknown pool and another domain",
            { userPoolId: UNKNOWN, domain: "x.example.com" },
            ["userPoolId", "domain"],
        ],
        ["an unknown pool and another Region", { userPoolId: UNKNOWN, region: "us-east-2" }, ["userPoolId", "region"]],
        ["an unknown region", { region: UNKNOWN }, ["region"]],
        ["an unknown certificate", { customDomainConfig: { certificateArn: UNKNOWN } }, []],
    ];
    for (const [title, inputs, replaces] of unknowns) {
        it(`with ${title} there is a change that replaces [${replaces}]`, () => {
            assert.deepEqual(diffOf(ID, OUTPUTS, { ...INPUTS, ...inputs }), { changes: true, replaces });
        });
    }

    describe('of a domain that onDrift: "correct" watches over', () => {
        const settings = { managedLoginVersion: 2, certificateArn: ARN };
        const diff = (observed: ObservedState, inputs: object = {}, ignored: SettingName[] = []) =>
            diffOf(ID, OUTPUTS, { ...INPUTS, ...inputs }, { observed, ignored }).changes;

        it("sees no change where AWS has what the state has, or other values of what is not managed", () => {
            assert.equal(diff({ status: "ACTIVE", settings }), false);
            assert.equal(diff({ status: "ACTIVE", settings: { ...settings, failover: FAILOVER } }), false);
        });

        it("sees a change where a managed setting was changed, unless its changes are ignored", () => {
            const drifted = { status: "ACTIVE", settings: { ...settings, managedLoginVersion: 1 } };
            assert.equal(diff(drifted), true);
            assert.equal(diff(drifted, {}, ["managedLoginVersion"]), false);
        });

        it("sees none where the program does not ask for it, or nobody looked", () => {
            const drifted = { status: "ACTIVE", settings: { ...settings, managedLoginVersion: 1 } };
            assert.equal(diffOf(ID, OUTPUTS, INPUTS, { observed: drifted }).changes, false);
            assert.equal(diffOf(ID, OUTPUTS, INPUTS, { ignored: [] }).changes, false);
        });

        it("sees a change where the last update failed", () => {
            assert.equal(diff({ status: "FAILED", settings }), true);
        });
    });

    for (const status of ["UPDATING", "CREATING"]) {
        it(`sees no change where AWS was still at it (${status}): sending again would undo what has come since`, () => {
            assert.equal(diffOf(ID, { ...OUTPUTS, status }, INPUTS).changes, false);
            assert.equal(diffOf(ID, { ...OUTPUTS, status, __unverified: true }, INPUTS).changes, true);
        });
    }

    it("refuses, in one line, to go on with an update that did not end well where its gate would; and only then", () => {
        const correction = { refusal: "the certificate has expired" };
        const failed = { ...OUTPUTS, status: "FAILED" };
        assert.throws(
            () => diffOf(ID, failed, INPUTS, correction),
            (error: Error) => {
                assert.ok(error instanceof RefusedError);
                assert.deepEqual([error.stack, error.findings], ["the certificate has expired", []]);
                return true;
            },
        );
        assert.equal(diffOf(ID, OUTPUTS, INPUTS, correction).changes, false);
    });

    it("replaces nothing where the id is not ours, or the inputs are odd", () => {
        assert.deepEqual(diffOf("nonsense", OUTPUTS, { ...INPUTS, domain: "x" }).replaces, []);
        assert.deepEqual(diffOf(ID, OUTPUTS, { ...INPUTS, userPoolId: 7 }).replaces, []);
        assert.deepEqual(diffOf(ID, OUTPUTS, { ...INPUTS, domain: 7, region: 7 }).replaces, []);
    });
});

describe("diffOf after a verification that has failed", () => {
    const outputs = { ...OUTPUTS, __unverified: "verification" };
    const observed = { status: "ACTIVE", settings: { managedLoginVersion: 1, certificateArn: ARN } };

    it("refuses to undo what somebody has changed since", () => {
        assert.throws(
            () => diffOf(ID, outputs, INPUTS, { observed }),
            (error) => error instanceof RefusedError && error.findings.length === 0,
        );
    });

    it("goes on where nobody has, nobody has looked, or the program wants it corrected", () => {
        const same = { ...observed, settings: { ...observed.settings, managedLoginVersion: 2 } };
        assert.equal(diffOf(ID, outputs, INPUTS, { observed: same }).changes, true);
        assert.equal(diffOf(ID, outputs, INPUTS).changes, true);
        assert.equal(diffOf(ID, outputs, { ...INPUTS, onDrift: "correct" }, { observed }).changes, true);
        assert.equal(diffOf(ID, { ...outputs, __unverified: true }, INPUTS, { observed }).changes, true);
        assert.deepEqual(diffOf(ID, outputs, { ...INPUTS, domain: "b.example.com" }, { observed }).replaces, [
            "domain",
        ]);
    });
});

describe("undoneBy", () => {
    it("says what the update undoes of what was seen; nothing where nobody looked", () => {
        const settings = { managedLoginVersion: 1, certificateArn: ARN };
        const seen = { observed: { status: "ACTIVE", settings } };
        assert.match(
            undoneBy(ID, OUTPUTS, INPUTS, seen) ?? "",
            /^auth\.example\.com was changed outside of Pulumi: managed login 1, where Pulumi had set 2\./,
        );
        assert.equal(undoneBy(ID, OUTPUTS, { ...INPUTS, managedLoginVersion: 1 }, seen), undefined);
        assert.equal(undoneBy(ID, OUTPUTS, INPUTS, {}), undefined);
    });
});
