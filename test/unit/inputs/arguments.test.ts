import assert from "node:assert/strict";
import { nonSettingArguments, waitTimeoutSeconds, withDefaults } from "../../../provider/inputs/arguments";
import { POOL } from "../../support/domains";

describe("nonSettingArguments", () => {
    it("are the arguments that are not settings", () => {
        const own = {
            userPoolId: POOL,
            domain: "d",
            region: "r",
            minimumCertificateValidityDays: 0,
            preflight: "off",
            wait: "none",
            waitTimeoutSeconds: 1,
            acceptFindings: ["branding-missing"],
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
        assert.deepEqual(nonSettingArguments({ ...others, ...own }), own);
    });

    it("leaves out what is undefined or null", () => {
        assert.deepEqual(nonSettingArguments({ domain: "d", region: undefined, onDelete: null }), { domain: "d" });
    });
});

describe("waitTimeoutSeconds", () => {
    it("is what is given, or 5 minutes for a prefix domain and an hour for a custom one", () => {
        assert.equal(waitTimeoutSeconds({ domain: "my-prefix" }), 300);
        assert.equal(waitTimeoutSeconds({ domain: "auth.example.com" }), 3600);
        assert.equal(waitTimeoutSeconds({ domain: "my-prefix", waitTimeoutSeconds: 7 }), 7);
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
