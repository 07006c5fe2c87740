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

function refused(config: Record<string, string>, message: RegExp): void {
    assert.throws(
        () => from(config),
        (error: Error) => {
            assert.ok(error instanceof InvalidConfigurationError);
            assert.match(error.message, message);
            assert.ok(!`${error.message} ${error.stack} ${error.cause}`.includes(SECRET), error.message);
            return true;
        },
    );
}

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

    it("refuses a part of keys, which would be somebody else's with what the environment has", () => {
        refused({ "aws:accessKey": SECRET }, /^the config value aws:accessKey is only a part of credentials; give/);
        refused({ "aws:secretKey": SECRET }, /^the config value aws:secretKey is only a part/);
        refused({ "aws:token": SECRET }, /^the config value aws:token is only a part/);
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

    it("refuses a role for a web identity that is not whole", () => {
        const key = "aws:assumeRoleWithWebIdentity";
        refused(
            { [key]: `{"webIdentityToken":"${SECRET}"` },
            /^the config value aws:assumeRoleWithWebIdentity is not JSON/,
        );
        refused(
            { [key]: JSON.stringify({ webIdentityToken: SECRET }) },
            /aws:assumeRoleWithWebIdentity\.roleArn is not/,
        );
        refused({ [key]: JSON.stringify({ roleArn: ROLE }) }, /has to have one of webIdentityToken and/);
        const both = { roleArn: ROLE, webIdentityToken: SECRET, webIdentityTokenFile: "f" };
        refused({ [key]: JSON.stringify(both) }, /has to have one of webIdentityToken and/);
        const long = { roleArn: ROLE, webIdentityToken: SECRET, duration: "an hour" };
        refused({ [key]: JSON.stringify(long) }, /assumeRoleWithWebIdentity\.duration is not a duration/);
    });

    it("reads the shared files, of which the SDK takes one of each kind", () => {
        assert.deepEqual(from({ "aws:sharedConfigFiles": '["/c"]', "aws:sharedCredentialsFiles": '["~/k"]' }), {
            sharedConfigFile: "/c",
            sharedCredentialsFile: path.join(homedir(), "k"),
        });
        assert.deepEqual(from({ "aws:sharedCredentialsFile": "/k" }), { sharedCredentialsFile: "/k" });
        refused({ "aws:sharedConfigFiles": '["/c","/d"]' }, /^the config value aws:sharedConfigFiles names several/);
        refused({ "aws:sharedCredentialsFiles": '["/c","/d"]' }, /^the config value aws:sharedCredentialsFiles names/);
        refused({ "aws:sharedConfigFiles": '"/c"' }, /^the config value aws:sharedConfigFiles is not a list/);
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
        refused({ "aws:useFipsEndpoint": "yes" }, /^the config value aws:useFipsEndpoint is neither true nor false/);
        refused({ "aws:endpoints": '[{"acm":"acm.example"}]' }, /^the config value aws:endpoints: acm is not a URL/);
        refused({ "aws:stsRegion": "Ireland" }, /^the config value aws:stsRegion is not the name of a Region/);
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

    it("refuses, naming the variable, what can only be said in the environment", () => {
        for (const key of ["aws:ec2MetadataServiceEndpoint", "aws:ec2MetadataServiceEndpointMode"]) {
            refused(
                { [key]: "http://[fd00::1]" },
                new RegExp(`^the config value ${key} cannot be followed here, .* AWS_EC2_`),
            );
        }
    });

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
