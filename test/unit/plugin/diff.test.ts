import assert from "node:assert/strict";
import { PROGRAM } from "../../../provider/inputs/programFacts";
import { requestOf } from "../../../provider/inputs/request";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { isChanged, movedTo } from "../../../provider/plugin/diff";
import { CUSTOM, POOL } from "../../support/domains";

const { userPoolId, domain } = CUSTOM;
const INPUTS = { userPoolId, domain, managedLoginVersion: 2, onDelete: "restore" };
const OUTPUTS = {
    ...INPUTS,
    customDomainConfig: { certificateArn: "arn", securityPolicy: "TLS_V1_2_2021" },
    status: "ACTIVE",
    __record: { before: { managedLoginVersion: 1 }, desired: { managedLoginVersion: 2 } },
};

const changed = (outputs: object, inputs: object) =>
    isChanged({ ...OUTPUTS, ...outputs }, { ...INPUTS, ...inputs }, requestOf({ ...INPUTS, ...inputs }, {}, false));

describe("a diff", () => {
    const RAISED = { securityPolicy: "TLS_V1_2_2021" };
    const raised = {
        before: { managedLoginVersion: 1, securityPolicy: "TLS_V1" },
        desired: { managedLoginVersion: 2, ...RAISED },
        raised: true,
    };
    const changes: [title: string, outputs: object, inputs: object][] = [
        ["another version", {}, { managedLoginVersion: 1 }],
        ["AWS's value, which a refresh recorded", { managedLoginVersion: 1 }, {}],
        ["a setting that the program names now", {}, { customDomainConfig: { securityPolicy: "TLS_V1_3_2025" } }],
        ["a TLS policy that was raised, and that it names now", { __record: raised }, { customDomainConfig: RAISED }],
        ["a setting that it drops", {}, { managedLoginVersion: undefined }],
        ["another onDelete", {}, { onDelete: undefined }],
        ["another identity", {}, { aws: { profile: "other" } }],
        ["an argument that is secret now", {}, { [PROGRAM]: { secret: ["domain"] } }],
        ["an argument that is secret no longer", { [PROGRAM]: { secret: ["domain"] } }, {}],
        ["an unknown value", {}, { managedLoginVersion: UNKNOWN }],
        ["an update that did not complete", { __record: { ...OUTPUTS.__record, open: true } }, {}],
    ];
    for (const [title, outputs, inputs] of changes) {
        it(`sees ${title}`, () => assert.equal(changed(outputs, inputs), true));
    }

    const same: [title: string, outputs: object, inputs: object][] = [
        ["nothing", {}, {}],
        ["a null for an argument that is left out", {}, { customDomainConfig: null, aws: null }],
        ["an argument that only says how an update works", {}, { waitTimeoutSeconds: 900, preflight: "warn" }],
        ["what an earlier check said", {}, { __changed: { managedLoginVersion: { from: 1 } } }],
        ["a setting under ignoreChanges", {}, { managedLoginVersion: 1, [PROGRAM]: { ignoreChanges: ["*"] } }],
        ["an update that AWS has only accepted", { status: "UPDATING" }, {}],
        ["a TLS policy that managed login has raised", { __record: raised }, {}],
    ];
    for (const [title, outputs, inputs] of same) {
        it(`does not mind ${title}`, () => assert.equal(changed(outputs, inputs), false));
    }
});

describe("movedTo", () => {
    const ID = `${POOL}/auth.example.com`;
    const REPLICA = `us-east-2/${ID}`;
    const table: [title: string, id: string, inputs: object, moved: string[]][] = [
        ["the same domain", ID, {}, []],
        ["another domain", ID, { domain: "login.example.com" }, ["domain"]],
        ["another pool in the same Region", ID, { userPoolId: "us-west-2_Other" }, ["userPoolId"]],
        ["another pool elsewhere", ID, { userPoolId: "eu-west-1_Other" }, ["userPoolId", "region"]],
        ["another Region", ID, { region: "us-east-2" }, ["region"]],
        ["everything", ID, { userPoolId: "eu-west-1_Other", domain: "x" }, ["userPoolId", "domain", "region"]],
        ["the pool's own Region", ID, { region: "us-west-2" }, []],
        ["no Region", ID, { region: null }, []],
        ["a replica's Region", REPLICA, { region: "us-east-2" }, []],
        ["no Region for a replica", REPLICA, {}, ["region"]],
        ["an unknown domain", ID, { domain: UNKNOWN }, ["domain"]],
        ["an unknown pool", ID, { userPoolId: UNKNOWN }, ["userPoolId"]],
        ["an unknown pool, another Region", ID, { userPoolId: UNKNOWN, region: "us-east-2" }, ["userPoolId", "region"]],
        ["an unknown Region", ID, { region: UNKNOWN }, ["region"]],
    ];
    for (const [title, id, inputs, moved] of table) {
        it(`${title}: ${moved.join(", ") || "nothing"}`, () => {
            assert.deepEqual(movedTo(id, { userPoolId: POOL, domain: "auth.example.com", ...inputs }), moved);
        });
    }
});
