import assert from "node:assert/strict";
import type { Request } from "../../../../provider/inputs/request";
import { type EntryInput, entryOf } from "../../../../provider/program/report/reportEntry";
import { ARN, goodCertificate, OTHER_ARN } from "../../../support/certificates";
import { CUSTOM, DOMAIN, FAILOVER, POOL, seen, WHOLE } from "../../../support/domains";
import { planFor } from "../../../support/plans";

const ELSEWHERE = { ...FAILOVER, secondaryRegion: "us-east-1" };
const CERTIFICATE = "customDomainConfig.certificateArn";

/** The entry of an update that changes the certificate and overwrites a version, and leaves a failover that drifted. */
function entry(rest: Partial<EntryInput> = {}, request: Partial<Request> = {}) {
    const settings = { ...WHOLE, managedLoginVersion: 1, certificateArn: OTHER_ARN };
    const certificate = { arn: ARN, answer: { found: goodCertificate() } };
    const desired = { managedLoginVersion: 2, certificateArn: ARN, failover: ELSEWHERE };
    const changed = { managedLoginVersion: { from: 2 }, certificateArn: { from: OTHER_ARN } };
    const observed = { domain: { found: seen({ settings }) }, certificate };
    const plan = planFor({ desired, unknown: ["securityPolicy"], ...request }, { changed, observed, phase: "preview" });
    const args = { userPoolId: POOL, domain: DOMAIN, onFailure: "rollback" };
    return entryOf({ name: "auth", args, address: CUSTOM, plan, secret: [], redact: String, ...rest });
}

describe("The entry of a resource", () => {
    it("has what its plan changes, keeps, leaves and overwrites, with the values", () => {
        const { findings, outputs, before, unknown, ...rest } = entry();
        assert.deepEqual(rest, {
            name: "auth",
            domain: DOMAIN,
            userPoolId: POOL,
            verdict: "warned",
            action: "update",
            changes: [
                { setting: "managedLoginVersion", from: 1, to: 2 },
                { setting: CERTIFICATE, from: OTHER_ARN, to: ARN },
            ],
            kept: {},
            notKnownYet: ["customDomainConfig.securityPolicy"],
            drift: [{ setting: "routing.failover", desired: ELSEWHERE, observed: FAILOVER }],
            overwrites: [{ setting: "managedLoginVersion", desired: 2, observed: 1 }],
            rollsBack: true,
        });
        const codes = findings.map(({ code }) => code);
        assert.ok(codes.includes("setting-drifted") && codes.includes("overwrites-external-change"), codes.join());
        assert.ok(unknown.includes("customDomainConfig") && !("customDomainConfig" in outputs), unknown.join());
        assert.equal(outputs.status, "ACTIVE");
        assert.deepEqual(before?.customDomainConfig, { certificateArn: OTHER_ARN, securityPolicy: "TLS_V1_2_2021" });
    });

    it("has no values without a plan, and all outputs as unknown", () => {
        const { verdict, action, changes, outputs, unknown, before } = entry({ plan: undefined });
        assert.deepEqual([verdict, action, changes, outputs, before], ["refused", "none", [], {}, undefined]);
        assert.equal(unknown.length, 8);
    });

    it("has no changes if the domain could not be read", () => {
        const plan = planFor({ desired: { managedLoginVersion: 2 } }, { observed: {}, phase: "preview" });
        assert.deepEqual(entry({ plan }).changes, []);
    });

    it("has a TLS policy that is raised for managed login among the changes", () => {
        const settings = { ...WHOLE, managedLoginVersion: 1, securityPolicy: "TLS_V1" };
        const observed = { domain: { found: seen({ settings }) } };
        const plan = planFor({ desired: { managedLoginVersion: 2 } }, { action: "adopt", observed, phase: "preview" });
        const raised = { setting: "customDomainConfig.securityPolicy", from: "TLS_V1", to: "TLS_V1_2_2021" };
        assert.deepEqual(entry({ plan }).changes.at(-1), raised);
    });

    it("names what the resource replaces, unless the domain is secret", () => {
        const replaces = "us-west-2_AbCdEfGhI/login.example.com";
        assert.equal(entry({ replaces }).replaces, replaces);
        assert.ok(!("replaces" in entry({ replaces, secret: ["domain"] })));
    });

    it("hides a secret setting everywhere, with the value that AWS has in its place", () => {
        const text = JSON.stringify(entry({ secret: [CERTIFICATE, "routing.failover.primaryRoute53HealthCheckId"] }));
        const { changes, drift } = JSON.parse(text);
        assert.deepEqual(changes[1], { setting: CERTIFICATE, from: "[secret]", to: "[secret]" });
        assert.deepEqual(drift, [{ setting: "routing.failover", desired: "[secret]", observed: "[secret]" }]);
        assert.ok(!text.includes(ARN) && !text.includes(OTHER_ARN) && text.includes("TLS_V1_2_2021"), text);
        // The program marked it as secret until now.
        const declassified = JSON.stringify(entry({}, { secret: ["certificateArn"] }));
        assert.ok(!declassified.includes(ARN) && !declassified.includes(OTHER_ARN), declassified);
        assert.doesNotMatch(text, /"primaryRoute53HealthCheckId":"health-1"/);
    });

    it("redacts every text, and has no control characters", () => {
        const redact = (text: string) => text.replaceAll(DOMAIN, "[secret]");
        const { name, domain } = entry({ name: "auth\u001b[2J", redact });
        assert.deepEqual([name, domain], ["auth\\u001b[2J", "[secret]"]);
    });
});
