import assert from "node:assert/strict";
import { reconcile } from "../../provider/reconcile";
import { type Emulator, startEmulator } from "../emulator";
import { jobFor, meansWith, recordingEngine } from "../support/means";

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

    const job = (rest: object = {}) => jobFor(address, { managedLoginVersion: 2 }, { onFailure: "rollback", ...rest });

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
        const { problem, inForce, status } = await reconcile(job(), meansWith(emulator));
        assert.match(
            problem?.message ?? "",
            /status FAILED.*Rolled back: the domain is as before, with managed login 1/,
        );
        assert.equal(inForce.managedLoginVersion, 1);
        assert.equal(status, "ACTIVE");
        const { managedLoginVersion, certificateArn, securityPolicy } = emulator.domainOf(DOMAIN) ?? {};
        assert.deepEqual(
            { managedLoginVersion, certificateArn, securityPolicy },
            { managedLoginVersion: 1, certificateArn: before?.certificateArn, securityPolicy: "TLS_V1_2_2021" },
        );
    });

    it('leaves it as it is with onFailure "keep"', async () => {
        failOnce();
        const { problem } = await reconcile(job({ onFailure: "keep" }), meansWith(emulator));
        assert.match(problem?.message ?? "", /status FAILED/);
        assert.equal(emulator.callsTo("UpdateUserPoolDomain").length, 1);
    });

    it("puts back what does not arrive in time", async () => {
        emulator.behaviour.outcome = "ignored";
        const { problem } = await reconcile(job({ timeoutSeconds: 1 }), meansWith(emulator));
        assert.match(problem?.message ?? "", /after 1 s .*Rolled back/);
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
        const { problem } = await reconcile(job(), meansWith(emulator));
        assert.match(
            problem?.message ?? "",
            /somebody else changed the domain meanwhile: it has TLS policy TLS_V1_3_2025/,
        );
        assert.equal(emulator.callsTo("UpdateUserPoolDomain").length, 1);
    });

    it("puts back a certificate that has only few days left", async () => {
        const old = emulator.domainOf(DOMAIN)?.certificateArn ?? "";
        emulator.patchCertificate(old, { notAfter: new Date(Date.now() + 2 * 86_400_000) });
        emulator.behaviour.outcome = "ignored";
        const wanted = { certificateArn: emulator.certificate({ domainName: DOMAIN }) };
        const { problem } = await reconcile({ ...job({ timeoutSeconds: 1 }), wanted }, meansWith(emulator));
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
        const { problem } = await reconcile(job(), meansWith(emulator, engine));
        assert.match(problem?.message ?? "", /engine is gone/);
        assert.equal(emulator.callsTo("UpdateUserPoolDomain").length, 1);
    });
});
