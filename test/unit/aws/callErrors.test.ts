import assert from "node:assert/strict";
import { callFailed } from "../../../provider/aws/callErrors";
import { isCertificateRefused, isRefusal } from "../../../provider/aws/updateRefusals";
import { AwsCallError } from "../../../provider/model/errors";
import { CALL, CERTIFICATE_REFUSAL, sdkError } from "../../support/sdkErrors";

const UPDATE = { action: "cognito-idp:UpdateUserPoolDomain", resource: "x", region: "us-west-2" };
const WHAT = "acm:DescribeCertificate in us-east-1";
const NO_PERMISSION =
    "no permission to call acm:DescribeCertificate: allow it on arn:x for the identity that runs Pulumi";
const CERTIFICATE = "customDomainConfig.certificateArn: Cognito refuses the certificate.";

describe("callFailed", () => {
    it("keeps the SDK's error as the cause, its name as the code, and names the request", () => {
        const cause = sdkError("SomeException", "no\n and no", { $metadata: { requestId: "abc-1" } });
        const error = callFailed(cause, CALL);
        assert.ok(error instanceof AwsCallError);
        assert.deepEqual([error.cause, error.code, error.transient], [cause, "SomeException", false]);
        assert.equal(error.message, `${WHAT} failed with SomeException: no and no (AWS request id abc-1)`);
    });

    type Fate = "transient" | "lost" | "final";
    /** The names, or the codes of the network, and how the text begins. */
    const explained: [names: string, fate: Fate, says: string][] = [
        ["AccessDeniedException AccessDenied UnauthorizedException NotAuthorizedException", "final", NO_PERMISSION],
        ["ExpiredTokenException ExpiredToken", "final", `the AWS credentials have expired (${WHAT}): sign in again`],
        [
            "RequestExpired RequestTimeTooSkewed",
            "final",
            `AWS rejected the time of the request (${WHAT}): set the clock`,
        ],
        [
            "UnrecognizedClientException InvalidSignatureException InvalidClientTokenId SignatureDoesNotMatch",
            "final",
            `AWS does not accept the credentials (${WHAT}): check the access key and its secret. AWS said: said AWS`,
        ],
        [
            "IncompleteSignatureException MissingAuthenticationTokenException",
            "final",
            "AWS does not accept the credentials",
        ],
        [
            "TooManyRequestsException ThrottlingException Throttling LimitExceededException RequestLimitExceeded",
            "transient",
            `AWS throttled ${WHAT} until the retries ran out: run Pulumi again with a smaller --parallel`,
        ],
        ["TimeoutError NetworkingError ECONNRESET EPIPE ETIMEDOUT", "lost", `could not reach AWS for ${WHAT} (`],
        ["ENOTFOUND EAI_AGAIN ECONNREFUSED EHOSTUNREACH ENETUNREACH", "transient", `could not reach AWS for ${WHAT} (`],
        [
            "CERT_HAS_EXPIRED SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
            "final",
            `the server that answered ${WHAT} has no AWS certificate`,
        ],
        ["FeatureUnavailableInTierException", "final", "managedLoginVersion: managed login (2) is not in"],
        ["OperationNotEnabledException", "final", "region: this operation is not enabled in this Region"],
        ["ConcurrentModificationException", "transient", "someone else is changing the same domain: wait"],
    ];
    for (const [names, fate, says] of explained) {
        for (const name of names.split(" ")) {
            it(`explains ${name}: ${fate}`, () => {
                const error = callFailed(
                    /^E[A-Z]+/.test(name) ? sdkError("Error", "x", { code: name }) : sdkError(name),
                    CALL,
                );
                assert.ok(error.message.startsWith(says), error.message);
                assert.deepEqual([error.code, error.transient, error.lost], [name, fate !== "final", fate === "lost"]);
            });
        }
    }

    it("says of a call whose credentials failed what failed there, and that it was not sent", () => {
        const inner = callFailed(sdkError("Error", "x", { code: "ECONNRESET" }), { ...CALL, action: "sts:AssumeRole" });
        const error = callFailed(inner, CALL);
        assert.deepEqual([error.message, error.cause], [inner.message, inner.cause]);
        assert.deepEqual([error.code, error.transient, error.lost], ["ECONNRESET", true, false]);
    });

    it("knows a wrong clock by AWS's text as well", () => {
        for (const text of ["Signature expired: 20260101T000000Z is now earlier", "Signature not yet current: x"]) {
            const { message } = callFailed(sdkError("InvalidSignatureException", text), CALL);
            assert.match(message, /set the clock of this machine/);
        }
    });

    it("says first that a Region may not be enabled, if it is not always", () => {
        const text = "The security token included in the request is invalid.";
        const inRegion = (region: string) =>
            callFailed(sdkError("UnrecognizedClientException", text), { ...CALL, region }).message;
        for (const region of ["eu-south-1", "me-central-1", "ap-east-1", "ca-west-1", "ap-southeast-3"]) {
            const start = `AWS does not know the credentials in ${region} (acm:DescribeCertificate): the Region may not be enabled in this account, or the session is from the global STS endpoint`;
            assert.ok(inRegion(region).startsWith(start));
        }
        for (const region of ["us-west-2", "eu-north-1", "ap-southeast-2", "us-gov-west-1"]) {
            assert.match(inRegion(region), /^AWS does not accept the credentials/);
        }
    });

    const denials: [end: string, says: string][] = [
        [
            "with an explicit deny in a service control policy",
            "acm:DescribeCertificate is explicitly denied (service control policy): no allow overrides that",
        ],
        [
            "with an explicit deny in a permissions boundary",
            "acm:DescribeCertificate is explicitly denied (permissions b",
        ],
        [
            "with an explicit deny in a VPC endpoint policy: arn:aws:x",
            "acm:DescribeCertificate is explicitly denied (VPC",
        ],
        ["with an explicit deny", "acm:DescribeCertificate is explicitly denied (policy of unknown kind)"],
        [
            "because no VPC endpoint policy allows the a:B action",
            "no VPC endpoint policy allows acm:DescribeCertificate: allow it there too, in addition to the identity's own policy",
        ],
        ["because no identity-based policy allows the a:B action", NO_PERMISSION],
    ];
    for (const [end, says] of denials) {
        it(`says who denies: ${end}`, () => {
            const text = `User: arn:aws:iam::1:user/x is not authorized to perform: a:B on resource: * ${end}`;
            const { message } = callFailed(sdkError("ForbiddenException", text), CALL);
            assert.ok(message.startsWith(says), message);
            assert.equal(/us-east-1, where/.test(message), !end.includes("no identity-based"));
            assert.doesNotMatch(callFailed(sdkError("ForbiddenException", text), UPDATE).message, /us-east-1, where/);
        });
    }

    it("survives what is no error", () => {
        for (const thrown of [undefined, null, "text", 7, {}]) {
            const error = callFailed(thrown, CALL);
            assert.ok(error.message.startsWith(`${WHAT} failed with Error: `));
            assert.deepEqual([error.code, error.transient], ["Error", false]);
        }
    });

    const answers: [error: object, lost: boolean][] = [
        [{ name: "InternalErrorException", $fault: "server" }, true],
        [{ name: "InternalErrorException", $metadata: { httpStatusCode: 500 } }, true],
        [{ name: "SomeException", $metadata: { httpStatusCode: 499 } }, false],
        [{ name: "TypeError", $metadata: { httpStatusCode: 200 } }, true],
        [{ name: "TypeError" }, false],
        [{ name: "TooManyRequestsException", $metadata: { httpStatusCode: 500 } }, false],
        [{ name: "NoCredentialsError", message: "Cause: Deserialization error: x" }, false],
    ];
    for (const [error, lost] of answers) {
        it(`${lost ? "leaves open" : "tells"} what AWS has done: ${JSON.stringify(error)}`, () => {
            assert.equal(callFailed(Object.assign(new Error(), error), CALL).lost, lost);
        });
    }
});

describe("a refusal of UpdateUserPoolDomain", () => {
    const remedies: [text: string, remedy: string][] = [
        [CERTIFICATE_REFUSAL, CERTIFICATE],
        ["Custom domain is not a valid subdomain: Was not able to resolve", "domain: its parent domain needs an A"],
        // CloudFront's.
        ["The certificate that is attached doesn't cover the alternate domain name.", CERTIFICATE],
        ["The certificate was not issued by a trusted Certificate Authority.", CERTIFICATE],
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
