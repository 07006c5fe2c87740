import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/awsCalls";
import type { AwsCallError, RefusedError } from "../../../provider/model/errors";
import { AwsError, type DomainSettings } from "../../emulator";
import { failureOf } from "../../support/failure";
import { DOMAIN, FAILOVER, PREFIX, reconcileScene } from "../../support/reconcileScene";

const THEIRS: DomainSettings = { securityPolicy: "TLS_V1_3_2025" };

describe("send", () => {
    const scene = reconcileScene();

    describe("sends", () => {
        for (const omittedSettings of ["reset", "keep"] as const) {
            it(`every setting, in one request, if AWS would ${omittedSettings} what is left out`, async () => {
                scene.emulator.behaviour.omittedSettings = omittedSettings;
                scene.custom({ securityPolicy: "TLS_V1_3_2025", routing: { failover: FAILOVER } });
                const before = scene.emulator.domainOf(DOMAIN);
                const { settings, plan } = await scene.run({ managedLoginVersion: 2 });
                const after = { ...before, managedLoginVersion: 2, pending: undefined };
                assert.deepEqual(scene.emulator.domainOf(DOMAIN), after);
                assert.deepEqual(settings, { ...plan.before, managedLoginVersion: 2 });
                assert.deepEqual(scene.updates[0]?.input, {
                    Domain: DOMAIN,
                    UserPoolId: scene.userPoolId,
                    ManagedLoginVersion: 2,
                    CustomDomainConfig: { CertificateArn: before?.certificateArn, SecurityPolicy: "TLS_V1_3_2025" },
                    Routing: { Failover: { SecondaryRegion: "us-east-2", PrimaryRoute53HealthCheckId: "health-1" } },
                });
            });
        }

        for (const prefixCustomDomainConfig of ["empty", "absent"] as const) {
            it(`no CustomDomainConfig for a prefix domain that describes it as ${prefixCustomDomainConfig}`, async () => {
                scene.emulator.behaviour.prefixCustomDomainConfig = prefixCustomDomainConfig;
                scene.emulator.domain({ userPoolId: scene.userPoolId, domain: PREFIX });
                await scene.run({ managedLoginVersion: 2 }, {}, { domain: PREFIX });
                const names = { Domain: PREFIX, UserPoolId: scene.userPoolId };
                assert.deepEqual(scene.updates.at(-1)?.input, { ...names, ManagedLoginVersion: 2 });
            });
        }

        it("a policy that DescribeUserPoolDomain does not report as it was sent last", async () => {
            scene.custom({ securityPolicy: "TLS_V1_3_2025" });
            scene.emulator.behaviour.silentSettings = ["securityPolicy"];
            const record = { before: {}, desired: { securityPolicy: "TLS_V1_3_2025" } };
            await scene.run({ managedLoginVersion: 2, securityPolicy: "TLS_V1_3_2025" }, { record });
            assert.deepEqual(scene.settings().securityPolicy, "TLS_V1_3_2025");
        });

        it("nothing if AWS has everything, after one read", async () => {
            scene.custom({ managedLoginVersion: 2 });
            const { plan, status, problem } = await scene.run({ managedLoginVersion: 2 });
            assert.deepEqual([plan.isSent, status, problem], [false, "ACTIVE", undefined]);
            assert.deepEqual(scene.updates, []);
            assert.deepEqual(scene.engine.infos, []);
        });

        it("the settings of a FAILED domain again, unless the program names none", async () => {
            scene.custom({ managedLoginVersion: 2, status: "FAILED" } as DomainSettings);
            assert.equal((await scene.run({})).status, "FAILED");
            assert.equal((await scene.run({ managedLoginVersion: 2 })).status, "ACTIVE");
            assert.equal(scene.updates.length, 1);
            assert.match(
                scene.engine.infos.join(),
                /^auth\.example\.com: sent again: managed login 2; active after \d s$/,
            );
        });
    });

    describe("reads last", () => {
        it("the certificate before the domain, and nothing between the domain and the request", async () => {
            scene.custom();
            const { certificate } = await scene.run({ certificateArn: scene.certificate() });
            assert.deepEqual(certificate?.names, [DOMAIN]);
            assert.deepEqual(scene.operations, [
                "DescribeCertificate",
                "DescribeUserPoolDomain",
                "UpdateUserPoolDomain",
                "DescribeUserPoolDomain",
            ]);
        });

        it("the domain once more, after questions about the pool", async () => {
            scene.custom();
            await scene.run({ managedLoginVersion: 2 });
            const at = scene.operations.indexOf("UpdateUserPoolDomain");
            assert.deepEqual(scene.operations.slice(at - 1, at), ["DescribeUserPoolDomain"]);
            assert.equal(scene.operations[0], "DescribeUserPoolDomain");
            assert.ok(scene.operations.slice(1, at - 1).includes("DescribeUserPool"));
        });

        it("after its turn under the rate limit", async () => {
            scene.custom();
            class Queue extends Aws {
                override async acquireUpdate(of: ReturnType<typeof scene.address>): Promise<void> {
                    await super.acquireUpdate(of);
                    scene.emulator.patchDomain(DOMAIN, THEIRS);
                }
            }
            await scene.run({ managedLoginVersion: 2 }, {}, { aws: new Queue() });
            assert.equal(scene.settings().securityPolicy, THEIRS.securityPolicy);
            assert.equal(scene.settings().managedLoginVersion, 2);
        });

        it("after another update has ended", async () => {
            scene.custom();
            scene.emulator.behaviour.settleAfterDescribes = 1;
            const { certificateArn } = scene.settings();
            await scene.context().aws.updateDomain(scene.address(), { certificateArn, ...THEIRS });
            scene.emulator.behaviour.settleAfterDescribes = 0;
            const { settings } = await scene.run({ managedLoginVersion: 2 });
            assert.deepEqual([settings.managedLoginVersion, settings.securityPolicy], [2, "TLS_V1_3_2025"]);
        });

        for (const error of ["TooManyRequestsException", "ConcurrentModificationException"]) {
            it(`after ${error}, and plans again`, async () => {
                scene.custom();
                scene.fault({
                    times: 1,
                    action: {
                        run: (aws) => {
                            aws.patchDomain(DOMAIN, THEIRS);
                            throw new AwsError(error, "busy");
                        },
                    },
                });
                const { problem, plan } = await scene.run({ managedLoginVersion: 2 });
                assert.deepEqual([problem, plan.before.securityPolicy], [undefined, "TLS_V1_3_2025"]);
                assert.equal(scene.updates.length, 2);
                assert.equal(scene.settings().securityPolicy, "TLS_V1_3_2025");
            });
        }
    });

    describe("tries again", () => {
        for (const age of ["just now", "long ago"]) {
            it(`${age === "just now" ? "for" : "not for"} a certificate that was issued ${age}`, async () => {
                scene.custom();
                const certificateArn = scene.certificate();
                const stored = scene.emulator.state.certificates.get(certificateArn);
                assert.ok(stored);
                stored.createdAt = new Date(Date.now() - (age === "just now" ? 0 : 10 * 60_000 + 1));
                scene.emulator.behaviour.freshCertificateRefusals = 1;
                const error = await scene.run({ certificateArn }).catch((it: Error) => it);
                assert.equal(scene.updates.length, age === "just now" ? 2 : 1);
                if (age === "long ago") {
                    assert.ok(error instanceof Error);
                    assert.match(
                        error.message,
                        /: nothing was written\. customDomainConfig\.certificateArn: Cognito refuses/,
                    );
                }
            });
        }

        it("to read a certificate that ACM does not find at first", async () => {
            scene.custom();
            const certificateArn = scene.certificate();
            const certificate = scene.emulator.state.certificates.get(certificateArn);
            assert.ok(certificate);
            scene.emulator.state.certificates.delete(certificateArn);
            const appear = () => {
                scene.emulator.state.certificates.set(certificateArn, certificate);
            };
            scene.fault({ operation: "DescribeCertificate", skip: 1, action: { run: appear } });
            assert.equal((await scene.run({ certificateArn })).settings.certificateArn, certificateArn);
            scene.emulator.behaviour.faults = [];
            const missing = `${certificateArn.slice(0, -4)}0000`;
            const error = await failureOf<RefusedError>(scene.run({ certificateArn: missing }));
            assert.deepEqual(
                error.findings.map(({ code }) => code),
                ["certificate-not-found"],
            );
        });

        it("twenty times at most", async () => {
            scene.custom();
            scene.fault({ action: { exception: "LimitExceededException", message: "no" } });
            const error = await failureOf(scene.run({ managedLoginVersion: 2 }));
            assert.match(error.message, /^auth\.example\.com: nothing was written\. AWS throttled cognito-idp:Upd/);
            assert.equal(scene.updates.length, 20);
        });
    });

    describe("writes nothing", () => {
        it("if the plan is refused, and lists every finding", async () => {
            scene.custom();
            const certificateArn = scene.emulator.certificate({ domainName: "other.example.com", status: "EXPIRED" });
            const error = await failureOf<RefusedError>(scene.run({ certificateArn }));
            assert.equal(error.name, "RefusedError");
            const [first, ...lines] = error.message.split("\n");
            assert.equal(first, "auth.example.com: the update was refused; nothing was written.");
            assert.deepEqual(
                lines.map((line) => /\[(.*)\]$/.exec(line)?.[1]),
                error.findings.map(({ code }) => code),
            );
            assert.ok(lines.length >= 2);
            assert.deepEqual(scene.updates, []);
        });

        it("if AWS refuses it, and keeps code and cause", async () => {
            scene.custom();
            scene.fault({ action: { exception: "InvalidParameterException", message: "not like this" } });
            const error = await failureOf<AwsCallError>(scene.run({ managedLoginVersion: 2 }));
            assert.equal(error.code, "InvalidParameterException");
            assert.ok(error.cause instanceof Error);
            assert.match(error.message, /^auth\.example\.com: nothing was written\. .*not like this/);
            assert.equal(scene.updates.length, 1);
        });

        it("to a domain that stays UPDATING", async () => {
            scene.custom();
            scene.emulator.patchDomain(DOMAIN, { status: "UPDATING" });
            const error = await failureOf(scene.run({ managedLoginVersion: 2 }, { waitTimeoutSeconds: 1 }));
            assert.equal(
                error.message,
                "auth.example.com: nothing was written within 1 s (waitTimeoutSeconds): the domain has status UPDATING. Run the same command again.",
            );
            assert.deepEqual(scene.updates, []);
        });

        it("once the engine has exited, before the first request or between two", async () => {
            scene.custom();
            scene.fault({
                action: {
                    run: () => {
                        scene.engine.isAlive = false;
                        throw new AwsError("TooManyRequestsException", "Rate exceeded");
                    },
                },
            });
            for (const requests of [1, 1]) {
                const error = await failureOf(scene.run({ managedLoginVersion: 2 }));
                assert.equal(error.name, "EngineGoneError");
                assert.equal(error.message, "auth.example.com: the Pulumi engine has exited; nothing was written");
                assert.equal(scene.updates.length, requests);
            }
        });

        it("once the engine has exited during the last read", async () => {
            scene.custom({ securityPolicy: "TLS_V1_2_2021" });
            scene.atRead(1, () => {
                scene.engine.isAlive = false;
            });
            const error = await failureOf(scene.run({ securityPolicy: "TLS_V1_3_2025" }));
            assert.equal(error.name, "EngineGoneError");
            assert.deepEqual(scene.updates, []);
        });
    });

    it("logs each warning once, however many attempts there are", async () => {
        scene.custom();
        scene.fault({ times: 3, action: { exception: "TooManyRequestsException", message: "busy" } });
        const certificateArn = scene.emulator.certificate({ domainName: DOMAIN, type: "PRIVATE" });
        await scene.run({ certificateArn });
        const logged = scene.engine.warnings.filter((text) => text.includes("[certificate-private]"));
        assert.equal(logged.length, 1);
        assert.match(logged[0] ?? "", /^auth\.example\.com: customDomainConfig\.certificateArn: /);
    });
});
