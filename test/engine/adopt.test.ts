import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, assertTidy, callsOf, stackDiagnosticsOf, timesSaid, updates } from "./support/expect";
import { succeeded } from "./support/project";
import { FAILOVER, READINGS_OF_AWS, type Stage, stages } from "./support/stage";

for (const { name, behaviour } of READINGS_OF_AWS) {
    describe(`a program with many domains, ${name}`, () => {
        const open = stages();
        let stage: Stage;
        let up: Run;

        before(async () => {
            stage = await open({ ...behaviour, silentSettings: ["securityPolicy"] });
            const { aws, project, domain } = stage;
            const certificateArn = aws.certificate({ domainName: "*.example.com" });
            domain({ certificateArn, version: 2, securityPolicy: "TLS_V1_2_2021" }, "desired.example.com");
            domain({ certificateArn }, "unset.example.com");
            domain({ certificateArn, routing: { failover: FAILOVER } }, "routed.example.com");
            domain({ certificateArn, routing: { failover: FAILOVER } }, "nothing.example.com");
            domain({ certificateArn }, "silent.example.com");
            const { userPoolId } = stage;
            await project.declare(
                {
                    name: "desired",
                    args: {
                        userPoolId,
                        domain: "desired.example.com",
                        managedLoginVersion: 2,
                        customDomainConfig: { certificateArn },
                    },
                },
                { name: "unset", args: { userPoolId, domain: "unset.example.com", managedLoginVersion: 1 } },
                { name: "routed", args: { userPoolId, domain: "routed.example.com", routing: { failover: FAILOVER } } },
                { name: "nothing", args: { userPoolId, domain: "nothing.example.com" } },
                {
                    name: "silent",
                    args: {
                        userPoolId,
                        domain: "silent.example.com",
                        customDomainConfig: { securityPolicy: "TLS_V1_3_2025" },
                    },
                },
            );
            up = succeeded(await project.up());
        });

        it("writes nothing where AWS already is as desired", () => {
            assertTidy(up);
            for (const adopted of ["desired", "unset", "routed", "nothing"]) {
                assert.deepEqual(updates(stage.aws, `${adopted}.example.com`), []);
            }
        });

        it("has the settings in force and the facts as outputs, also of what it does not manage", async () => {
            const { desired, nothing } = await stage.project.outputs();
            const certificateArn = stage.aws.domainOf("desired.example.com")?.certificateArn;
            assert.equal(desired?.managedLoginVersion, 2);
            assert.deepEqual(desired?.customDomainConfig, { certificateArn });
            assert.deepEqual(nothing?.routing, { failover: FAILOVER });
            assert.equal(desired?.status, "ACTIVE");
            assert.equal(desired?.baseUrl, "https://desired.example.com");
            assert.match(String(desired?.cloudFrontDomain), /^[a-z0-9]+\.cloudfront\.net$/);
            assert.equal(desired?.cloudFrontHostedZoneId, "Z2FDTNDATAQYW2");
            assert.match(String(desired?.certificateExpiry), /^\d{4}-\d\d-\d\dT/);
        });

        it("believes AWS about a value that Describe never reports, says so once, and does not write it again", async () => {
            assert.equal(updates(stage.aws, "silent.example.com").length, 1);
            assertSays(
                up,
                /silent\.example\.com: AWS accepted TLS policy TLS_V1_3_2025, but DescribeUserPoolDomain does not return it/,
            );
            assert.equal(timesSaid(stackDiagnosticsOf(up), "does not return it"), 1);
            assert.deepEqual((await stage.project.outputs()).silent?.customDomainConfig, {
                certificateArn: stage.aws.domainOf("silent.example.com")?.certificateArn,
                securityPolicy: "TLS_V1_3_2025",
            });

            const again = await callsOf(stage.aws, async () => succeeded(await stage.project.up()));
            assert.ok(!again.includes("UpdateUserPoolDomain"));
            // A refresh reads no policy: that is no drift.
            succeeded(await stage.project.refresh("--expect-no-changes"));
        });
    });
}
