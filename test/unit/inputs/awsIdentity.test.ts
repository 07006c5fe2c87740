import assert from "node:assert/strict";
import { homedir } from "node:os";
import * as path from "node:path";
import {
    type AwsIdentity,
    identityFromConfig,
    mergeIdentity,
    REFUSED_KEYS,
    SUPPORTED_KEYS,
} from "../../../provider/inputs/awsIdentity";
import { InvalidConfigurationError } from "../../../provider/model/errors";
import { defined } from "../../../provider/model/objects";
import { read } from "../../support/pages";

type Config = Record<string, string>;

const roleArn = "arn:aws:iam::123456789012:role/a";
const ROLE = { roleArn };
const OTHER = { roleArn: "arn:aws:iam::123456789012:role/b" };
/** A value that no message may have in it. */
const SECRET = "do-not-print";

/** What there is, without empty parts. */
function from(config: Config): Partial<AwsIdentity> {
    const { connection = {}, ...identity } = identityFromConfig((key) => config[key]);
    const endpoints = defined(connection.endpoints ?? {});
    const hasEndpoints = Object.keys(endpoints).length > 0;
    const rest = defined({ ...connection, endpoints: hasEndpoints ? endpoints : undefined });
    return defined({ ...identity, connection: Object.keys(rest).length > 0 ? rest : undefined });
}
const json = (key: string, value: unknown) => ({ [`aws:${key}`]: JSON.stringify(value) });
const web = (role: object) => json("assumeRoleWithWebIdentity", role);

describe("identityFromConfig", () => {
    it("is nobody in particular without config, and with empty values", () => {
        for (const nothing of ["", "[]", "{}"]) {
            const withMembers = ["assumeRole", "assumeRoles", "assumeRoleWithWebIdentity", "endpoints"];
            assert.deepEqual(from(Object.fromEntries(withMembers.map((key) => [`aws:${key}`, nothing]))), {});
        }
        assert.deepEqual(from(Object.fromEntries(Object.keys(SUPPORTED_KEYS).map((key) => [`aws:${key}`, ""]))), {});
    });

    const profileSource = "the config value aws:profile";
    const keys = { "aws:accessKey": "AKIA", "aws:secretKey": SECRET };
    const credentials = { accessKeyId: "AKIA", secretAccessKey: SECRET, sessionToken: undefined };
    const webIdentityTokenFile = path.join(homedir(), "token");
    const webRole = { roleArn, sessionName: "ci", duration: "30m" };
    const accounts = { ...json("allowedAccountIds", ["123456789012", 210987654321]) };
    const table: [title: string, config: Config, identity: Partial<AwsIdentity>][] = [
        ["a profile", { "aws:profile": "p" }, { profile: "p", profileSource }],
        ["the Region as that of STS", { "aws:region": "us-west-2" }, { stsRegion: "us-west-2" }],
        ["STS's own", { "aws:region": "us-west-2", "aws:stsRegion": "eu-west-1" }, { stsRegion: "eu-west-1" }],
        ["roles", json("assumeRoles", [ROLE, OTHER]), { assumeRoles: [ROLE, OTHER] }],
        ["the role of version 6", json("assumeRole", ROLE), { assumeRoles: [ROLE] }],
        [
            "roles before that",
            { ...json("assumeRole", ROLE), ...json("assumeRoles", [OTHER]) },
            { assumeRoles: [OTHER] },
        ],
        ["a role without what is empty", json("assumeRole", { ...ROLE, externalId: "" }), { assumeRoles: [ROLE] }],
        ["accounts, as numbers too", accounts, { allowedAccountIds: ["123456789012", "210987654321"] }],
        ["other accounts", json("forbiddenAccountIds", [111111111111]), { forbiddenAccountIds: ["111111111111"] }],
        ["keys", keys, { connection: { credentials } }],
        [
            "keys and a token",
            { ...keys, "aws:token": "t" },
            { connection: { credentials: { ...credentials, sessionToken: "t" } } },
        ],
        [
            "a web identity's file",
            web({ ...webRole, webIdentityTokenFile: "~/token" }),
            { connection: { webIdentity: { ...webRole, webIdentityTokenFile } } },
        ],
        [
            "a web identity's token",
            web({ roleArn, webIdentityToken: SECRET }),
            { connection: { webIdentity: { roleArn, webIdentityToken: SECRET, webIdentityTokenFile: undefined } } },
        ],
        [
            "endpoints, however they are spread over the list",
            json("endpoints", [{ cognitoidp: "https://c", s3: "https://s", acm: "" }, { sts: "https://t" }]),
            { connection: { endpoints: { cognito: "https://c", sts: "https://t" } } },
        ],
        [
            "Cognito's other name",
            json("endpoints", [{ cognitoidentityprovider: "http://c" }]),
            { connection: { endpoints: { cognito: "http://c" } } },
        ],
        ["no EC2 role", { "aws:skipMetadataApiCheck": "true" }, { connection: { skipsInstanceMetadata: true } }],
        ["an EC2 role", { "aws:skipMetadataApiCheck": "False" }, { connection: { skipsInstanceMetadata: false } }],
    ];
    for (const [title, config, identity] of table) {
        it(`reads ${title}`, () => assert.deepEqual(from(config), identity));
    }

    const unusable = "cannot be used; give ";
    const half = "needs aws:secretKey, and vice versa; aws:token needs both";
    const token = "needs either webIdentityToken or webIdentityTokenFile";
    const refusals: [config: Config, key: string, problem: string][] = [
        [{ "aws:assumeRoles": `{"a":"${SECRET}"` }, "assumeRoles", "is not JSON"],
        [{ "aws:region": SECRET }, "region", 'cannot be used; give a Region, such as "us-west-2"'],
        [{ "aws:stsRegion": SECRET }, "stsRegion", unusable],
        [json("assumeRoles", { roleArn }), "assumeRoles", "must be a list"],
        [json("assumeRoles", [{}]), "assumeRoles[0].roleArn", "is required"],
        [json("assumeRoles", [{ roleArn, duration: SECRET }]), "assumeRoles[0].duration", unusable],
        [json("assumeRole", { sessionName: SECRET }), "assumeRole.roleArn", "is required"],
        [json("assumeRoles", [null]), "assumeRoles[0]", "must be an object with roleArn, "],
        [json("allowedAccountIds", [SECRET]), "allowedAccountIds[0]", unusable],
        [json("allowedAccountIds", [""]), "allowedAccountIds[0]", unusable],
        // With what the environment has, the rest would be someone else's.
        [{ "aws:accessKey": SECRET }, "accessKey", half],
        [{ "aws:secretKey": SECRET }, "accessKey", half],
        [{ "aws:token": SECRET }, "accessKey", half],
        [web({ webIdentityToken: SECRET }), "assumeRoleWithWebIdentity.roleArn", "is required"],
        [web({ roleArn }), "assumeRoleWithWebIdentity", token],
        [web({ roleArn, webIdentityToken: SECRET, webIdentityTokenFile: "f" }), "assumeRoleWithWebIdentity", token],
        [
            web({ roleArn, webIdentityToken: SECRET, duration: "an hour" }),
            "assumeRoleWithWebIdentity.duration",
            unusable,
        ],
        [json("endpoints", [{ acm: SECRET }]), "endpoints[0].acm", unusable],
        [{ "aws:skipMetadataApiCheck": SECRET }, "skipMetadataApiCheck", unusable],
        ...Object.entries(REFUSED_KEYS).map(([key, variable]): [Config, string, string] => [
            { [`aws:${key}`]: SECRET },
            key,
            `is not supported; set the environment variable ${variable} instead`,
        ]),
    ];
    for (const [config, key, problem] of refusals) {
        it(`refuses an aws:${key} that ${problem}, and prints no value`, () => {
            assert.throws(
                () => from(config),
                (error: Error) => {
                    assert.ok(error instanceof InvalidConfigurationError);
                    assert.ok(error.message.startsWith(`the config value aws:${key} ${problem}`), error.message);
                    assert.ok(!`${error.message} ${error.stack} ${error.cause}`.includes(SECRET), error.message);
                    return true;
                },
            );
        });
    }

    it("has the keys of docs/arguments.md, and ignores those that say nothing or change nothing here", () => {
        const [, text = ""] = read("docs/arguments.md").split("## Accounts");
        const items = [...text.matchAll(/^- (.*?)(?=^- |\n\n)/gms)].map(([, item = ""]) => item.replace(/\s+/g, " "));
        const [there = "", other = "", none = ""] = items;
        const namesIn = (list: string) => [...list.matchAll(/`([a-z]\w*)`/g)].map(([, name]) => name);
        assert.deepEqual(namesIn(there.replace("`cognitoidp`", "")).sort(), Object.keys(SUPPORTED_KEYS).sort());
        const instead = [...other.matchAll(/((?:`\w+`(?:, )?)+) \((?:[^)]*?)`([\w.]+)`/g)].flatMap(
            ([, keys = "", name = ""]) => namesIn(keys).map((key) => [key, name]),
        );
        assert.deepEqual(Object.fromEntries(instead), REFUSED_KEYS);
        const ignored = namesIn(none.split(". ")[0] ?? "").map((key) => [`aws:${key}`, "true"]);
        assert.equal(ignored.length, 14);
        assert.deepEqual(from(Object.fromEntries(ignored)), {});
        for (const nothing of ["", "false", "[]"]) {
            const config = Object.keys(REFUSED_KEYS).map((key) => [`aws:${key}`, nothing]);
            assert.deepEqual(from(Object.fromEntries(config)), {});
        }
    });
});

describe("mergeIdentity", () => {
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    const webIdentity = { roleArn, webIdentityToken: "t" };
    const connection = { credentials, webIdentity, skipsInstanceMetadata: true };
    const stack: AwsIdentity = { profile: "p", stsRegion: "r", assumeRoles: [ROLE], connection };

    it("is the stack's, with what the argument says over it", () => {
        const nothing = { profile: undefined, stsRegion: null } as unknown as AwsIdentity;
        for (const argument of [undefined, null, {}, nothing]) {
            assert.deepEqual(mergeIdentity(stack, argument), stack);
        }
        const argument = { stsRegion: "x", assumeRoles: [OTHER] };
        assert.deepEqual(mergeIdentity(stack, argument), { ...stack, ...argument });
    });

    it("drops the stack's roles and credentials, and nothing else, for a profile of its own", () => {
        const dropped = {
            profile: "q",
            profileSource: "the argument aws.profile",
            stsRegion: "r",
            connection: { credentials: undefined, webIdentity: undefined, skipsInstanceMetadata: true },
        };
        assert.deepEqual(mergeIdentity(stack, { profile: "q" }), dropped);
        const withRoles = { profile: "q", assumeRoles: [OTHER] };
        assert.deepEqual(mergeIdentity(stack, withRoles), { ...dropped, ...withRoles });
    });
});
