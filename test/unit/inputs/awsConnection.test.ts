import assert from "node:assert/strict";
import { homedir } from "node:os";
import * as path from "node:path";
import { AWS_CONFIG_KEYS, connectionFromConfig } from "../../../provider/inputs/awsConnection";
import { identityFromConfig } from "../../../provider/inputs/awsIdentity";
import { InvalidConfigurationError } from "../../../provider/model/errors";
import { read } from "../../support/pages";

const ROLE = "arn:aws:iam::123456789012:role/web";
/** Values that no message may have in it. */
const SECRET = "do-not-print";

const from = (config: Record<string, string>) => connectionFromConfig((key) => config[key]);

describe("connectionFromConfig", () => {
    it("is nothing without config, and with empty values", () => {
        assert.equal(from({}), undefined);
        const empty = AWS_CONFIG_KEYS.supported.map((key) => [`aws:${key}`, ""]);
        assert.equal(from(Object.fromEntries(empty)), undefined);
        assert.equal(from({ "aws:assumeRoleWithWebIdentity": "{}", "aws:endpoints": "[]" }), undefined);
    });

    it("reads keys", () => {
        const keys = { "aws:accessKey": "AKIA", "aws:secretKey": SECRET };
        assert.deepEqual(from(keys), {
            credentials: { accessKeyId: "AKIA", secretAccessKey: SECRET, sessionToken: undefined },
        });
        assert.equal(from({ ...keys, "aws:token": "t" })?.credentials?.sessionToken, "t");
    });

    it("reads a role for a web identity", () => {
        const role = { roleArn: ROLE, webIdentityTokenFile: "~/token", sessionName: "ci", duration: "30m" };
        assert.deepEqual(from({ "aws:assumeRoleWithWebIdentity": JSON.stringify(role) })?.webIdentity, {
            ...role,
            webIdentityTokenFile: path.join(homedir(), "token"),
        });
        const withToken = { roleArn: ROLE, webIdentityToken: SECRET };
        assert.equal(
            from({ "aws:assumeRoleWithWebIdentity": JSON.stringify(withToken) })?.webIdentity?.webIdentityToken,
            SECRET,
        );
    });

    it("reads the endpoints of the three services, however they are spread over the list", () => {
        const endpoints = '[{"cognitoidp":"https://c","s3":"https://s"},{"sts":"https://t"}]';
        assert.deepEqual(from({ "aws:endpoints": endpoints }), {
            endpoints: { cognito: "https://c", sts: "https://t" },
        });
        const other = '[{"cognitoidentityprovider":"https://c"}]';
        assert.equal(from({ "aws:endpoints": other })?.endpoints?.cognito, "https://c");
        assert.equal(from({ "aws:endpoints": '[{"s3":"https://s"}]' }), undefined);
    });

    it("reads whether the EC2 instance's role may be used", () => {
        assert.deepEqual(from({ "aws:skipMetadataApiCheck": "true" }), { skipsInstanceMetadata: true });
        assert.deepEqual(from({ "aws:skipMetadataApiCheck": "False" }), { skipsInstanceMetadata: false });
    });

    const web = (role: object) => ({ "aws:assumeRoleWithWebIdentity": JSON.stringify(role) });
    const [roleArn, webIdentityToken] = [ROLE, SECRET];
    const refusals: [config: Record<string, string>, key: string, problem: string][] = [
        // With what the environment has, the rest would be someone else's.
        [{ "aws:accessKey": SECRET }, "accessKey", "is only a part of credentials; give"],
        [{ "aws:secretKey": SECRET }, "secretKey", "is only a part"],
        [{ "aws:token": SECRET }, "token", "is only a part"],
        [{ "aws:assumeRoleWithWebIdentity": `{"a":"${SECRET}"` }, "assumeRoleWithWebIdentity", "is not JSON"],
        [web({ webIdentityToken }), "assumeRoleWithWebIdentity\\.roleArn", "is not"],
        [web({ roleArn }), "assumeRoleWithWebIdentity", "has to have one of webIdentityToken and"],
        [
            web({ roleArn, webIdentityToken, webIdentityTokenFile: "f" }),
            "assumeRoleWithWebIdentity",
            "has to have one of webIdentityToken and",
        ],
        [
            web({ roleArn, webIdentityToken, duration: "an hour" }),
            "assumeRoleWithWebIdentity\\.duration",
            "is not a duration",
        ],
        [{ "aws:endpoints": '[{"acm":"acm.example"}]' }, "endpoints:", "acm is not a URL"],
        [{ "aws:skipMetadataApiCheck": "yes" }, "skipMetadataApiCheck", "is neither true nor false"],
        ...Object.entries(AWS_CONFIG_KEYS.refused).map(([key, instead]): [Record<string, string>, string, string] => [
            { [`aws:${key}`]: SECRET },
            key,
            `is not supported; set ${instead} instead$`,
        ]),
    ];
    for (const [config, key, problem] of refusals) {
        it(`refuses aws:${key} that ${problem}, and prints no value`, () => {
            const message = new RegExp(`^the config value aws:${key} ${problem}`);
            assert.throws(
                () => from(config),
                (error: Error) => {
                    assert.ok(error instanceof InvalidConfigurationError);
                    assert.match(error.message, message);
                    assert.ok(!`${error.message} ${error.stack} ${error.cause}`.includes(SECRET), error.message);
                    return true;
                },
            );
        });
    }
});

describe("the config keys of @pulumi/aws", () => {
    const { supported, ignored, refused: refusals } = AWS_CONFIG_KEYS;

    it("are read, ignored, or refused with what does the same", () => {
        const asked = new Set<string>();
        identityFromConfig((key) => {
            asked.add(key);
            return undefined;
        });
        const keys = [...supported, ...Object.keys(refusals)];
        assert.deepEqual([...asked].sort(), keys.map((key) => `aws:${key}`).sort());
        for (const key of ignored) {
            assert.equal(from({ [`aws:${key}`]: "true" }), undefined);
        }
        for (const key of Object.keys(refusals)) {
            for (const nothing of ["", "false", "[]"]) {
                assert.equal(from({ [`aws:${key}`]: nothing }), undefined);
            }
        }
    });

    it("are all in docs/arguments.md", () => {
        const [, text = ""] = read("docs/arguments.md").split("## Accounts");
        const items = [...text.matchAll(/^- (.*?)(?=^- |\n\n)/gms)].map(([, item = ""]) => item.replace(/\s+/g, " "));
        const [there = "", other = "", none = ""] = items;
        const namesIn = (list: string) => [...list.matchAll(/`([a-z]\w*)`/g)].map(([, name]) => name);
        assert.deepEqual(namesIn(there.replace("`cognitoidp`", "")).sort(), [...supported].sort());
        assert.deepEqual(namesIn(none.split(". ")[0] ?? "").sort(), [...ignored].sort());
        const instead = [...other.matchAll(/((?:`\w+`(?:, )?)+) \((?:[^)]*?)`([\w.]+)`/g)].flatMap(
            ([, keys = "", name = ""]) => namesIn(keys).map((key) => [key, name]),
        );
        const expected = Object.entries(refusals).map(([key, text]) => [key, text.split(" ").at(-1)]);
        assert.deepEqual(instead.sort(), expected.sort());
    });
});
