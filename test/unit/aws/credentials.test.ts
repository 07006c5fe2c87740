import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { connectAs } from "../../../provider/aws/connectAs";
import type { AwsIdentity } from "../../../provider/inputs/awsIdentity";
import type { AwsCallError } from "../../../provider/model/errors";
import { accessKeyOf, type Emulator } from "../../emulator/index";
import { inEmulatedAws } from "../../support/emulatedAws";
import { withEnvironment } from "../../support/environment";
import { failureOf } from "../../support/failure";

const ROLE = "arn:aws:iam::210987654321:role/deployer";
/** The environment of a machine on which nothing is set up for AWS. */
const NOTHING = {
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_PROFILE: undefined,
    AWS_REGION: undefined,
};

describe("connectAs", () => {
    let emulator: Emulator;
    let address: { userPoolId: string; domain: string; region: string };
    let folder: string;

    inEmulatedAws((it) => {
        emulator = it;
    });

    before(() => {
        folder = mkdtempSync(path.join(tmpdir(), "credentials-"));
    });
    after(() => rmSync(folder, { recursive: true }));

    beforeEach(() => {
        emulator.reset();
        const userPoolId = emulator.userPool({ region: "us-west-2" });
        address = { userPoolId, domain: "auth.example.com", region: "us-west-2" };
    });

    function file(name: string, text: string): string {
        const written = path.join(folder, name);
        writeFileSync(written, text);
        return written;
    }

    it("calls as the account of a role that is assumed", async () => {
        const connected = await connectAs({
            assumeRoles: [{ roleArn: "arn:aws:iam::210987654321:role/deployer", sessionName: "ci", duration: "15m" }],
        });
        await connected.describeDomain(address);
        const [assumed, described] = emulator.calls;
        assert.equal(assumed?.operation, "AssumeRole");
        assert.deepEqual(
            [assumed?.input.RoleArn, assumed?.input.RoleSessionName, assumed?.input.DurationSeconds],
            ["arn:aws:iam::210987654321:role/deployer", "ci", "900"],
        );
        assert.deepEqual([described?.operation, described?.account], ["DescribeUserPoolDomain", "210987654321"]);
    });

    it("goes through several roles, each with the credentials of the one before it, once for all calls", async () => {
        const connected = await connectAs({
            region: "us-west-2",
            assumeRoles: [
                { roleArn: "arn:aws:iam::210987654321:role/first" },
                { roleArn: "arn:aws:iam::333333333333:role/second", externalId: "x" },
            ],
        });
        await connected.describeDomain(address);
        await connected.describeUserPool(address);
        assert.deepEqual(
            emulator.calls.map(({ operation, account }) => [operation, account]),
            [
                ["AssumeRole", "123456789012"],
                ["AssumeRole", "210987654321"],
                ["DescribeUserPoolDomain", "333333333333"],
                ["DescribeUserPool", "333333333333"],
            ],
        );
        assert.deepEqual(
            emulator.callsTo("AssumeRole").map(({ input }) => [input.RoleSessionName, input.ExternalId]),
            [
                ["pulumi", undefined],
                ["pulumi", "x"],
            ],
        );
    });

    it("hands on the policies, tags and duration of a role", async () => {
        const role = {
            roleArn: "arn:aws:iam::210987654321:role/deploy",
            duration: "1.5h",
            policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
            tags: { team: "web" },
            transitiveTagKeys: ["team"],
        };
        await (await connectAs({ assumeRoles: [role] })).describeDomain(address);
        const input = JSON.stringify(emulator.callsTo("AssumeRole")[0]?.input);
        for (const part of ["5400", "arn:aws:iam::aws:policy/ReadOnlyAccess", '"team"', '"web"', "TransitiveTagKeys"]) {
            assert.ok(input.includes(part), `${part} in ${input}`);
        }
    });

    it("calls as the environment says where nothing is given", async () => {
        await (await connectAs({})).describeDomain(address);
        assert.equal(emulator.calls[0]?.accessKeyId, accessKeyOf("123456789012"));
    });

    describe("with a profile", () => {
        it("names the config key where no file has it, and asks nobody else for credentials", async () => {
            const calls = await connectAs({ profile: "no-such-profile" });
            const error = await failureOf<AwsCallError>(calls.describeDomain(address));
            assert.match(
                error.message,
                /^no AWS credentials for cognito-idp:DescribeUserPoolDomain in us-west-2: the profile "no-such-profile" \(config value aws:profile, or argument aws\.profile\) is in neither AWS configuration file; add it/,
            );
            assert.deepEqual([error.lost, error.transient], [false, false]);
            assert.deepEqual(emulator.calls, []);
        });

        it("reads it from the files that the stack's config names", async () => {
            const account = "444444444444";
            const keys = `aws_access_key_id = ${accessKeyOf(account)}\naws_secret_access_key = x\n`;
            const connections: AwsIdentity["connection"][] = [
                { sharedCredentialsFile: file("credentials", `[ci]\n${keys}`) },
                { sharedConfigFile: file("config", `[profile ci]\n${keys}`) },
            ];
            for (const connection of connections) {
                await (await connectAs({ profile: "ci", connection })).describeDomain(address);
            }
            assert.deepEqual(
                emulator.calls.map((call) => call.account),
                [account, account],
            );
        });
    });

    describe("with keys in the stack's config", () => {
        const keys = (account: string) => ({ accessKeyId: accessKeyOf(account), secretAccessKey: "do-not-print" });

        it("calls with them, whatever the environment has", async () => {
            const calls = await connectAs({ connection: { credentials: keys("444444444444") } });
            await calls.describeDomain(address);
            await calls.describeCertificate("arn:aws:acm:us-east-1:444444444444:certificate/1");
            assert.deepEqual(
                emulator.calls.map(({ account }) => account),
                ["444444444444", "444444444444"],
            );
        });

        it("assumes roles with them", async () => {
            const connection = { credentials: keys("444444444444") };
            await (await connectAs({ connection, assumeRoles: [{ roleArn: ROLE }] })).describeDomain(address);
            assert.deepEqual(
                emulator.calls.map(({ operation, account }) => [operation, account]),
                [
                    ["AssumeRole", "444444444444"],
                    ["DescribeUserPoolDomain", "210987654321"],
                ],
            );
        });

        it("says nothing of them where AWS refuses them", async () => {
            const exception = { exception: "UnrecognizedClientException", message: "The security token is invalid." };
            emulator.behaviour.faults = [{ action: exception }];
            const calls = await connectAs({ connection: { credentials: keys("444444444444") } });
            const error = await failureOf<AwsCallError>(calls.describeDomain(address));
            assert.match(error.message, /^AWS does not accept the credentials/);
            assert.doesNotMatch(`${error.message} ${error.stack} ${JSON.stringify(error)}`, /do-not-print/);
        });
    });

    describe("with a web identity", () => {
        const asked: URLSearchParams[] = [];
        const server = createServer(async (request, response) => {
            const chunks = await request.toArray();
            asked.push(new URLSearchParams(Buffer.concat(chunks).toString()));
            const credentials =
                `<AccessKeyId>${accessKeyOf("210987654321")}</AccessKeyId><SecretAccessKey>x</SecretAccessKey>` +
                "<SessionToken>y</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>";
            response.end(
                `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>${credentials}` +
                    "</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>",
            );
        });
        const endpoints = () => ({ sts: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

        before(() => once(server.listen(0, "127.0.0.1"), "listening"));
        after(() => {
            server.closeAllConnections();
            server.close();
        });
        beforeEach(() => {
            asked.length = 0;
        });

        it("takes the role that its token stands for, and further roles from there", async () => {
            const webIdentity = { roleArn: ROLE, webIdentityToken: "do-not-print", duration: "30m", sessionName: "ci" };
            const connection = { webIdentity, endpoints: endpoints() };
            await withEnvironment(NOTHING, async () => (await connectAs({ connection })).describeDomain(address));
            const [form] = asked;
            assert.deepEqual(
                ["Action", "RoleArn", "RoleSessionName", "WebIdentityToken", "DurationSeconds"].map((it) =>
                    form?.get(it),
                ),
                ["AssumeRoleWithWebIdentity", ROLE, "ci", "do-not-print", "1800"],
            );
            assert.deepEqual(
                emulator.calls.map(({ operation, account }) => [operation, account]),
                [["DescribeUserPoolDomain", "210987654321"]],
            );
        });

        it("reads the token's file", async () => {
            const webIdentityTokenFile = file("token", "from-file\n");
            const connection = { webIdentity: { roleArn: ROLE, webIdentityTokenFile }, endpoints: endpoints() };
            await (await connectAs({ connection })).describeDomain(address);
            assert.deepEqual(
                [asked[0]?.get("WebIdentityToken"), asked[0]?.get("RoleSessionName")],
                ["from-file", "pulumi"],
            );
        });

        it("says which file is missing", async () => {
            const webIdentityTokenFile = path.join(folder, "no-token");
            const connection = { webIdentity: { roleArn: ROLE, webIdentityTokenFile } };
            const { message } = await failureOf((await connectAs({ connection })).describeDomain(address));
            assert.match(message, /sts:AssumeRoleWithWebIdentity in .* ENOENT.*no-token/);
        });
    });

    describe("where a role is assumed", () => {
        const assumeRoles = [{ roleArn: ROLE }];
        const regionOfSts = async (identity: AwsIdentity, environment: Record<string, string | undefined> = {}) => {
            emulator.calls = [];
            await withEnvironment({ AWS_REGION: undefined, ...environment }, async () =>
                (await connectAs({ assumeRoles, ...identity })).describeDomain(address),
            );
            return emulator.callsTo("AssumeRole")[0]?.region;
        };

        it("asks STS in the Region that is given, or AWS_REGION, or the profile's, or else the user pool's", async () => {
            const AWS_CONFIG_FILE = file("regions", "[default]\nregion = eu-west-1\n");
            const given: [identity: AwsIdentity, environment: Record<string, string>, region: string][] = [
                [{ region: "ca-central-1", connection: { stsRegion: "eu-north-1" } }, {}, "eu-north-1"],
                [{ region: "ca-central-1" }, { AWS_REGION: "eu-central-1" }, "ca-central-1"],
                [{}, { AWS_REGION: "eu-central-1", AWS_CONFIG_FILE }, "eu-central-1"],
                [{}, { AWS_CONFIG_FILE }, "eu-west-1"],
                [{}, { AWS_CONFIG_FILE: path.join(folder, "none") }, "us-west-2"],
            ];
            for (const [identity, environment, region] of given) {
                assert.equal(await regionOfSts(identity, environment), region);
            }
        });

        it("takes the user pool's Region also where ACM is asked at the same time", async () => {
            const calls = await connectAs({ assumeRoles });
            await withEnvironment({ AWS_REGION: undefined, AWS_CONFIG_FILE: path.join(folder, "none") }, () =>
                Promise.all([
                    calls.describeCertificate("arn:aws:acm:us-east-1:210987654321:certificate/1"),
                    calls.describeDomain(address),
                ]),
            );
            assert.deepEqual(
                emulator.callsTo("AssumeRole").map(({ region }) => region),
                ["us-west-2"],
            );
        });

        it("says which role is refused, and that an update was not sent", async () => {
            emulator.behaviour.accessDenied = ["sts:AssumeRole"];
            const error = await failureOf<AwsCallError>(
                (await connectAs({ assumeRoles })).updateDomain(address, { managedLoginVersion: 2 }),
            );
            assert.match(error.message, new RegExp(`^no permission to call sts:AssumeRole: allow it on ${ROLE} for`));
            assert.deepEqual([error.code, error.lost], ["AccessDenied", false]);
            assert.deepEqual(emulator.callsTo("UpdateUserPoolDomain"), []);
        });
    });

    it("asks the EC2 instance for credentials, but not where config skips that", async () => {
        let asked = 0;
        const metadata = createServer((_, response) => {
            asked++;
            response.writeHead(404).end();
        });
        await once(metadata.listen(0, "127.0.0.1"), "listening");
        const environment = {
            ...NOTHING,
            AWS_EC2_METADATA_DISABLED: undefined,
            AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${(metadata.address() as AddressInfo).port}`,
            AWS_CONFIG_FILE: path.join(folder, "none"),
            AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "none"),
        };
        try {
            await withEnvironment(environment, async () => {
                const skipping = await connectAs({ connection: { skipsInstanceMetadata: true } });
                assert.match((await failureOf(skipping.describeDomain(address))).message, /^no usable AWS credentials/);
                assert.equal(asked, 0);
                await failureOf((await connectAs({})).describeDomain(address));
                assert.ok(asked > 0);
            });
            assert.deepEqual(emulator.calls, []);
        } finally {
            metadata.closeAllConnections();
            metadata.close();
        }
    });
});
