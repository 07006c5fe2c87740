import assert from "node:assert/strict";
import { callFailed } from "../../../provider/aws/callErrors";
import { isCertificateRefused, isConcurrentModification, isRefusal } from "../../../provider/aws/updateRefusals";
import { CALL, CERTIFICATE_REFUSAL, sdkError } from "../../support/sdkErrors";

describe("isConcurrentModification", () => {
    it("knows our own error of that code", () => {
        assert.equal(isConcurrentModification(callFailed(sdkError("ConcurrentModificationException"), CALL)), true);
        assert.equal(isConcurrentModification(callFailed(sdkError("InvalidParameterException"), CALL)), false);
        assert.equal(isConcurrentModification({ code: "ConcurrentModificationException" }), false);
    });
});

describe("isCertificateRefused", () => {
    it("knows Cognito's text", () => {
        assert.equal(
            isCertificateRefused(callFailed(sdkError("InvalidParameterException", CERTIFICATE_REFUSAL), CALL)),
            true,
        );
        assert.equal(
            isCertificateRefused(callFailed(sdkError("InvalidParameterException", `x ${CERTIFICATE_REFUSAL}`), CALL)),
            false,
        );
        assert.equal(isCertificateRefused(sdkError("InvalidParameterException", CERTIFICATE_REFUSAL)), false);
    });
});

describe("an InvalidParameterException of UpdateUserPoolDomain", () => {
    const update = { action: "cognito-idp:UpdateUserPoolDomain", resource: "x", region: "us-west-2" };
    const refused = (message: string) => callFailed(sdkError("InvalidParameterException", message), update);

    const remedies: [text: string, remedy: RegExp][] = [
        [
            "User pool should have a custom domain associated, failed to update the certificate.",
            /^domain: this pool has no custom domain/,
        ],
        [
            "The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add.",
            /^customDomainConfig\.certificateArn: the certificate does not cover the domain\./,
        ],
        [
            "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.",
            /^customDomainConfig\.certificateArn: the certificate does not cover the domain\./,
        ],
        [
            "The certificate that is attached to your distribution was not issued by a trusted Certificate Authority.",
            /Give one of a public CA, with its whole chain\./,
        ],
        [
            "There are too many certificates in the certificate chain for the certificate that you've attached.",
            /chain is too long/,
        ],
        [
            "The certificate chain includes one or more certificates that aren't valid for the current date.",
            /is not valid today/,
        ],
    ];
    for (const [text, remedy] of remedies) {
        it(`has a remedy for: ${text.slice(0, 90)}`, () => {
            const error = refused(text);
            assert.match(error.message, remedy);
            assert.ok(error.message.endsWith(`AWS said: ${text}`));
            assert.equal(isRefusal(error), true);
        });
    }

    it("that says who is not authorized is a missing permission, not a refusal", () => {
        const error = refused("User: x is not authorized to perform: cloudfront:UpdateDistribution");
        assert.match(error.message, /^no permission to call/);
        assert.equal(isRefusal(error), false);
    });
});
