import assert from "node:assert/strict";
import { reconcile } from "../../../provider/reconcile/reconcile";
import { type Emulator, startEmulator } from "../../emulator/index";
import { contextWith, operationFor, recordingEngine } from "../../support/operation";

const DOMAIN = "auth.example.com";

describe('onFailure "rollback"', () => {
    let emulator: Emulator;
    let address: { userPoolId: string; domain: string; region: string };

    beforeEach(async () => {
        emulator = await startEmulator({ behaviour: { settleAfterDescribes: 1 } });
        const userPoolId = emulator.userPool({ region: "us-west-2" });
        emulator.domain({ userPoolId, domain: DOMAIN, managedLoginVersion: 1, securityPolicy: "TLS_V1_2_2021" });
        address = { userPoolId, domain: DOMAIN, region: "us-west-2" };
    });

    afterEach(() => emulator.close());

    const operation = (rest: object = {}) =>
        operationFor(address, { managedLoginVersion: 2 }, { onFailure: "rollback", ...rest });

    /** The first update ends in FAILED; those that follow arrive. */
    function failOnce() {
        emulator.behaviour.outcome = "failed";
        emulator.behaviour.faults = [
            {
                operation: "UpdateUserPoolDomain",
                skip: 1,
                action: {
                    run: (aws) => {
                        aws.behaviour.outcome = "active";
                    },
                },
            },
        ];
    }

    it("puts back what was in force when the update ends in FAILED, and says both", async () => {
        failOnce();
        const before = emulator.domainOf(DOMAIN);
        const { problem, observed, status, isPending } = await reconcile(operation(), contextWith(emulator));
        assert.match(
            problem?.message ?? "",
            /status FAILED.*Rolled back: the domain is as before, with managed login 1/,
        );
        assert.equal(observed.managedLoginVersion, 1);
        assert.equal(status, "ACTIVE");
        assert.equal(isPending, false);
        const { managedLoginVersion, certificateArn, securityPolicy } = emulator.domainOf(DOMAIN) ?? {};
        assert.deepEqual(
            { managedLoginVersion, certificateArn, securityPolicy },
            { managedLoginVersion: 1, certificateArn: before?.certificateArn, securityPolicy: "TLS_V1_2_2021" },
        );
    });

    it('leaves it as it is with onFailure "keep"', async () => {
        failOnce();
        const { problem } = await reconcile(operation({ onFailure: "keep" }), contextWith(emulator));
        assert.match(problem?.message ?? "", /status FAILED/);
        assert.equal(emulator.callsTo("UpdateUserPoolDomain").length, 1);
    });

    it("claims no rollback of what has not arrived in time and left the old settings: AWS may still carry it out", async () => {
        emulator.behaviour.outcome = "ignored";
        const { problem, isPending } = await reconcile(operation({ timeoutSeconds: 1 }), contextWith(emulator));
        assert.equal(isPending, true);
        assert.match(
            problem?.message ?? "",
            /after 1 s .*Nothing had to be put back.*AWS has accepted the update, and may still carry it out/,
        );
    });

    it("does not undo an update that has arrived by then: late is no failure to undo", async () => {
        emulator.behaviour.outcome = "never";
        let nowMs = 0;
        emulator.behaviour.faults = [
            {
                // Looks: before the update, then after it. The machine sleeps for two hours, and the update is on its way still.
                operation: "DescribeUserPoolDomain",
                skip: 2,
                times: 1,
                action: {
                    run: () => {
                        nowMs += 2 * 3600 * 1000;
                    },
                },
            },
            {
                // Arrives at the rollback's look.
                operation: "DescribeUserPoolDomain",
                skip: 4,
                times: 1,
                action: {
                    run: (aws) => aws.patchDomain(DOMAIN, { managedLoginVersion: 2, status: "ACTIVE" }),
                },
            },
        ];
        const engine = recordingEngine();
        const context = { ...contextWith(emulator, engine), clockMs: () => nowMs };
        const { problem, observed } = await reconcile(operation({ timeoutSeconds: 3600 }), context);
        assert.equal(problem, undefined);
        assert.equal(observed.managedLoginVersion, 2);
        assert.equal(emulator.callsTo("UpdateUserPoolDomain").length, 1);
        assert.match(engine.warnings.join(), /arrived after all, later than 3600 s \(waitTimeoutSeconds\)/);
    });

    it("does not undo an update that arrives only once the rollback's own time is over", async () => {
        emulator.behaviour.outcome = "never";
        let nowMs = 0;
        let looks = 0;
        const look = (aws: Emulator) => {
            looks += 1;
            // The update's look, and the rollback's.
            if (looks === 3 || looks === 5) {
                nowMs += 2 * 3600 * 1000;
            }
            if (looks === 7) {
                aws.patchDomain(DOMAIN, { managedLoginVersion: 2, status: "ACTIVE" });
            }
        };
        emulator.behaviour.faults = [{ operation: "DescribeUserPoolDomain", action: { run: look } }];
        const { problem } = await reconcile(operation(), { ...contextWith(emulator), clockMs: () => nowMs });
        assert.match(problem?.message ?? "", /The rollback was not possible: .*nothing was written/);
        assert.equal(emulator.callsTo("UpdateUserPoolDomain").length, 1);
    });

    it("undoes nothing of somebody else's", async () => {
        emulator.behaviour.faults = [
            {
                operation: "UpdateUserPoolDomain",
                when: "after",
                action: {
                    run: (aws) => aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025", status: "ACTIVE" }),
                },
            },
        ];
        const { problem } = await reconcile(operation(), contextWith(emulator));
        assert.match(
            problem?.message ?? "",
            /somebody else changed the domain meanwhile: it has TLS policy TLS_V1_3_2025/,
        );
        assert.equal(emulator.callsTo("UpdateUserPoolDomain").length, 1);
    });

    /** The update does not arrive in time; then, at the rollback's look, a colleague has changed the domain. */
    async function rollBackOver(theirs: Parameters<Emulator["patchDomain"]>[1]) {
        emulator.behaviour.outcome = "failed";
        emulator.behaviour.faults = [
            {
                // Looks: before the update, three times after it (UPDATING, FAILED twice), and then the rollback's.
                operation: "DescribeUserPoolDomain",
                skip: 4,
                times: 1,
                action: {
                    run: (aws) => {
                        aws.behaviour.outcome = "active";
                        aws.patchDomain(DOMAIN, { ...theirs, status: "ACTIVE" });
                    },
                },
            },
        ];
        const outcome = await reconcile(operation(), contextWith(emulator));
        const { managedLoginVersion, certificateArn, securityPolicy } = emulator.domainOf(DOMAIN) ?? {};
        return { outcome, observed: { managedLoginVersion, certificateArn, securityPolicy } };
    }

    it("keeps what a colleague has changed meanwhile and the update does not manage", async () => {
        const certificateArn = emulator.certificate({ domainName: DOMAIN });
        const { observed, outcome } = await rollBackOver({ managedLoginVersion: 2, certificateArn });
        assert.deepEqual(observed, { managedLoginVersion: 1, certificateArn, securityPolicy: "TLS_V1_2_2021" });
        assert.match(outcome.problem?.message ?? "", /Rolled back to managed login 1; left as somebody else/);
    });

    it("leaves a setting that has another value by now than the one it sent", async () => {
        const mine = emulator.certificate({ domainName: DOMAIN });
        const theirs = emulator.certificate({ domainName: DOMAIN });
        emulator.behaviour.outcome = "failed";
        emulator.behaviour.faults = [
            {
                operation: "DescribeUserPoolDomain",
                skip: 4,
                times: 1,
                action: { run: (aws) => aws.patchDomain(DOMAIN, { certificateArn: theirs, status: "ACTIVE" }) },
            },
        ];
        const { problem } = await reconcile(
            { ...operation(), desired: { certificateArn: mine } },
            contextWith(emulator),
        );
        assert.equal(emulator.domainOf(DOMAIN)?.certificateArn, theirs);
        assert.equal(emulator.callsTo("UpdateUserPoolDomain").length, 1);
        assert.match(problem?.message ?? "", /Nothing was rolled back; left as somebody else has changed it/);
    });

    it("raises nobody's TLS policy to put managed login back: then the version stays", async () => {
        emulator.patchDomain(DOMAIN, { managedLoginVersion: 2 });
        emulator.behaviour.outcome = "failed";
        emulator.behaviour.faults = [
            {
                operation: "DescribeUserPoolDomain",
                skip: 4,
                times: 1,
                action: {
                    run: (aws) => {
                        aws.behaviour.outcome = "active";
                        aws.patchDomain(DOMAIN, { managedLoginVersion: 1, securityPolicy: "TLS_V1", status: "ACTIVE" });
                    },
                },
            },
        ];
        const engine = recordingEngine();
        const back = { ...operation(), desired: { managedLoginVersion: 1 } };
        await reconcile(back, contextWith(emulator, engine));
        const { managedLoginVersion, securityPolicy } = emulator.domainOf(DOMAIN) ?? {};
        assert.deepEqual([managedLoginVersion, securityPolicy], [1, "TLS_V1"]);
        assert.match(
            engine.warnings.join(),
            /managed login 2 is not put back: managed login \(2\) does not work with TLS_V1/,
        );
    });

    it("does not call its own value somebody else's, where that is not put back", async () => {
        // Managed login, which a colleague turns on meanwhile, keeps the old TLS_V1 out.
        emulator.patchDomain(DOMAIN, { securityPolicy: "TLS_V1" });
        emulator.behaviour.outcome = "failed";
        emulator.behaviour.faults = [
            {
                operation: "DescribeUserPoolDomain",
                skip: 4,
                times: 1,
                action: {
                    run: (aws) => {
                        aws.behaviour.outcome = "active";
                        aws.patchDomain(DOMAIN, {
                            managedLoginVersion: 2,
                            securityPolicy: "TLS_V1_2_2021",
                            status: "ACTIVE",
                        });
                    },
                },
            },
        ];
        const { problem } = await reconcile(
            { ...operation(), desired: { securityPolicy: "TLS_V1_2_2021" } },
            contextWith(emulator),
        );
        assert.match(
            problem?.message ?? "",
            /left as somebody else has changed it: managed login 2; not put back: TLS policy TLS_V1_2_2021\./,
        );
    });

    it("puts back a certificate that has only few days left", async () => {
        const old = emulator.domainOf(DOMAIN)?.certificateArn ?? "";
        emulator.patchCertificate(old, { notAfter: new Date(Date.now() + 2 * 86_400_000) });
        failOnce();
        const desired = { certificateArn: emulator.certificate({ domainName: DOMAIN }) };
        const { problem } = await reconcile({ ...operation({ timeoutSeconds: 1 }), desired }, contextWith(emulator));
        assert.match(problem?.message ?? "", /Rolled back/);
    });

    it("writes nothing more once the engine is gone", async () => {
        const engine = recordingEngine();
        emulator.behaviour.outcome = "never";
        emulator.behaviour.faults = [
            {
                operation: "UpdateUserPoolDomain",
                when: "after",
                action: {
                    run: () => {
                        engine.isAlive = false;
                    },
                },
            },
        ];
        const { problem } = await reconcile(operation(), contextWith(emulator, engine));
        assert.match(problem?.message ?? "", /engine is gone/);
        assert.equal(emulator.callsTo("UpdateUserPoolDomain").length, 1);
    });
});
