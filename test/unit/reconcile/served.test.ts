import assert from "node:assert/strict";
import { globalAgent } from "node:https";
import { Deadline } from "../../../provider/reconcile/polling";
import { verifyServedCertificate } from "../../../provider/reconcile/verifyServedCertificate";
import { updateFor } from "../../support/operation";
import { DOMAIN, reconcileScene } from "../../support/reconcileScene";
import { makeCertificate, startTlsServer, type TestCertificate } from "../../support/tlsServer";

const OVERRIDE = "PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO";
const SERVED = { wait: "served", waitTimeoutSeconds: 30 } as const;
const SOON = { ...SERVED, waitTimeoutSeconds: 1 };
const ROLLBACK = { ...SOON, onFailure: "rollback" } as const;

describe('with wait "served"', () => {
    const scene = reconcileScene();
    let fresh: string;
    let certificates: Record<"old" | "new" | "proxy", TestCertificate>;

    before(async () => {
        const [old, next, proxy] = await Promise.all(["0a01", "0b02", "0c03"].map((it) => makeCertificate(it, DOMAIN)));
        assert.ok(old && next && proxy);
        certificates = { old, new: next, proxy };
    });
    beforeEach(() => {
        scene.custom();
        fresh = scene.emulator.certificate({ domainName: DOMAIN, serial: "0b:02" });
    });
    afterEach(() => {
        delete process.env[OVERRIDE];
        delete globalAgent.options.ca;
    });

    /** An update while a server presents these certificates, one a handshake. */
    async function run(
        present: (handshake: number) => keyof typeof certificates,
        rest: Parameters<typeof scene.run>[1],
        desired: Parameters<typeof scene.run>[0] = { certificateArn: fresh },
    ) {
        let handshakes = 0;
        const server = await startTlsServer(() => certificates[present(handshakes++)]);
        process.env[OVERRIDE] = `::127.0.0.1:${server.port}`;
        globalAgent.options.ca = [certificates.old.cert, certificates.new.cert];
        const { problem, status } = await scene.run(desired, rest);
        await server.close();
        const { certificateArn } = scene.settings();
        return { handshakes, status, certificateArn, kind: problem?.kind, message: problem?.message ?? "" };
    }

    it("waits for a server that changes its certificate halfway, and wants three reads in a row", async () => {
        const { kind, handshakes } = await run((handshake) => (handshake < 3 ? "old" : "new"), SERVED);
        // The server's own start takes the first of them.
        assert.deepEqual([kind, handshakes], [undefined, 6]);
        assert.match(scene.engine.infos.join(), /; served after \d s$/);
    });

    it("verifies too if nothing had to be sent: an earlier update may have ended while it waited", async () => {
        scene.emulator.patchDomain(DOMAIN, { certificateArn: fresh });
        const { kind, handshakes } = await run(() => "new", SERVED);
        assert.deepEqual([kind, handshakes, scene.updates.length], [undefined, 4, 0]);
    });

    it("is not content with a server that changes back and forth", async () => {
        const { message } = await run((handshake) => (handshake % 3 === 0 ? "old" : "new"), SOON);
        assert.match(message, /not seen to serve certificate \.\.\.\/\S+: after 1 s/);
        assert.deepEqual(scene.engine.infos, []);
    });

    it("reports what a server presents that never changes, and that the domain has the update", async () => {
        const { message, ...rest } = await run(() => "old", SOON);
        assert.match(
            message,
            /^auth\.example\.com: ACTIVE, but .*127\.0\.0\.1: serves serial a01, .*\. Run `pulumi up` a/,
        );
        assert.deepEqual([rest.kind, rest.status, rest.certificateArn], ["notServed", "ACTIVE", fresh]);
    });

    it("rolls back what is not served", async () => {
        const before = scene.settings().certificateArn;
        const { message, certificateArn } = await run(() => "old", ROLLBACK);
        assert.match(message, /serves serial a01.*Rolled back to certificate/);
        assert.equal(certificateArn, before);
    });

    it("never rolls back for what an intercepting proxy presents", async () => {
        const { kind, message, certificateArn } = await run(() => "proxy", ROLLBACK);
        assert.deepEqual([kind, certificateArn], ["unverified", fresh]);
        assert.match(message, /cannot tell, since this machine does not trust/);
    });

    it("never rolls back under an ARN that has not changed: CloudFront may take a day there", async () => {
        scene.emulator.patchDomain(DOMAIN, { certificateArn: fresh });
        const { kind, message } = await run(() => "old", ROLLBACK, { managedLoginVersion: 2 });
        assert.deepEqual([kind, scene.updates.length], ["unverified", 1]);
        assert.match(message, /If it was renewed or imported again under its ARN, that may take up to 24 h/);
    });

    it("proves nothing if a server is down, or AWS names no distribution", async () => {
        process.env[OVERRIDE] = "::127.0.0.1:1";
        const down = await scene.problem({ certificateArn: fresh }, SOON);
        assert.equal(down.kind, "unverified");
        assert.match(down.message, /127\.0\.0\.1: ECONNREFUSED/);
        const outcome = { ...(await scene.run({ certificateArn: fresh })), cloudFrontDistribution: undefined };
        const update = updateFor(scene.address(), { certificateArn: fresh }, SERVED);
        const unnamed = await verifyServedCertificate(update, scene.context(), outcome, new Deadline(30));
        assert.equal(unnamed?.kind, "unverified");
        assert.match(unnamed?.message ?? "", /names no CloudFront distribution/);
    });
});
