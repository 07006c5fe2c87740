import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Aws } from "../../../provider/aws/awsCalls";
import { requestHandlerFor } from "../../../provider/aws/requestHandler";
import type { AwsCallError } from "../../../provider/model/errors";
import { withEnvironment } from "../../support/environment";
import { failureOf } from "../../support/failure";
import { makeCertificate, startTlsServer } from "../../support/tlsServer";

/** A name that no DNS has: only the proxy finds the way there. */
const HOST = "cognito-idp.us-west-2.test.invalid";
const ADDRESS = { userPoolId: "us-west-2_AbCdEfGhI", domain: "auth.example.com", region: "us-west-2" };

describe("calls to AWS", () => {
    let aws: Awaited<ReturnType<typeof startTlsServer>>;
    let proxy: Server;
    let tunnels: { target: string; authorization?: string }[];
    let requests: number;
    let folder: string;
    let bundle: string;

    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), "proxy-"));
        const certificate = await makeCertificate("01", [HOST, "localhost"]);
        bundle = path.join(folder, "ca.pem");
        writeFileSync(bundle, certificate.cert);
        aws = await startTlsServer(
            () => certificate,
            (request, response) => {
                requests++;
                request.resume().once("end", () => response.end('{"DomainDescription":{}}'));
            },
        );
        proxy = createServer().on("connect", tunnel);
        await once(proxy.listen(0, "127.0.0.1"), "listening");
    });
    after(async () => {
        await aws.close();
        proxy.closeAllConnections();
        proxy.close();
        rmSync(folder, { recursive: true });
    });

    beforeEach(() => {
        tunnels = [];
        requests = 0;
    });

    /** Every name leads to the one server. */
    function tunnel({ url = "", headers }: IncomingMessage, socket: Socket): void {
        tunnels.push({ target: url, authorization: headers["proxy-authorization"] });
        const target = connect(aws.port, "127.0.0.1", () => {
            socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
            target.pipe(socket).pipe(target);
        });
        for (const end of [socket, target]) {
            end.on("error", () => {});
        }
    }

    const proxyUrl = (user = "") => `http://${user}127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    /** Describes a domain, with a proxy and CAs in the environment. */
    const describeDomain = (environment: Record<string, string | undefined> = {}, endpoint = `https://${HOST}`) =>
        withEnvironment({ ...WITHOUT_PROXY, AWS_CA_BUNDLE: bundle, ...environment }, async () => {
            const requestHandler = await requestHandlerFor();
            const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };
            const calls = new Aws({ maxAttempts: 1, credentials, endpoint, requestHandler });
            await calls.describeDomain(ADDRESS);
            return calls.describeDomain(ADDRESS);
        });
    const direct = () => `https://localhost:${aws.port}`;

    it("go through HTTPS_PROXY, over one tunnel that is kept, with its password", async () => {
        await describeDomain({ HTTPS_PROXY: proxyUrl("me:pass%20word@") });
        const authorization = `Basic ${Buffer.from("me:pass word").toString("base64")}`;
        assert.deepEqual(tunnels, [{ target: `${HOST}:443`, authorization }]);
        assert.equal(requests, 2);
    });

    it("take a proxy without a scheme, in either case of the variable", async () => {
        await describeDomain({ https_proxy: proxyUrl().replace("http://", "") });
        assert.equal(tunnels.length, 1);
    });

    for (const [NO_PROXY, isDirect] of [
        ["test.invalid", true],
        [".invalid", true],
        ["*.invalid", true],
        [`other.example, ${HOST}:443`, true],
        ["*", true],
        [`${HOST}:8443`, false],
        ["st.invalid", false],
        ["example.com", false],
    ] as const) {
        it(`go ${isDirect ? "directly" : "through the proxy"} with NO_PROXY=${NO_PROXY}`, async () => {
            const work = describeDomain({ HTTPS_PROXY: proxyUrl(), NO_PROXY });
            if (isDirect) {
                assert.equal((await failureOf<AwsCallError>(work)).code, "ENOTFOUND");
            } else {
                await work;
            }
            assert.equal(tunnels.length, isDirect ? 0 : 1);
        });
    }

    it("go directly to this machine itself", async () => {
        await describeDomain({ HTTPS_PROXY: proxyUrl() }, direct());
        assert.deepEqual([tunnels, requests], [[], 2]);
    });

    it("say that the proxy cannot be reached, and nothing of its password", async () => {
        const error = await failureOf<AwsCallError>(
            describeDomain({ HTTPS_PROXY: "http://me:do-not-print@127.0.0.1:1" }),
        );
        assert.match(error.message, /^could not reach AWS for .* \(ECONNREFUSED\): check the network, and HTTPS_PROXY/);
        assert.doesNotMatch(error.message, /do-not-print/);
        assert.deepEqual([error.transient, error.lost], [true, false]);
    });

    for (const NODE_TLS_REJECT_UNAUTHORIZED of [undefined, "0"]) {
        it(`are not sent to whom no CA vouches for, with NODE_TLS_REJECT_UNAUTHORIZED=${NODE_TLS_REJECT_UNAUTHORIZED}`, async () => {
            const environment = { AWS_CA_BUNDLE: undefined, NODE_TLS_REJECT_UNAUTHORIZED };
            const ways = [
                () => describeDomain({ ...environment, HTTPS_PROXY: proxyUrl() }),
                () => describeDomain(environment, direct()),
            ];
            for (const way of ways) {
                const error = await failureOf<AwsCallError>(way());
                assert.match(error.message, /has no AWS certificate \(\w+\): a captive portal or a proxy/);
                assert.deepEqual([error.transient, error.lost, requests], [false, false, 0]);
            }
        });
    }

    it("are not made with a proxy or a CA bundle that cannot be used, and say so as failures of the call", async () => {
        const variables: [environment: Record<string, string>, says: RegExp][] = [
            [
                { HTTPS_PROXY: "socks5://me:do-not-print@127.0.0.1:1" },
                /environment variable HTTPS_PROXY is not the URL of an HTTP proxy \(SOCKS is not supported\)/,
            ],
            [{ https_proxy: "do not print" }, /environment variable https_proxy is not the URL of an HTTP proxy/],
            [{ AWS_CA_BUNDLE: "/none.pem" }, /AWS_CA_BUNDLE names a file that cannot be read\..*\/none\.pem/],
        ];
        for (const [environment, says] of variables) {
            const error = await failureOf<AwsCallError>(describeDomain(environment));
            assert.match(error.message, /^cognito-idp:DescribeUserPoolDomain in us-west-2 could not be called: /);
            assert.match(error.message, says);
            assert.doesNotMatch(error.message, /do.not.print/);
            assert.deepEqual([error.transient, error.lost, requests], [false, false, 0]);
        }
    });
});

const PROXY = "HTTPS_PROXY https_proxy HTTP_PROXY http_proxy NO_PROXY no_proxy AWS_CA_BUNDLE AWS_ENDPOINT_URL";
const WITHOUT_PROXY = Object.fromEntries(PROXY.split(" ").map((name) => [name, undefined]));
