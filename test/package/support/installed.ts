import assert from "node:assert/strict";
import { isToBeHad } from "../../engine/support/runtimes";
import { report } from "../../support/reports";
import { type Consumer, consumer, type Installation } from "./consumer";
import { packed } from "./packed";

const GOOD = `
import * as pulumi from "@pulumi/pulumi";
import {
    type Finding, NotConvergedError, type Severity, UserPoolDomainSettings, type UserPoolDomainSettingsArgs,
    type UserPoolDomainSettingsCustomDomainConfig, type UserPoolDomainSettingsCustomDomainConfigArgs,
    UserPoolDomainSettingsError, type UserPoolDomainSettingsFailoverArgs, type UserPoolDomainSettingsReport,
    type UserPoolDomainSettingsRoutingArgs,
} from "pulumi-cognito-domain-settings";
declare const certificateArn: pulumi.Output<string>;
const config = new pulumi.Config();
const customDomainConfig: UserPoolDomainSettingsCustomDomainConfigArgs = {
    certificateArn,
    securityPolicy: "TLS_V1_3_2025",
};
const failover: UserPoolDomainSettingsFailoverArgs = { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: certificateArn };
const routing: UserPoolDomainSettingsRoutingArgs = { failover };
const args: UserPoolDomainSettingsArgs = {
    userPoolId: pulumi.output("us-west-2_x"),
    domain: "auth.example.com",
    managedLoginVersion: 2,
    customDomainConfig,
    routing,
    region: "us-east-2",
    preflight: "warn",
    acceptFindings: ["branding-missing"],
    minimumCertificateValidityDays: 14,
    wait: "active",
    waitTimeoutSeconds: 60,
    onDrift: "warn",
    onFailure: "rollback",
    onDelete: "restore",
};
const auth = new UserPoolDomainSettings("auth", args, { dependsOn: [] });
new UserPoolDomainSettings("config", {
    userPoolId: config.require("userPoolId"),
    domain: config.require("domain"),
    managedLoginVersion: config.getNumber("version"),
    customDomainConfig: { certificateArn: config.get("arn"), securityPolicy: config.get("policy") },
    onDrift: config.get("onDrift"),
    wait: pulumi.output(config.get("wait")),
});
const id = pulumi.interpolate\`us-west-2_x/auth.example.com\`;
const found = UserPoolDomainSettings.get("existing", id, { aws: { profile: "p" } }, { parent: auth });
export const version: pulumi.Output<number> = found.managedLoginVersion;
export const arn: pulumi.Output<string | undefined> = auth.customDomainConfig.certificateArn;
export const configured: pulumi.Output<UserPoolDomainSettingsCustomDomainConfig | undefined> = auth.customDomainConfig;
export const region: pulumi.Output<string | undefined> = auth.routing.failover.secondaryRegion;
export const refusals = (report: UserPoolDomainSettingsReport) => report.resources.map(({ verdict }) => verdict);
export const outputs: pulumi.Output<string>[] = [
    auth.cloudFrontDomain, auth.cloudFrontHostedZoneId, auth.baseUrl, auth.status, auth.id, auth.urn,
];
export const expiry: pulumi.Output<string | undefined> = auth.certificateExpiry;
export const severityOf = ({ severity }: Finding): Severity => severity;
export const isOurs = (error: unknown): boolean => error instanceof NotConvergedError || error instanceof UserPoolDomainSettingsError;
`;

/** Every line must fail to compile. */
const BAD = [
    'new UserPoolDomainSettings("a", { userPoolId: "p", domain: "d", managedLoginVersion: "2" });',
    'new UserPoolDomainSettings("a", { userPoolId: "p", domain: "d", certificateArn: "arn" });',
    'new UserPoolDomainSettings("a", { userPoolId: "p", domain: "d", customDomainConfig: { securityPolicy: 2 } });',
    'new UserPoolDomainSettings("a", { userPoolId: "p", domain: "d", routing: { failover: { secondaryRegion: "r" } } });',
    'new UserPoolDomainSettings("a", { userPoolId: "p", domain: "d", onDelete: true });',
    'new UserPoolDomainSettings("a", { userPoolId: "p", domain: "d", verify: { clientId: "c" } });',
    'new UserPoolDomainSettings("a", { userPoolId: "p" });',
    'new UserPoolDomainSettings("a");',
    'new UserPoolDomainSettings("a", { userPoolId: "p", domain: "d" }).noSuchOutput;',
];

/** Tests of what an installation gives to programs and their compilers. */
export function testInstallation(installation: Installation): void {
    describe(`the package, installed with ${installation.manager} beside @pulumi/pulumi ${installation.pulumi}`, () => {
        let installed: Consumer;

        before(async function () {
            if (!isToBeHad(installation.runtime)) {
                this.skip();
            }
            installed = await consumer(installation);
        });

        it("compiles against its types, in either kind of module", async () => {
            await installed.write("good.ts", GOOD);
            await installed.write("good.mts", GOOD);
            const { code, text } = await installed.compile({ noEmit: true }, "good.ts", "good.mts");
            assert.deepEqual([code, text], [0, ""]);
        });

        it("does not compile what is wrong, line by line", async () => {
            const lines = ['import { UserPoolDomainSettings } from "pulumi-cognito-domain-settings";', ...BAD];
            await installed.write("bad.ts", lines.join("\n"));
            const { code, text } = await installed.compile({ noEmit: true }, "bad.ts");
            assert.notEqual(code, 0);
            const wrong = new Set([...text.matchAll(/^bad\.ts\((\d+),/gm)].map(([, line]) => Number(line)));
            assert.deepEqual(
                [...wrong].sort((a, b) => a - b),
                BAD.map((_, index) => index + 2),
            );
        });

        it("exports what it says, and nothing behind it; has its command, and the schema of the reports that it reads", async () => {
            await installed.write("report.json", JSON.stringify(report({})));
            const script = `
                const { execFileSync } = require("node:child_process");
                const name = "pulumi-cognito-domain-settings";
                const { provider } = require(name + "/provider");
                const blocked = ["/dist/index.js", "/reconcile", "/dist/provider"].filter((path) => {
                    try { require.resolve(name + path); return false; } catch { return true; }
                });
                const { version } = require(name + "/package.json");
                const { title } = require(name + "/report.schema.json");
                const comment = execFileSync("node_modules/.bin/" + name, ["comment", "report.json", "--outcome", "success"], { encoding: "utf8" });
                console.log(JSON.stringify([
                    Object.keys(require(name)).sort(), typeof provider.check, blocked.length, version, title, comment.split("\\n")[0],
                ]));`;
            const { stdout, text } = await installed.script(["-e", script]);
            const line = stdout.split("\n").find((it) => it.startsWith("["));
            assert.ok(line, text);
            const { version } = await packed();
            assert.deepEqual(JSON.parse(line), [
                [
                    "AwsCallError",
                    "DomainNotFoundError",
                    "EngineGoneError",
                    "InvalidConfigurationError",
                    "InvalidIdError",
                    "NotConvergedError",
                    "PartialUpdateError",
                    "RefusedError",
                    "UserPoolDomainSettings",
                    "UserPoolDomainSettingsError",
                    "WrongAccountError",
                ],
                "function",
                3,
                version,
                "Report of a preview, by pulumi-cognito-domain-settings",
                "### ✅ Ready to deploy: `shop/prod`",
            ]);
        });
    });
}
