import assert from "node:assert/strict";
import { globalAgent } from "node:https";
import {
    allServe,
    anotherIsServed,
    askEdges,
    connectTo,
    describeEdges,
    type EdgeAnswer,
    serialOf,
} from "../../../provider/reconcile/cloudFrontEdges";
import { makeCertificate, startTlsServer, type TestCertificate } from "../../support/tlsServer";

const DOMAIN = "auth.example.com";
const OVERRIDE = "PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO";

describe("what an edge presents", () => {
    let right: TestCertificate;
    let other: TestCertificate;

    before(async () => {
        right = await makeCertificate("0abc", DOMAIN);
        other = await makeCertificate("0def", "other.example.com");
    });
    afterEach(() => {
        delete process.env[OVERRIDE];
        delete globalAgent.options.ca;
    });

    async function asked(connectTo: string, trusted: TestCertificate[] = []): Promise<EdgeAnswer | undefined> {
        process.env[OVERRIDE] = connectTo;
        globalAgent.options.ca = trusted.map(({ cert }) => cert);
        const [answer, ...more] = await askEdges("d111.cloudfront.net", DOMAIN);
        assert.deepEqual(more, []);
        return answer;
    }

    /** The answer of a server that presents one certificate for the domain, and another for all other names. */
    async function presented(shown: TestCertificate, trusted = [shown]): Promise<EdgeAnswer | undefined> {
        const server = await startTlsServer((servername) => (servername === DOMAIN ? shown : other));
        try {
            return await asked(`d111.cloudfront.net:443:127.0.0.1:${server.port}`, trusted);
        } finally {
            await server.close();
        }
    }

    it("is told by the serial of the certificate for the domain (SNI), also of one that has expired", async () => {
        const expired = await makeCertificate("0e0e", DOMAIN, { notAfter: new Date(Date.now() - 1000) });
        for (const certificate of [right, expired]) {
            const answer = await presented(certificate);
            assert.ok(answer && "serial" in answer);
            assert.deepEqual([answer.address, answer.serial], ["127.0.0.1", serialOf(certificate.serial)]);
        }
    });

    it("proves nothing if it is not trusted, or for another name: a proxy may have made it", async () => {
        const address = "127.0.0.1";
        assert.deepEqual(await presented(right, []), { address, untrusted: "DEPTH_ZERO_SELF_SIGNED_CERT" });
        const answer = await presented(other);
        assert.ok(answer && "untrusted" in answer && /altnames/.test(answer.untrusted), JSON.stringify(answer));
    });

    it("is nothing if it is down, its name does not resolve, or there is no route to it", async () => {
        assert.deepEqual(await asked("::127.0.0.1:1"), { address: "127.0.0.1", down: "ECONNREFUSED" });
        assert.ok("down" in ((await asked("::no-such-name.invalid:443")) ?? {}));
        // 2001:db8::/32 is reserved for documentation: with no IPv6 route this fails at once, with one it is never routed.
        const unroutable = (await asked("::[2001:db8::1]:443")) ?? {};
        assert.ok("unroutable" in unroutable || "down" in unroutable);
    });
});

describe("a certificate is served everywhere", () => {
    const match: EdgeAnswer = { address: "a", serial: 1n, notAfter: "" };
    const other: EdgeAnswer = { address: "b", serial: 2n, notAfter: "" };
    const untrusted: EdgeAnswer = { address: "e", untrusted: "SELF_SIGNED_CERT_IN_CHAIN" };
    const down: EdgeAnswer = { address: "c", down: "ECONNREFUSED" };
    const unroutable: EdgeAnswer = { address: "d", unroutable: true };
    const cases: [name: string, answers: EdgeAnswer[], expected: boolean][] = [
        ["every edge presents it", [match, match], true],
        ["one edge presents another", [match, other], false],
        ["one edge is down", [match, down], false],
        ["only an address without a route is left out", [match, unroutable], true],
        ["one edge cannot be trusted", [match, untrusted], false],
        ["no edge can be seen", [unroutable], false],
        ["there is no edge", [], false],
    ];
    for (const [name, answers, expected] of cases) {
        it(`${expected ? "" : "not "}if ${name}`, () => assert.equal(allServe(answers, 1n), expected));
    }

    it("is refuted by an edge that certainly presents another, and by nothing else", () => {
        assert.equal(anotherIsServed([match, other], 1n), true);
        for (const answers of [[match], [down], [unroutable], [untrusted], []]) {
            assert.equal(anotherIsServed(answers, 1n), false);
        }
    });

    it("is told in words, edge by edge; ACM's colons and Node's capitals are the same number", () => {
        assert.equal(
            describeEdges([match, { ...other, serial: serialOf("0A:B"), notAfter: "Jan 1" }, down, unroutable], 1n),
            "a: serves it; b: serves serial ab, valid to Jan 1; c: ECONNREFUSED; d: no route from here",
        );
        assert.equal(serialOf("0a:bc:0d"), serialOf("ABC0D"));
    });
});

describe("connectTo", () => {
    const cases: [rules: string, host: string, expected: string][] = [
        ["", "a.example.com", "a.example.com:443"],
        ["a.example.com:443:127.0.0.1:8443", "a.example.com", "127.0.0.1:8443"],
        ["a.example.com:443:127.0.0.1:8443", "b.example.com", "b.example.com:443"],
        ["a.example.com:80:127.0.0.1:8443", "a.example.com", "a.example.com:443"],
        ["::127.0.0.1:8443", "anything", "127.0.0.1:8443"],
        ["a:443:one:1, b:443:two:2", "b", "two:2"],
        ["a:443:[::1]:8443", "a", "::1:8443"],
        ["a:443::8443", "a", "a:8443"],
        ["a:443:b:", "a", "b:443"],
        ["nonsense", "a", "a:443"],
    ];
    for (const [rules, name, expected] of cases) {
        it(`with "${rules}", ${name} is reached at ${expected}`, () => {
            const { host, port } = connectTo(name, 443, rules);
            assert.equal(`${host}:${port}`, expected);
        });
    }
});
