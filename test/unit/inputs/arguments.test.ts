import assert from "node:assert/strict";
import { ownArguments, waitTimeoutSeconds, withDefaults } from "../../../provider/inputs/arguments";
import { POOL } from "../../support/domains";

describe("ownArguments", () => {
    it("are those that are no settings, of those that are known", () => {
        const own = {
            userPoolId: POOL,
            domain: "d",
            region: "r",
            minimumCertificateValidityDays: 0,
            preflight: "off",
            wait: "none",
            waitTimeoutSeconds: 1,
            verify: { clientId: "c" },
            onDrift: "warn",
            onFailure: "keep",
            onDelete: "retain",
        };
        const others = {
            managedLoginVersion: 2,
            customDomainConfig: {},
            routing: {},
            __provider: "x",
            status: "ACTIVE",
        };
        assert.deepEqual(ownArguments({ ...others, ...own }), own);
    });

    it("leaves out what is undefined or null", () => {
        assert.deepEqual(ownArguments({ domain: "d", region: undefined, onDelete: null }), { domain: "d" });
    });
});

describe("waitTimeoutSeconds", () => {
    it("is what is given, or 5 minutes for a prefix domain and an hour for a custom one", () => {
        assert.equal(waitTimeoutSeconds({ userPoolId: POOL, domain: "my-prefix" }), 300);
        assert.equal(waitTimeoutSeconds({ userPoolId: POOL, domain: "auth.example.com" }), 3600);
        assert.equal(waitTimeoutSeconds({ userPoolId: POOL, domain: "my-prefix", waitTimeoutSeconds: 7 }), 7);
    });
});

describe("withDefaults", () => {
    it("fills in what the program leaves out, or gives as null", () => {
        assert.deepEqual(withDefaults({ wait: "none", onDelete: null as never }), {
            preflight: "error",
            wait: "none",
            onDrift: "warn",
            onFailure: "keep",
            onDelete: "retain",
        });
    });
});
