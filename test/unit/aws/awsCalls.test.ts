import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/awsCalls";
import type { AwsCallError } from "../../../provider/model/errors";
import type { Emulator } from "../../emulator/index";
import { answering } from "../../support/answering";
import { inEmulatedAws } from "../../support/emulatedAws";
import { failureOf } from "../../support/failure";

const DOMAIN = "auth.example.com";
const FAILOVER = { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: "health-1" };

describe("Aws", () => {
    let emulator: Emulator;
    let aws: Aws;
    let address: { userPoolId: string; domain: string; region: string };

    inEmulatedAws((it) => {
        emulator = it;
    });

    beforeEach(() => {
        emulator.reset();
        const userPoolId = emulator.userPool({ region: "us-west-2", replicas: [{ region: "us-east-2" }] });
        address = { userPoolId, domain: DOMAIN, region: "us-west-2" };
        aws = new Aws({ maxAttempts: 1 });
    });

    describe("describeDomain", () => {
        it("reads a custom domain", async () => {
            const settings = { managedLoginVersion: 2, securityPolicy: "TLS_V1_3_2025" };
            emulator.domain({ ...address, ...settings, routing: { failover: FAILOVER } });
            const { cloudFrontDistribution, ...rest } = (await aws.describeDomain(address)) ?? {};
            assert.match(cloudFrontDistribution ?? "", /\.cloudfront\.net$/);
            assert.deepEqual(rest, {
                userPoolId: address.userPoolId,
                accountId: "123456789012",
                status: "ACTIVE",
                settings: {
                    ...settings,
                    certificateArn: emulator.domainOf(DOMAIN)?.certificateArn,
                    failover: FAILOVER,
                },
            });
            assert.deepEqual(emulator.calls[0]?.region, "us-west-2");
        });

        for (const missingDomain of ["empty", "notFound"] as const) {
            it(`takes a missing domain for absent where AWS answers "${missingDomain}"`, async () => {
                emulator.behaviour.missingDomain = missingDomain;
                assert.equal(await aws.describeDomain(address), undefined);
            });
        }

        it("takes a domain without a status for ACTIVE, and a blank distribution for none", async () => {
            const DomainDescription = { UserPoolId: address.userPoolId, CloudFrontDistribution: "" };
            assert.deepEqual(await answering({ DomainDescription }, (calls) => calls.describeDomain(address)), {
                userPoolId: address.userPoolId,
                accountId: undefined,
                status: "ACTIVE",
                cloudFrontDistribution: undefined,
                settings: { managedLoginVersion: 1 },
            });
        });

        it("rejects tidily a Region that no endpoint can have", async () => {
            const error = await failureOf<AwsCallError>(aws.describeDomain({ ...address, region: "not a region/" }));
            assert.equal(error.name, "AwsCallError");
            assert.deepEqual(emulator.calls, []);
        });

        it("tries throttled calls and faults inside AWS again", async () => {
            emulator.domain(address);
            const throttled = { exception: "TooManyRequestsException", message: "Rate exceeded" };
            emulator.behaviour.faults = [
                { times: 1, action: throttled },
                { times: 1, action: { status: 503 } },
            ];
            assert.equal((await new Aws().describeDomain(address))?.status, "ACTIVE");
            assert.equal(emulator.calls.length, 3);
        });
    });

    it("updateDomain sends every setting", async () => {
        emulator.domain(address);
        const securityPolicy = "TLS_V1_2_2021";
        const { certificateArn } = emulator.domainOf(DOMAIN) ?? {};
        await aws.updateDomain(address, { managedLoginVersion: 2, certificateArn, securityPolicy, failover: FAILOVER });
        const [{ input, region } = assert.fail(), ...more] = emulator.callsTo("UpdateUserPoolDomain");
        assert.deepEqual([region, more], ["us-west-2", []]);
        assert.deepEqual(input, {
            UserPoolId: address.userPoolId,
            Domain: DOMAIN,
            ManagedLoginVersion: 2,
            CustomDomainConfig: { CertificateArn: certificateArn, SecurityPolicy: securityPolicy },
            Routing: { Failover: { SecondaryRegion: "us-east-2", PrimaryRoute53HealthCheckId: "health-1" } },
        });
    });

    describe("the other reads", () => {
        it("describeUserPool: plan and passkeys", async () => {
            const pool = { tier: "ESSENTIALS", passkeys: false, customDomain: undefined };
            assert.deepEqual(await aws.describeUserPool(address), pool);
            emulator.patchUserPool(address.userPoolId, { tier: null, signInPolicy: ["PASSWORD", "WEB_AUTHN"] });
            assert.deepEqual(await aws.describeUserPool(address), { ...pool, tier: undefined, passkeys: true });
            assert.equal(await aws.describeUserPool({ ...address, userPoolId: "us-west-2_Nobody" }), undefined);
            emulator.domain(address);
            assert.equal((await aws.describeUserPool(address))?.customDomain, address.domain);
        });

        it("relyingPartyId: where one is set", async () => {
            assert.equal(await aws.relyingPartyId(address), undefined);
            emulator.patchUserPool(address.userPoolId, { webAuthnRelyingPartyId: "example.com" });
            assert.equal(await aws.relyingPartyId(address), "example.com");
        });

        it("listClients: the first so many, and whether there are more", async () => {
            assert.deepEqual(await aws.listClients(address, 2), { clients: [], more: false });
            const ids = ["a", "b", "c"].map((name) => emulator.client({ userPoolId: address.userPoolId, name }));
            const two = await aws.listClients(address, 2);
            assert.deepEqual([two.clients.length, two.more], [2, true]);
            const all = await aws.listClients(address, 3);
            assert.deepEqual(all.clients.map(({ id }) => id).sort(), [...ids].sort());
            assert.deepEqual(all.clients.map(({ name }) => name).sort(), ["a", "b", "c"]);
            assert.equal(all.more, false);
        });

        it("describeClient: its OAuth flows, and never the secret", async () => {
            const id = emulator.client({ userPoolId: address.userPoolId, withSecret: true });
            assert.deepEqual(await aws.describeClient(address, id), { flows: ["code"] });
            assert.equal(await aws.describeClient(address, "nobody"), undefined);
        });

        it("hasBranding: by either answer of AWS", async () => {
            const userPoolId = address.userPoolId;
            const bare = emulator.client({ userPoolId });
            const branded = emulator.client({ userPoolId, withBranding: true });
            assert.equal(await aws.hasBranding(address, branded), true);
            for (const missingBranding of ["notFound", "empty"] as const) {
                emulator.behaviour.missingBranding = missingBranding;
                assert.equal(await aws.hasBranding(address, bare), false);
            }
        });

        it("listReplicas: Regions and statuses", async () => {
            const replicas = await aws.listReplicas(address);
            const secondary = replicas.filter(({ region }) => region === "us-east-2");
            assert.deepEqual(secondary, [{ region: "us-east-2", status: "ACTIVE" }]);
            assert.deepEqual(await aws.listReplicas({ ...address, userPoolId: "us-west-2_Nobody" }), []);
        });

        it("survive answers in which everything is missing", async () => {
            const ask = (body: object) =>
                answering(body, (calls) =>
                    Promise.all([
                        calls.describeUserPool(address),
                        calls.relyingPartyId(address),
                        calls.listClients(address, 1),
                        calls.describeClient(address, "x"),
                        calls.hasBranding(address, "x"),
                        calls.listReplicas(address),
                    ]),
                );
            const empty = { clients: [], more: false };
            assert.deepEqual(await ask({}), [undefined, undefined, empty, undefined, false, []]);
            const hollow = {
                UserPool: {},
                WebAuthnConfiguration: { RelyingPartyId: "" },
                UserPoolClients: [{ ClientId: "x" }, {}],
                NextToken: "t",
                UserPoolClient: {},
                ManagedLoginBranding: {},
                UserPoolReplicas: [{}],
            };
            const clients = ["x", ""].map((id) => ({ id, name: id }));
            assert.deepEqual(await ask(hollow), [
                { tier: undefined, passkeys: false, customDomain: undefined },
                undefined,
                { clients, more: true },
                { flows: [] },
                false,
                [{ region: "", status: "unknown" }],
            ]);
        });

        it("name the permission that is missing", async () => {
            emulator.behaviour.accessDenied = ["cognito-idp:*", "acm:*"];
            const pool = `the user pool ${address.userPoolId}`;
            const arn = emulator.certificate({ domainName: DOMAIN });
            const update = `${pool} (and, for a custom domain, cloudfront:UpdateDistribution on *)`;
            const calls: [action: string, resource: string, call: () => Promise<unknown>][] = [
                ["cognito-idp:DescribeUserPoolDomain", "*", () => aws.describeDomain(address)],
                ["cognito-idp:UpdateUserPoolDomain", update, () => aws.updateDomain(address, {})],
                ["acm:DescribeCertificate", arn, () => aws.describeCertificate(arn)],
                ["cognito-idp:DescribeUserPool", pool, () => aws.describeUserPool(address)],
                ["cognito-idp:GetUserPoolMfaConfig", pool, () => aws.relyingPartyId(address)],
                ["cognito-idp:ListUserPoolClients", pool, () => aws.listClients(address, 1)],
                ["cognito-idp:DescribeUserPoolClient", pool, () => aws.describeClient(address, "x")],
                ["cognito-idp:DescribeManagedLoginBrandingByClient", pool, () => aws.hasBranding(address, "x")],
                ["cognito-idp:ListUserPoolReplicas", pool, () => aws.listReplicas(address)],
            ];
            for (const [action, resource, call] of calls) {
                const { message } = await failureOf<AwsCallError>(call());
                assert.ok(message.startsWith(`no permission to call ${action}: allow it on ${resource} for`), message);
                assert.match(message, /\(AWS request id [0-9a-f-]+\)$/);
            }
        });
    });
});
