import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/aws";
import { AwsCallError } from "../../../provider/model/errors";
import { reconcile } from "../../../provider/reconcile/reconcile";
import { AwsError, type DomainSettings, type Emulator, type Fault } from "../../emulator/index";
import { inEmulatedAws } from "../../support/emulatedAws";
import { failureOf } from "../../support/failure";
import { contextWith, operationFor, type RecordingEngine, recordingEngine } from "../../support/operation";

const DOMAIN = "auth.example.com";
const PREFIX = "my-prefix";
const FAILOVER = { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: "health-1" };
const DAY = 86_400_000;

describe("reconcile", () => {
    let emulator: Emulator;
    let engine: RecordingEngine;
    let userPoolId: string;

    inEmulatedAws(
        (it) => {
            emulator = it;
        },
        { settleAfterDescribes: 0 },
    );
    beforeEach(() => {
        emulator.reset();
        engine = recordingEngine();
        userPoolId = emulator.userPool({ region: "us-west-2", replicas: [{ region: "us-east-2" }] });
    });

    const address = (domain = DOMAIN) => ({ userPoolId, domain, region: "us-west-2" });
    const custom = (settings: DomainSettings = {}) =>
        emulator.domain({ userPoolId, domain: DOMAIN, securityPolicy: "TLS_V1_2_2021", ...settings });
    const run = (
        desired: Parameters<typeof operationFor>[1],
        rest: Parameters<typeof operationFor>[2] = {},
        domain = DOMAIN,
    ) => reconcile(operationFor(address(domain), desired, rest), contextWith(emulator, engine));
    const updates = () => emulator.callsTo("UpdateUserPoolDomain");
    const fault = (rest: Partial<Fault> & Pick<Fault, "action">) => {
        emulator.behaviour.faults = [{ operation: "UpdateUserPoolDomain", ...rest }];
    };

    describe("where there is nothing to do", () => {
        it("writes nothing, and asks once", async () => {
            custom({ managedLoginVersion: 2 });
            const outcome = await run({ managedLoginVersion: 2 });
            assert.deepEqual(updates(), []);
            assert.equal(emulator.calls.length, 1);
            assert.equal(outcome.problem, undefined);
            assert.equal(outcome.status, "ACTIVE");
            assert.deepEqual(outcome.observed, outcome.original);
            assert.equal(outcome.observed.managedLoginVersion, 2);
        });

        it("writes nothing for nothing desired, of a FAILED domain too", async () => {
            custom();
            emulator.patchDomain(DOMAIN, { status: "FAILED" });
            const { status } = await run({});
            assert.deepEqual([status, updates().length], ["FAILED", 0]);
        });

        it("sends a FAILED domain its settings again", async () => {
            custom({ managedLoginVersion: 2 });
            emulator.patchDomain(DOMAIN, { status: "FAILED" });
            const { status } = await run({ managedLoginVersion: 2 });
            assert.deepEqual([status, updates().length], ["ACTIVE", 1]);
            assert.match(engine.warnings.join(), /has status FAILED\. The update sends the settings again/);
        });
    });

    describe("an update", () => {
        for (const omittedSettings of ["reset", "keep"] as const) {
            it(`of the version sends everything else as it was, where AWS would ${omittedSettings} it`, async () => {
                emulator.behaviour.omittedSettings = omittedSettings;
                custom({ managedLoginVersion: 1, securityPolicy: "TLS_V1_3_2025", routing: { failover: FAILOVER } });
                const before = emulator.domainOf(DOMAIN);
                const { observed, original: seen } = await run({ managedLoginVersion: 2 });
                assert.deepEqual(emulator.domainOf(DOMAIN), { ...before, managedLoginVersion: 2, pending: undefined });
                assert.deepEqual(observed, { ...seen, managedLoginVersion: 2 });
                assert.deepEqual(updates()[0]?.input, {
                    Domain: DOMAIN,
                    UserPoolId: userPoolId,
                    ManagedLoginVersion: 2,
                    CustomDomainConfig: { CertificateArn: before?.certificateArn, SecurityPolicy: "TLS_V1_3_2025" },
                    Routing: { Failover: { SecondaryRegion: "us-east-2", PrimaryRoute53HealthCheckId: "health-1" } },
                });
            });
        }

        it("of a prefix domain sends no CustomDomainConfig", async () => {
            for (const prefixCustomDomainConfig of ["empty", "absent"] as const) {
                emulator.domain({ userPoolId, domain: PREFIX });
                emulator.behaviour.prefixCustomDomainConfig = prefixCustomDomainConfig;
                const { observed } = await run({ managedLoginVersion: 2 }, {}, PREFIX);
                assert.deepEqual(observed, { managedLoginVersion: 2 });
                assert.deepEqual(updates().at(-1)?.input, {
                    Domain: PREFIX,
                    UserPoolId: userPoolId,
                    ManagedLoginVersion: 2,
                });
                emulator.removeDomain(PREFIX);
            }
        });

        it("asks ACM once, about the desired certificate, and tells it in the outcome", async () => {
            custom();
            const certificateArn = emulator.certificate({ domainName: "*.example.com" });
            const { certificate, observed } = await run({ certificateArn });
            assert.equal(observed.certificateArn, certificateArn);
            assert.deepEqual(certificate?.names, ["*.example.com"]);
            assert.deepEqual(
                emulator.calls.map(({ operation }) => operation),
                ["DescribeCertificate", "DescribeUserPoolDomain", "UpdateUserPoolDomain", "DescribeUserPoolDomain"],
            );
        });

        it("raises TLS_V1 with managed login, and says so", async () => {
            custom({ securityPolicy: "TLS_V1" });
            await run({ managedLoginVersion: 2 });
            assert.equal(emulator.domainOf(DOMAIN)?.securityPolicy, "TLS_V1_2_2021");
            assert.deepEqual(engine.warnings, [
                `${DOMAIN}: the TLS policy goes from TLS_V1 to TLS_V1_2_2021 as well: managed login needs it`,
            ]);
        });

        it("waits for ACTIVE with the desired values, whatever Describe shows meanwhile", async () => {
            for (const whileUpdating of ["old", "new"] as const) {
                emulator.reset();
                userPoolId = emulator.userPool({ region: "us-west-2" });
                Object.assign(emulator.behaviour, { whileUpdating, settleAfterDescribes: 1 });
                custom();
                const { problem, observed } = await run({ managedLoginVersion: 2 });
                assert.deepEqual([problem, observed.managedLoginVersion], [undefined, 2]);
                assert.equal(emulator.callsTo("DescribeUserPoolDomain").length, 3);
            }
        });

        it("with wait none, looks once and reports UPDATING", async () => {
            emulator.behaviour.settleAfterDescribes = 5;
            custom();
            const { problem, status } = await run({ managedLoginVersion: 2 }, { wait: "none" });
            assert.deepEqual([problem, status], [undefined, "UPDATING"]);
            assert.equal(emulator.callsTo("DescribeUserPoolDomain").length, 2);
        });

        it("believes what AWS accepted and does not report", async () => {
            emulator.behaviour.silentSettings = ["securityPolicy"];
            custom();
            const { problem, observed } = await run({ securityPolicy: "TLS_V1_3_2025" });
            assert.equal(problem, undefined);
            assert.equal(observed.securityPolicy, "TLS_V1_3_2025");
            assert.deepEqual(engine.warnings, [
                `${DOMAIN}: AWS accepted TLS policy TLS_V1_3_2025, but does not report it back; taken as in force`,
            ]);
            const { original } = await run(
                { managedLoginVersion: 2 },
                { lastApplied: { securityPolicy: "TLS_V1_3_2025" } },
            );
            assert.equal(original.securityPolicy, "TLS_V1_3_2025");
            assert.equal(emulator.domainOf(DOMAIN)?.securityPolicy, "TLS_V1_3_2025");
        });

        it("believes no single look that does not report it: that one may be stale", async () => {
            custom();
            emulator.behaviour.silentSettings = ["securityPolicy"];
            const speak = () => {
                emulator.behaviour.silentSettings = [];
            };
            emulator.behaviour.faults = [{ operation: "DescribeUserPoolDomain", skip: 3, action: { run: speak } }];
            const { observed } = await run({ securityPolicy: "TLS_V1_3_2025" });
            assert.equal(observed.securityPolicy, "TLS_V1_3_2025");
            assert.equal(emulator.callsTo("DescribeUserPoolDomain").length, 4);
            assert.deepEqual(engine.warnings, []);
        });

        it("takes a failover that is not reported for what was accepted", async () => {
            custom();
            emulator.behaviour.silentSettings = ["routing"];
            const { observed, problem } = await run({ failover: FAILOVER });
            assert.deepEqual([observed.failover, problem], [FAILOVER, undefined]);
            assert.match(engine.warnings.join(), /failover .* does not report it back; taken as in force/);
        });

        it("first waits for an update of somebody else's", async () => {
            custom();
            emulator.behaviour.settleAfterDescribes = 1;
            const certificateArn = emulator.domainOf(DOMAIN)?.certificateArn ?? "";
            await contextWith(emulator).aws.updateDomain(address(), {
                certificateArn,
                securityPolicy: "TLS_V1_3_2025",
            });
            emulator.behaviour.settleAfterDescribes = 0;
            const { original, observed } = await run({ managedLoginVersion: 2 });
            assert.equal(original.securityPolicy, "TLS_V1_3_2025");
            assert.deepEqual(observed, { ...original, managedLoginVersion: 2 });
        });

        it("looks again after a collision", async () => {
            custom();
            fault({
                times: 1,
                action: {
                    run: (aws) => {
                        aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025" });
                        throw new AwsError("ConcurrentModificationException", "busy");
                    },
                },
            });
            const { observed } = await run({ managedLoginVersion: 2 });
            assert.deepEqual([observed.managedLoginVersion, observed.securityPolicy], [2, "TLS_V1_3_2025"]);
            assert.equal(emulator.domainOf(DOMAIN)?.securityPolicy, "TLS_V1_3_2025");
        });

        it("tries again for a certificate that was issued just now, not for an old one", async () => {
            custom();
            const certificateArn = emulator.certificate({ domainName: DOMAIN });
            emulator.behaviour.freshCertificateRefusals = 1;
            const { observed } = await run({ certificateArn });
            assert.equal(observed.certificateArn, certificateArn);
            assert.equal(updates().length, 2);
        });

        it("does not try again for one that was issued long ago", async () => {
            custom();
            const certificateArn = emulator.certificate({ domainName: DOMAIN });
            const stored = emulator.state.certificates.get(certificateArn);
            assert.ok(stored);
            stored.createdAt = new Date(Date.now() - 10 * 60_000 - 1);
            emulator.behaviour.freshCertificateRefusals = 1;
            const error = await failureOf(run({ certificateArn }));
            assert.equal(error.name, "AwsCallError");
            assert.match(
                error.message,
                /^auth\.example\.com: nothing was written\. customDomainConfig\.certificateArn: Cog/,
            );
            assert.equal(updates().length, 1);
        });
    });

    describe("where no answer comes back", () => {
        const pauses = { firstPauseSeconds: 0.01, longestPauseSeconds: 0.02 };
        const runQuickly = (rest: Parameters<typeof operationFor>[2] = {}) =>
            reconcile(operationFor(address(), { managedLoginVersion: 2 }, rest), {
                ...contextWith(emulator, engine),
                pauses,
            });
        beforeEach(() => custom({ managedLoginVersion: 1 }));

        it("knows its own change, and what was in force before it", async () => {
            emulator.behaviour.settleAfterDescribes = 1;
            fault({ when: "after", times: 1, action: "reset" });
            const { original, observed, problem } = await runQuickly();
            assert.deepEqual([original.managedLoginVersion, observed.managedLoginVersion, problem], [1, 2, undefined]);
            assert.equal(updates().length, 1);
        });

        it("goes on waiting for its own change, and says no more than it knows when the time is over", async () => {
            emulator.behaviour.settleAfterDescribes = 1_000_000;
            fault({ when: "after", times: 1, action: "reset" });
            const { problem, status, original } = await runQuickly({ timeoutSeconds: 1 });
            assert.match(
                problem?.message ?? "",
                /no answer to the update came back .* but after 1 s .* status UPDATING/,
            );
            assert.deepEqual([status, original.managedLoginVersion], ["UPDATING", 1]);
        });

        it("sends again what has not arrived", async () => {
            fault({ times: 2, action: "reset" });
            const { original, observed, problem } = await runQuickly();
            assert.deepEqual([original.managedLoginVersion, observed.managedLoginVersion, problem], [1, 2, undefined]);
            assert.equal(updates().length, 3);
        });

        for (const wait of ["active", "none"] as const) {
            it(`is no success with wait "${wait}" while nothing of the update is to be seen`, async () => {
                fault({ action: { status: 500 } });
                const { problem, observed } = await runQuickly({ wait });
                assert.match(problem?.message ?? "", /no answer to the update came back .*nothing of it is to be seen/);
                assert.equal(observed.managedLoginVersion, 1);
                assert.equal(updates().length, 5);
            });
        }
    });

    describe("the gate", () => {
        it("refuses an unfit new certificate before anything is written, with everything that is wrong", async () => {
            custom();
            const certificateArn = emulator.certificate({
                domainName: "other.org",
                status: "EXPIRED",
                notAfter: new Date(Date.now() - DAY),
                keyAlgorithm: "EC-secp384r1",
            });
            const error = await failureOf(run({ certificateArn }));
            assert.equal(error.name, "RefusedError");
            assert.deepEqual(
                error.message.split("\n").map((line) => line.replace(/^(.*?):.*(\[.*\])$/, "$1 $2")),
                [
                    "auth.example.com: the update was refused before anything was written.",
                    "  - customDomainConfig.certificateArn [certificate-expired]",
                    "  - customDomainConfig.certificateArn [certificate-name-mismatch]",
                    "  - customDomainConfig.certificateArn [certificate-key-unusable]",
                ],
            );
            assert.deepEqual(updates(), []);
        });

        it("never blocks for the certificate that is attached, and says what is wrong with it", async () => {
            emulator.behaviour.certificateInForce = "trusted";
            custom();
            const certificateArn = emulator.domainOf(DOMAIN)?.certificateArn ?? "";
            emulator.patchCertificate(certificateArn, { notAfter: new Date(Date.now() - DAY) });
            const { observed } = await run({ managedLoginVersion: 2, certificateArn });
            assert.equal(observed.managedLoginVersion, 2);
            assert.match(engine.warnings.join(), / ended on .*\[certificate-expired\]/);
        });

        it("refuses a certificate that it may not look at", async () => {
            emulator.behaviour.accessDenied = ["acm:*"];
            custom();
            const certificateArn = emulator.certificate({ domainName: DOMAIN });
            const error = await failureOf(run({ certificateArn }));
            assert.match(error.message, /could not be checked: no permission to call acm:DescribeCertificate/);
            assert.deepEqual(updates(), []);
        });

        it("goes by the minimum of days that the operation says", async () => {
            custom();
            const certificateArn = emulator.certificate({
                domainName: DOMAIN,
                notAfter: new Date(Date.now() + 20.5 * DAY),
            });
            const error = await failureOf(run({ certificateArn }, { minimumCertificateValidityDays: 21 }));
            assert.match(error.message, /in 20 days; minimumCertificateValidityDays is 21/);
            await run({ certificateArn }, { minimumCertificateValidityDays: 20 });
        });

        it("refuses a domain that is not there, of another pool, or unseen", async () => {
            assert.match((await failureOf(run({ managedLoginVersion: 2 }))).message, /\[domain-not-found\]/);
            emulator.domain({
                userPoolId: emulator.userPool({ region: "us-west-2" }),
                domain: DOMAIN,
                status: "UPDATING",
            });
            assert.match((await failureOf(run({ managedLoginVersion: 2 }))).message, /\[domain-other-pool\]/);
            emulator.behaviour.accessDenied = ["cognito-idp:DescribeUserPoolDomain"];
            assert.match((await failureOf(run({ managedLoginVersion: 2 }))).message, /\[domain-unseen\]/);
            assert.deepEqual(updates(), []);
        });

        it("refuses even where nothing would be written", async () => {
            assert.match((await failureOf(run({}))).message, /\[domain-not-found\]/);
        });
    });

    describe("where AWS refuses", () => {
        it("says that nothing was written, and keeps code and cause", async () => {
            custom();
            emulator.patchUserPool(userPoolId, { tier: "LITE" });
            const error = await failureOf(run({ managedLoginVersion: 2 }));
            assert.equal(error.name, "AwsCallError");
            assert.equal((error as { code?: string }).code, "FeatureUnavailableInTierException");
            assert.ok(error.cause instanceof Error);
            assert.match(
                error.message,
                /^auth\.example\.com: nothing was written\. managedLoginVersion: .*ESSENTIALS or PLUS/,
            );
        });

        it("gives up on a domain that never comes to rest", async () => {
            custom();
            emulator.patchDomain(DOMAIN, { status: "UPDATING" });
            const error = await failureOf(run({ managedLoginVersion: 2 }, { timeoutSeconds: 1 }));
            assert.equal(error.name, "NotConvergedError");
            assert.equal(
                error.message,
                "auth.example.com: nothing was written within 1 s (waitTimeoutSeconds): the domain has status UPDATING. Run `pulumi up` again.",
            );
            assert.deepEqual(updates(), []);
        });

        it("writes nothing where the engine is gone", async () => {
            custom();
            engine.isAlive = false;
            const error = await failureOf(run({ managedLoginVersion: 2 }));
            assert.equal(error.name, "EngineGoneError");
            assert.equal(error.message, "auth.example.com: the Pulumi engine is gone, nothing was written");
            assert.deepEqual(updates(), []);
        });
    });

    describe("once AWS has accepted", () => {
        it("reports FAILED, with what is in force and what was desired", async () => {
            emulator.behaviour.outcome = "failed";
            custom({ managedLoginVersion: 1 });
            const { problem, status, observed, original } = await run({ managedLoginVersion: 2 });
            assert.equal(problem?.name, "NotConvergedError");
            assert.match(
                problem?.message ?? "",
                /^auth\.example\.com: AWS accepted the update, then it failed: the domain has status FAILED, with managed login 1, .*\. Desired: managed login 2, /,
            );
            assert.equal(problem?.kind, "failed");
            assert.deepEqual([status, observed], ["FAILED", original]);
        });

        it("reports what is still not in force when the time is over", async () => {
            emulator.behaviour.outcome = "ignored";
            custom({ managedLoginVersion: 1 });
            const { problem, status } = await run({ managedLoginVersion: 2 }, { timeoutSeconds: 1 });
            assert.match(
                problem?.message ?? "",
                /AWS accepted the update, but after 1 s \(waitTimeoutSeconds\) the domain has status ACTIVE with managed login 1, .*\. Desired: managed login 2, .* Run `pulumi up` again/,
            );
            assert.deepEqual([status, problem?.kind], ["ACTIVE", "timeout"]);
        });

        it("fails at once where somebody else has put another value there", async () => {
            fault({ when: "after", action: { run: (aws) => aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1" }) } });
            custom();
            const { problem, observed } = await run({ managedLoginVersion: 2 });
            assert.match(
                problem?.message ?? "",
                /somebody else changed the domain meanwhile: it has TLS policy TLS_V1\./,
            );
            assert.equal(problem?.kind, "superseded");
            assert.equal(observed.securityPolicy, "TLS_V1");
        });

        it("takes another pool's domain of the same name for none", async () => {
            custom();
            const other = emulator.userPool({ region: "us-west-2" });
            fault({
                when: "after",
                action: { run: () => emulator.patchDomain(DOMAIN, { userPoolId: other, managedLoginVersion: 2 }) },
            });
            const { problem } = await run({ managedLoginVersion: 2 });
            assert.match(problem?.message ?? "", /the domain is gone/);
        });

        it("reports a domain that is gone", async () => {
            fault({ when: "after", action: { run: (aws) => aws.removeDomain(DOMAIN) } });
            custom({ managedLoginVersion: 1 });
            const { problem, status, observed } = await run({ managedLoginVersion: 2 });
            assert.match(problem?.message ?? "", /the domain is gone: somebody deleted it during the update/);
            assert.deepEqual([status, observed.managedLoginVersion], ["UNKNOWN", 1]);
        });

        it("reports credentials that expire meanwhile as accepted, not confirmed", async () => {
            fault({
                when: "after",
                action: {
                    run: (aws) => {
                        aws.behaviour.expiredCredentials = true;
                    },
                },
            });
            custom();
            const { problem, status } = await run({ managedLoginVersion: 2 });
            assert.match(
                problem?.message ?? "",
                /AWS accepted the update, but its end could not be seen: the AWS credentials have expired .* Run `pulumi up` again/,
            );
            assert.equal(problem?.kind, "unseen");
            assert.ok(problem?.cause instanceof AwsCallError);
            assert.equal(status, "UNKNOWN");
            assert.equal(emulator.domainOf(DOMAIN)?.managedLoginVersion, 2);
        });

        it("stops looking when the engine is gone", async () => {
            fault({
                when: "after",
                action: {
                    run: () => {
                        engine.isAlive = false;
                    },
                },
            });
            custom();
            const { problem } = await run({ managedLoginVersion: 2 });
            assert.match(problem?.message ?? "", /its end could not be seen: the Pulumi engine is gone/);
        });

        it("finds out by itself whether an update without an answer has arrived", async () => {
            custom();
            fault({ when: "after", action: { status: 500 } });
            const operation = operationFor(address(), { managedLoginVersion: 2 });
            const impatient = { ...contextWith(emulator, engine), aws: new Aws({ maxAttempts: 1 }) };
            const { problem, observed } = await reconcile(operation, impatient);
            assert.deepEqual([problem, observed.managedLoginVersion], [undefined, 2]);
            emulator.behaviour.outcome = "never";
            const { problem: unknown } = await reconcile(
                { ...operation, desired: { managedLoginVersion: 1 }, timeoutSeconds: 1 },
                impatient,
            );
            assert.match(unknown?.message ?? "", /no answer to the update came back \(.*\), but after 1 s/);
        });

        it("looks again where a look fails for a moment", async () => {
            emulator.behaviour.faults = [
                { operation: "DescribeUserPoolDomain", skip: 1, times: 1, action: { status: 500 } },
            ];
            custom();
            const impatient = { ...contextWith(emulator, engine), aws: new Aws({ maxAttempts: 1 }) };
            const { problem, observed } = await reconcile(
                operationFor(address(), { managedLoginVersion: 2 }),
                impatient,
            );
            assert.deepEqual([problem, observed.managedLoginVersion], [undefined, 2]);
        });
    });
});
