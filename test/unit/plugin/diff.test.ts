import assert from "node:assert/strict";
import { PROGRAM } from "../../../provider/inputs/programFacts";
import { requestOf } from "../../../provider/inputs/request";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { isChanged } from "../../../provider/plugin/diff";
import { CUSTOM } from "../../support/domains";

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
    const raised = {
        before: { managedLoginVersion: 1, securityPolicy: "TLS_V1" },
        desired: { managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" },
        raised: true,
    };
    const changes: [title: string, outputs: object, inputs: object][] = [
        ["another version", {}, { managedLoginVersion: 1 }],
        ["AWS's value, which a refresh recorded", { managedLoginVersion: 1 }, {}],
        ["a setting that the program names now", {}, { customDomainConfig: { securityPolicy: "TLS_V1_3_2025" } }],
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
