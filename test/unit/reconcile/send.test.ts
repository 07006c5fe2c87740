import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/awsCalls";
import type { DomainAddress } from "../../../provider/model/address";
import { AwsCallError, type RefusedError } from "../../../provider/model/errors";
import { AwsError, type DomainSettings, type Emulator } from "../../emulator";
import { failureOf } from "../../support/failure";
import { DOMAIN, PREFIX, reconcileScene } from "../../support/reconcileScene";

const TWO = { managedLoginVersion: 2 };
const THEIRS: DomainSettings = { securityPolicy: "TLS_V1_3_2025" };

describe("send", () => {
    const scene = reconcileScene();

    describe("sends", () => {
        for (const prefixCustomDomainConfig of ["empty", "absent"] as const) {
            it(`no CustomDomainConfig for a prefix domain that describes it as ${prefixCustomDomainConfig}`, async () => {
                scene.emulator.behaviour.prefixCustomDomainConfig = prefixCustomDomainConfig;
                scene.emulator.domain({ userPoolId: scene.userPoolId, domain: PREFIX });
                await scene.run(TWO, {}, { domain: PREFIX });
                const names = { Domain: PREFIX, UserPoolId: scene.userPoolId };
                assert.deepEqual(scene.updates.at(-1)?.input, { ...names, ManagedLoginVersion: 2 });
            });
        }

        it("the settings of a FAILED domain again, unless the program names none", async () => {
            scene.custom({ managedLoginVersion: 2, status: "FAILED" } as DomainSettings);
            assert.equal((await scene.run({})).status, "FAILED");
            assert.equal((await scene.run(TWO)).status, "ACTIVE");
            assert.equal(scene.updates.length, 1);
            const again = /^auth\.example\.com: sent again: managed login 2; active after \d s$/;
            assert.match(scene.engine.infos.join(), again);
        });
    });

    describe("reads last", () => {
        beforeEach(() => scene.custom());

        it("the certificate before the domain, and nothing between the domain and the request", async () => {
            const { certificate } = await scene.run({ certificateArn: scene.certificate() });
            assert.deepEqual(certificate?.names, [DOMAIN]);
            const [read, update] = ["DescribeUserPoolDomain", "UpdateUserPoolDomain"];
            assert.deepEqual(scene.operations, ["DescribeCertificate", read, update, read]);
        });

        it("the domain once more, after questions about the pool", async () => {
            await scene.run(TWO);
            const before = scene.operations.slice(0, scene.operations.indexOf("UpdateUserPoolDomain"));
            assert.deepEqual([before.at(0), before.at(-1)], ["DescribeUserPoolDomain", "DescribeUserPoolDomain"]);
            assert.ok(before.slice(1, -1).includes("DescribeUserPool"));
        });

        it("after its turn under the rate limit", async () => {
            class Queue extends Aws {
                override async acquireUpdate(of: DomainAddress): Promise<void> {
                    await super.acquireUpdate(of);
                    scene.emulator.patchDomain(DOMAIN, THEIRS);
                }
            }
            await scene.run(TWO, {}, { aws: new Queue() });
            assert.deepEqual(scene.settings(), { ...scene.settings(), ...TWO, ...THEIRS });
        });

        for (const error of ["TooManyRequestsException", "ConcurrentModificationException"]) {
            it(`after ${error}, and plans again`, async () => {
                const run = (aws: Emulator) => {
                    aws.patchDomain(DOMAIN, THEIRS);
                    throw new AwsError(error, "busy");
                };
                scene.fault({ times: 1, action: { run } });
                const { problem, plan } = await scene.run(TWO);
                assert.deepEqual([problem, plan.before.securityPolicy], [undefined, "TLS_V1_3_2025"]);
                assert.deepEqual([scene.updates.length, scene.settings().securityPolicy], [2, "TLS_V1_3_2025"]);
            });
        }
    });

    describe("tries again", () => {
        beforeEach(() => scene.custom());

        it("for a certificate that was issued just now, and not for an old one", async () => {
            const requests = async (ageMs: number) => {
                const certificateArn = scene.certificate();
                const stored = scene.emulator.state.certificates.get(certificateArn);
                assert.ok(stored);
                stored.createdAt = new Date(Date.now() - ageMs);
                scene.emulator.behaviour.freshCertificateRefusals++;
                scene.emulator.calls = [];
                const ended = await scene.run({ certificateArn }).catch(({ message }: Error) => message);
                return [ended, scene.updates.length];
            };
            assert.equal((await requests(0))[1], 2);
            const [message, count] = await requests(10 * 60_000 + 1);
            assert.equal(count, 1);
            const refused = /: nothing was written\. customDomainConfig\.certificateArn: Cognito refuses/;
            assert.match(String(message), refused);
        });

        it("to read a domain, if a call fails for now, four times at most", async () => {
            let failures = 3;
            class Busy extends Aws {
                override async describeDomain(of: DomainAddress) {
                    if (failures-- > 0) {
                        throw new AwsCallError("busy", { code: "InternalErrorException", transient: true });
                    }
                    return super.describeDomain(of);
                }
            }
            assert.equal((await scene.run(TWO, {}, { aws: new Busy() })).problem, undefined);
            failures = 4;
            const { message } = await failureOf(scene.run(THEIRS, {}, { aws: new Busy() }));
            assert.match(message, /the update was refused; nothing was written\..*\[domain-unseen\]/s);
            assert.equal(scene.updates.length, 1);
        });

        it("to read a certificate that ACM does not find at first", async () => {
            const certificateArn = scene.certificate();
            const { certificates } = scene.emulator.state;
            const certificate = certificates.get(certificateArn);
            assert.ok(certificate && certificates.delete(certificateArn));
            const run = () => void certificates.set(certificateArn, certificate);
            scene.fault({ operation: "DescribeCertificate", skip: 1, action: { run } });
            assert.equal((await scene.run({ certificateArn })).settings.certificateArn, certificateArn);
            scene.emulator.behaviour.faults = [];
            const missing = scene.run({ certificateArn: `${certificateArn.slice(0, -4)}0000` });
            assert.match((await failureOf(missing)).message, /\[certificate-not-found\]$/);
        });

        it("twenty times at most", async () => {
            scene.fault({ action: { exception: "LimitExceededException", message: "no" } });
            const error = await failureOf(scene.run(TWO));
            assert.match(error.message, /^auth\.example\.com: nothing was written\. AWS throttled cognito-idp:Upd/);
            assert.equal(scene.updates.length, 20);
        });
    });

    describe("writes nothing", () => {
        beforeEach(() => scene.custom());

        it("if the plan is refused, and lists every finding", async () => {
            const certificateArn = scene.emulator.certificate({ domainName: "other.example.com", status: "EXPIRED" });
            const { name, message, findings } = await failureOf<RefusedError>(scene.run({ certificateArn }));
            const [first, ...lines] = message.split("\n");
            assert.deepEqual(
                [name, first, scene.updates],
                ["RefusedError", "auth.example.com: the update was refused; nothing was written.", []],
            );
            const codes = lines.map((line) => /\[(.*)\]$/.exec(line)?.[1]);
            assert.deepEqual(codes, ["certificate-name-mismatch", "certificate-expired"]);
            const found = findings.map(({ code }) => code);
            assert.deepEqual(codes, found);
        });

        it("if AWS refuses it, and keeps code and cause", async () => {
            scene.fault({ action: { exception: "InvalidParameterException", message: "not like this" } });
            const error = await failureOf<AwsCallError>(scene.run(TWO));
            assert.equal(error.code, "InvalidParameterException");
            assert.ok(error.cause instanceof Error);
            assert.match(error.message, /^auth\.example\.com: nothing was written\. .*not like this/);
            assert.equal(scene.updates.length, 1);
        });

        it("to a domain that stays UPDATING", async () => {
            scene.emulator.patchDomain(DOMAIN, { status: "UPDATING" });
            const error = await failureOf(scene.run(TWO, { waitTimeoutSeconds: 1 }));
            assert.equal(
                error.message,
                "auth.example.com: nothing was written within 1 s (waitTimeoutSeconds): the domain has status UPDATING. Run the same command again.",
            );
            assert.deepEqual(scene.updates, []);
        });

        it("once the engine has exited, before the first request or between two", async () => {
            const run = () => {
                scene.engine.isAlive = false;
                throw new AwsError("TooManyRequestsException", "Rate exceeded");
            };
            scene.fault({ action: { run } });
            for (const requests of [1, 1]) {
                const error = await failureOf(scene.run(TWO));
                assert.equal(error.name, "EngineGoneError");
                assert.equal(error.message, "auth.example.com: nothing was written. the Pulumi engine has exited");
                assert.equal(scene.updates.length, requests);
            }
        });

        it("once the engine has exited during the last read", async () => {
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
