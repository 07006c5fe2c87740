import assert from "node:assert/strict";
import { globalAgent } from "node:https";
import { Deadline } from "../../../provider/reconcile/polling";
import { verifyServedCertificate } from "../../../provider/reconcile/verifyServedCertificate";
import { updateFor } from "../../support/operation";
import { DOMAIN, reconcileScene } from "../../support/reconcileScene";
import { makeCertificate, startTlsServer, type TestCertificate } from "../../support/tlsServer";

const OVERRIDE = "PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO";

describe('with wait "served"', () => {
    const scene = reconcileScene();
    let fresh: string;
    let oldCertificate: TestCertificate;
    let newCertificate: TestCertificate;

    before(async () => {
        oldCertificate = await makeCertificate("0a01", DOMAIN);
        newCertificate = await makeCertificate("0b02", DOMAIN);
    });
    beforeEach(() => {
        scene.custom();
        fresh = scene.emulator.certificate({ domainName: DOMAIN, serial: "0b:02" });
    });
    afterEach(() => {
        delete process.env[OVERRIDE];
        delete globalAgent.options.ca;
    });

    const SERVED = { wait: "served", waitTimeoutSeconds: 30 } as const;

    async function whilePresenting<T>(present: (handshake: number) => TestCertificate, work: () => Promise<T>) {
        let handshakes = 0;
        const server = await startTlsServer(() => present(handshakes++));
        process.env[OVERRIDE] = `::127.0.0.1:${server.port}`;
        globalAgent.options.ca = [oldCertificate.cert, newCertificate.cert];
        const outcome = await work();
        await server.close();
        return { outcome, handshakes };
    }

    it("waits for a server that changes its certificate halfway, and wants three reads in a row", async () => {
        const { outcome, handshakes } = await whilePresenting(
            (handshake) => (handshake < 3 ? oldCertificate : newCertificate),
            () => scene.run({ certificateArn: fresh }, SERVED),
        );
        assert.equal(outcome.problem, undefined);
        // The server's own start takes the first of them.
        assert.equal(handshakes, 6);
        assert.match(scene.engine.infos.join(), /; served after \d s$/);
    });

    it("is not content with a server that changes back and forth", async () => {
        const { outcome } = await whilePresenting(
            (handshake) => (handshake % 3 === 0 ? oldCertificate : newCertificate),
            () => scene.run({ certificateArn: fresh }, { ...SERVED, waitTimeoutSeconds: 1 }),
        );
        assert.match(outcome.problem?.message ?? "", /not seen to serve certificate \.\.\.\/\S+: after 1 s/);
        assert.deepEqual(scene.engine.infos, []);
    });

    it("reports what a server presents that never changes, and that the domain has the update", async () => {
        const { outcome } = await whilePresenting(
            () => oldCertificate,
            () => scene.run({ certificateArn: fresh }, { ...SERVED, waitTimeoutSeconds: 1 }),
        );
        assert.equal(outcome.problem?.kind, "notServed");
        assert.match(
            outcome.problem?.message ?? "",
            /^auth\.example\.com: ACTIVE, but .*127\.0\.0\.1: serves serial a01, valid to .*\. Run `pulumi up` again/,
        );
        assert.deepEqual([outcome.status, outcome.settings.certificateArn], ["ACTIVE", fresh]);
    });

    it("proves nothing if a server is down", async () => {
        process.env[OVERRIDE] = "::127.0.0.1:1";
        const problem = await scene.problem({ certificateArn: fresh }, { ...SERVED, waitTimeoutSeconds: 1 });
        assert.equal(problem.kind, "unverified");
        assert.match(problem.message, /127\.0\.0\.1: ECONNREFUSED/);
    });

    it("proves nothing if AWS names no distribution", async () => {
        const outcome = await scene.run({ certificateArn: fresh });
        const problem = await verifyServedCertificate(
            updateFor(scene.address(), { certificateArn: fresh }, SERVED),
            scene.context(),
            { ...outcome, cloudFrontDistribution: undefined },
            new Deadline(30),
        );
        assert.equal(problem?.kind, "unverified");
        assert.match(problem?.message ?? "", /names no CloudFront distribution/);
    });

    it("rolls back what is not served", async () => {
        const { certificateArn } = scene.settings();
        const { outcome } = await whilePresenting(
            () => oldCertificate,
            () => scene.run({ certificateArn: fresh }, { ...SERVED, waitTimeoutSeconds: 1, onFailure: "rollback" }),
        );
        assert.match(outcome.problem?.message ?? "", /serves serial a01.*Rolled back to certificate/);
        assert.equal(scene.settings().certificateArn, certificateArn);
    });

    it("never rolls back under an ARN that has not changed: CloudFront may take a day there", async () => {
        scene.emulator.patchDomain(DOMAIN, { certificateArn: fresh });
        const { outcome } = await whilePresenting(
            () => oldCertificate,
            () => scene.run({ managedLoginVersion: 2 }, { ...SERVED, waitTimeoutSeconds: 1, onFailure: "rollback" }),
        );
        assert.equal(outcome.problem?.kind, "unverified");
        assert.match(outcome.problem?.message ?? "", /Under an ARN that has not changed, that may take up to 24 h/);
        assert.equal(scene.updates.length, 1);
    });

    it("never rolls back for what an intercepting proxy presents", async () => {
        const proxy = await makeCertificate("0c03", DOMAIN);
        const { outcome } = await whilePresenting(
            () => proxy,
            () => scene.run({ certificateArn: fresh }, { ...SERVED, waitTimeoutSeconds: 1, onFailure: "rollback" }),
        );
        assert.equal(outcome.problem?.kind, "unverified");
        assert.match(outcome.problem?.message ?? "", /cannot tell, since this machine does not trust/);
        assert.equal(scene.settings().certificateArn, fresh);
    });

    it("verifies too if nothing had to be sent: an earlier update may have ended while it waited", async () => {
        scene.emulator.patchDomain(DOMAIN, { certificateArn: fresh });
        const { outcome, handshakes } = await whilePresenting(
            () => newCertificate,
            () => scene.run({ certificateArn: fresh }, SERVED),
        );
        assert.equal(outcome.problem, undefined);
        assert.equal(handshakes, 4);
        assert.deepEqual(scene.updates, []);
    });
});
