import assert from "node:assert/strict";
import { AwsError } from "../../emulator/index";
import { failureOf } from "../../support/failure";
import { contextWith } from "../../support/operation";
import { DOMAIN, FAILOVER, PREFIX, reconcileScene } from "../../support/reconcileScene";

describe("update", () => {
    const scene = reconcileScene();

    describe("an update", () => {
        for (const omittedSettings of ["reset", "keep"] as const) {
            it(`of the version sends everything else as it was, where AWS would ${omittedSettings} it`, async () => {
                scene.emulator.behaviour.omittedSettings = omittedSettings;
                scene.custom({
                    managedLoginVersion: 1,
                    securityPolicy: "TLS_V1_3_2025",
                    routing: { failover: FAILOVER },
                });
                const before = scene.emulator.domainOf(DOMAIN);
                const { observed, original: seen } = await scene.run({ managedLoginVersion: 2 });
                assert.deepEqual(scene.emulator.domainOf(DOMAIN), {
                    ...before,
                    managedLoginVersion: 2,
                    pending: undefined,
                });
                assert.deepEqual(observed, { ...seen, managedLoginVersion: 2 });
                assert.deepEqual(scene.updates[0]?.input, {
                    Domain: DOMAIN,
                    UserPoolId: scene.userPoolId,
                    ManagedLoginVersion: 2,
                    CustomDomainConfig: { CertificateArn: before?.certificateArn, SecurityPolicy: "TLS_V1_3_2025" },
                    Routing: { Failover: { SecondaryRegion: "us-east-2", PrimaryRoute53HealthCheckId: "health-1" } },
                });
            });
        }

        it("of a prefix domain sends no CustomDomainConfig", async () => {
            for (const prefixCustomDomainConfig of ["empty", "absent"] as const) {
                scene.emulator.domain({ userPoolId: scene.userPoolId, domain: PREFIX });
                scene.emulator.behaviour.prefixCustomDomainConfig = prefixCustomDomainConfig;
                const { observed } = await scene.run({ managedLoginVersion: 2 }, {}, PREFIX);
                assert.deepEqual(observed, { managedLoginVersion: 2 });
                assert.deepEqual(scene.updates.at(-1)?.input, {
                    Domain: PREFIX,
                    UserPoolId: scene.userPoolId,
                    ManagedLoginVersion: 2,
                });
                scene.emulator.removeDomain(PREFIX);
            }
        });

        it("asks ACM once, about the desired certificate, and tells it in the outcome", async () => {
            scene.custom();
            const certificateArn = scene.emulator.certificate({ domainName: "*.example.com" });
            const { certificate, observed } = await scene.run({ certificateArn });
            assert.equal(observed.certificateArn, certificateArn);
            assert.deepEqual(certificate?.names, ["*.example.com"]);
            assert.deepEqual(
                scene.emulator.calls.map(({ operation }) => operation),
                ["DescribeCertificate", "DescribeUserPoolDomain", "UpdateUserPoolDomain", "DescribeUserPoolDomain"],
            );
        });

        it("raises TLS_V1 with managed login, and says so", async () => {
            scene.custom({ securityPolicy: "TLS_V1" });
            await scene.run({ managedLoginVersion: 2 });
            assert.equal(scene.emulator.domainOf(DOMAIN)?.securityPolicy, "TLS_V1_2_2021");
            assert.deepEqual(scene.engine.warnings, [
                `${DOMAIN}: the TLS policy goes from TLS_V1 to TLS_V1_2_2021 as well: managed login needs it`,
            ]);
        });

        it("waits for ACTIVE with the desired values, whatever Describe shows meanwhile", async () => {
            for (const whileUpdating of ["old", "new"] as const) {
                scene.emulator.reset();
                scene.userPoolId = scene.emulator.userPool({ region: "us-west-2" });
                Object.assign(scene.emulator.behaviour, { whileUpdating, settleAfterDescribes: 1 });
                scene.custom();
                const { problem, observed } = await scene.run({ managedLoginVersion: 2 });
                assert.deepEqual([problem, observed.managedLoginVersion], [undefined, 2]);
                assert.equal(scene.emulator.callsTo("DescribeUserPoolDomain").length, 3);
            }
        });

        it("with wait none, looks once and reports UPDATING", async () => {
            scene.emulator.behaviour.settleAfterDescribes = 5;
            scene.custom();
            const { problem, status } = await scene.run({ managedLoginVersion: 2 }, { wait: "none" });
            assert.deepEqual([problem, status], [undefined, "UPDATING"]);
            assert.equal(scene.emulator.callsTo("DescribeUserPoolDomain").length, 2);
        });

        it("believes what AWS accepted and does not report", async () => {
            scene.emulator.behaviour.silentSettings = ["securityPolicy"];
            scene.custom();
            const { problem, observed } = await scene.run({ securityPolicy: "TLS_V1_3_2025" });
            assert.equal(problem, undefined);
            assert.equal(observed.securityPolicy, "TLS_V1_3_2025");
            assert.deepEqual(scene.engine.warnings, [
                `${DOMAIN}: AWS accepted TLS policy TLS_V1_3_2025, but does not report it back; taken as in force`,
            ]);
            const { original } = await scene.run(
                { managedLoginVersion: 2 },
                { lastApplied: { securityPolicy: "TLS_V1_3_2025" } },
            );
            assert.equal(original.securityPolicy, "TLS_V1_3_2025");
            assert.equal(scene.emulator.domainOf(DOMAIN)?.securityPolicy, "TLS_V1_3_2025");
        });

        it("believes no single look that does not report it: that one may be stale", async () => {
            scene.custom();
            scene.emulator.behaviour.silentSettings = ["securityPolicy"];
            const speak = () => {
                scene.emulator.behaviour.silentSettings = [];
            };
            scene.emulator.behaviour.faults = [
                { operation: "DescribeUserPoolDomain", skip: 3, action: { run: speak } },
            ];
            const { observed } = await scene.run({ securityPolicy: "TLS_V1_3_2025" });
            assert.equal(observed.securityPolicy, "TLS_V1_3_2025");
            assert.equal(scene.emulator.callsTo("DescribeUserPoolDomain").length, 4);
            assert.deepEqual(scene.engine.warnings, []);
        });

        it("takes a failover that is not reported for what was accepted", async () => {
            scene.custom();
            scene.emulator.behaviour.silentSettings = ["routing"];
            const { observed, problem } = await scene.run({ failover: FAILOVER });
            assert.deepEqual([observed.failover, problem], [FAILOVER, undefined]);
            assert.match(scene.engine.warnings.join(), /failover .* does not report it back; taken as in force/);
        });

        it("first waits for an update of somebody else's", async () => {
            scene.custom();
            scene.emulator.behaviour.settleAfterDescribes = 1;
            const certificateArn = scene.emulator.domainOf(DOMAIN)?.certificateArn ?? "";
            await contextWith(scene.emulator).aws.updateDomain(scene.address(), {
                certificateArn,
                securityPolicy: "TLS_V1_3_2025",
            });
            scene.emulator.behaviour.settleAfterDescribes = 0;
            const { original, observed } = await scene.run({ managedLoginVersion: 2 });
            assert.equal(original.securityPolicy, "TLS_V1_3_2025");
            assert.deepEqual(observed, { ...original, managedLoginVersion: 2 });
        });

        it("looks again after a collision", async () => {
            scene.custom();
            scene.fault({
                times: 1,
                action: {
                    run: (aws) => {
                        aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025" });
                        throw new AwsError("ConcurrentModificationException", "busy");
                    },
                },
            });
            const { observed } = await scene.run({ managedLoginVersion: 2 });
            assert.deepEqual([observed.managedLoginVersion, observed.securityPolicy], [2, "TLS_V1_3_2025"]);
            assert.equal(scene.emulator.domainOf(DOMAIN)?.securityPolicy, "TLS_V1_3_2025");
        });

        it("tries again for a certificate that was issued just now, not for an old one", async () => {
            scene.custom();
            const certificateArn = scene.emulator.certificate({ domainName: DOMAIN });
            scene.emulator.behaviour.freshCertificateRefusals = 1;
            const { observed } = await scene.run({ certificateArn });
            assert.equal(observed.certificateArn, certificateArn);
            assert.equal(scene.updates.length, 2);
        });

        it("does not try again for one that was issued long ago", async () => {
            scene.custom();
            const certificateArn = scene.emulator.certificate({ domainName: DOMAIN });
            const stored = scene.emulator.state.certificates.get(certificateArn);
            assert.ok(stored);
            stored.createdAt = new Date(Date.now() - 10 * 60_000 - 1);
            scene.emulator.behaviour.freshCertificateRefusals = 1;
            const error = await failureOf(scene.run({ certificateArn }));
            assert.equal(error.name, "AwsCallError");
            assert.match(
                error.message,
                /^auth\.example\.com: nothing was written\. customDomainConfig\.certificateArn: Cog/,
            );
            assert.equal(scene.updates.length, 1);
        });
    });

    describe("where AWS refuses", () => {
        it("says that nothing was written, and keeps code and cause", async () => {
            scene.custom();
            scene.emulator.patchUserPool(scene.userPoolId, { tier: "LITE" });
            const error = await failureOf(scene.run({ managedLoginVersion: 2 }));
            assert.equal(error.name, "AwsCallError");
            assert.equal((error as { code?: string }).code, "FeatureUnavailableInTierException");
            assert.ok(error.cause instanceof Error);
            assert.match(
                error.message,
                /^auth\.example\.com: nothing was written\. managedLoginVersion: .*ESSENTIALS or PLUS/,
            );
        });

        it("gives up on a domain that never comes to rest", async () => {
            scene.custom();
            scene.emulator.patchDomain(DOMAIN, { status: "UPDATING" });
            const error = await failureOf(scene.run({ managedLoginVersion: 2 }, { timeoutSeconds: 1 }));
            assert.equal(error.name, "NotConvergedError");
            assert.equal(
                error.message,
                "auth.example.com: nothing was written within 1 s (waitTimeoutSeconds): the domain has status UPDATING. Run `pulumi up` again.",
            );
            assert.deepEqual(scene.updates, []);
        });

        it("writes nothing where the engine is gone", async () => {
            scene.custom();
            scene.engine.isAlive = false;
            const error = await failureOf(scene.run({ managedLoginVersion: 2 }));
            assert.equal(error.name, "EngineGoneError");
            assert.equal(error.message, "auth.example.com: the Pulumi engine is gone, nothing was written");
            assert.deepEqual(scene.updates, []);
        });
    });
});
