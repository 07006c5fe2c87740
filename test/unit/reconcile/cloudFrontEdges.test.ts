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

describe("askEdges", () => {
    let certificate: TestCertificate;

    before(async () => {
        certificate = await makeCertificate("0abc", DOMAIN);
    });

    afterEach(() => {
        delete process.env[OVERRIDE];
        delete globalAgent.options.ca;
    });

    it("tells the serial that is presented for the domain, by SNI", async () => {
        const other = await makeCertificate("0def", "other.example.com");
        const server = await startTlsServer((servername) => (servername === DOMAIN ? certificate : other));
        process.env[OVERRIDE] = `d111.cloudfront.net:443:127.0.0.1:${server.port}`;
        globalAgent.options.ca = certificate.cert;
        const [answer, ...more] = await askEdges("d111.cloudfront.net", DOMAIN);
        await server.close();
        assert.deepEqual(more, []);
        assert.ok(answer && "serial" in answer);
        assert.equal(answer.serial, 0xabcn);
        assert.equal(answer.address, "127.0.0.1");
    });

    /** The answer of one server that presents this certificate, on a machine that trusts those. */
    async function presented(shown: TestCertificate, trusted: TestCertificate[]): Promise<EdgeAnswer | undefined> {
        const server = await startTlsServer(() => shown);
        process.env[OVERRIDE] = `::127.0.0.1:${server.port}`;
        globalAgent.options.ca = trusted.map(({ cert }) => cert);
        const [answer] = await askEdges("d111.cloudfront.net", DOMAIN);
        await server.close();
        return answer;
    }

    it("takes nothing from a certificate that this machine does not trust: a proxy may have made it", async () => {
        assert.deepEqual(await presented(certificate, []), {
            address: "127.0.0.1",
            untrusted: "DEPTH_ZERO_SELF_SIGNED_CERT",
        });
    });

    it("takes nothing from one for another name, trusted or not", async () => {
        const other = await makeCertificate("0def", "other.example.com");
        const answer = await presented(other, [other]);
        assert.ok(answer && "untrusted" in answer && /altnames/.test(answer.untrusted), JSON.stringify(answer));
    });

    it("tells the serial of one that has expired", async () => {
        const expired = await makeCertificate("0e0e", DOMAIN, { notAfter: new Date(Date.now() - 1000) });
        const answer = await presented(expired, [expired]);
        assert.ok(answer && "serial" in answer);
        assert.equal(answer.serial, 0xe0en);
    });

    it("tells of an edge that is down", async () => {
        const server = await startTlsServer(() => certificate);
        process.env[OVERRIDE] = `::127.0.0.1:${server.port}`;
        await server.close();
        assert.deepEqual(await askEdges("d111.cloudfront.net", DOMAIN), [
            { address: "127.0.0.1", down: "ECONNREFUSED" },
        ]);
    });

    it("tells of an address family without a route", async () => {
        // 2001:db8::/32 is reserved for documentation: with no IPv6 route this fails at once, with one it is never routed.
        process.env[OVERRIDE] = "::[2001:db8::1]:443";
        const [answer] = await askEdges("d111.cloudfront.net", DOMAIN);
        assert.ok(answer && ("unroutable" in answer || "down" in answer));
    });

    it("tells of a name that does not resolve", async () => {
        process.env[OVERRIDE] = "::no-such-name.invalid:443";
        const [answer] = await askEdges("d111.cloudfront.net", DOMAIN);
        assert.ok(answer && "down" in answer);
    });
});

describe("serialOf", () => {
    it("reads ACM's colons and Node's capitals as the same number", () => {
        assert.equal(serialOf("0a:bc:0d"), serialOf("ABC0D"));
    });
});

describe("allServe", () => {
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
        it(`is ${expected} if ${name}`, () => assert.equal(allServe(answers, 1n), expected));
    }

    it("is refuted by an edge that certainly presents another, and by nothing else", () => {
        assert.equal(anotherIsServed([match, other], 1n), true);
        for (const answers of [[match], [down], [unroutable], [untrusted], []]) {
            assert.equal(anotherIsServed(answers, 1n), false);
        }
    });

    it("is told in words, edge by edge", () => {
        assert.equal(
            describeEdges([match, { ...other, serial: 0xabn, notAfter: "Jan 1" }, down, unroutable], 1n),
            "a: serves it; b: serves serial ab, valid to Jan 1; c: ECONNREFUSED; d: no route from here",
        );
    });
});

describe("connectTo", () => {
    const cases: [rules: string, host: string, expected: { host: string; port: number }][] = [
        ["", "a.example.com", { host: "a.example.com", port: 443 }],
        ["a.example.com:443:127.0.0.1:8443", "a.example.com", { host: "127.0.0.1", port: 8443 }],
        ["a.example.com:443:127.0.0.1:8443", "b.example.com", { host: "b.example.com", port: 443 }],
        ["a.example.com:80:127.0.0.1:8443", "a.example.com", { host: "a.example.com", port: 443 }],
        ["::127.0.0.1:8443", "anything", { host: "127.0.0.1", port: 8443 }],
        ["a:443:one:1, b:443:two:2", "b", { host: "two", port: 2 }],
        ["a:443:[::1]:8443", "a", { host: "::1", port: 8443 }],
        ["a:443::8443", "a", { host: "a", port: 8443 }],
        ["a:443:b:", "a", { host: "b", port: 443 }],
        ["nonsense", "a", { host: "a", port: 443 }],
    ];
    for (const [rules, host, expected] of cases) {
        it(`with "${rules}", ${host} is reached at ${expected.host}:${expected.port}`, () => {
            assert.deepEqual(connectTo(host, 443, rules), expected);
        });
    }
});
