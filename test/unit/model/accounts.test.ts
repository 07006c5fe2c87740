import assert from "node:assert/strict";
import { assertAllowed, brokenAccountRule } from "../../../provider/model/accounts";
import { WrongAccountError } from "../../../provider/model/errors";
import { ACCOUNT } from "../../support/certificates";

const OTHER = "210987654321";

describe("brokenAccountRule", () => {
    it("is none without rules, nor of an account that they allow", () => {
        assert.equal(brokenAccountRule(ACCOUNT, {}), undefined);
        assert.equal(
            brokenAccountRule(ACCOUNT, { allowedAccountIds: [OTHER, ACCOUNT], forbiddenAccountIds: [OTHER] }),
            undefined,
        );
    });

    it("names the list, and what it has", () => {
        assert.equal(brokenAccountRule(OTHER, { forbiddenAccountIds: [OTHER] }), `forbiddenAccountIds has ${OTHER}`);
        assert.equal(brokenAccountRule(OTHER, { allowedAccountIds: [ACCOUNT] }), `allowedAccountIds has ${ACCOUNT}`);
        const two = ["111111111111", "222222222222"];
        assert.equal(brokenAccountRule(OTHER, { allowedAccountIds: two }), `allowedAccountIds has ${two.join(", ")}`);
        assert.equal(
            brokenAccountRule(OTHER, { forbiddenAccountIds: [...two, OTHER] }),
            `forbiddenAccountIds has ${[...two, OTHER].join(", ")}`,
        );
    });
});

describe("assertAllowed", () => {
    it("passes an account that is allowed, or that is not known", () => {
        assertAllowed(ACCOUNT, { allowedAccountIds: [ACCOUNT] });
        assertAllowed(undefined, { allowedAccountIds: [ACCOUNT] });
    });

    it("throws with the account and the rule", () => {
        assert.throws(
            () => assertAllowed(OTHER, { allowedAccountIds: [ACCOUNT] }),
            (error) =>
                error instanceof WrongAccountError &&
                error.message.includes(
                    `the AWS account is ${OTHER}; allowedAccountIds has ${ACCOUNT}. Nothing was changed.`,
                ),
        );
    });
});
