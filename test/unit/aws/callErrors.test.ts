import assert from "node:assert/strict";
import { callFailed } from "../../../provider/aws/callErrors";
import { isCertificateRefused, isRefusal } from "../../../provider/aws/updateRefusals";
import { AwsCallError } from "../../../provider/model/errors";
import { CALL, CERTIFICATE_REFUSAL, sdkError } from "../../support/sdkErrors";

const UPDATE = { action: "cognito-idp:UpdateUserPoolDomain", resource: "x", region: "us-west-2" };

describe("callFailed", () => {
    it("keeps the SDK's error as the cause, its name as the code, and names the request", () => {
        const cause = sdkError("InvalidParameterException", "no\n and no", { $metadata: { requestId: "abc-1" } });
        const error = callFailed(cause, CALL);
        assert.ok(error instanceof AwsCallError);
        assert.deepEqual([error.cause, error.code, error.transient], [cause, "InvalidParameterException", false]);
        assert.equal(
            error.message,
            "acm:DescribeCertificate in us-east-1 failed with InvalidParameterException: no and no (AWS request id abc-1)",
        );
        assert.doesNotMatch(callFailed(sdkError("X"), CALL).message, /request id/);
    });

    const explained: [names: string[], message: RegExp, transient: boolean][] = [
        [
            ["AccessDeniedException", "AccessDenied", "UnauthorizedException", "NotAuthorizedException"],
            /^no permission to call acm:DescribeCertificate: allow it on arn:x for the identity that runs Pulumi\. AWS said: said AWS$/,
            false,
        ],
        [
            ["ExpiredTokenException", "ExpiredToken"],
            /^the AWS credentials have expired \(acm:DescribeCertificate in us-east-1\): sign in again, then run Pulumi again$/,
            false,
        ],
        [
            ["RequestExpired", "RequestTimeTooSkewed"],
            /^AWS refused the time of the signature \(acm:DescribeCertificate in us-east-1\): set the clock of this machine/,
            false,
        ],
        [
            [
                "UnrecognizedClientException",
                "InvalidSignatureException",
                "InvalidClientTokenId",
                "IncompleteSignatureException",
                "MissingAuthenticationTokenException",
                "SignatureDoesNotMatch",
            ],
            /^AWS does not accept the credentials \(acm:DescribeCertificate in us-east-1\): check the access key and its secret\. AWS said: said AWS$/,
            false,
        ],
        [
            [
                "TooManyRequestsException",
                "ThrottlingException",
                "Throttling",
                "LimitExceededException",
                "RequestLimitExceeded",
            ],
            /^AWS throttled acm:DescribeCertificate in us-east-1 until the retries ran out: .*--parallel.* AWS said: said AWS$/,
            true,
        ],
        [
            ["TimeoutError", "NetworkingError"],
            /^could not reach AWS for acm:DescribeCertificate in us-east-1 \(\w+\): check the network, and HTTPS_PROXY and AWS_ENDPOINT_URL if they are set\. said AWS$/,
            true,
        ],
        [
            ["FeatureUnavailableInTierException"],
            /^managedLoginVersion: managed login \(2\) is not in the user pool's feature plan: .* AWS said: said AWS$/,
            false,
        ],
        [
            ["InvalidInputException"],
            /^customDomainConfig\.securityPolicy: .*TLS_V1_2_2021\. AWS said: said AWS$/,
            false,
        ],
        [["OperationNotEnabledException"], /^region: .*primary Region\. AWS said: said AWS$/, false],
        [
            ["ConcurrentModificationException"],
            /^someone else is changing the same domain: .* AWS said: said AWS$/,
            true,
        ],
    ];
    for (const [names, message, transient] of explained) {
        for (const name of names) {
            it(`explains ${name}${transient ? ", worth another try" : ""}`, () => {
                const error = callFailed(sdkError(name), CALL);
                assert.match(error.message, message);
                assert.deepEqual([error.code, error.transient], [name, transient]);
            });
        }
    }

    it("explains the network's errors by their codes, whatever their names", () => {
        const unreachable = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH"];
        for (const code of [...unreachable, "ECONNRESET", "EPIPE", "ETIMEDOUT"]) {
            const error = callFailed(sdkError("Error", "connect failed", { code }), CALL);
            assert.match(error.message, new RegExp(`^could not reach AWS for .* \\(${code}\\): .* connect failed$`));
            assert.deepEqual([error.code, error.transient, error.lost], [code, true, !unreachable.includes(code)]);
        }
    });

    it("says of a call whose credentials failed what failed there, and that it was not sent", () => {
        const inner = callFailed(sdkError("Error", "x", { code: "ECONNRESET" }), { ...CALL, action: "sts:AssumeRole" });
        const error = callFailed(inner, CALL);
        assert.deepEqual([error.message, error.cause], [inner.message, inner.cause]);
        assert.deepEqual([error.code, error.transient, error.lost], ["ECONNRESET", true, false]);
    });

    it("knows a wrong clock by AWS's text as well", () => {
        for (const text of [
            "Signature expired: 20260101T000000Z is now earlier than",
            "Signature not yet current: x",
        ]) {
            const { message } = callFailed(sdkError("InvalidSignatureException", text), CALL);
            assert.match(message, /set the clock of this machine/);
        }
    });

    it("says first that a Region may not be enabled, if it is not always", () => {
        const invalid = sdkError(
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
        );
        const inRegion = (region: string) => callFailed(invalid, { ...CALL, region }).message;
        for (const region of ["eu-south-1", "me-central-1", "ap-east-1", "ca-west-1"]) {
            assert.match(
                inRegion(region),
                new RegExp(
                    `^AWS does not know the credentials in ${region} .*: the Region may not be enabled in this account, or the session is from the global STS endpoint`,
                ),
            );
        }
        for (const region of ["us-west-2", "eu-north-1", "us-gov-west-1"]) {
            assert.match(inRegion(region), /^AWS does not accept the credentials/);
        }
    });

    const DENIED = "User: arn:aws:iam::1:user/x is not authorized to perform: a:B on resource: *";
    const denials: [end: string, message: RegExp][] = [
        [
            "with an explicit deny in a service control policy",
            /^acm:DescribeCertificate is denied explicitly \(service control policy\): no allow changes that/,
        ],
        ["with an explicit deny in a permissions boundary", /explicitly \(permissions boundary\)/],
        ["with an explicit deny in a VPC endpoint policy", /explicitly \(VPC endpoint policy\)/],
        ["with an explicit deny", /explicitly \(policy of unknown kind\)/],
        [
            "because no VPC endpoint policy allows the a:B action",
            /^no VPC endpoint policy allows acm:DescribeCertificate: allow it there too, beside the identity's own policy/,
        ],
        ["because no permissions boundary allows the a:B action", /^no permissions boundary allows acm:/],
        [
            "because no identity-based policy allows the a:B action",
            /^no permission to call acm:[^.]*: allow it on arn:x/,
        ],
    ];
    for (const [end, message] of denials) {
        it(`says who denies: ${end}`, () => {
            const error = callFailed(sdkError("AccessDeniedException", `${DENIED} ${end}`), CALL);
            assert.match(error.message, message);
            assert.equal(/us-east-1, where/.test(error.message), !end.includes("no identity-based"));
            const update = callFailed(sdkError("AccessDeniedException", `${DENIED} ${end}`), UPDATE);
            assert.doesNotMatch(update.message, /us-east-1, where/);
        });
    }

    it("survives what is no error", () => {
        for (const thrown of [undefined, null, "text", 7, {}]) {
            const error = callFailed(thrown, CALL);
            assert.match(error.message, /^acm:DescribeCertificate in us-east-1 failed with Error: /);
            assert.deepEqual([error.code, error.transient], ["Error", false]);
        }
    });
});

describe("a refusal of UpdateUserPoolDomain", () => {
    const CERTIFICATE = "customDomainConfig.certificateArn: ";
    const remedies: [text: string, remedy: string][] = [
        [CERTIFICATE_REFUSAL, `${CERTIFICATE}Cognito refuses the certificate.`],
        ["Custom domain is not a valid subdomain: Was not able to resolve", "domain: its parent domain needs an A"],
        // CloudFront's.
        ["The certificate that is attached doesn't cover the alternate domain name.", `${CERTIFICATE}Cognito refuses`],
        ["The certificate was not issued by a trusted Certificate Authority.", `${CERTIFICATE}Cognito refuses`],
    ];
    for (const [text, remedy] of remedies) {
        it(`has a remedy for: ${text.slice(0, 90)}`, () => {
            const error = callFailed(sdkError("InvalidParameterException", text), UPDATE);
            assert.ok(error.message.startsWith(remedy) && error.message.endsWith(`AWS said: ${text}`), error.message);
            assert.equal(isRefusal(error), true);
            assert.equal(isCertificateRefused(error), text === CERTIFICATE_REFUSAL);
        });
    }

    it("that says who is not authorized is a missing permission, not a refusal", () => {
        const text = "User: x is not authorized to perform: cloudfront:UpdateDistribution";
        const error = callFailed(sdkError("InvalidParameterException", text), UPDATE);
        assert.match(error.message, /^no permission to call/);
        assert.equal(isRefusal(error), false);
    });
});

describe("a call whose answer is lost", () => {
    const table: [error: object | undefined, lost: boolean][] = [
        [{ name: "InternalErrorException", $fault: "server" }, true],
        [{ name: "InternalErrorException", $metadata: { httpStatusCode: 500 } }, true],
        [{ name: "SomeException", $metadata: { httpStatusCode: 499 } }, false],
        [{ name: "TypeError", $metadata: { httpStatusCode: 200 } }, true],
        [{ name: "TypeError" }, false],
        [{ name: "TooManyRequestsException", $metadata: { httpStatusCode: 500 } }, false],
        [{ name: "InvalidParameterException", $fault: "client" }, false],
    ];
    for (const [error, lost] of table) {
        it(`${lost ? "leaves open" : "tells"} what AWS has done: ${JSON.stringify(error)}`, () => {
            assert.equal(callFailed(error, CALL).lost, lost);
        });
    }
});
