import assert from "node:assert/strict";
import { globalAgent } from "node:https";
import { askPage, judgePage, loginPath } from "../../../provider/reconcile/signInPage";
import { makeCertificate, startTlsServer } from "../../support/tlsServer";

const CLASSIC = '<form name="cognitoSignInForm"><input class="inputField-customizable form-control"></form>';
const MANAGED = "<!doctype html><div id=root></div>";

describe("judgePage", () => {
    const cases: [name: string, answer: Parameters<typeof judgePage>[0], version: number, page: string][] = [
        ["a page without classic marks, with version 2", { status: 200, body: MANAGED }, 2, "served"],
        ["the classic page, with version 2", { status: 200, body: CLASSIC }, 2, "notServed"],
        [
            "the classic page by its CSS classes, with version 2",
            { status: 200, body: '<a class="x redirect-customizable">' },
            2,
            "notServed",
        ],
        ["the classic page, with version 1", { status: 200, body: CLASSIC }, 1, "served"],
        ["another page, with version 1", { status: 200, body: MANAGED }, 1, "cannotTell"],
        ["403 Login pages unavailable", { status: 403, body: "<h1>Login pages unavailable</h1>" }, 2, "notServed"],
        ["403 of a firewall", { status: 403, body: "Request blocked" }, 2, "cannotTell"],
        ["that text without the 403", { status: 500, body: "Login pages unavailable" }, 2, "cannotTell"],
        ["a redirect", { status: 302, body: "" }, 2, "cannotTell"],
        ["no answer", { unreachable: "ECONNREFUSED" }, 2, "cannotTell"],
    ];
    for (const [name, answer, version, page] of cases) {
        it(`takes ${name} as ${page}`, () => assert.equal(judgePage(answer, version).page, page));
    }

    it("says what it saw", () => {
        assert.deepEqual(judgePage({ status: 302, body: "" }, 2), {
            page: "cannotTell",
            reason: "it answers with HTTP 302",
        });
        assert.deepEqual(judgePage({ unreachable: "why" }, 2), { page: "cannotTell", reason: "why" });
    });
});

describe("loginPath", () => {
    it("asks with what the app client allows", () => {
        const path = loginPath("abc", {
            redirectUri: "https://app.example.com/in?a=b",
            flows: ["code"],
            scopes: ["openid", "email"],
        });
        assert.equal(
            path,
            "/login?client_id=abc&response_type=code&scope=openid+email&redirect_uri=https%3A%2F%2Fapp.example.com%2Fin%3Fa%3Db",
        );
    });

    it("uses the implicit flow only where it is the one allowed", () => {
        assert.match(loginPath("abc", { flows: ["implicit"], scopes: [] }), /response_type=token/);
        assert.match(loginPath("abc", { flows: ["implicit", "code"], scopes: [] }), /response_type=code/);
    });

    it("leaves out what there is not", () => {
        assert.equal(loginPath("abc", { flows: [], scopes: [] }), "/login?client_id=abc&response_type=code");
    });
});

describe("askPage", () => {
    const ADDRESS = { userPoolId: "us-west-2_AbCdEfGhI", domain: "auth.example.com", region: "us-west-2" };
    const OVERRIDE = "PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO";

    afterEach(() => {
        delete process.env[OVERRIDE];
        delete globalAgent.options.ca;
    });

    it("asks the domain through its CloudFront name, with SNI and Host of the domain", async () => {
        const certificate = await makeCertificate("01", ADDRESS.domain);
        const seen: (string | undefined)[] = [];
        const server = await startTlsServer(
            (servername) => {
                seen.push(servername);
                return certificate;
            },
            (request, response) => response.end(`${request.headers.host} ${request.url}`),
        );
        globalAgent.options.ca = certificate.cert;
        process.env[OVERRIDE] = `d111.cloudfront.net:443:127.0.0.1:${server.port}`;
        const answer = await askPage(ADDRESS, "d111.cloudfront.net", "/login?x=1");
        await server.close();
        assert.deepEqual(answer, { status: 200, body: "auth.example.com /login?x=1" });
        assert.ok(seen.includes(ADDRESS.domain));
    });

    it("does not believe a page behind a certificate that is not trusted", async () => {
        const certificate = await makeCertificate("01", ADDRESS.domain);
        const server = await startTlsServer(() => certificate);
        process.env[OVERRIDE] = `::127.0.0.1:${server.port}`;
        const answer = await askPage(ADDRESS, "d111.cloudfront.net", "/login");
        await server.close();
        assert.ok("unreachable" in answer);
        assert.match(answer.unreachable, /self-signed/);
    });

    it("does not believe half a page", async () => {
        const certificate = await makeCertificate("01", ADDRESS.domain);
        const server = await startTlsServer(
            () => certificate,
            (_, response) => {
                response.writeHead(200, { "content-length": "1000" });
                response.write("<html>", () => response.destroy());
            },
        );
        globalAgent.options.ca = certificate.cert;
        process.env[OVERRIDE] = `::127.0.0.1:${server.port}`;
        const answer = await askPage(ADDRESS, "d111.cloudfront.net", "/login");
        await server.close();
        assert.ok("unreachable" in answer);
    });

    it("asks a prefix domain by its own host", async () => {
        const host = "my-product.auth.us-west-2.amazoncognito.com";
        const certificate = await makeCertificate("01", host);
        const server = await startTlsServer(
            () => certificate,
            (request, response) => response.end(request.headers.host),
        );
        globalAgent.options.ca = certificate.cert;
        process.env[OVERRIDE] = `${host}:443:127.0.0.1:${server.port}`;
        const answer = await askPage({ ...ADDRESS, domain: "my-product" }, undefined, "/login");
        await server.close();
        assert.deepEqual(answer, { status: 200, body: host });
    });
});
