import assert from "node:assert/strict";
import { globalAgent } from "node:https";
import { Deadline } from "../../../provider/reconcile/deadline";
import { reconcile } from "../../../provider/reconcile/reconcile";
import { verify } from "../../../provider/reconcile/verify";
import { type Emulator, startEmulator } from "../../emulator/index";
import { contextWith, operationFor, recordingEngine } from "../../support/operation";
import { makeCertificate, startTlsServer, type TestCertificate } from "../../support/tlsServer";

const OVERRIDE = "PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO";
const DOMAIN = "auth.example.com";

describe("verify", () => {
    let emulator: Emulator;
    let address: { userPoolId: string; domain: string; region: string };
    let fresh: string;
    let oldCertificate: TestCertificate;
    let newCertificate: TestCertificate;

    before(async () => {
        oldCertificate = await makeCertificate("0a01", DOMAIN);
        newCertificate = await makeCertificate("0b02", DOMAIN);
    });

    beforeEach(async () => {
        emulator = await startEmulator({ behaviour: { settleAfterDescribes: 0 } });
        const userPoolId = emulator.userPool({ region: "us-west-2" });
        emulator.domain({ userPoolId, domain: DOMAIN });
        fresh = emulator.certificate({ domainName: DOMAIN, serial: "0b:02" });
        address = { userPoolId, domain: DOMAIN, region: "us-west-2" };
    });

    afterEach(async () => {
        delete process.env[OVERRIDE];
        delete globalAgent.options.ca;
        await emulator.close();
    });

    describe('with wait "served"', () => {
        const served = (timeoutSeconds = 30) =>
            operationFor(address, { certificateArn: fresh }, { wait: "served", timeoutSeconds });

        async function whilePresenting<T>(present: (handshake: number) => TestCertificate, work: () => Promise<T>) {
            let handshakes = 0;
            const server = await startTlsServer(() => present(handshakes++));
            process.env[OVERRIDE] = `::127.0.0.1:${server.port}`;
            globalAgent.options.ca = [oldCertificate.cert, newCertificate.cert];
            const outcome = await work();
            await server.close();
            return { outcome, handshakes };
        }

        it("waits for a server that changes its certificate halfway, and wants three rounds in a row", async () => {
            const { outcome, handshakes } = await whilePresenting(
                (handshake) => (handshake < 3 ? oldCertificate : newCertificate),
                () => reconcile(served(), contextWith(emulator)),
            );
            assert.equal(outcome.problem, undefined);
            // The server's own start takes the first of them.
            assert.equal(handshakes, 6);
        });

        it("is not content with a server that flaps", async () => {
            const { outcome } = await whilePresenting(
                (handshake) => (handshake % 3 === 0 ? oldCertificate : newCertificate),
                () => reconcile(served(4), contextWith(emulator)),
            );
            assert.match(outcome.problem?.message ?? "", /not seen to serve .*: after 4 s/);
        });

        it("says what a server that never changes presents, and that the update itself has arrived", async () => {
            const { outcome } = await whilePresenting(
                () => oldCertificate,
                () => reconcile(served(1), contextWith(emulator)),
            );
            assert.match(outcome.problem?.message ?? "", /127\.0\.0\.1: serves serial a01, valid to /);
            assert.equal(outcome.status, "ACTIVE");
            assert.equal(outcome.observed.certificateArn, fresh);
        });

        it("says that a server is down", async () => {
            process.env[OVERRIDE] = "::127.0.0.1:1";
            const { problem } = await reconcile(served(1), contextWith(emulator));
            assert.match(problem?.message ?? "", /127\.0\.0\.1: ECONNREFUSED/);
            assert.equal(problem?.kind, "unverified");
        });

        it("proves nothing where AWS names no distribution", async () => {
            const outcome = await reconcile({ ...served(), wait: "active" }, contextWith(emulator));
            const domain = await contextWith(emulator).aws.describeDomain(address);
            assert.ok(domain);
            const plan = { domain, original: {}, target: outcome.observed, own: [] };
            const { problem } = await verify(
                served(),
                contextWith(emulator),
                plan,
                { ...outcome, cloudFrontDistribution: undefined },
                new Deadline(30),
            );
            assert.equal(problem?.kind, "unverified");
            assert.match(problem?.message ?? "", /names no CloudFront distribution/);
        });

        it("rolls back what is not served, unless the old certificate is not fit any more: then it says what is in force", async () => {
            const before = emulator.domainOf(DOMAIN)?.certificateArn ?? "";
            const operation = { ...served(1), onFailure: "rollback" as const };
            const { outcome } = await whilePresenting(
                () => oldCertificate,
                () => reconcile(operation, contextWith(emulator)),
            );
            assert.match(outcome.problem?.message ?? "", /serves serial a01.*Rolled back: the domain is as before/);
            assert.equal(emulator.domainOf(DOMAIN)?.certificateArn, before);
            emulator.patchCertificate(before, { status: "EXPIRED" });
            const { outcome: second } = await whilePresenting(
                () => oldCertificate,
                () => reconcile(operation, contextWith(emulator)),
            );
            assert.match(second.problem?.message ?? "", /The rollback was not possible: .*certificate-expired/s);
            assert.ok(second.problem?.message.includes(`Last seen: managed login 1, certificate ${fresh}`));
            assert.equal(second.observed.certificateArn, fresh);
        });

        it("never rolls back under an ARN that has not changed: CloudFront may take a day there", async () => {
            emulator.patchDomain(DOMAIN, { certificateArn: fresh, managedLoginVersion: 1 });
            const operation = operationFor(
                address,
                { managedLoginVersion: 2 },
                { wait: "served", timeoutSeconds: 2, onFailure: "rollback" },
            );
            const { outcome } = await whilePresenting(
                () => oldCertificate,
                () => reconcile(operation, contextWith(emulator)),
            );
            assert.equal(outcome.problem?.kind, "unverified");
            assert.match(outcome.problem?.message ?? "", /Under an ARN that has not changed, that may take up to 24 h/);
            assert.equal(emulator.callsTo("UpdateUserPoolDomain").length, 1);
        });

        it("never rolls back for what an intercepting proxy presents", async () => {
            const proxy = await makeCertificate("0c03", DOMAIN);
            const operation = { ...served(2), onFailure: "rollback" as const };
            const { outcome } = await whilePresenting(
                () => proxy,
                () => reconcile(operation, contextWith(emulator)),
            );
            assert.equal(outcome.problem?.kind, "unverified");
            assert.match(outcome.problem?.message ?? "", /cannot tell, since this machine does not trust/);
            assert.equal(emulator.domainOf(DOMAIN)?.certificateArn, fresh);
        });

        it("looks again where nothing had to be written: an earlier update may have ended while it waited", async () => {
            emulator.patchDomain(DOMAIN, { certificateArn: fresh });
            const { outcome, handshakes } = await whilePresenting(
                () => newCertificate,
                () => reconcile(served(), contextWith(emulator)),
            );
            assert.equal(outcome.problem, undefined);
            assert.equal(handshakes, 4);
            assert.equal(emulator.callsTo("UpdateUserPoolDomain").length, 0);
        });
    });

    describe("with verify", () => {
        const MANAGED = "<!doctype html><div id=root></div>";
        const CLASSIC = '<form name="cognitoSignInForm"></form>';
        const UNAVAILABLE = "<h1>Login pages unavailable</h1>";

        async function verified(
            pages: [status: number, body: string][],
            timeoutSeconds = 30,
            desired: object = { managedLoginVersion: 2 },
        ) {
            const clientId = emulator.client({
                userPoolId: address.userPoolId,
                withSecret: true,
                callbackUrls: ["https://app.example.com/in"],
                allowedOAuthFlows: ["code"],
                allowedOAuthScopes: ["openid"],
            });
            const asked: string[] = [];
            const server = await startTlsServer(
                () => newCertificate,
                (request, response) => {
                    asked.push(`${request.headers.host}${request.url}`);
                    const [status, body] = pages[Math.min(asked.length, pages.length) - 1] ?? [500, ""];
                    response.writeHead(status).end(body);
                },
            );
            globalAgent.options.ca = newCertificate.cert;
            process.env[OVERRIDE] = `::127.0.0.1:${server.port}`;
            const engine = recordingEngine();
            const operation = operationFor(address, desired, { verifyClientId: clientId, timeoutSeconds });
            const outcome = await reconcile(operation, contextWith(emulator, engine));
            await server.close();
            return { outcome, asked, clientId, warnings: engine.warnings };
        }

        it("asks for the app client's sign-in page until it is served", async () => {
            const { outcome, asked, clientId, warnings } = await verified([
                [200, CLASSIC],
                [200, MANAGED],
            ]);
            assert.equal(outcome.problem, undefined);
            assert.deepEqual(warnings, []);
            const url = `auth.example.com/login?client_id=${clientId}&response_type=code&scope=openid&redirect_uri=https%3A%2F%2Fapp.example.com%2Fin`;
            assert.deepEqual(asked, [url, url]);
        });

        it("fails when the page is definitely not served", async () => {
            const { outcome } = await verified([[403, UNAVAILABLE]], 1);
            assert.match(outcome.problem?.message ?? "", /is not served: it says "Login pages unavailable"/);
            assert.equal(outcome.observed.managedLoginVersion, 2);
        });

        it("only warns when it cannot tell", async () => {
            const { outcome, warnings } = await verified([[302, ""]], 1);
            assert.equal(outcome.problem, undefined);
            assert.match(warnings.join(), /cannot be told whether the sign-in page .*: it answers with HTTP 302/);
        });

        it("refuses an app client that the pool does not have before anything is written", async () => {
            const operation = operationFor(address, { managedLoginVersion: 2 }, { verifyClientId: "nosuchclient" });
            await assert.rejects(reconcile(operation, contextWith(emulator)), {
                message:
                    /verify\.clientId: the user pool .* has no app client nosuchclient\. .*\[verify-client-not-found\]/s,
            });
            assert.deepEqual(emulator.callsTo("UpdateUserPoolDomain"), []);
        });

        it("only warns when it may not ask about the app client", async () => {
            emulator.behaviour.accessDenied = ["cognito-idp:DescribeUserPoolClient"];
            const { outcome, warnings } = await verified([[200, MANAGED]]);
            assert.equal(outcome.problem, undefined);
            assert.match(warnings.join(), /cannot be told .*no permission to call cognito-idp:DescribeUserPoolClient/);
        });

        it("never copies the app client's secret into anything", async () => {
            const { outcome, warnings, asked } = await verified([[403, UNAVAILABLE]], 1);
            const described = emulator.callsTo("DescribeUserPoolClient")[0]?.output as {
                UserPoolClient?: { ClientSecret?: string };
            };
            const secret = described.UserPoolClient?.ClientSecret;
            assert.ok(secret);
            assert.ok(
                !JSON.stringify({ outcome, message: outcome.problem?.message, warnings, asked }).includes(secret),
            );
        });
    });
});
