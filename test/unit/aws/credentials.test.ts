import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { connectAs } from "../../../provider/aws/connectAs";
import { type AwsIdentity, identityFromConfig, mergeIdentity } from "../../../provider/inputs/awsIdentity";
import type { AwsCallError } from "../../../provider/model/errors";
import type { Behaviour } from "../../emulator/behaviour";
import { accessKeyOf, type Emulator } from "../../emulator/index";
import { inEmulatedAws } from "../../support/emulatedAws";
import { withEnvironment } from "../../support/environment";
import { failureOf } from "../../support/failure";

const ADDRESS = { userPoolId: "us-west-2_AbCdEfGhI", domain: "auth.example.com", region: "us-west-2" };
/** The accounts of the sources, so that a call shows which of them was taken. */
const KEYS = "111111111111";
const PROFILE = "222222222222";
const OTHER_PROFILE = "333333333333";
const CONFIG = "444444444444";
const ROLE = "555555555555";
const WEB_ROLE = "666666666666";
const CONTAINER = "777777777777";
const INSTANCE = "888888888888";

const roleArn = (account: string) => `arn:aws:iam::${account}:role/deployer`;
const keysIn = (account: string) =>
    `aws_access_key_id = ${accessKeyOf(account)}\naws_secret_access_key = do-not-print\n`;
/** Of each set-up; what is in braces is known only once the tests run. */
const ENV = { AWS_ACCESS_KEY_ID: accessKeyOf(KEYS), AWS_SECRET_ACCESS_KEY: "do-not-print" };
const WEB = { AWS_WEB_IDENTITY_TOKEN_FILE: "{folder}/token", AWS_ROLE_ARN: roleArn(WEB_ROLE) };
const TASK = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "{machine}/container" };
const CI = { "aws:profile": "ci" };
const IN_CONFIG = { "aws:accessKey": accessKeyOf(CONFIG), "aws:secretKey": "do-not-print" };
const ASSUME = { "aws:assumeRoles": JSON.stringify([{ roleArn: roleArn(ROLE) }]) };
const webConfig = (token: object) => ({
    "aws:assumeRoleWithWebIdentity": JSON.stringify({ roleArn: roleArn(WEB_ROLE), ...token }),
});
const WEB_CONFIG = webConfig({ webIdentityToken: "do-not-print" });

interface SetUp {
    env?: Record<string, string>;
    /** Sections of AWS_CONFIG_FILE beside those that all have. */
    files?: string;
    config?: Record<string, string>;
    argument?: AwsIdentity;
    behaviour?: Partial<Behaviour>;
}

const roleProfile = (source: string): SetUp => ({
    env: { AWS_PROFILE: "role" },
    files: `[profile role]\nrole_arn = ${roleArn(ROLE)}\n${source}\n`,
});
const processProfile = (command: string): SetUp => ({
    env: { AWS_PROFILE: "process" },
    files: `[profile process]\ncredential_process = ${command}\n`,
});

describe("credentials", () => {
    let emulator: Emulator;
    let folder: string;
    let machine: string;
    const warned: string[] = [];
    const { warn } = console;

    inEmulatedAws((it) => {
        emulator = it;
    });

    const roles = createServer((request, response) => {
        const account = request.url === "/container" ? CONTAINER : INSTANCE;
        const credentials = {
            Code: "Success",
            AccessKeyId: accessKeyOf(account),
            SecretAccessKey: "x",
            Token: "y",
            Expiration: "2999-01-01T00:00:00Z",
        };
        const isList = request.url?.endsWith("/security-credentials/");
        response.end(request.method === "PUT" ? "token" : isList ? "role" : JSON.stringify(credentials));
    });

    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), "credentials-"));
        writeFileSync(path.join(folder, "token"), "do-not-print");
        await once(roles.listen(0, "127.0.0.1"), "listening");
        machine = `http://127.0.0.1:${(roles.address() as AddressInfo).port}`;
        console.warn = (...texts) => void warned.push(texts.join(" "));
    });
    after(() => {
        console.warn = warn;
        rmSync(folder, { recursive: true });
        roles.closeAllConnections();
        roles.close();
    });

    beforeEach(() => {
        emulator.reset();
        warned.length = 0;
    });

    /** Describes a domain in a set-up of a machine. Returns who signed each call, and the failure. */
    async function call({ env = {}, files = "", config = {}, argument, behaviour }: SetUp) {
        Object.assign(emulator.behaviour, behaviour);
        const filled = (text: string) => text.replace("{folder}", folder).replace("{machine}", machine);
        const file = path.join(folder, "config");
        const profiles = `[profile ci]\n${keysIn(PROFILE)}[profile other]\n${keysIn(OTHER_PROFILE)}[profile bare]\nregion = eu-west-1\n`;
        writeFileSync(file, `${profiles}${filled(files)}`);
        const unset = Object.keys(process.env).filter((name) => name.startsWith("AWS_"));
        const clean = {
            ...Object.fromEntries(unset.map((name) => [name, undefined])),
            AWS_ENDPOINT_URL: process.env.AWS_ENDPOINT_URL,
            AWS_CONFIG_FILE: file,
            AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "none"),
            AWS_EC2_METADATA_SERVICE_ENDPOINT: machine,
        };
        const identity = mergeIdentity(
            identityFromConfig((key) => config[key]),
            argument,
        );
        const given = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, filled(text)]));
        const error = await withEnvironment({ ...clean, ...given }, async () =>
            (await connectAs(identity)).describeDomain(ADDRESS).then(
                () => undefined,
                (error: AwsCallError) => error,
            ),
        );
        assert.ok(!`${error?.message} ${error?.stack}`.includes("do-not-print"));
        assert.deepEqual(warned, []);
        return { error, calls: emulator.calls.map(({ operation, account }) => [operation, account]) };
    }

    const table: [name: string, account: string, setUp: SetUp][] = [
        ["keys in the environment", KEYS, { env: ENV }],
        ["keys in the environment beside AWS_PROFILE", KEYS, { env: { ...ENV, AWS_PROFILE: "ci" } }],
        ["keys in the environment beside a web identity", KEYS, { env: { ...ENV, ...WEB } }],
        ["a web identity beside AWS_PROFILE", WEB_ROLE, { env: { ...WEB, AWS_PROFILE: "ci" } }],
        ["AWS_PROFILE", PROFILE, { env: { AWS_PROFILE: "ci" } }],
        ["AWS_DEFAULT_PROFILE", PROFILE, { env: { AWS_DEFAULT_PROFILE: "ci" } }],
        ["the profile default", PROFILE, { files: `[default]\n${keysIn(PROFILE)}` }],
        ["AWS_PROFILE beside a container's role", PROFILE, { env: { AWS_PROFILE: "ci", ...TASK } }],
        ["the container's role", CONTAINER, { env: TASK }],
        ["the EC2 instance's role", INSTANCE, {}],
        ["the machine's role for a profile without credentials", INSTANCE, { env: { AWS_PROFILE: "bare" } }],
        ["aws:profile beside keys in the environment", PROFILE, { env: ENV, config: CI }],
        ["aws:profile beside a web identity", PROFILE, { env: WEB, config: CI }],
        [
            "keys in the config beside aws:profile and the environment",
            CONFIG,
            { env: ENV, config: { ...IN_CONFIG, ...CI } },
        ],
        ["a web identity in the config beside both", WEB_ROLE, { env: ENV, config: { ...WEB_CONFIG, ...CI } }],
        [
            "the argument's profile beside everything else",
            OTHER_PROFILE,
            { env: ENV, config: { ...IN_CONFIG, ...CI, ...ASSUME }, argument: { profile: "other" } },
        ],
        [
            "a role of the config with keys of the environment",
            ROLE,
            { env: { ...ENV, AWS_PROFILE: "ci" }, config: ASSUME },
        ],
        [
            "a role of the argument with keys of the config",
            ROLE,
            { config: IN_CONFIG, argument: { assumeRoles: [{ roleArn: roleArn(ROLE) }] } },
        ],
        ["the role of a profile with a source profile", ROLE, roleProfile("source_profile = ci")],
        ["the role of a profile that has keys of its own", ROLE, roleProfile(keysIn(PROFILE))],
        [
            "the role of a profile with credential_source",
            ROLE,
            { ...roleProfile("credential_source = Environment"), env: ENV, config: { "aws:profile": "role" } },
        ],
        [
            "a profile's web identity",
            WEB_ROLE,
            {
                env: { AWS_PROFILE: "web" },
                files: `[profile web]\nrole_arn = ${roleArn(WEB_ROLE)}\nweb_identity_token_file = {folder}/token\n`,
            },
        ],
        [
            "a profile's credential_process",
            PROFILE,
            processProfile(`echo '{"Version":1,"AccessKeyId":"${accessKeyOf(PROFILE)}","SecretAccessKey":"x"}'`),
        ],
    ];
    for (const [name, account, setUp] of table) {
        it(`are those of @pulumi/aws: ${name}`, async () => {
            const { error, calls } = await call(setUp);
            assert.equal(error, undefined);
            assert.deepEqual(calls.at(-1), ["DescribeUserPoolDomain", account]);
        });
    }

    it("go through several roles, each with the credentials of the one before it, once for all calls", async () => {
        const roleOf = (account: string, more: object = {}) => ({ roleArn: roleArn(account), ...more });
        const more = {
            externalId: "x",
            sessionName: "ci",
            duration: "1.5h",
            policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
            tags: { team: "web" },
            transitiveTagKeys: ["team"],
        };
        const aws = await connectAs({ assumeRoles: [roleOf(ROLE), roleOf(OTHER_PROFILE, more)] });
        await Promise.all([aws.describeDomain(ADDRESS), aws.describeUserPool(ADDRESS)]);
        await aws.describeCertificate(`arn:aws:acm:us-east-1:${OTHER_PROFILE}:certificate/1`);
        assert.deepEqual(
            emulator.calls.slice(0, 2).map(({ operation, account, region }) => [operation, account, region]),
            [
                ["AssumeRole", "123456789012", "us-west-2"],
                ["AssumeRole", ROLE, "us-west-2"],
            ],
        );
        assert.deepEqual(new Set(emulator.calls.slice(2).map(({ account }) => account)), new Set([OTHER_PROFILE]));
        const [first, second] = emulator.callsTo("AssumeRole").map(({ input }) => input);
        assert.equal(first?.RoleSessionName, "pulumi");
        const text = JSON.stringify(second);
        for (const part of ['"x"', '"ci"', '"5400"', "policy/ReadOnlyAccess", '"team"', '"web"', "TransitiveTagKeys"]) {
            assert.ok(text.includes(part), `${part} in ${text}`);
        }
    });

    it("ask STS in the Region that is given, or AWS_REGION, or the profile's, or else the user pool's", async () => {
        const AWS_REGION = "eu-central-1";
        const config = ASSUME;
        const setUps: [region: string, setUp: SetUp][] = [
            ["ca-central-1", { config: { ...config, "aws:region": "ca-central-1" }, env: { ...ENV, AWS_REGION } }],
            ["eu-central-1", { config, env: { ...ENV, AWS_REGION }, files: "[default]\nregion = eu-west-1\n" }],
            ["us-west-2", { env: ENV, config }],
        ];
        for (const [region, setUp] of setUps) {
            emulator.calls = [];
            await call(setUp);
            assert.equal(emulator.callsTo("AssumeRole")[0]?.region, region);
        }
    });

    const PREFIX = "no usable AWS credentials for cognito-idp:DescribeUserPoolDomain in us-west-2: ";
    const VARIABLE = "the environment variable AWS_PROFILE";
    const KEY = "the config value aws:profile";
    const ARGUMENT = "the argument aws.profile";
    const gone = (source: string, name = "gone") => [
        `${PREFIX}the profile "${name}" (${source}) is in neither AWS configuration file`,
    ];
    const none = `${PREFIX}there are none in the environment, a profile or a role of this machine. Set AWS_PROFILE, or`;
    const denied = `no permission to call sts:AssumeRole: allow it on ${roleArn(ROLE)} for the identity that runs Pulumi, and allow that identity in the role's trust policy`;
    const untrusted = `${roleArn(WEB_ROLE)} cannot be assumed with the web identity`;
    const DENY = { accessDenied: ["sts:AssumeRole"] };
    const IN = `role_arn = ${roleArn(ROLE)}`;
    const OWN_KEYS = "aws_access_key_id = x\naws_secret_access_key = y";
    const unclear: [text: string, says: string][] = [
        ["AWS_ACCESS_KEY_ID = x", `"role" (${VARIABLE}) has AWS_ACCESS_KEY_ID: write it in lower case`],
        ["Role_Arn = x", `"role" (${VARIABLE}) has Role_Arn: write it in lower case`],
        [
            `${IN}\n${OWN_KEYS}\nweb_identity_token_file = t`,
            `"role" (${VARIABLE}) has web_identity_token_file and aws_access_key_id: keep one of them`,
        ],
        [
            "sso_session = s\ncredential_process = p",
            `"role" (${VARIABLE}) has credential_process and sso_session: keep one of them`,
        ],
        [
            "login_session = arn\nsso_session = s\ncredential_process = p",
            `"role" (${VARIABLE}) has credential_process and sso_session and login_session: keep one of them`,
        ],
        [
            `${OWN_KEYS}\nsource_profile = x`,
            `"role" (${VARIABLE}) has source_profile and aws_access_key_id: keep one of them`,
        ],
        [
            `${IN}\nsource_profile = mid\n[profile mid]\n${IN}\n${OWN_KEYS}`,
            `"mid" (${VARIABLE}) is a source profile with role_arn and no source of its own: name one with source_profile`,
        ],
        [
            `${IN}\ncredential_source = Ec2InstanceMetadata`,
            `"role" (${VARIABLE}) has credential_source Ec2InstanceMetadata, which is switched off`,
        ],
    ];
    const refusals: [name: string, says: string[], setUp: SetUp][] = [
        ["AWS_PROFILE that is in no file", gone(VARIABLE), { env: { AWS_PROFILE: "gone" } }],
        [
            "AWS_PROFILE with a name of JavaScript's",
            gone(VARIABLE, "constructor"),
            { env: { AWS_PROFILE: "constructor" } },
        ],
        ["AWS_PROFILE that is in no file, beside keys", gone(VARIABLE), { env: { AWS_PROFILE: "gone", ...ENV } }],
        ["aws:profile that is in no file", gone(KEY), { config: { "aws:profile": "gone" } }],
        ["the argument's profile that is in no file", gone(ARGUMENT), { config: CI, argument: { profile: "gone" } }],
        [
            "a credential_process that fails",
            [
                `${PREFIX}the profile "process" (${ARGUMENT}) gives no credentials. Run its credential_process, "echo broken >&2; exit 3", by itself`,
                "broken",
            ],
            { ...processProfile("echo broken >&2; exit 3"), env: {}, argument: { profile: "process" } },
        ],
        [
            "a profile with mfa_serial whose source profile fails",
            [
                `${PREFIX}the profile "role" (${VARIABLE}) asks for an MFA code (mfa_serial)`,
                "export-credentials --profile role ",
            ],
            roleProfile(
                "mfa_serial = arn:aws:iam::1:mfa/me\nsource_profile = bad\n[profile bad]\ncredential_process = exit 3",
            ),
        ],
        ...unclear.map(([text, says]): [string, string[], SetUp] => [
            `what the SDKs for Go and JavaScript understand differently: ${text.replaceAll("\n", ", ")}`,
            [`${PREFIX}the profile ${says}`],
            { env: { AWS_PROFILE: "role", AWS_EC2_METADATA_DISABLED: "true" }, files: `[profile role]\n${text}\n` },
        ]),
        [
            "a file whose name begins with ~",
            [`${PREFIX}AWS_CONFIG_FILE begins with "~", which @pulumi/aws does not expand`],
            { env: { AWS_CONFIG_FILE: "~/.aws/config" } },
        ],
        [
            "a source profile without credentials",
            [`${PREFIX}the profile "role" (${VARIABLE}) gives no credentials. Correct the profile`],
            roleProfile("source_profile = bare"),
        ],
        [
            "half of a profile's keys",
            [`${PREFIX}the profile "half"`],
            { env: { AWS_PROFILE: "half" }, files: "[profile half]\naws_access_key_id = x\n" },
        ],
        [
            "an SSO session that nobody has signed in to",
            [`${PREFIX}the profile "sso"`, 'Sign in with "aws sso login --profile sso"'],
            {
                env: { AWS_PROFILE: "sso" },
                files: "[profile sso]\nsso_session = s\nsso_account_id = 111111111111\nsso_role_name = r\n[sso-session s]\nsso_start_url = https://example.com/start\nsso_region = us-east-1\n",
            },
        ],
        [
            "a web identity without a role",
            [`${PREFIX}the web identity of AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN cannot be used`],
            { env: { ...WEB, AWS_ROLE_ARN: "", AWS_PROFILE: "ci" } },
        ],
        [
            "a web identity's file that is missing",
            [`${PREFIX}the token of aws:assumeRoleWithWebIdentity cannot be read`, "no-token"],
            { config: webConfig({ webIdentityTokenFile: "/no-token" }) },
        ],
        [
            "a container's role that does not answer",
            [`${PREFIX}the container's role gives no credentials`],
            { env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:1/" } },
        ],
        ["nothing at all", [none], { env: { AWS_EC2_METADATA_DISABLED: "true" } }],
        ["an instance's role that the config switches off", [none], { config: { "aws:skipMetadataApiCheck": "true" } }],
        ["a role of the config that denies", [denied], { env: ENV, config: ASSUME, behaviour: DENY }],
        ["a role of a profile that denies", [denied], { ...roleProfile("source_profile = ci"), behaviour: DENY }],
        [
            "a web identity that the role does not trust",
            [untrusted, "the token's sub and aud"],
            { env: WEB, behaviour: { webIdentity: "denied" } },
        ],
        [
            "a web identity for another audience",
            [untrusted, "Incorrect token audience"],
            { config: WEB_CONFIG, behaviour: { webIdentity: "wrongAudience" } },
        ],
        [
            "a web identity without its provider",
            [`the account ${WEB_ROLE} has no OIDC provider for the web identity of ${roleArn(WEB_ROLE)}`],
            { env: WEB, behaviour: { webIdentity: "noProvider" } },
        ],
        [
            "a web identity whose token in the config has expired",
            [`the web identity's token for ${roleArn(WEB_ROLE)} has expired`, "run `pulumi up` first"],
            { config: WEB_CONFIG, behaviour: { webIdentity: "expired" } },
        ],
    ];
    for (const [name, says, setUp] of refusals) {
        it(`are refused, and nobody else's are taken: ${name}`, async () => {
            const { error, calls } = await call(setUp);
            for (const text of says) {
                assert.ok(error?.message.includes(text), error?.message);
            }
            assert.deepEqual([error?.lost, calls.filter(([it]) => !it?.startsWith("AssumeRole"))], [false, []]);
        });
    }

    it("of a role are renewed in time: a wait may outlast a session", async () => {
        const aws = await connectAs({ assumeRoles: [{ roleArn: roleArn(ROLE), duration: "60s" }] });
        await aws.describeDomain(ADDRESS);
        const { length } = emulator.callsTo("AssumeRole");
        await aws.describeDomain(ADDRESS);
        assert.ok(emulator.callsTo("AssumeRole").length > length);
    });

    it("that fail send no update either", async () => {
        emulator.behaviour.accessDenied = ["sts:AssumeRole"];
        const aws = await connectAs({ assumeRoles: [{ roleArn: roleArn(ROLE) }] });
        const error = await failureOf<AwsCallError>(aws.updateDomain(ADDRESS, { managedLoginVersion: 2 }));
        assert.deepEqual([error.code, error.lost], ["AccessDenied", false]);
        assert.deepEqual(emulator.callsTo("UpdateUserPoolDomain"), []);
    });
});
