import assert from "node:assert/strict";
import { isJudged, notPreflighted, transformedPaths } from "../../../provider/inputs/transformedArguments";
import { ARN, OTHER_ARN } from "../../support/certificates";
import { POOL } from "../../support/domains";

const ARGS = { userPoolId: POOL, domain: "auth.example.com", customDomainConfig: { certificateArn: ARN } };

describe("transformedPaths", () => {
    const paths = (inputs: object, ignoreChanges: string[] = [], isNew = false) =>
        transformedPaths(ARGS, { ...ARGS, ...inputs }, ignoreChanges, isNew);

    it("are those at which the engine's inputs differ from the program's arguments, and of arguments alone", () => {
        assert.deepEqual(paths({ region: null, __secret: ["domain"] }), []);
        assert.deepEqual(paths({ domain: "x.example.com", aws: { profile: "x" }, wait: "none" }), [
            "domain",
            "wait",
            "aws.profile",
        ]);
        assert.deepEqual(paths({ customDomainConfig: undefined }), ["customDomainConfig.certificateArn"]);
    });

    it("are without those that ignoreChanges covers, but of a create, on which it has no effect", () => {
        const inputs = { customDomainConfig: { certificateArn: OTHER_ARN, securityPolicy: "TLS_V1" } };
        const both = ["customDomainConfig.certificateArn", "customDomainConfig.securityPolicy"];
        assert.deepEqual(paths(inputs, ["customDomainConfig.securityPolicy"]), [both[0]]);
        assert.deepEqual(paths(inputs, ["customDomainConfig"]), []);
        assert.deepEqual(paths(inputs, ["customDomainConfig"], true), both);
    });
});

describe("notPreflighted", () => {
    it("is a warning about what a judgement rests on, that names all", () => {
        const [finding, ...more] = notPreflighted(["wait", "verify.clientId"]);
        assert.deepEqual(more, []);
        assert.equal(finding?.severity, "warning");
        assert.match(finding?.message ?? "", /: wait, verify\.clientId$/);
    });

    it("is none where nothing is judged by what differs", () => {
        for (const path of ["preflight", "wait", "waitTimeoutSeconds", "onDrift", "onFailure", "onDelete"]) {
            assert.deepEqual(notPreflighted([path]), []);
            assert.equal(isJudged([path]), false);
        }
        assert.deepEqual(notPreflighted([]), []);
        assert.equal(isJudged(["wait", "managedLoginVersion"]), true);
    });
});
