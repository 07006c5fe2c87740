import assert from "node:assert/strict";
import { judgeWayBack, type WayBackRequest, wayBackFinding } from "../../../provider/checks/wayBack";
import { ARN, goodCertificate, inDays, NOW, OTHER_ARN } from "../../support/certificates";
import { CUSTOM, OTHER_POOL, seen, WHOLE } from "../../support/domains";
import { FAILED } from "../../support/judged";

describe("judgeWayBack", () => {
    const wayBack = (rest: Partial<WayBackRequest> = {}) =>
        judgeWayBack(
            {
                argument: "onFailure",
                address: CUSTOM,
                original: { certificateArn: ARN },
                found: seen(),
                certificate: { arn: ARN, look: { found: goodCertificate() } },
                ...rest,
            },
            NOW,
        );
    const withCertificate = (rest: Parameters<typeof goodCertificate>[0]) => ({
        certificate: { arn: ARN, look: { found: goodCertificate(rest) } },
    });

    it("is open where AWS would take today what was in force", () => {
        assert.deepEqual(wayBack(), { argument: "onFailure", possible: true });
        assert.deepEqual(wayBack({ argument: "onDelete" }), { argument: "onDelete", possible: true });
    });

    it("is closed by a certificate that has expired, though the domain still has it", () => {
        assert.equal(seen().settings.certificateArn, ARN);
        const { possible, reason } = wayBack(withCertificate({ status: "EXPIRED" }));
        assert.equal(possible, false);
        assert.match(String(reason), /EXPIRED/);
    });

    it("does not want a certificate to last: it only has to be taken", () => {
        assert.equal(wayBack(withCertificate({ notAfter: inDays(1) })).possible, true);
        assert.equal(wayBack(withCertificate({ notAfter: inDays(-1) })).possible, false);
    });

    it("is judged by what goes back, not by what the domain has now, nor by its status", () => {
        const found = seen({ status: "FAILED", settings: { ...WHOLE, certificateArn: OTHER_ARN } });
        assert.equal(wayBack({ found }).possible, true);
        assert.equal(wayBack({ found: undefined }).possible, true);
        assert.equal(wayBack({ found: seen({ userPoolId: OTHER_POOL }) }).possible, false);
    });

    it("is not closed by what is only a warning, nor by a domain that is on its way", () => {
        assert.equal(wayBack(withCertificate({ renewalStatus: "FAILED" })).possible, true);
        assert.equal(wayBack({ found: seen({ status: "DELETING" }) }).possible, true);
    });

    it("is not said to be closed where AWS did not answer", () => {
        assert.equal(wayBack({ certificate: { arn: ARN, look: { failed: FAILED } } }).possible, true);
    });
});

describe("wayBackFinding", () => {
    const closed = { possible: false, reason: "the certificate has expired" } as const;

    it("says nothing of an open way, nor where there is none to judge", () => {
        assert.deepEqual(wayBackFinding(undefined), []);
        assert.deepEqual(wayBackFinding({ argument: "onDelete", possible: true }), []);
    });

    it("is a warning about the argument that asks for it, with the reason", () => {
        for (const [argument, what] of [
            ["onFailure", "a rollback"],
            ["onDelete", "a restore"],
        ] as const) {
            const [{ message, ...finding } = { message: "" }] = wayBackFinding({ argument, ...closed });
            assert.equal(message, `${what} could not put back all that was in force: the certificate has expired`);
            assert.deepEqual(
                [finding],
                [
                    {
                        code: "no-way-back",
                        ground: "advisory",
                        severity: "warning",
                        property: argument,
                        remedy: "Mend that first, or go on only if you can do without a way back",
                    },
                ],
            );
        }
    });
});
