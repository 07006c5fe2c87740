import assert from "node:assert/strict";
import { type AwsIdentity, identityFromConfig, mergeIdentity } from "../../../provider/inputs/awsIdentity";
import { secondsIn } from "../../../provider/inputs/duration";
import { InvalidConfigurationError } from "../../../provider/model/errors";

const ROLE = { roleArn: "arn:aws:iam::123456789012:role/a" };
const OTHER = { roleArn: "arn:aws:iam::123456789012:role/b" };

const from = (config: Record<string, string>) => identityFromConfig((key) => config[key]);
const nobody: AwsIdentity = {
    profile: undefined,
    profileSource: undefined,
    stsRegion: undefined,
    assumeRoles: undefined,
    allowedAccountIds: undefined,
    forbiddenAccountIds: undefined,
    connection: undefined,
};

describe("identityFromConfig", () => {
    it("is nobody in particular without config", () => {
        assert.deepEqual(from({}), nobody);
        assert.deepEqual(from({ "aws:assumeRoles": "", "aws:assumeRole": "", "aws:allowedAccountIds": "" }), nobody);
    });

    it("reads the keys of @pulumi/aws", () => {
        assert.deepEqual(
            from({
                "aws:profile": "p",
                "aws:region": "us-west-2",
                "aws:assumeRoles": JSON.stringify([ROLE, OTHER]),
                "aws:allowedAccountIds": '["123456789012", 210987654321]',
                "aws:forbiddenAccountIds": '["111111111111"]',
            }),
            {
                profile: "p",
                profileSource: "the config value aws:profile",
                stsRegion: "us-west-2",
                assumeRoles: [ROLE, OTHER],
                allowedAccountIds: ["123456789012", "210987654321"],
                forbiddenAccountIds: ["111111111111"],
                connection: undefined,
            },
        );
    });

    it("assumes roles in aws:stsRegion, or else in aws:region, and names the key that is wrong", () => {
        assert.equal(from({ "aws:region": "us-west-2", "aws:stsRegion": "eu-west-1" }).stsRegion, "eu-west-1");
        for (const key of ["aws:region", "aws:stsRegion"]) {
            assert.throws(() => from({ [key]: "here" }), {
                message: new RegExp(`^the config value ${key} cannot be used`),
            });
        }
    });

    it("reads the one role of its version 6, where there are not several", () => {
        assert.deepEqual(from({ "aws:assumeRole": JSON.stringify(ROLE) }).assumeRoles, [ROLE]);
        assert.deepEqual(from({ "aws:assumeRole": "{}" }).assumeRoles, undefined);
        const both = { "aws:assumeRole": JSON.stringify(ROLE), "aws:assumeRoles": JSON.stringify([OTHER]) };
        assert.deepEqual(from(both).assumeRoles, [OTHER]);
    });

    it("refuses what is not JSON, and a role without an ARN, by the key's name", () => {
        for (const key of ["aws:assumeRoles", "aws:assumeRole", "aws:allowedAccountIds", "aws:forbiddenAccountIds"]) {
            assert.throws(
                () => from({ [key]: "{" }),
                (error: Error) =>
                    error instanceof InvalidConfigurationError &&
                    error.message.startsWith(`the config value ${key} is not JSON`) &&
                    // It would quote the value, which may be a secret.
                    error.cause === undefined,
            );
        }
        assert.throws(() => from({ "aws:assumeRoles": "[{}]" }), {
            message: "the config value aws:assumeRoles[0].roleArn is required",
        });
        assert.throws(() => from({ "aws:assumeRoles": '{"roleArn":"x"}' }), {
            message: /^the config value aws:assumeRoles cannot be used \(its value may be a secret/,
        });
        const role = { roleArn: "arn:aws:iam::123456789012:role/deploy", duration: "an hour" };
        assert.throws(() => from({ "aws:assumeRoles": JSON.stringify([role]) }), {
            message: /^the config value aws:assumeRoles\[0\]\.duration cannot be used/,
        });
    });
});

describe("mergeIdentity", () => {
    const stack: AwsIdentity = { profile: "p", stsRegion: "r", assumeRoles: [ROLE], allowedAccountIds: ["1"] };

    it("is the stack's where the argument says nothing", () => {
        assert.deepEqual(mergeIdentity(stack), stack);
        assert.deepEqual(mergeIdentity(stack, {}), stack);
        assert.deepEqual(mergeIdentity(stack, null as unknown as AwsIdentity), stack);
        const nothing = { profile: undefined, stsRegion: null } as unknown as AwsIdentity;
        assert.deepEqual(mergeIdentity(stack, nothing), stack);
    });

    it("lays what the argument says over it", () => {
        assert.deepEqual(mergeIdentity(stack, { stsRegion: "x", assumeRoles: [OTHER] }), {
            ...stack,
            stsRegion: "x",
            assumeRoles: [OTHER],
        });
    });

    it("drops the stack's roles for a profile of its own, but not roles of its own", () => {
        const profileSource = "the argument aws.profile";
        const dropped = { ...stack, profile: "q", profileSource, assumeRoles: undefined, connection: undefined };
        assert.deepEqual(mergeIdentity(stack, { profile: "q" }), dropped);
        assert.deepEqual(mergeIdentity(stack, { profile: "q", assumeRoles: [OTHER] }), {
            ...dropped,
            assumeRoles: [OTHER],
        });
    });

    it("drops the stack's credentials for a profile of its own, and nothing else of its connection", () => {
        const credentials = { accessKeyId: "a", secretAccessKey: "b" };
        const webIdentity = { roleArn: ROLE.roleArn, webIdentityToken: "t" };
        const withKeys = { ...stack, connection: { credentials, webIdentity, skipsInstanceMetadata: true } };
        assert.deepEqual(mergeIdentity(withKeys, { stsRegion: "x" }).connection, withKeys.connection);
        assert.deepEqual(mergeIdentity(withKeys, { profile: "q" }).connection, {
            credentials: undefined,
            webIdentity: undefined,
            skipsInstanceMetadata: true,
        });
    });
});

describe("secondsIn", () => {
    it("reads hours, minutes and seconds, in that order", () => {
        const seconds = ["1h", "30m", "900s", "1h30m", "2h3m4s"].map(secondsIn);
        assert.deepEqual(seconds, [3600, 1800, 900, 5400, 7384]);
        assert.equal(secondsIn(undefined), undefined);
    });
});
