import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../emulator";
import { killAll } from "../engine/support/cli";
import { Consumer, type Installer, type Program } from "./support/consumer";
import { type Packed, pack, temporaryFolder } from "./support/packed";

const DOMAIN = "auth.example.com";

const args = (userPoolId: string) =>
    `{ userPoolId: ${JSON.stringify(userPoolId)}, domain: "${DOMAIN}", managedLoginVersion: 2, onDelete: "restore" }`;

/** The same program in each kind of module; the TypeScript one in the words of the compiler that Pulumi brings along: 3.8. */
const programs = (userPoolId: string): Program[] => [
    {
        main: "index.js",
        source: `
            const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");
            exports.cloudFrontDomain = new UserPoolDomainSettings("auth", ${args(userPoolId)}).cloudFrontDomain;`,
    },
    {
        main: "program.mjs",
        source: `
            import { UserPoolDomainSettings } from "pulumi-cognito-domain-settings";
            export const cloudFrontDomain = new UserPoolDomainSettings("auth", ${args(userPoolId)}).cloudFrontDomain;`,
    },
    {
        main: "program.ts",
        source: `
            import { UserPoolDomainSettings, UserPoolDomainSettingsArgs } from "pulumi-cognito-domain-settings";
            const args: UserPoolDomainSettingsArgs = ${args(userPoolId)};
            export const cloudFrontDomain = new UserPoolDomainSettings("auth", args).cloudFrontDomain;`,
    },
];

const GOOD = `
import * as pulumi from "@pulumi/pulumi";
import {
    type CustomDomainConfig, type Failover, type Routing, UserPoolDomainSettings, type UserPoolDomainSettingsArgs,
} from "pulumi-cognito-domain-settings";
declare const certificateArn: pulumi.Output<string>;
const customDomainConfig: CustomDomainConfig = { certificateArn, securityPolicy: "TLS_V1_3_2025" };
const failover: Failover = { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: certificateArn };
const routing: Routing = { failover };
const args: UserPoolDomainSettingsArgs = {
    userPoolId: pulumi.output("us-west-2_x"),
    domain: "auth.example.com",
    managedLoginVersion: 2,
    customDomainConfig,
    routing,
    region: "us-east-2",
    preflight: "warn",
    minimumCertificateValidityDays: 14,
    wait: "active",
    waitTimeoutSeconds: 60,
    onDelete: "restore",
};
const auth = new UserPoolDomainSettings("auth", args, { dependsOn: [] });
const found = UserPoolDomainSettings.get("existing", pulumi.interpolate\`us-west-2_x/auth.example.com\`);
export const version: pulumi.Output<1 | 2> = found.managedLoginVersion;
export const outputs: pulumi.Output<string>[] = [
    auth.cloudFrontDomain, auth.cloudFrontHostedZoneId, auth.baseUrl, auth.status, auth.id, auth.urn,
];
export const expiry: pulumi.Output<string | undefined> = auth.certificateExpiry;
`;

/** Every line of it has to be refused. */
const BAD = [
    'new UserPoolDomainSettings("a", { userPoolId: "p", domain: "d", managedLoginVersion: 3 });',
    'new UserPoolDomainSettings("a", { userPoolId: "p", domain: "d", managedLoginVersion: "2" });',
    'new UserPoolDomainSettings("a", { userPoolId: "p", domain: "d", certificateArn: "arn" });',
    'new UserPoolDomainSettings("a", { userPoolId: "p", domain: "d", customDomainConfig: { securityPolicy: "TLS_V2" } });',
    'new UserPoolDomainSettings("a", { userPoolId: "p", domain: "d", routing: { failover: { secondaryRegion: "r" } } });',
    'new UserPoolDomainSettings("a", { userPoolId: "p", domain: "d", onDelete: "delete" });',
    'new UserPoolDomainSettings("a", { userPoolId: "p" });',
    'new UserPoolDomainSettings("a");',
    'new UserPoolDomainSettings("a", { userPoolId: "p", domain: "d" }).noSuchOutput;',
];

describe("the package, installed", () => {
    let folder: string;
    let packed: Packed;

    before(async () => {
        folder = await temporaryFolder();
        packed = await pack(folder);
    });
    after(async () => {
        killAll();
        await rm(folder, { recursive: true, force: true });
    });

    for (const installer of ["npm", "pnpm"] satisfies Installer[]) {
        describe(`with ${installer}`, () => {
            let consumer: Consumer;
            let aws: Emulator;
            let userPoolId: string;

            before(async () => {
                consumer = new Consumer(join(folder, installer));
                await consumer.install(installer, packed);
                aws = await startEmulator({ behaviour: { settleAfterDescribes: 1 } });
            });
            after(() => aws?.close());

            beforeEach(() => {
                aws.reset();
                userPoolId = aws.userPool({ region: "us-west-2" });
                aws.domain({ userPoolId, domain: DOMAIN, managedLoginVersion: 1, securityPolicy: "TLS_V1_2_2021" });
            });

            for (const [index, kind] of ["CommonJS", "ESM", "TypeScript"].entries()) {
                it(`runs preview, up, refresh and destroy of a program in ${kind}`, async () => {
                    const program = programs(userPoolId)[index];
                    assert.ok(program);
                    const pulumi = await consumer.project(program, aws);
                    await pulumi("preview");
                    assert.deepEqual(aws.callsTo("UpdateUserPoolDomain"), []);

                    await pulumi("up", "--yes", "--skip-preview");
                    assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);

                    aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025" });
                    await pulumi("refresh", "--yes", "--skip-preview");
                    const { stdout: state } = await pulumi("stack", "export");
                    assert.match(state, /"securityPolicy": "TLS_V1_3_2025"/);
                    assert.match(state, /"cloudFrontDomain": "\w+\.cloudfront\.net"/);
                    assert.doesNotMatch(state, /dist\//);
                    assert.ok(!state.includes(folder));

                    await pulumi("destroy", "--yes", "--skip-preview");
                    assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
                });
            }

            it("compiles against its types, in either kind of module", async () => {
                await consumer.write("good.ts", GOOD);
                await consumer.write("good.mts", GOOD);
                const { code, text } = await consumer.compile("good.ts", "good.mts");
                assert.deepEqual([code, text], [0, ""]);
            });

            it("does not compile what is wrong, line by line", async () => {
                const lines = ['import { UserPoolDomainSettings } from "pulumi-cognito-domain-settings";', ...BAD];
                await consumer.write("bad.ts", lines.join("\n"));
                const { code, text } = await consumer.compile("bad.ts");
                assert.notEqual(code, 0);
                const wrong = new Set([...text.matchAll(/^bad\.ts\((\d+),/gm)].map(([, line]) => Number(line)));
                assert.deepEqual(
                    [...wrong].sort((a, b) => a - b),
                    BAD.map((_, index) => index + 2),
                );
            });

            it("exports what it says, and nothing behind it", async () => {
                const script = `
                    const name = "pulumi-cognito-domain-settings";
                    const { provider } = require(name + "/provider");
                    const blocked = ["/dist/index.js", "/reconcile", "/dist/provider"].filter((path) => {
                        try { require.resolve(name + path); return false; } catch { return true; }
                    });
                    const { version } = require(name + "/package.json");
                    console.log(JSON.stringify([
                        Object.keys(require(name)), typeof provider.check, blocked.length, version,
                    ]));`;
                const { stdout, text } = await consumer.node("-e", script);
                const line = stdout.split("\n").find((it) => it.startsWith("["));
                assert.ok(line, text);
                assert.deepEqual(JSON.parse(line), [["UserPoolDomainSettings"], "function", 3, packed.version]);
            });
        });
    }
});
