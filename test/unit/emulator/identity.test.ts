import assert from "node:assert/strict";
import { DescribeCertificateCommand } from "@aws-sdk/client-acm";
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
});

/** A signature as far as the emulator reads it. */
const signedFor = (service: string, account = "123456789012") =>
    `AWS4-HMAC-SHA256 Credential=${accessKeyOf(account)}/20250101/us-west-2/${service}/aws4_request, Signature=0`;
