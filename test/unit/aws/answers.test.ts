import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Aws } from "../../../provider/aws/awsCalls";
import { directHandler } from "../../../provider/aws/requestHandler";
import { isRefusal } from "../../../provider/aws/updateRefusals";
import type { AwsCallError } from "../../../provider/model/errors";
import { failureOf } from "../../support/failure";

const ADDRESS = { userPoolId: "us-west-2_AbCdEfGhI", domain: "auth.example.com", region: "us-west-2" };
const PORTAL = "<!doctype html><html><body>Welcome to the airport. token=do-not-print</body></html>";
const HTML = { "content-type": "text/html; charset=utf-8" };
const JSON_1_1 = { "content-type": "application/x-amz-json-1.1" };

type Answer = (response: ServerResponse) => void;

const answer =
    (status: number, headers: Record<string, string>, body = ""): Answer =>
    (response) =>
        response.writeHead(status, headers).end(body);

/** Once the whole request has arrived. */
const reset: Answer = (response) => response.socket?.resetAndDestroy();
const notHttp: Answer = (response) => response.socket?.end("* OK IMAP4rev1 ready\r\n");
const cutBody: Answer = (response) => {
    response.writeHead(200, { ...JSON_1_1, "content-length": "100" });
    response.write("{", () => response.socket?.destroy());
};

describe("an answer to UpdateUserPoolDomain", () => {
    let server: Server;
    let aws: Aws;
    let respond: Answer;
    let requests: number;

    before(async () => {
        server = createServer((request, response) => {
            requests++;
            request.resume().once("end", () => respond(response));
        });
        await once(server.listen(0, "127.0.0.1"), "listening");
    });
    after(() => {
        server.closeAllConnections();
        server.close();
    });

    beforeEach(() => {
        requests = 0;
        aws = connected();
    });

    const connected = (options: ConstructorParameters<typeof Aws>[0] = {}) =>
        new Aws({
            maxAttempts: 1,
            endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
            credentials: { accessKeyId: "AKIATEST", secretAccessKey: "secret" },
            ...options,
        });

    const unreadable =
        /^the answer to \S+ in us-west-2 is not from AWS, or is incomplete \((HTTP \d+|not HTTP)\): look/;
    const lost: [what: string, answer: Answer, message: RegExp][] = [
        ["200 with HTML", answer(200, HTML, PORTAL), unreadable],
        ["HTML without its type", answer(200, {}, PORTAL), unreadable],
        ["200 with half of a JSON body", answer(200, JSON_1_1, '{"CloudFrontDom'), unreadable],
        ["302", answer(302, { location: "https://portal.example.net/login?token=do-not-print" }), unreadable],
        ["503, empty", answer(503, {}), unreadable],
        ["400 with HTML", answer(400, HTML, PORTAL), unreadable],
        ["403 with JSON that names no error", answer(403, JSON_1_1, '{"message":"Forbidden"}'), unreadable],
        ["407 of a proxy", answer(407, {}), unreadable],
        ["400 with half of an error", answer(400, JSON_1_1, '{"__type":"InvalidParam'), unreadable],
        ["a 500 of AWS's", answer(500, JSON_1_1, '{"__type":"InternalErrorException","message":"x"}'), /InternalError/],
        ["what is not HTTP", notHttp, unreadable],
        ["a connection that is reset after the request", reset, /^could not reach AWS .*ECONNRESET/],
        ["half of a body, then nothing", cutBody, /^could not reach AWS .*ECONNRESET/],
    ];
    for (const [what, how, message] of lost) {
        it(`leaves open what AWS has done, and is none to a question: ${what}`, async () => {
            respond = how;
            const error = await failureOf<AwsCallError>(aws.updateDomain(ADDRESS, { managedLoginVersion: 2 }));
            assert.deepEqual([error.lost, error.transient, isRefusal(error)], [true, true, false], error.message);
            assert.equal(requests, 1);
            for (const { message: text } of [error, await failureOf(aws.describeDomain(ADDRESS))]) {
                assert.match(text, message);
                assert.doesNotMatch(text, /do-not-print|airport|\n/);
            }
        });
    }

    for (const [what, how] of [
        ["an empty body", answer(200, {})],
        ["204", answer(204, {})],
        ["no object", answer(200, JSON_1_1, '"OK"')],
        ["no DomainDescription", answer(200, JSON_1_1, "{}")],
        ["HTML", answer(200, HTML, PORTAL)],
    ] as const) {
        it(`is none, and no absence: 200 with ${what}`, async () => {
            respond = how;
            const update = aws.updateDomain(ADDRESS, { managedLoginVersion: 2 });
            for (const question of [aws.describeDomain(ADDRESS), aws.callerAccount("us-west-2"), update]) {
                assert.match((await failureOf(question)).message, unreadable);
            }
        });
    }

    it("is absence if its DomainDescription is empty", async () => {
        respond = answer(200, JSON_1_1, '{"DomainDescription":{}}');
        assert.equal(await aws.describeDomain(ADDRESS), undefined);
    });

    const refused: [what: string, answer: Answer, code: string][] = [
        ["its type", answer(400, JSON_1_1, '{"__type":"InvalidParameterException"}'), "InvalidParameterException"],
        ["its namespace and type", answer(400, JSON_1_1, '{"__type":"com.amazonaws#XException"}'), "XException"],
        ["throttling", answer(400, JSON_1_1, '{"__type":"TooManyRequestsException"}'), "TooManyRequestsException"],
        ["its header", answer(400, { "x-amzn-errortype": "AccessDeniedException:" }, "{}"), "AccessDeniedException"],
    ];
    for (const [what, how, code] of refused) {
        it(`is a refusal in AWS's own words: an error by ${what}`, async () => {
            respond = how;
            const error = await failureOf<AwsCallError>(aws.updateDomain(ADDRESS, { managedLoginVersion: 2 }));
            assert.deepEqual([error.lost, error.code, requests], [false, code, 1], error.message);
        });
    }

    for (const [what, how] of [
        ["nothing", () => {}],
        ["half of a body, and the connection stays open", (response) => void response.writeHead(200).write("{")],
    ] satisfies [string, Answer][]) {
        it(`is not waited for without end: ${what}`, async () => {
            respond = how;
            const calls = connected({ requestHandler: directHandler({ requestTimeout: 200, socketTimeout: 200 }) });
            const error = await failureOf<AwsCallError>(calls.updateDomain(ADDRESS, { managedLoginVersion: 2 }));
            assert.match(error.code, /^(ETIMEDOUT|TimeoutError)$/);
            assert.equal(error.lost, true);
        });
    }

    it("cannot be, where the request never left", async () => {
        const closed = createServer();
        await once(closed.listen(0, "127.0.0.1"), "listening");
        const free = (closed.address() as AddressInfo).port;
        await new Promise((resolve) => closed.close(resolve));
        const noCredentials = Object.assign(new Error("none"), { name: "CredentialsProviderError" });
        const unsent: [options: ConstructorParameters<typeof Aws>[0], code: string][] = [
            [{ endpoint: `http://127.0.0.1:${free}` }, "ECONNREFUSED"],
            [{ credentials: () => Promise.reject(noCredentials) }, "CredentialsProviderError"],
        ];
        for (const [options, code] of unsent) {
            const update = connected(options).updateDomain(ADDRESS, { managedLoginVersion: 2 });
            const error = await failureOf<AwsCallError>(update);
            assert.deepEqual([error.code, error.lost], [code, false], error.message);
        }
        assert.equal(requests, 0);
    });
});
