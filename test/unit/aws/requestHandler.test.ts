import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Aws } from "../../../provider/aws/awsCalls";
import { connectAs } from "../../../provider/aws/connectAs";
import { requestHandlerFor } from "../../../provider/aws/requestHandler";
import type { AwsConnection } from "../../../provider/inputs/awsConnection";
import { type AwsCallError, InvalidConfigurationError } from "../../../provider/model/errors";
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
    let refusal: string | undefined;
    let folder: string;
    let connection: AwsConnection;

    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), "proxy-"));
        const certificate = await makeCertificate("01", [HOST, "localhost"]);
        writeFileSync(path.join(folder, "ca.pem"), certificate.cert);
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
        refusal = undefined;
        connection = {
            credentials: { accessKeyId: "AKIATEST", secretAccessKey: "secret" },
            endpoints: { cognito: `https://${HOST}` },
            customCaBundle: path.join(folder, "ca.pem"),
        };
    });

    /** Every name leads to the one server. */
    function tunnel({ url = "", headers }: IncomingMessage, socket: Socket): void {
        tunnels.push({ target: url, authorization: headers["proxy-authorization"] });
        if (refusal) {
            socket.end(refusal);
            return;
        }
        const target = connect(aws.port, "127.0.0.1", () => {
            socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
            target.pipe(socket).pipe(target);
        });
        for (const end of [socket, target]) {
            end.on("error", () => {});
        }
    }

    const proxyUrl = (user = "") => `http://${user}127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    /** Describes a domain; what the environment and the stack's config have to say of the way there. */
    const describeDomain = (environment: Record<string, string> = {}, config: AwsConnection = {}) =>
        withEnvironment({ ...WITHOUT_PROXY, ...environment }, async () => {
            const { credentials, endpoints, ...way } = { ...connection, ...config };
            const requestHandler = await requestHandlerFor(way);
            return new Aws({ maxAttempts: 1, credentials, endpoints, requestHandler }).describeDomain(ADDRESS);
        });

    it("go through HTTPS_PROXY, over one tunnel that is kept, with its password", async () => {
        await withEnvironment({ ...WITHOUT_PROXY, HTTPS_PROXY: proxyUrl("me:pass%20word@") }, async () => {
            const calls = await connectAs({ connection });
            assert.equal(await calls.describeDomain(ADDRESS), undefined);
            assert.equal(await calls.describeDomain(ADDRESS), undefined);
        });
        const authorization = `Basic ${Buffer.from("me:pass word").toString("base64")}`;
        assert.deepEqual(tunnels, [{ target: `${HOST}:443`, authorization }]);
        assert.equal(requests, 2);
    });

    it("go through the proxy of the stack's config", async () => {
        await describeDomain({ HTTPS_PROXY: "http://127.0.0.1:1" }, { proxy: { https: proxyUrl() } });
        assert.equal(tunnels.length, 1);
    });

    it("go directly where NO_PROXY says so", async () => {
        const error = await failureOf<AwsCallError>(describeDomain({ HTTPS_PROXY: proxyUrl(), NO_PROXY: ".invalid" }));
        assert.equal(error.code, "ENOTFOUND");
        assert.deepEqual(tunnels, []);
    });

    it("say that the proxy cannot be reached, and nothing of its password", async () => {
        const error = await failureOf<AwsCallError>(
            describeDomain({ HTTPS_PROXY: "http://me:do-not-print@127.0.0.1:1" }),
        );
        assert.match(error.message, /^could not reach AWS for .* \(ECONNREFUSED\): check the network, and HTTPS_PROXY/);
        assert.doesNotMatch(error.message, /do-not-print/);
        assert.deepEqual([error.transient, error.lost], [true, false]);
    });

    it("say that something else answered where the proxy refuses", async () => {
        refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Type: text/html\r\n\r\n<html>";
        const { message } = await failureOf(describeDomain({ HTTPS_PROXY: proxyUrl() }));
        assert.match(message, /^what answered .* was not AWS \(HTTP 407, text\/html, 6 bytes\)/);
        assert.equal(requests, 0);
    });

    it("are not sent to whom no CA vouches for", async () => {
        const untrusted = { customCaBundle: undefined };
        const error = await failureOf<AwsCallError>(describeDomain({ HTTPS_PROXY: proxyUrl() }, untrusted));
        assert.match(error.message, /has no certificate of AWS's \(\w+\): a captive portal or a proxy/);
        assert.deepEqual([error.transient, error.lost, requests], [false, false, 0]);
        const direct = { ...untrusted, endpoints: { cognito: `https://localhost:${aws.port}` } };
        assert.match((await failureOf(describeDomain({}, direct))).message, /has no certificate of AWS's/);
        assert.equal(requests, 0);
    });

    it("are not sent to them with NODE_TLS_REJECT_UNAUTHORIZED=0 either, which Node.js obeys", async () => {
        const environment = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
        const untrusted = { customCaBundle: undefined };
        const direct = { ...untrusted, endpoints: { cognito: `https://localhost:${aws.port}` } };
        assert.match((await failureOf(describeDomain(environment, direct))).message, /has no certificate of AWS's/);
        const proxied = describeDomain({ ...environment, HTTPS_PROXY: proxyUrl() }, untrusted);
        assert.match((await failureOf(proxied)).message, /has no certificate of AWS's/);
        assert.equal(requests, 0);
    });

    it("trust the CA bundle of the stack's config, and of the environment", async () => {
        const endpoints = { cognito: `https://localhost:${aws.port}` };
        await describeDomain({}, { endpoints });
        const AWS_CA_BUNDLE = path.join(folder, "ca.pem");
        await describeDomain({ AWS_CA_BUNDLE }, { endpoints, customCaBundle: undefined });
        assert.equal(requests, 2);
    });

    it("are not made where the CA bundle cannot be read", async () => {
        const missing = path.join(folder, "none.pem");
        const sources: [work: Promise<unknown>, source: string][] = [
            [describeDomain({}, { customCaBundle: missing }), "the config value aws:customCaBundle"],
            [
                describeDomain({ AWS_CA_BUNDLE: missing }, { customCaBundle: undefined }),
                "the environment variable AWS_CA_",
            ],
        ];
        for (const [work, source] of sources) {
            const error = await failureOf(work);
            assert.ok(error instanceof InvalidConfigurationError);
            assert.ok(error.message.startsWith(source) && error.message.includes("none.pem"), error.message);
        }
    });
});

const WITHOUT_PROXY = {
    HTTPS_PROXY: undefined,
    https_proxy: undefined,
    HTTP_PROXY: undefined,
    http_proxy: undefined,
    NO_PROXY: undefined,
    no_proxy: undefined,
    AWS_CA_BUNDLE: undefined,
    AWS_ENDPOINT_URL: undefined,
};
