import assert from "node:assert/strict";
import type { DomainDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import {
    aws,
    cognito,
    custom,
    describeDomain,
    inEmulator,
    prefix,
    prefixScene,
    REGION,
    refused,
} from "../../support/emulatorClients";

describe("the emulated AWS: requests", () => {
    inEmulator();

    it("refuses operations that it does not know, and bodies that are no JSON", async () => {
        await refused(cognito.listIdentityProviders({ UserPoolId: "us-west-2_x" }), "UnknownOperationException");
        const response = await fetch(aws.endpoint, {
            method: "POST",
            headers: { "x-amz-target": "CertificateManager.ListCertificates" },
            body: "{",
        });
        assert.match(await response.text(), /"__type":"SerializationException"/);
    });

    it("records every call with its answer", async () => {
        const UserPoolId = prefixScene();
        await describeDomain(prefix);
        await refused(cognito.describeUserPool({ UserPoolId: `${UserPoolId}x` }), "ResourceNotFoundException");
        assert.deepEqual(
            aws.calls.map((call) => call.operation),
            ["DescribeUserPoolDomain", "DescribeUserPool"],
        );
        const [described] = aws.callsTo("DescribeUserPoolDomain");
        assert.deepEqual(
            [described?.service, described?.region, described?.account, described?.input],
            ["cognito-idp", REGION, "123456789012", { Domain: prefix }],
        );
        const { DomainDescription } = (described?.output ?? {}) as { DomainDescription?: DomainDescriptionType };
        assert.equal(DomainDescription?.Domain, prefix);
        assert.equal(aws.calls[1]?.error?.name, "ResourceNotFoundException");
    });
});

describe("the emulated AWS: control from another process", () => {
    inEmulator();

    const ask = async (method: string, path: string, body?: unknown) => {
        const response = await fetch(`${aws.endpoint}/_emulator/${path}`, { method, body: JSON.stringify(body) });
        return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const scene = async (request: unknown) => (await ask("POST", "scene", request)).body.result;

    it("sets the scene, the behaviour, and reads the calls", async () => {
        const userPoolId = await scene({ userPool: { region: REGION, tier: null } });
        const certificateArn = await scene({
            certificate: { domainName: custom, notAfter: "2001-01-01T00:00:00Z" },
        });
        await scene({ domain: { userPoolId, domain: custom, certificateArn } });
        await scene({ patchDomain: [custom, { status: "FAILED" }] });
        await ask("POST", "behaviour", {
            silentSettings: ["certificateArn"],
            faults: [{ times: 1, action: { status: 500 } }],
        });
        await assert.rejects(describeDomain(custom));
        const described = await describeDomain(custom);
        assert.deepEqual([described.Status, described.CustomDomainConfig], ["FAILED", {}]);
        assert.equal(((await scene({ domainOf: custom })) as { userPoolId: string }).userPoolId, userPoolId);
        assert.equal((await ask("GET", "calls")).body.length, 2);
        await ask("POST", "reset");
        assert.deepEqual([aws.calls, aws.domainOf(custom), aws.behaviour.silentSettings], [[], undefined, []]);
    });

    it("refuses what it does not know", async () => {
        for (const [path, body] of [
            ["scene", { close: {} }],
            ["scene", {}],
            ["behaviour", { misspelt: 1 }],
            ["nowhere", {}],
            ["scene", { domain: { userPoolId: "us-west-2_missing", domain: "x" } }],
        ] as const) {
            assert.equal((await ask("POST", path, body)).status, 400, JSON.stringify([path, body]));
        }
    });
});
