import assert from "node:assert/strict";
import { UserPoolDomainSettings } from "../../../provider";
import { POOL } from "../../support/domains";

describe("UserPoolDomainSettings", () => {
    it("keeps the place in the program where Pulumi refuses it, and the limit of stack traces", () => {
        const { stackTraceLimit } = Error;
        assert.throws(
            () => new UserPoolDomainSettings("", { userPoolId: POOL, domain: "auth.example.com" }),
            (error: Error) => /Missing resource name/.test(error.message) && error.stack?.includes(__filename) === true,
        );
        assert.equal(Error.stackTraceLimit, stackTraceLimit);
    });
});
