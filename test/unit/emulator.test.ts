import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { webcrypto } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
// Before @peculiar/x509, which needs it there.
import "reflect-metadata";
import {
    ACMClient,
    DeleteCertificateCommand,
    DescribeCertificateCommand,
    ImportCertificateCommand,
    paginateListCertificates,
    RequestCertificateCommand,
} from "@aws-sdk/client-acm";
import {
    CognitoIdentityProvider,
    type DomainDescriptionType,
    paginateListUserPoolClients,
    type UpdateUserPoolDomainCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import * as x509 from "@peculiar/x509";
import { accessKeyOf, type Behaviour, type Emulator, type Fault, startEmulator } from "../emulator";

const REGION = "us-west-2";
const FAILOVER = { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: "11111111-2222-3333-4444-555555555555" };
const BAD_CERTIFICATE = /^The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or /;

describe("the emulated AWS", () => {
    let aws: Emulator;
    let cognito: CognitoIdentityProvider;
    let acm: ACMClient;

    before(async () => {
        aws = await startEmulator();
    });
    after(() => aws.close());

    beforeEach(() => {
        aws.reset();
        cognito = new CognitoIdentityProvider({ ...aws.clientConfig(REGION), maxAttempts: 1 });
        acm = new ACMClient({ ...aws.clientConfig("us-east-1"), maxAttempts: 1 });
    });
    afterEach(() => {
        cognito.destroy();
        acm.destroy();
    });

    const custom = "auth.example.com";
    const prefix = "my-prefix";

    async function describeDomain(Domain: string): Promise<DomainDescriptionType> {
        return (await cognito.describeUserPoolDomain({ Domain })).DomainDescription ?? {};
    }

    /** A pool with a custom domain that has every setting. */
    function customScene(tier?: "LITE" | "ESSENTIALS"): { pool: string; certificate: string } {
        const pool = aws.userPool({ region: REGION, tier, replicas: [{ region: "us-east-2", status: "INACTIVE" }] });
        const certificate = aws.certificate({ domainName: custom });
        aws.domain({
            userPoolId: pool,
            domain: custom,
            version: 1,
            certificateArn: certificate,
            securityPolicy: "TLS_V1_3_2025",
            routing: { failover: FAILOVER },
        });
        return { pool, certificate };
    }

    function prefixScene(tier?: "LITE" | "ESSENTIALS"): string {
        const pool = aws.userPool({ region: REGION, tier });
        aws.domain({ userPoolId: pool, domain: prefix });
        return pool;
    }

    const update = (UserPoolId: string, CertificateArn: string, more: Partial<UpdateUserPoolDomainCommandInput> = {}) =>
        cognito.updateUserPoolDomain({ UserPoolId, Domain: custom, CustomDomainConfig: { CertificateArn }, ...more });

    const refused = (call: Promise<unknown>, name: string, message: RegExp = /./) =>
        assert.rejects(call, { name, message });

    describe("DescribeUserPoolDomain", () => {
        it("answers a missing domain with an empty description, or an exception", async () => {
            assert.deepEqual(await describeDomain("nobody"), {});
            aws.behaviour.missingDomain = "notFound";
            await refused(describeDomain("nobody"), "ResourceNotFoundException");
        });

        it("describes a custom domain", async () => {
            const { pool, certificate } = customScene();
            const { CloudFrontDistribution, ...rest } = await describeDomain(custom);
            assert.match(CloudFrontDistribution ?? "", /^d[0-9a-z]{13}\.cloudfront\.net$/);
            assert.deepEqual(rest, {
                UserPoolId: pool,
                AWSAccountId: "123456789012",
                Domain: custom,
                S3Bucket: "aws-cognito-prod-us-west-2-assets",
                Version: "20240101000000",
                Status: "ACTIVE",
                ManagedLoginVersion: 1,
                CustomDomainConfig: { CertificateArn: certificate, SecurityPolicy: "TLS_V1_3_2025" },
                Routing: {
                    Failover: {
                        SecondaryRegion: FAILOVER.secondaryRegion,
                        PrimaryRoute53HealthCheckId: FAILOVER.primaryRoute53HealthCheckId,
                    },
                },
            });
        });

        it("describes a prefix domain with the Region's distribution and no version", async () => {
            const pool = prefixScene();
            aws.domain({ userPoolId: aws.userPool({ region: REGION }), domain: "other-prefix" });
            const mine = await describeDomain(prefix);
            assert.equal(mine.UserPoolId, pool);
            assert.equal(mine.CloudFrontDistribution, (await describeDomain("other-prefix")).CloudFrontDistribution);
            assert.equal("ManagedLoginVersion" in mine, false);
            assert.deepEqual(mine.CustomDomainConfig, {});
            Object.assign(aws.behaviour, { prefixCustomDomainConfig: "absent", unsetVersion: "one" });
            const again = await describeDomain(prefix);
            assert.equal("CustomDomainConfig" in again, false);
            assert.equal(again.ManagedLoginVersion, 1);
        });

        it("keeps silent about silent settings", async () => {
            customScene();
            aws.behaviour.silentSettings = ["securityPolicy", "routing", "managedLoginVersion"];
            aws.behaviour.unsetVersion = "one";
            const described = await describeDomain(custom);
            assert.deepEqual(Object.keys(described.CustomDomainConfig ?? {}), ["CertificateArn"]);
            assert.equal("Routing" in described || "ManagedLoginVersion" in described, false);
        });

        it("knows only the domains of its Region and account", async () => {
            prefixScene();
            for (const config of [aws.clientConfig("eu-west-1"), aws.clientConfig(REGION, "210987654321")]) {
                const other = new CognitoIdentityProvider(config);
                assert.deepEqual((await other.describeUserPoolDomain({ Domain: prefix })).DomainDescription, {});
                other.destroy();
            }
        });
    });

    describe("UpdateUserPoolDomain", () => {
        it("answers the version and the distribution, blank for a prefix", async () => {
            const { pool, certificate } = customScene();
            const answer = await update(pool, certificate, { ManagedLoginVersion: 2 });
            assert.equal(answer.ManagedLoginVersion, 2);
            assert.equal(answer.CloudFrontDomain, (await describeDomain(custom)).CloudFrontDistribution);
            const forPrefix = await cognito.updateUserPoolDomain({
                UserPoolId: prefixScene(),
                Domain: prefix,
                ManagedLoginVersion: 2,
            });
            assert.equal(forPrefix.CloudFrontDomain, "");
        });

        for (const whileUpdating of ["old", "new"] as const) {
            it(`shows the ${whileUpdating} values for as many describes as it is told`, async () => {
                Object.assign(aws.behaviour, { whileUpdating, settleAfterDescribes: 3 });
                const { pool, certificate } = customScene();
                await update(pool, certificate, { ManagedLoginVersion: 2 });
                const seen: string[] = [];
                for (let i = 0; i < 4; i++) {
                    const { Status, ManagedLoginVersion } = await describeDomain(custom);
                    seen.push(`${Status} ${ManagedLoginVersion}`);
                }
                const updating = `UPDATING ${whileUpdating === "old" ? 1 : 2}`;
                assert.deepEqual(seen, [updating, updating, updating, "ACTIVE 2"]);
            });
        }

        it("settles by the clock where told to", async () => {
            aws.behaviour.settleMs = 3_600_000;
            const { pool, certificate } = customScene();
            await update(pool, certificate, { ManagedLoginVersion: 2 });
            for (let i = 0; i < 5; i++) {
                assert.equal((await describeDomain(custom)).Status, "UPDATING");
            }
            aws.patchDomain(custom, { status: "ACTIVE" });
            aws.behaviour.settleMs = 0;
            await update(pool, certificate, { ManagedLoginVersion: 2 });
            assert.equal(aws.domainOf(custom)?.status, "ACTIVE");
        });

        const ends: [Behaviour["outcome"], string, number][] = [
            ["active", "ACTIVE", 2],
            ["failed", "FAILED", 1],
            ["never", "UPDATING", 1],
            ["ignored", "ACTIVE", 1],
        ];
        for (const [outcome, status, version] of ends) {
            it(`can end ${outcome}`, async () => {
                Object.assign(aws.behaviour, { outcome, settleAfterDescribes: 1 });
                const { pool, certificate } = customScene();
                await update(pool, certificate, { ManagedLoginVersion: 2 });
                await describeDomain(custom);
                const { Status, ManagedLoginVersion } = await describeDomain(custom);
                assert.deepEqual([Status, ManagedLoginVersion], [status, version]);
            });
        }

        it("resets omitted settings, or keeps them", async () => {
            for (const omittedSettings of ["keep", "reset"] as const) {
                aws.reset();
                Object.assign(aws.behaviour, { omittedSettings, settleAfterDescribes: 0 });
                const { pool, certificate } = customScene();
                await update(pool, certificate);
                const { managedLoginVersion, securityPolicy, routing } = aws.domainOf(custom) ?? {};
                assert.deepEqual(
                    [managedLoginVersion, securityPolicy, routing],
                    omittedSettings === "keep"
                        ? [1, "TLS_V1_3_2025", { failover: FAILOVER }]
                        : [undefined, "TLS_V1_2_2021", undefined],
                );
            }
        });

        it("refuses a second update while the first is under way", async () => {
            const { pool, certificate } = customScene();
            await update(pool, certificate);
            await refused(update(pool, certificate), "ConcurrentModificationException");
        });

        it("refuses to make a custom domain a prefix domain, and the other way round", async () => {
            const { pool, certificate } = customScene();
            await refused(
                cognito.updateUserPoolDomain({ UserPoolId: pool, Domain: custom, ManagedLoginVersion: 2 }),
                "InvalidParameterException",
                /^Cannot convert custom domain to prefix domain\.$/,
            );
            await refused(
                cognito.updateUserPoolDomain({
                    UserPoolId: prefixScene(),
                    Domain: prefix,
                    CustomDomainConfig: { CertificateArn: certificate },
                }),
                "InvalidParameterException",
                /^Cannot convert prefix domain to custom domain\.$/,
            );
        });

        it("refuses an empty CustomDomainConfig and values outside the model, all in one text", async () => {
            const { pool, certificate } = customScene();
            await refused(
                update(pool, certificate, {
                    CustomDomainConfig: {} as never,
                    ManagedLoginVersion: 3,
                    Routing: { Failover: {} as never },
                }),
                "InvalidParameterException",
                /^4 validation errors detected: .*'3' at 'managedLoginVersion'.*null at 'customDomainConfig\./,
            );
            await refused(
                update(pool, certificate, {
                    CustomDomainConfig: { CertificateArn: certificate, SecurityPolicy: "TLS_V9" as never },
                }),
                "InvalidParameterException",
                /enum value set: \[TLS_V1, TLS_V1_2_2021, TLS_V1_3_2025\]/,
            );
            await refused(
                update(pool, "no-arn"),
                "InvalidParameterException",
                /length greater than or equal to 20; .*pattern/,
            );
            assert.equal(aws.domainOf(custom)?.status, "ACTIVE");
        });

        const unfit: [string, Parameters<Emulator["certificate"]>[0]][] = [
            ["in another Region", { domainName: custom, region: REGION }],
            ["in another account", { domainName: custom, account: "210987654321" }],
            ["not issued", { domainName: custom, status: "PENDING_VALIDATION" }],
            ["expired", { domainName: custom, notAfter: new Date(Date.now() - 1000) }],
            ["not valid yet", { domainName: custom, notBefore: new Date(Date.now() + 60_000) }],
            ["for another name", { domainName: "www.example.com" }],
            ["for a wildcard two labels up", { domainName: "*.com" }],
            ["with a key that CloudFront does not take", { domainName: custom, keyAlgorithm: "EC-secp384r1" }],
        ];
        for (const [how, certificate] of unfit) {
            it(`refuses a certificate ${how}`, async () => {
                const { pool } = customScene();
                await refused(update(pool, aws.certificate(certificate)), "InvalidParameterException", BAD_CERTIFICATE);
            });
        }

        it("refuses a certificate that is gone, and takes wildcards and further names", async () => {
            const { pool } = customScene();
            const gone = aws.certificate({ domainName: custom });
            aws.removeCertificate(gone);
            await refused(update(pool, gone), "InvalidParameterException", BAD_CERTIFICATE);
            aws.behaviour.settleAfterDescribes = 0;
            await update(pool, aws.certificate({ domainName: "*.example.com" }));
            await update(
                pool,
                aws.certificate({ domainName: "x.org", subjectAlternativeNames: ["x.org", "AUTH.example.com"] }),
            );
        });

        it("judges the certificate in force again, or trusts it", async () => {
            const { pool, certificate } = customScene();
            aws.patchCertificate(certificate, { notAfter: "2001-01-01T00:00:00Z" });
            await refused(update(pool, certificate), "InvalidParameterException", BAD_CERTIFICATE);
            aws.behaviour.certificateInForce = "trusted";
            await update(pool, certificate);
        });

        it("refuses a fresh certificate as often as it is told", async () => {
            const { pool } = customScene();
            aws.behaviour.freshCertificateRefusals = 2;
            const fresh = aws.certificate({ domainName: custom });
            await refused(update(pool, fresh), "InvalidParameterException", BAD_CERTIFICATE);
            await refused(update(pool, fresh), "InvalidParameterException", BAD_CERTIFICATE);
            await update(pool, fresh);
        });

        it("refuses managed login on the plan LITE and over TLS_V1", async () => {
            const lite = customScene("LITE");
            await refused(
                update(lite.pool, lite.certificate, { ManagedLoginVersion: 2 }),
                "FeatureUnavailableInTierException",
            );
            aws.patchUserPool(lite.pool, { tier: undefined });
            await refused(
                update(lite.pool, lite.certificate, {
                    ManagedLoginVersion: 2,
                    CustomDomainConfig: { CertificateArn: lite.certificate, SecurityPolicy: "TLS_V1" },
                }),
                "InvalidInputException",
            );
            await update(lite.pool, lite.certificate, { ManagedLoginVersion: 2 });
        });

        it("refuses failover to where the pool has no replica", async () => {
            const { pool, certificate } = customScene();
            const to = (SecondaryRegion: string) => ({
                Routing: { Failover: { SecondaryRegion, PrimaryRoute53HealthCheckId: "check" } },
            });
            await refused(
                update(pool, certificate, to("eu-west-1")),
                "InvalidParameterException",
                /no replica in eu-west-1/,
            );
            await refused(update(pool, certificate, to(REGION)), "InvalidParameterException");
            await update(pool, certificate, to("us-east-2"));
        });

        it("refuses a missing domain, a missing pool and another pool's domain", async () => {
            const { certificate } = customScene();
            const other = aws.userPool({ region: REGION });
            await refused(
                update(other, certificate),
                "InvalidParameterException",
                /^No such domain or user pool exists\.$/,
            );
            await refused(
                cognito.updateUserPoolDomain({ UserPoolId: other, Domain: "nobody" }),
                "InvalidParameterException",
                /^No such domain or user pool exists\.$/,
            );
            await refused(update("us-west-2_Missing12", certificate), "ResourceNotFoundException");
        });
    });

    describe("the life of pools, domains and clients over the API", () => {
        it("creates, describes and deletes", async () => {
            const created = await cognito.createUserPool({
                PoolName: "people",
                Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
            });
            const UserPoolId = created.UserPool?.Id ?? "";
            assert.match(UserPoolId, /^us-west-2_[0-9A-Za-z]{9}$/);
            const CertificateArn = aws.certificate({ domainName: custom });
            const both = await cognito.createUserPoolDomain({
                UserPoolId,
                Domain: custom,
                CustomDomainConfig: { CertificateArn },
            });
            assert.match(both.CloudFrontDomain ?? "", /cloudfront\.net$/);
            assert.equal((await describeDomain(custom)).Status, "CREATING");
            await cognito.createUserPoolDomain({ UserPoolId, Domain: prefix, ManagedLoginVersion: 2 });
            assert.equal((await describeDomain(prefix)).Status, "ACTIVE");
            const { UserPool } = await cognito.describeUserPool({ UserPoolId });
            assert.deepEqual(
                [UserPool?.UserPoolTier, UserPool?.Domain, UserPool?.CustomDomain],
                ["ESSENTIALS", prefix, custom],
            );
            assert.deepEqual(UserPool?.Policies?.SignInPolicy?.AllowedFirstAuthFactors, ["PASSWORD", "WEB_AUTHN"]);
            assert.ok(UserPool?.CreationDate instanceof Date);
            await refused(
                cognito.deleteUserPool({ UserPoolId }),
                "InvalidParameterException",
                /has a domain configured/,
            );
            for (const Domain of [custom, prefix]) {
                await cognito.deleteUserPoolDomain({ UserPoolId, Domain });
            }
            await cognito.deleteUserPool({ UserPoolId });
            await refused(cognito.describeUserPool({ UserPoolId }), "ResourceNotFoundException");
        });

        it("refuses bad, reserved and taken domain names and a second domain of a kind", async () => {
            const UserPoolId = aws.userPool({ region: REGION });
            const create = (Domain: string) => cognito.createUserPoolDomain({ UserPoolId, Domain });
            await refused(create("Capital"), "InvalidParameterException", /regular expression pattern/);
            await refused(
                create(custom),
                "InvalidParameterException",
                /^The domain name contains an invalid character/,
            );
            await refused(create("my-cognito"), "InvalidParameterException", /reserved word: cognito/);
            prefixScene();
            await refused(create(prefix), "InvalidParameterException", /already associated with another user pool/);
            await create("free");
            await refused(create("second"), "InvalidParameterException", /already has a domain configured/);
        });

        it("lists clients by page, and tells a secret only where there is one", async () => {
            const UserPoolId = aws.userPool({ region: REGION });
            const made = await cognito.createUserPoolClient({ UserPoolId, ClientName: "api", GenerateSecret: true });
            const others = [1, 2].map(() => aws.client({ userPoolId: UserPoolId }));
            aws.behaviour.pageSize = 2;
            const pages: (string | undefined)[][] = [];
            for await (const page of paginateListUserPoolClients({ client: cognito }, { UserPoolId, MaxResults: 60 })) {
                for (const client of page.UserPoolClients ?? []) {
                    assert.deepEqual(Object.keys(client).sort(), ["ClientId", "ClientName", "UserPoolId"]);
                }
                pages.push((page.UserPoolClients ?? []).map((client) => client.ClientId));
            }
            assert.deepEqual(pages, [[made.UserPoolClient?.ClientId, others[0]], [others[1]]]);
            const describe = async (ClientId = "") =>
                (await cognito.describeUserPoolClient({ UserPoolId, ClientId })).UserPoolClient ?? {};
            assert.equal("ClientSecret" in (await describe(others[0])), false);
            assert.match((await describe(made.UserPoolClient?.ClientId)).ClientSecret ?? "", /^\w{51}$/);
            await refused(describe("missing"), "ResourceNotFoundException");
        });

        it("tells whether a client has a branding style", async () => {
            const UserPoolId = aws.userPool({ region: REGION });
            const ClientId = aws.client({ userPoolId: UserPoolId });
            const branded = aws.client({ userPoolId: UserPoolId, withBranding: true });
            const find = (id: string) => cognito.describeManagedLoginBrandingByClient({ UserPoolId, ClientId: id });
            assert.ok((await find(branded)).ManagedLoginBranding?.ManagedLoginBrandingId);
            await refused(find(ClientId), "ResourceNotFoundException");
            aws.behaviour.missingBranding = "empty";
            assert.equal((await find(ClientId)).ManagedLoginBranding, undefined);
            await cognito.createManagedLoginBranding({ UserPoolId, ClientId, UseCognitoProvidedValues: true });
            assert.equal((await find(ClientId)).ManagedLoginBranding?.UseCognitoProvidedValues, true);
            await refused(
                cognito.createManagedLoginBranding({ UserPoolId, ClientId }),
                "ManagedLoginBrandingExistsException",
            );
        });

        it("keeps the passkey settings", async () => {
            const UserPoolId = aws.userPool({ region: REGION, webAuthnRelyingPartyId: "login.example.com" });
            const id = async () =>
                (await cognito.getUserPoolMfaConfig({ UserPoolId })).WebAuthnConfiguration?.RelyingPartyId;
            assert.equal(await id(), "login.example.com");
            await cognito.setUserPoolMfaConfig({ UserPoolId, WebAuthnConfiguration: { RelyingPartyId: custom } });
            assert.equal(await id(), custom);
        });

        it("shows a pool in its replicas' Regions, for what is enabled there", async () => {
            const { pool: UserPoolId, certificate } = customScene();
            aws.domain({ userPoolId: UserPoolId, domain: custom, region: "us-east-2", certificateArn: certificate });
            const replica = new CognitoIdentityProvider(aws.clientConfig("us-east-2"));
            const list = await replica.listUserPoolReplicas({ UserPoolId });
            assert.deepEqual(
                list.UserPoolReplicas?.map(({ RegionName, Status, Role }) => `${RegionName} ${Status} ${Role}`),
                ["us-west-2 ACTIVE PRIMARY", "us-east-2 INACTIVE SECONDARY"],
            );
            const CustomDomainConfig = { CertificateArn: certificate };
            await replica.updateUserPoolDomain({ UserPoolId, Domain: custom, CustomDomainConfig });
            assert.equal(aws.domainOf(custom, { region: "us-east-2" })?.status, "UPDATING");
            assert.equal(aws.domainOf(custom, { region: REGION })?.status, "ACTIVE");
            await refused(
                replica.createUserPoolClient({ UserPoolId, ClientName: "x" }),
                "OperationNotEnabledException",
            );
            aws.patchUserPool(UserPoolId, { replicas: [{ region: "us-east-2", status: "CREATING" }] });
            await refused(
                replica.updateUserPoolDomain({ UserPoolId, Domain: custom, CustomDomainConfig }),
                "OperationNotEnabledException",
            );
            replica.destroy();
            const elsewhere = new CognitoIdentityProvider(aws.clientConfig("eu-west-1"));
            await refused(elsewhere.describeUserPool({ UserPoolId }), "ResourceNotFoundException");
            elsewhere.destroy();
        });
    });

    describe("ACM", () => {
        const describeCertificate = async (CertificateArn: string) =>
            (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate ?? {};

        it("describes a certificate, and by whom it is used", async () => {
            const { certificate } = customScene();
            const detail = await describeCertificate(certificate);
            assert.deepEqual(
                [detail.Status, detail.Type, detail.KeyAlgorithm, detail.RenewalEligibility],
                ["ISSUED", "AMAZON_ISSUED", "RSA-2048", "ELIGIBLE"],
            );
            assert.ok((detail.NotAfter?.getTime() ?? 0) > Date.now());
            assert.match(detail.InUseBy?.[0] ?? "", /^arn:aws:cloudfront::\d{12}:distribution\/E\w+$/);
            const remove = () => acm.send(new DeleteCertificateCommand({ CertificateArn: certificate }));
            await refused(remove(), "ResourceInUseException", / in account 123456789012 is in use\.$/);
            aws.removeDomain(custom);
            await remove();
            await refused(
                describeCertificate(certificate),
                "ResourceNotFoundException",
                /^Could not find certificate arn:/,
            );
        });

        it("shows what the scene says of a failed and of a renewing certificate", async () => {
            const failed = await describeCertificate(
                aws.certificate({ domainName: custom, status: "FAILED", failureReason: "CAA_ERROR" }),
            );
            assert.equal(failed.FailureReason, "CAA_ERROR");
            assert.equal(failed.NotAfter, undefined);
            const renewing = aws.certificate({
                domainName: custom,
                renewalSummary: {
                    RenewalStatus: "PENDING_VALIDATION",
                    DomainValidationOptions: [],
                    UpdatedAt: new Date(0),
                },
                serial: "0a:0b",
                inUseBy: ["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/x"],
            });
            const detail = await describeCertificate(renewing);
            assert.equal(detail.RenewalSummary?.RenewalStatus, "PENDING_VALIDATION");
            assert.equal(detail.RenewalSummary?.UpdatedAt?.getTime(), 0);
            assert.deepEqual([detail.Serial, detail.InUseBy?.length], ["0a:0b", 1]);
        });

        it("knows only its own Region, and refuses what is no ARN", async () => {
            await refused(
                describeCertificate(aws.certificate({ domainName: custom, region: REGION })),
                "ResourceNotFoundException",
            );
            await refused(describeCertificate("nonsense"), "ValidationException", /^2 validation errors detected/);
        });

        it("requests a certificate, which waits for its validation", async () => {
            const { CertificateArn = "" } = await acm.send(
                new RequestCertificateCommand({
                    DomainName: custom,
                    SubjectAlternativeNames: ["www.example.com"],
                    KeyAlgorithm: "EC_prime256v1",
                }),
            );
            const detail = await describeCertificate(CertificateArn);
            assert.equal(detail.Status, "PENDING_VALIDATION");
            assert.equal(detail.KeyAlgorithm, "EC-prime256v1");
            assert.deepEqual(detail.SubjectAlternativeNames, [custom, "www.example.com"]);
            assert.equal(detail.DomainValidationOptions?.[0]?.ResourceRecord?.Type, "CNAME");
            aws.patchCertificate(CertificateArn, { status: "ISSUED" });
            assert.ok((await describeCertificate(CertificateArn)).Serial);
        });

        it("lists by page, and other keys than RSA only when asked", async () => {
            const rsa = [1, 2, 3].map(() => aws.certificate({ domainName: custom }));
            const ec = aws.certificate({ domainName: custom, keyAlgorithm: "EC-prime256v1" });
            aws.certificate({ domainName: custom, status: "EXPIRED" });
            const list = async (keyTypes?: ["EC_prime256v1"]) => {
                const pages: (string | undefined)[][] = [];
                const input = {
                    MaxItems: 2,
                    CertificateStatuses: ["ISSUED" as const],
                    Includes: keyTypes && { keyTypes },
                };
                for await (const page of paginateListCertificates({ client: acm }, input)) {
                    pages.push((page.CertificateSummaryList ?? []).map((summary) => summary.CertificateArn));
                }
                return pages;
            };
            assert.deepEqual(await list(), [rsa.slice(0, 2), rsa.slice(2)]);
            assert.deepEqual(await list(["EC_prime256v1"]), [[ec]]);
        });

        it("imports PEM, and reads the facts out of it", async () => {
            const { certificate, privateKey, serial, notAfter } = await selfSigned(custom);
            const other = await selfSigned(custom);
            const { CertificateArn = "" } = await acm.send(
                new ImportCertificateCommand({
                    Certificate: Buffer.from(certificate),
                    PrivateKey: Buffer.from(privateKey),
                }),
            );
            const detail = await describeCertificate(CertificateArn);
            assert.deepEqual(detail.SubjectAlternativeNames, [custom, `*.${custom}`]);
            assert.deepEqual(
                [detail.DomainName, detail.Type, detail.KeyAlgorithm, detail.Serial, detail.NotAfter?.getTime()],
                [custom, "IMPORTED", "EC-prime256v1", serial, notAfter.getTime()],
            );
            const { pool } = customScene();
            await update(pool, CertificateArn);
            await acm.send(
                new ImportCertificateCommand({
                    CertificateArn,
                    Certificate: Buffer.from(other.certificate),
                    PrivateKey: Buffer.from(other.privateKey),
                }),
            );
            assert.equal((await describeCertificate(CertificateArn)).Serial, other.serial);
            await refused(
                acm.send(
                    new ImportCertificateCommand({
                        Certificate: Buffer.from(certificate),
                        PrivateKey: Buffer.from(other.privateKey),
                    }),
                ),
                "ValidationException",
                /private key/,
            );
            await refused(
                acm.send(
                    new ImportCertificateCommand({
                        Certificate: Buffer.from("no PEM"),
                        PrivateKey: Buffer.from(privateKey),
                    }),
                ),
                "ValidationException",
                /certificate field/,
            );
        });
    });

    describe("who asks", () => {
        it("refuses unsigned requests, and requests signed for another service", async () => {
            const post = async (authorization: Record<string, string>) => {
                const target = "AWSCognitoIdentityProviderService.DescribeUserPoolDomain";
                const response = await fetch(aws.endpoint, {
                    method: "POST",
                    headers: { "x-amz-target": target, ...authorization },
                    body: "{}",
                });
                assert.ok(response.headers.get("x-amzn-requestid"));
                return [response.status, ((await response.json()) as { __type: string }).__type];
            };
            assert.deepEqual(await post({}), [400, "MissingAuthenticationTokenException"]);
            assert.deepEqual(await post({ authorization: signedFor("acm") }), [400, "InvalidSignatureException"]);
        });

        it("denies actions in AWS's words", async () => {
            const certificate = aws.certificate({ domainName: custom });
            aws.behaviour.accessDenied = ["acm:DescribeCertificate", "cognito-idp:Describe*"];
            await refused(
                acm.send(new DescribeCertificateCommand({ CertificateArn: certificate })),
                "AccessDeniedException",
                new RegExp(
                    "^User: arn:aws:iam::123456789012:user/emulator is not authorized to perform: " +
                        `acm:DescribeCertificate on resource: ${certificate} because no identity-based policy allows`,
                ),
            );
            await refused(
                describeDomain(custom),
                "AccessDeniedException",
                /DescribeUserPoolDomain on resource: \* because/,
            );
            const UserPoolId = aws.userPool({ region: REGION });
            await refused(
                cognito.describeUserPool({ UserPoolId }),
                "AccessDeniedException",
                new RegExp(`:userpool/${UserPoolId} `),
            );
            await cognito.getUserPoolMfaConfig({ UserPoolId });
        });

        it("lets credentials expire, all or some", async () => {
            aws.behaviour.expiredCredentials = true;
            await refused(
                describeDomain(custom),
                "ExpiredTokenException",
                /security token included in the request is expired/,
            );
            aws.behaviour.expiredCredentials = [accessKeyOf("210987654321")];
            await describeDomain(custom);
            aws.behaviour.expiredCredentials = [accessKeyOf("123456789012")];
            await refused(describeDomain(custom), "ExpiredTokenException");
        });

        it("answers who somebody is", async () => {
            const ask = async (action: string) => {
                const headers = { authorization: signedFor("sts", "210987654321") };
                const body = new URLSearchParams({ Action: action, Version: "2011-06-15" });
                return (await fetch(aws.endpoint, { method: "POST", headers, body })).text();
            };
            assert.match(await ask("GetCallerIdentity"), /<Account>210987654321<\/Account>/);
            assert.match(await ask("GetFederationToken"), /<Code>UnknownOperationException<\/Code>/);
            aws.behaviour.accessDenied = ["sts:*"];
            assert.match(
                await ask("GetCallerIdentity"),
                /<Code>AccessDenied<\/Code><Message>User: arn:aws:iam::210987654321:/,
            );
        });

        it("lets the SDK's own credential chain assume a role in another account", async () => {
            const folder = await mkdtemp(join(tmpdir(), "emulator-"));
            const config = join(folder, "config");
            const role = "arn:aws:iam::210987654321:role/certificates/reader";
            await writeFile(
                config,
                `[profile other]\nrole_arn = ${role}\nrole_session_name = ci\n` +
                    "source_profile = base\nregion = us-east-1\n[profile base]\nregion = us-east-1\n" +
                    `aws_access_key_id = ${accessKeyOf("123456789012")}\naws_secret_access_key = emulator\n`,
            );
            const restore = setEnvironment({
                AWS_ENDPOINT_URL: aws.endpoint,
                AWS_PROFILE: "other",
                AWS_CONFIG_FILE: config,
            });
            try {
                const client = new ACMClient({ maxAttempts: 1 });
                const CertificateArn = aws.certificate({ domainName: custom, account: "210987654321" });
                await client.send(new DescribeCertificateCommand({ CertificateArn }));
                const [assumed, described] = aws.calls;
                assert.deepEqual([assumed?.operation, assumed?.account], ["AssumeRole", "123456789012"]);
                assert.deepEqual([described?.operation, described?.account], ["DescribeCertificate", "210987654321"]);
                aws.behaviour.accessDenied = ["acm:*"];
                await refused(
                    client.send(new DescribeCertificateCommand({ CertificateArn })),
                    "AccessDeniedException",
                    /^User: arn:aws:sts::210987654321:assumed-role\/reader\/ci is not authorized/,
                );
                client.destroy();
            } finally {
                restore();
                await rm(folder, { recursive: true });
            }
        });

        it("refuses operations that it does not know, and bodies that are no JSON", async () => {
            await refused(cognito.listUserPools({ MaxResults: 1 }), "UnknownOperationException");
            const response = await fetch(aws.endpoint, {
                method: "POST",
                headers: { "x-amz-target": "CertificateManager.ListCertificates" },
                body: "{",
            });
            assert.match(await response.text(), /"__type":"SerializationException"/);
        });

        it("records every call with its answer", async () => {
            const UserPoolId = prefixScene();
            await describeDomain(prefix);
            await refused(cognito.describeUserPool({ UserPoolId: `${UserPoolId}x` }), "ResourceNotFoundException");
            assert.deepEqual(
                aws.calls.map((call) => call.operation),
                ["DescribeUserPoolDomain", "DescribeUserPool"],
            );
            const [described] = aws.callsTo("DescribeUserPoolDomain");
            assert.deepEqual(
                [described?.service, described?.region, described?.account, described?.input],
                ["cognito-idp", REGION, "123456789012", { Domain: prefix }],
            );
            const { DomainDescription } = (described?.output ?? {}) as { DomainDescription?: DomainDescriptionType };
            assert.equal(DomainDescription?.Domain, prefix);
            assert.equal(aws.calls[1]?.error?.name, "ResourceNotFoundException");
        });
    });

    describe("faults", () => {
        const fail = (...faults: Fault[]) => {
            aws.behaviour.faults = faults;
        };

        it("throw what they are told, where and as often as they are told", async () => {
            fail({
                operation: /^Describe/,
                skip: 1,
                times: 2,
                action: { exception: "TooManyRequestsException", message: "Rate exceeded" },
            });
            await describeDomain(prefix);
            await cognito.createUserPool({ PoolName: "x" });
            await refused(describeDomain(prefix), "TooManyRequestsException", /^Rate exceeded$/);
            await refused(describeDomain(prefix), "TooManyRequestsException");
            await describeDomain(prefix);
        });

        it("answer with a status", async () => {
            fail({ operation: "DescribeUserPoolDomain", action: { status: 503 } });
            await assert.rejects(
                describeDomain(prefix),
                (error: { $metadata: { httpStatusCode: number } }) => error.$metadata.httpStatusCode === 503,
            );
        });

        it("reset the connection and cut the body", async () => {
            fail({ action: "reset", times: 1 });
            await assert.rejects(describeDomain(prefix), { code: "ECONNRESET" });
            prefixScene();
            fail({ action: "cutBody", when: "after", times: 1 });
            await assert.rejects(describeDomain(prefix));
            assert.equal((await describeDomain(prefix)).Domain, prefix);
        });

        it("hang until the client gives up", async () => {
            fail({ action: "hang" });
            const controller = new AbortController();
            fail({ action: { run: () => controller.abort() } }, { action: "hang" });
            await refused(
                cognito.describeUserPool({ UserPoolId: "us-west-2_x" }, { abortSignal: controller.signal }),
                "AbortError",
            );
            assert.equal(aws.calls.length, 1);
            assert.equal(aws.calls[0]?.output ?? aws.calls[0]?.error, undefined);
        });

        it("can strike when the state has changed already", async () => {
            const UserPoolId = prefixScene();
            const call = () => cognito.updateUserPoolDomain({ UserPoolId, Domain: prefix, ManagedLoginVersion: 2 });
            fail({ operation: "UpdateUserPoolDomain", action: "reset" });
            await assert.rejects(call());
            assert.equal(aws.domainOf(prefix)?.status, "ACTIVE");
            fail({ operation: "UpdateUserPoolDomain", when: "after", action: "reset" });
            await assert.rejects(call());
            assert.equal(aws.domainOf(prefix)?.status, "UPDATING");
            assert.equal(aws.domainOf(prefix)?.pending?.next?.managedLoginVersion, 2);
        });

        it("run hooks before the operation, which may change the scene", async () => {
            prefixScene();
            const order: string[] = [];
            fail(
                { action: { delayMs: 1 } },
                {
                    action: {
                        run: (it, call) => {
                            order.push(call.operation);
                            it.removeDomain(prefix);
                        },
                    },
                },
                {
                    when: "after",
                    action: {
                        run: () => {
                            order.push("after");
                        },
                    },
                },
            );
            assert.deepEqual(await describeDomain(prefix), {});
            assert.deepEqual(order, ["DescribeUserPoolDomain", "after"]);
        });

        it("never pass off the emulator's own mistakes as AWS's", async () => {
            fail({
                action: {
                    run: () => {
                        throw new TypeError("mine");
                    },
                },
            });
            await refused(describeDomain(prefix), "EmulatorFailure", /TypeError: mine/);
        });

        it("leave the SDK's own retries to the SDK", async () => {
            const patient = new CognitoIdentityProvider({ ...aws.clientConfig(REGION), maxAttempts: 3 });
            fail({ times: 1, action: { status: 500 } });
            await patient.describeUserPoolDomain({ Domain: prefix });
            assert.equal(aws.calls.length, 2);
            patient.destroy();
        });

        it("are slow where told", async () => {
            aws.behaviour.latencyMs = 20;
            const started = performance.now();
            await describeDomain(prefix);
            assert.ok(performance.now() - started >= 19);
        });
    });

    describe("quotas", () => {
        const RATE = /^Rate exceeded$/;

        /** How many of so many calls at once were throttled. */
        async function throttledOf(count: number, call: () => Promise<unknown>, name = "TooManyRequestsException") {
            const outcomes = await Promise.allSettled(Array.from({ length: count }, call));
            return outcomes.filter((outcome) => {
                if (outcome.status === "fulfilled") {
                    return false;
                }
                assert.equal(outcome.reason.name, name);
                assert.match(outcome.reason.message, RATE);
                return true;
            }).length;
        }

        it("are off unless they are switched on", async () => {
            assert.equal(await throttledOf(40, () => describeDomain(prefix)), 0);
        });

        it("let one second's worth through at once, by category, account and Region", async () => {
            aws.behaviour.quotas = true;
            // A second of tests takes up to 100 ms to send.
            const readsAtOnce = await throttledOf(40, () => describeDomain("nobody"));
            assert.ok(readsAtOnce >= 15 && readsAtOnce <= 20, String(readsAtOnce));
            const pool = aws.userPool({ region: REGION });
            assert.equal(await throttledOf(10, () => cognito.describeUserPool({ UserPoolId: pool })), 0);
            const elsewhere = new CognitoIdentityProvider({ ...aws.clientConfig("eu-west-1"), maxAttempts: 1 });
            await elsewhere.describeUserPoolDomain({ Domain: prefix });
            const somebodyElse = new CognitoIdentityProvider({
                ...aws.clientConfig(REGION, "210987654321"),
                maxAttempts: 1,
            });
            await somebodyElse.describeUserPoolDomain({ Domain: prefix });
            elsewhere.destroy();
            somebodyElse.destroy();
        });

        it("throttle ACM in ACM's words", async () => {
            aws.behaviour.quotas = true;
            const CertificateArn = aws.certificate({ domainName: custom });
            const count = await throttledOf(
                20,
                () => acm.send(new DescribeCertificateCommand({ CertificateArn })),
                "ThrottlingException",
            );
            assert.ok(count >= 7 && count <= 10, String(count));
        });

        it("count each operation on a user pool, also through its domain; but not DescribeUserPool", async () => {
            aws.behaviour.quotas = true;
            const UserPoolId = prefixScene();
            const domainReads = await throttledOf(10, () => describeDomain(prefix));
            assert.ok(domainReads >= 4 && domainReads <= 5, String(domainReads));
            await cognito.getUserPoolMfaConfig({ UserPoolId });
            assert.equal(await throttledOf(10, () => cognito.describeUserPool({ UserPoolId })), 0);
        });

        it("fill up again with the time, and are a share or other rates where told", async () => {
            aws.behaviour.quotas = 0.5;
            const half = await throttledOf(20, () => describeDomain("nobody"));
            assert.ok(half >= 8 && half <= 10, String(half));
            aws.reset();
            aws.behaviour.quotas = { UserPoolResourceRead: 2 };
            const two = await throttledOf(4, () => describeDomain("nobody"));
            assert.equal(two, 2);
            await new Promise((resolve) => setTimeout(resolve, 520));
            await describeDomain("nobody");
        });
    });

    describe("chaos", () => {
        /** What became of some calls, one after another. */
        async function outcomes(seed: number, rate = 0.5): Promise<string[]> {
            aws.reset();
            prefixScene();
            aws.behaviour.chaos = { seed, rate, kinds: ["exception", "status500", "reset", "cutBody", "staleRead"] };
            const seen: string[] = [];
            for (let call = 0; call < 20; call++) {
                seen.push(
                    await describeDomain(prefix).then(
                        () => "fine",
                        ({ name, code }: { name: string; code?: string }) => code ?? name,
                    ),
                );
            }
            return seen;
        }

        it("is the same for the same seed, and another for another", async () => {
            const first = await outcomes(1);
            assert.deepEqual(await outcomes(1), first);
            assert.notDeepEqual(await outcomes(2), first);
            assert.ok(new Set(first).size > 2, String(first));
        });

        it("strikes as often as it is told", async () => {
            assert.ok((await outcomes(3, 0)).every((outcome) => outcome === "fine"));
            assert.ok((await outcomes(3, 1)).filter((outcome) => outcome !== "fine").length > 10);
        });

        it("answers a stale read as the same question was answered before", async () => {
            prefixScene();
            await describeDomain(prefix);
            aws.behaviour.chaos = { seed: 1, rate: 1, kinds: ["staleRead"] };
            await describeDomain(prefix);
            aws.patchDomain(prefix, { managedLoginVersion: 2 });
            assert.equal((await describeDomain(prefix)).ManagedLoginVersion, undefined);
            assert.equal((await describeDomain(prefix)).ManagedLoginVersion, 2);
        });

        it("has somebody else change the domain only where it is written", async () => {
            const UserPoolId = prefixScene();
            aws.behaviour.chaos = { seed: 1, rate: 1, kinds: ["concurrentModification"] };
            await describeDomain(prefix);
            await refused(
                cognito.updateUserPoolDomain({ UserPoolId, Domain: prefix, ManagedLoginVersion: 2 }),
                "ConcurrentModificationException",
            );
            assert.equal(aws.domainOf(prefix)?.status, "ACTIVE");
        });
    });

    describe("from another process", () => {
        const ask = async (method: string, path: string, body?: unknown) => {
            const response = await fetch(`${aws.endpoint}/_emulator/${path}`, { method, body: JSON.stringify(body) });
            return { status: response.status, body: (await response.json()) as Record<string, unknown> };
        };
        const scene = async (request: unknown) => (await ask("POST", "scene", request)).body.result;

        it("sets the scene, the behaviour, and reads the calls", async () => {
            const userPoolId = await scene({ userPool: { region: REGION, tier: null } });
            const certificateArn = await scene({
                certificate: { domainName: custom, notAfter: "2001-01-01T00:00:00Z" },
            });
            await scene({ domain: { userPoolId, domain: custom, certificateArn } });
            await scene({ patchDomain: [custom, { status: "FAILED" }] });
            await ask("POST", "behaviour", {
                silentSettings: ["certificateArn"],
                faults: [{ times: 1, action: { status: 500 } }],
            });
            await assert.rejects(describeDomain(custom));
            const described = await describeDomain(custom);
            assert.deepEqual([described.Status, described.CustomDomainConfig], ["FAILED", {}]);
            assert.equal(((await scene({ domainOf: custom })) as { userPoolId: string }).userPoolId, userPoolId);
            assert.equal((await ask("GET", "calls")).body.length, 2);
            await ask("POST", "reset");
            assert.deepEqual([aws.calls, aws.domainOf(custom), aws.behaviour.silentSettings], [[], undefined, []]);
        });

        it("refuses what it does not know", async () => {
            for (const [path, body] of [
                ["scene", { close: {} }],
                ["scene", {}],
                ["behaviour", { misspelt: 1 }],
                ["nowhere", {}],
                ["scene", { domain: { userPoolId: "us-west-2_missing", domain: "x" } }],
            ] as const) {
                assert.equal((await ask("POST", path, body)).status, 400, JSON.stringify([path, body]));
            }
        });
    });

    it("starts as a command, says where, and stops on SIGTERM", async () => {
        const cli = spawn(process.execPath, ["--import=tsx", join(__dirname, "../emulator/cli.ts"), "--port", "0"]);
        const line = await createInterface(cli.stdout)[Symbol.asyncIterator]().next();
        const ready = JSON.parse(line.value) as { endpoint: string; env: Record<string, string> };
        assert.equal(ready.env.AWS_ENDPOINT_URL, ready.endpoint);
        assert.deepEqual(await (await fetch(`${ready.endpoint}/_emulator/calls`)).json(), []);
        cli.kill("SIGTERM");
        assert.deepEqual(await once(cli, "exit"), [0, null]);
    }).timeout(20_000);
});

/** A signature as far as the emulator reads it. */
const signedFor = (service: string, account = "123456789012") =>
    `AWS4-HMAC-SHA256 Credential=${accessKeyOf(account)}/20250101/us-west-2/${service}/aws4_request, Signature=0`;

/** Sets environment variables; returns what puts the old ones back. */
function setEnvironment(variables: Record<string, string>): () => void {
    const before = { ...process.env };
    Object.assign(process.env, variables);
    return () => {
        for (const name of Object.keys(variables)) {
            delete process.env[name];
        }
        Object.assign(process.env, before);
    };
}

async function selfSigned(name: string) {
    x509.cryptoProvider.set(webcrypto as Crypto);
    const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
    const keys = (await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
    const notAfter = new Date("2040-01-01T00:00:00Z");
    const serial = Buffer.from(
        webcrypto.getRandomValues(new Uint8Array(8)).map((byte) => (byte & 0x7f) | 0x10),
    ).toString("hex");
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        name: `CN=${name}`,
        keys,
        notAfter,
        notBefore: new Date("2020-01-01T00:00:00Z"),
        serialNumber: serial,
        signingAlgorithm: algorithm,
        extensions: [
            new x509.SubjectAlternativeNameExtension([
                { type: "dns", value: name },
                { type: "dns", value: `*.${name}` },
            ]),
        ],
    });
    const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
    return {
        certificate: certificate.toString("pem"),
        privateKey: x509.PemConverter.encode(key, "PRIVATE KEY"),
        serial: serial.match(/../g)?.join(":"),
        notAfter,
    };
}
