import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import { accessKeyOf } from "../../emulator";
import { acm, aws, cognito, custom, describeDomain, inEmulator, REGION, refused } from "../../support/emulatorClients";

describe("the emulated AWS: who asks", () => {
    inEmulator();

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
