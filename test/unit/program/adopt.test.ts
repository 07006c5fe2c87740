import assert from "node:assert/strict";
import * as ts from "typescript";
import { Aws } from "../../../provider/aws/awsCalls";
import { adoptionProgram } from "../../../provider/program/adopt";
import { runCommand } from "../../../provider/program/command";
import type { Emulator } from "../../emulator/index";
import { inEmulatedAws } from "../../support/emulatedAws";

const NOW = new Date("2026-11-29T12:00:00Z");

describe("the program that adopts a domain", () => {
    let aws: Emulator;
    inEmulatedAws((it) => {
        aws = it;
    });
    beforeEach(() => aws.reset());
    const program = (id: string) => adoptionProgram(id, new Aws(), NOW);

    it("has the current values of a custom domain, its certificate's end, and the clients without branding", async () => {
        const userPoolId = aws.userPool({ region: "us-west-2", replicas: [{ region: "us-east-2" }] });
        const notAfter = new Date("2027-03-01T00:00:00Z");
        const certificateArn = aws.certificate({ domainName: "auth.example.com", notAfter });
        const failover = { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: "hc-1" };
        aws.domain({
            userPoolId,
            domain: "auth.example.com",
            certificateArn,
            securityPolicy: "TLS_V1",
            routing: { failover },
        });
        aws.client({ userPoolId, name: "web\u2028shop", allowedOAuthFlows: ["code"] });
        const text = await program(`${userPoolId}/auth.example.com`);
        assert.equal(
            text,
            `import { UserPoolDomainSettings } from "pulumi-cognito-domain-settings";

// auth.example.com as AWS has it on 2026-11-29: with these values, \`pulumi up\` changes nothing in AWS.
// The certificate expires on 2027-03-01.
// Before managedLoginVersion 2, create a managed login branding style for the app clients: web shop.
const auth = new UserPoolDomainSettings("auth", {
    userPoolId: "${userPoolId}",
    domain: "auth.example.com",
    managedLoginVersion: 1,
    customDomainConfig: {
        certificateArn: "${certificateArn}",
        securityPolicy: "TLS_V1"
    },
    routing: {
        failover: {
            secondaryRegion: "us-east-2",
            primaryRoute53HealthCheckId: "hc-1"
        }
    }
});

export const cloudFrontDomain = auth.cloudFrontDomain; // for the domain's alias record
`,
        );
        const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
        assert.deepEqual(diagnostics, []);
        assert.deepEqual(aws.callsTo("UpdateUserPoolDomain"), []);
    });

    it("names the feature plan that managed login needs, for a prefix domain", async () => {
        const userPoolId = aws.userPool({ region: "us-west-2", tier: "LITE" });
        aws.domain({ userPoolId, domain: "my-shop", managedLoginVersion: 1 });
        const text = await program(`${userPoolId}/my-shop`);
        assert.match(
            text,
            /^\/\/ managedLoginVersion 2 needs the feature plan ESSENTIALS or PLUS; us-west-2_\w+ has LITE\.$/m,
        );
        assert.match(
            text,
            /domain: "my-shop",\n {4}managedLoginVersion: 1\n}\);\n\nexport const signInUrl = auth\.baseUrl;\n$/,
        );
    });

    it("says that the values may still change, while an update is under way", async () => {
        const userPoolId = aws.userPool({ region: "us-west-2" });
        aws.domain({ userPoolId, domain: "my-shop", status: "UPDATING" });
        const text = await program(`${userPoolId}/my-shop`);
        assert.match(text, /^\/\/ It has status UPDATING: these values may still change\.$/m);
    });

    it("is refused, with what to do, for a domain that is not there and for an id of another form", async () => {
        const userPoolId = aws.userPool({ region: "us-west-2" });
        await assert.rejects(program(`${userPoolId}/auth.example.com`), {
            message: /has no domain auth\.example\.com.*\[domain-not-found\]/,
        });
        await assert.rejects(program("auth.example.com"), { message: /write <userPoolId>\/<domain>/ });
    });

    it("is what the command prints; what it cannot print fails with a message", async () => {
        const userPoolId = aws.userPool({ region: "us-west-2" });
        aws.domain({ userPoolId, domain: "my-shop" });
        const printed = await runCommand(["adopt", `${userPoolId}/my-shop`], async () => new Aws());
        assert.deepEqual([printed.code, printed.stderr], [0, ""]);
        assert.match(printed.stdout, /new UserPoolDomainSettings\("auth", \{/);
        const other = await runCommand(["adopt", `${userPoolId}/other`], async () => new Aws());
        assert.deepEqual([other.code, other.stdout], [1, ""]);
        assert.match(other.stderr, /has no domain other/);
    });
});
