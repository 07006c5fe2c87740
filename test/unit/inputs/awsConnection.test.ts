import assert from "node:assert/strict";
import { homedir } from "node:os";
import * as path from "node:path";
import { connectionFromConfig } from "../../../provider/inputs/awsConnection";
import { identityFromConfig } from "../../../provider/inputs/awsIdentity";
import { InvalidConfigurationError } from "../../../provider/model/errors";

const ROLE = "arn:aws:iam::123456789012:role/web";
/** Values that no message may have in it. */
const SECRET = "do-not-print";

const from = (config: Record<string, string>) => connectionFromConfig((key) => config[key]);

describe("connectionFromConfig", () => {
    it("is nothing without config, and with empty values", () => {
        assert.equal(from({}), undefined);
        const empty = ["accessKey", "secretKey", "token", "assumeRoleWithWebIdentity", "endpoints", "useFipsEndpoint"];
        assert.equal(from(Object.fromEntries(empty.map((key) => [`aws:${key}`, ""]))), undefined);
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

    it("reads the shared files, of which the SDK takes one of each kind", () => {
        assert.deepEqual(from({ "aws:sharedConfigFiles": '["/c"]', "aws:sharedCredentialsFiles": '["~/k"]' }), {
            sharedConfigFile: "/c",
            sharedCredentialsFile: path.join(homedir(), "k"),
        });
        assert.deepEqual(from({ "aws:sharedCredentialsFile": "/k" }), { sharedCredentialsFile: "/k" });
    });

    it("reads what the endpoints are", () => {
        assert.deepEqual(from({ "aws:useFipsEndpoint": "true", "aws:useDualstackEndpoint": "False" }), {
            useFipsEndpoint: true,
            useDualstackEndpoint: false,
        });
        assert.deepEqual(
            from({ "aws:endpoints": '[{"cognitoidp":"https://c","s3":"https://s"},{"sts":"https://t"}]' }),
            {
                endpoints: { cognito: "https://c", acm: undefined, sts: "https://t" },
            },
        );
        assert.equal(
            from({ "aws:endpoints": '[{"cognitoidentityprovider":"https://c"}]' })?.endpoints?.cognito,
            "https://c",
        );
        assert.equal(from({ "aws:endpoints": '[{"s3":"https://s"}]' }), undefined);
        assert.equal(from({ "aws:stsRegion": "eu-west-1" })?.stsRegion, "eu-west-1");
    });

    it("reads proxies: that for HTTP holds for HTTPS too where no other is given", () => {
        assert.deepEqual(from({ "aws:httpProxy": "http://a", "aws:noProxy": "x" })?.proxy, {
            https: "http://a",
            http: "http://a",
            noProxy: "x",
        });
        assert.equal(from({ "aws:httpProxy": "http://a", "aws:httpsProxy": "" })?.proxy?.https, "");
        assert.equal(from({ "aws:customCaBundle": "~/ca.pem" })?.customCaBundle, path.join(homedir(), "ca.pem"));
    });

    const web = (role: object) => ({ "aws:assumeRoleWithWebIdentity": JSON.stringify(role) });
    const [roleArn, webIdentityToken] = [ROLE, SECRET];
    const metadata = "cannot be followed here, .* AWS_EC2_";
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
        [{ "aws:sharedConfigFiles": '["/c","/d"]' }, "sharedConfigFiles", "names several"],
        [{ "aws:sharedCredentialsFiles": '["/c","/d"]' }, "sharedCredentialsFiles", "names"],
        [{ "aws:sharedConfigFiles": '"/c"' }, "sharedConfigFiles", "is not a list"],
        [{ "aws:useFipsEndpoint": "yes" }, "useFipsEndpoint", "is neither true nor false"],
        [{ "aws:endpoints": '[{"acm":"acm.example"}]' }, "endpoints:", "acm is not a URL"],
        [{ "aws:stsRegion": "Ireland" }, "stsRegion", "is not the name of a Region"],
        [{ "aws:ec2MetadataServiceEndpoint": "http://[fd00::1]" }, "ec2MetadataServiceEndpoint", metadata],
        [{ "aws:ec2MetadataServiceEndpointMode": "IPv6" }, "ec2MetadataServiceEndpointMode", metadata],
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

    it("reads every key of @pulumi/aws 7 by which the caller or the way to AWS differs", () => {
        const asked = new Set<string>();
        identityFromConfig((key) => {
            asked.add(key);
            return undefined;
        });
        const keys = [
            ...["profile", "region", "allowedAccountIds", "forbiddenAccountIds", "assumeRole", "assumeRoles"],
            ...["accessKey", "secretKey", "token", "assumeRoleWithWebIdentity"],
            ...["sharedConfigFiles", "sharedCredentialsFiles", "sharedCredentialsFile", "skipMetadataApiCheck"],
            ...["ec2MetadataServiceEndpoint", "ec2MetadataServiceEndpointMode"],
            ...["useFipsEndpoint", "useDualstackEndpoint", "endpoints", "stsRegion"],
            ...["httpProxy", "httpsProxy", "noProxy", "customCaBundle"],
        ];
        assert.deepEqual([...asked].sort(), keys.map((key) => `aws:${key}`).sort());
    });
});
