import assert from "node:assert/strict";
import * as ts from "typescript";
import { Aws } from "../../../provider/aws/awsCalls";
import { runCommand } from "../../../provider/program/command";
import type { Emulator } from "../../emulator/index";
import { inEmulatedAws } from "../../support/emulatedAws";

describe("the program that adopts a domain", () => {
    let aws: Emulator;
    let userPoolId: string;
    inEmulatedAws((it) => {
        aws = it;
    });
    beforeEach(() => {
        aws.reset();
        userPoolId = aws.userPool({ region: "us-west-2", replicas: [{ region: "us-east-2" }] });
    });
    const adopt = (id: string) => runCommand(["adopt", id], async () => new Aws());

    it("has the current values of a custom domain, its certificate's end, and the clients without branding", async () => {
        const domain = "auth.example.com";
        const certificateArn = aws.certificate({ domainName: domain, notAfter: new Date("2037-03-01T00:00:00Z") });
        aws.client({ userPoolId, name: "web\u2028shop" });
        const failover = { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: "hc-1" };
        aws.domain({ userPoolId, domain, certificateArn, securityPolicy: "TLS_V1", routing: { failover } });
        const { stdout, ...rest } = await adopt(`${userPoolId}/${domain}`);
        assert.equal(
            stdout.replace(/(?<=as AWS has it on )[\d-]+/, "2026-11-29"),
            `import { UserPoolDomainSettings } from "pulumi-cognito-domain-settings";

// auth.example.com as AWS has it on 2026-11-29: with these values, \`pulumi up\` changes nothing in AWS.
// The certificate expires on 2037-03-01.
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
        assert.deepEqual(rest, { code: 0, stderr: "" });
        assert.deepEqual(ts.transpileModule(stdout, { reportDiagnostics: true }).diagnostics, []);
        assert.deepEqual(aws.callsTo("UpdateUserPoolDomain"), []);
    });

    it("of a prefix domain names the plan that managed login needs, and says that values may still change", async () => {
        userPoolId = aws.userPool({ region: "us-west-2", tier: "LITE" });
        aws.domain({ userPoolId, domain: "my-shop", status: "UPDATING" });
        const { stdout } = await adopt(`${userPoolId}/my-shop`);
        assert.match(stdout, /\n\/\/ It has status UPDATING: these values may still change\.\n/);
        assert.match(
            stdout,
            /\/\/ managedLoginVersion 2 needs the feature plan ESSENTIALS or PLUS; us-west-2_\w+ has LITE\.\n/,
        );
        assert.match(stdout, / managedLoginVersion: 1\n}\);\n\nexport const signInUrl = auth\.baseUrl;\n$/);
    });

    it("is not printed for a domain that is not there, nor for an id of another form", async () => {
        const absent = await adopt(`${userPoolId}/other`);
        assert.deepEqual([absent.code, absent.stdout], [2, ""]);
        assert.match(absent.stderr, / has no domain other in us-west-2, in account \d+ \[domain-not-found\]\n$/);
        assert.match((await adopt("my-shop")).stderr, /write <userPoolId>\/<domain>/);
    });
});
