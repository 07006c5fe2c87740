import assert from "node:assert/strict";
import { globalAgent } from "node:https";
import { Deadline } from "../../../provider/reconcile/polling";
import {
    connectTo,
    type EdgeAnswer,
    presentedBy,
    serialOf,
    verifyServedCertificate,
} from "../../../provider/reconcile/served";
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
    let certificates: Record<"old" | "new" | "expired" | "ofOtherName" | "untrusted", TestCertificate>;

    before(async () => {
        certificates = {
            old: await makeCertificate("0a01", DOMAIN),
            new: await makeCertificate("0b02", DOMAIN),
            expired: await makeCertificate("0b02", DOMAIN, { notAfter: new Date(Date.now() - 1000) }),
            ofOtherName: await makeCertificate("0a01", "other.example.com"),
            untrusted: await makeCertificate("0a01", DOMAIN),
        };
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
        const { untrusted, ...trusted } = certificates;
        globalAgent.options.ca = Object.values(trusted).map(({ cert }) => cert);
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
        const text =
            /^auth\.example\.com: ACTIVE, but .*127\.0\.0\.1: serves serial a01, .*\. To complete the update, run/;
        assert.match(message, text);
        assert.deepEqual([rest.kind, rest.status, rest.certificateArn], ["notServed", "ACTIVE", fresh]);
    });

    it("rolls back what is not served", async () => {
        const before = scene.settings().certificateArn;
        const { message, certificateArn } = await run(() => "old", ROLLBACK);
        assert.match(message, /serves serial a01.*Rolled back to certificate/);
        assert.equal(certificateArn, before);
    });

    it("is told by the serial number, also of a certificate that has expired", async () => {
        assert.equal((await run(() => "expired", SERVED)).kind, undefined);
    });

    for (const [presented, reason] of [
        ["untrusted", /cannot tell, since this machine does not trust .*DEPTH_ZERO_SELF_SIGNED_CERT/],
        ["ofOtherName", /cannot tell, since this machine does not trust .*altnames/],
    ] as const) {
        it(`never rolls back for a certificate that a proxy may have made (${presented})`, async () => {
            const { kind, message, certificateArn } = await run(() => presented, ROLLBACK);
            assert.deepEqual([kind, certificateArn], ["unverified", fresh]);
            assert.match(message, reason);
        });
    }

    it("never rolls back under an ARN that has not changed: CloudFront may take a day there", async () => {
        scene.emulator.patchDomain(DOMAIN, { certificateArn: fresh });
        const { kind, message } = await run(() => "old", ROLLBACK, { managedLoginVersion: 2 });
        assert.deepEqual([kind, scene.updates.length], ["unverified", 1]);
        assert.match(message, /If it was renewed or imported again under its ARN, that may take up to 24 h/);
    });

    it("proves nothing if a server is down, or AWS names no distribution", async () => {
        for (const [target, text] of [
            ["::127.0.0.1:1", /127\.0\.0\.1: ECONNREFUSED/],
            ["::no-such-name.invalid:443", /no-such-name\.invalid: .*ENOTFOUND|EAI_AGAIN/],
        ] as const) {
            process.env[OVERRIDE] = target;
            const down = await scene.problem({ certificateArn: fresh }, SOON);
            assert.equal(down.kind, "unverified");
            assert.match(down.message, text);
        }
        const outcome = { ...(await scene.run({ certificateArn: fresh })), cloudFrontDistribution: undefined };
        const update = updateFor(scene.address(), { certificateArn: fresh }, SERVED);
        const unnamed = await verifyServedCertificate(
            update,
            { ...scene.context(), deadline: new Deadline(30) },
            outcome,
        );
        assert.equal(unnamed?.kind, "unverified");
        assert.match(unnamed?.message ?? "", /returned no CloudFront distribution/);
    });
});

describe("what the edges present", () => {
    const serves = (serial: bigint): EdgeAnswer => ({ address: "a", serial, text: "" });
    const down: EdgeAnswer = { address: "c", text: "ECONNREFUSED" };
    const unroutable: EdgeAnswer = { address: "d", isUnroutable: true, text: "no route from here" };
    const cases: [name: string, answers: EdgeAnswer[], expected: string][] = [
        ["every edge presents it", [serves(1n), serves(1n)], "right"],
        ["one edge certainly presents another", [serves(1n), down, serves(2n)], "other"],
        ["one edge is down, or cannot be trusted", [serves(1n), down], "unclear"],
        ["only an address without a route is left out", [serves(1n), unroutable], "right"],
        ["no edge can be seen", [unroutable], "unclear"],
        ["there is no edge", [], "unclear"],
    ];
    for (const [name, answers, expected] of cases) {
        it(`is ${expected} if ${name}`, () => assert.equal(presentedBy(answers, 1n), expected));
    }

    it("is compared as a number: ACM writes it with colons, Node in capitals", () => {
        assert.equal(serialOf("0a:bc:0d"), serialOf("ABC0D"));
    });

    const rules: [rules: string, host: string, expected: string][] = [
        ["", "a.example.com", "a.example.com:443"],
        ["a.example.com:443:127.0.0.1:8443", "a.example.com", "127.0.0.1:8443"],
        ["a.example.com:443:127.0.0.1:8443", "b.example.com", "b.example.com:443"],
        ["a:443:one:1, b:443:two:2", "b", "two:2"],
        ["a:443:[::1]:8443", "a", "::1:8443"],
        ["a:443::8443", "a", "a:8443"],
    ];
    for (const [given, name, expected] of rules) {
        it(`with "${given}", is asked of ${name} at ${expected}`, () => {
            process.env[OVERRIDE] = given;
            const { host, port } = connectTo(name, 443);
            delete process.env[OVERRIDE];
            assert.equal(`${host}:${port}`, expected);
        });
    }
});
