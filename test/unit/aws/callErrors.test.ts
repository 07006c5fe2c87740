import assert from "node:assert/strict";
import { callFailed, isLost, isNotFound } from "../../../provider/aws/callErrors";
import { AwsCallError } from "../../../provider/model/errors";
import { CALL, CERTIFICATE_REFUSAL, sdkError } from "../../support/sdkErrors";

describe("isNotFound", () => {
    it("knows ResourceNotFoundException alone, and survives anything", () => {
        assert.equal(isNotFound(sdkError("ResourceNotFoundException")), true);
        assert.equal(isNotFound(sdkError("UserPoolNotFoundException")), false);
        assert.equal(isNotFound(undefined), false);
        assert.equal(isNotFound(null), false);
        assert.equal(isNotFound("ResourceNotFoundException"), false);
    });
});

describe("callFailed", () => {
    it("keeps the SDK's error as the cause, its name as the code, and names the request", () => {
        const cause = sdkError("InvalidParameterException", "no", { $metadata: { requestId: "abc-1" } });
        const error = callFailed(cause, CALL);
        assert.ok(error instanceof AwsCallError);
        assert.equal(error.cause, cause);
        assert.equal(error.code, "InvalidParameterException");
        assert.equal(error.transient, false);
        assert.equal(
            error.message,
            "acm:DescribeCertificate in us-east-1 failed with InvalidParameterException: no (AWS request id abc-1)",
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
            ["ExpiredTokenException", "ExpiredToken", "RequestExpired"],
            /^the AWS credentials have expired \(acm:DescribeCertificate in us-east-1\): sign in again, then run Pulumi again$/,
            false,
        ],
        [
            ["CredentialsProviderError", "TokenProviderError", "ProviderError"],
            /^no usable AWS credentials for acm:DescribeCertificate in us-east-1: set AWS_PROFILE or .* The SDK said: said AWS$/,
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
            /^AWS does not accept the credentials \(acm:DescribeCertificate in us-east-1\): check AWS_PROFILE, .* AWS said: said AWS$/,
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
            /^could not reach AWS for acm:DescribeCertificate in us-east-1 \(\w+\): check the network, and HTTPS_PROXY and AWS_ENDPOINT_URL where they are set\. said AWS$/,
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
            /^somebody else is changing the same domain: .* AWS said: said AWS$/,
            false,
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

    for (const code of [
        "ENOTFOUND",
        "EAI_AGAIN",
        "ECONNREFUSED",
        "ECONNRESET",
        "EPIPE",
        "ETIMEDOUT",
        "EHOSTUNREACH",
        "ENETUNREACH",
    ]) {
        it(`explains the network's ${code}`, () => {
            const error = callFailed(sdkError("Error", "connect failed", { code }), CALL);
            assert.match(error.message, new RegExp(`^could not reach AWS for .* \\(${code}\\): .* connect failed$`));
            assert.deepEqual([error.code, error.transient], [code, true]);
        });
    }

    it("prefers the name of an error whose code is not of the network", () => {
        const error = callFailed(sdkError("AccessDeniedException", "x", { code: "EOTHER" }), CALL);
        assert.deepEqual([error.code, error.transient], ["AccessDeniedException", false]);
    });

    it("explains a certificate that is not AWS's, which another try does not change", () => {
        const error = callFailed(
            sdkError("Error", "self-signed certificate", { code: "SELF_SIGNED_CERT_IN_CHAIN" }),
            CALL,
        );
        assert.match(
            error.message,
            /^what answered acm:DescribeCertificate in us-east-1 has no certificate of AWS's \(SELF_/,
        );
        assert.match(error.message, /aws:customCaBundle or AWS_CA_BUNDLE\. self-signed certificate$/);
        assert.deepEqual([error.transient, error.lost], [false, false]);
    });

    it("says of a call whose credentials failed what failed there, and that it was not sent", () => {
        const inner = callFailed(sdkError("Error", "x", { code: "ECONNRESET" }), { ...CALL, action: "sts:AssumeRole" });
        const error = callFailed(inner, CALL);
        assert.equal(error.message, inner.message);
        assert.deepEqual([error.code, error.transient, error.lost], ["ECONNRESET", true, false]);
        assert.equal(error.cause, inner.cause);
    });

    it("knows a missing permission by its text as well", () => {
        const text = "User: arn:aws:iam::1:user/x is not authorized to perform: acm:DescribeCertificate";
        assert.match(callFailed(sdkError("ForbiddenException", text), CALL).message, /^no permission to call/);
    });

    const refusals: [text: string, message: RegExp][] = [
        [
            CERTIFICATE_REFUSAL,
            /^customDomainConfig\.certificateArn: Cognito refuses the certificate\. .* AWS said: The specified SSL/,
        ],
        [
            "Cannot convert custom domain to prefix domain.",
            /^customDomainConfig\.certificateArn: the domain is a custom one, .* AWS said: Cannot convert/,
        ],
        [
            "Custom domain is not a valid subdomain: Was not able to resolve a DNS A record",
            /^domain: its parent domain needs an A record .* AWS said: Custom domain is not a valid/,
        ],
    ];
    for (const [text, message] of refusals) {
        it(`explains the text ${text.slice(0, 45)}`, () => {
            const error = callFailed(sdkError("InvalidParameterException", text), CALL);
            assert.match(error.message, message);
            const other = callFailed(sdkError("InvalidParameterException", `Not: ${text}`), CALL);
            assert.match(
                other.message,
                /^acm:DescribeCertificate in us-east-1 failed with InvalidParameterException: Not:/,
            );
        });
    }

    it("thinks faults inside AWS worth another try, by their kind or their status", () => {
        const transient = (rest: object) => callFailed(sdkError("InternalErrorException", "x", rest), CALL).transient;
        assert.equal(transient({ $fault: "server" }), true);
        assert.equal(transient({ $fault: "client" }), false);
        assert.equal(transient({ $metadata: { httpStatusCode: 500 } }), true);
        assert.equal(transient({ $metadata: { httpStatusCode: 503 } }), true);
        assert.equal(transient({ $metadata: { httpStatusCode: 499 } }), false);
        assert.equal(transient({}), false);
    });

    it("survives what is no error", () => {
        for (const thrown of [undefined, null, "text", 7, {}]) {
            const error = callFailed(thrown, CALL);
            assert.match(error.message, /^acm:DescribeCertificate in us-east-1 failed with Error: /);
            assert.equal(error.code, "Error");
            assert.equal(error.transient, false);
        }
    });

    it("is one line, whatever the SDK says", () => {
        assert.doesNotMatch(callFailed(sdkError("X", "one\n two"), CALL).message, /\n/);
    });
});

describe("isLost", () => {
    const table: [error: object | undefined, lost: boolean][] = [
        [{ code: "ECONNRESET" }, true],
        [{ name: "TimeoutError" }, true],
        [{ name: "InternalErrorException", $fault: "server" }, true],
        [{ name: "Unknown", $metadata: { httpStatusCode: 502 } }, true],
        [{ name: "TypeError", $metadata: { httpStatusCode: 200 } }, true],
        [{ name: "TypeError" }, false],
        [{ code: "SELF_SIGNED_CERT_IN_CHAIN" }, false],
        [{ code: "ECONNREFUSED" }, false],
        [{ code: "ENOTFOUND" }, false],
        [{ name: "TooManyRequestsException", $metadata: { httpStatusCode: 500 } }, false],
        [{ name: "InvalidParameterException", $fault: "client" }, false],
        [undefined, false],
    ];
    for (const [error, lost] of table) {
        it(`${lost ? "leaves open" : "tells"} what AWS has done: ${JSON.stringify(error)}`, () => {
            assert.equal(isLost(error), lost);
        });
    }
});
