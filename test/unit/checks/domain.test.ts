import assert from "node:assert/strict";
import { CUSTOM, OTHER_POOL, POOL, PREFIX, seen } from "../../support/domains";
import { FAILED, gist, judged } from "../../support/judged";

describe("judgeDomain: a domain", () => {
    it("that is at rest in its pool is in order", () => {
        assert.deepEqual(judged({ domain: { found: seen() } }), []);
    });

    it("is not judged while the address is not known", () => {
        assert.deepEqual(judged({ domain: { absent: true } }, { address: undefined }), []);
    });

    it("that could not be seen is a warning in the preview, an error in the update", () => {
        const observed = { domain: { failed: FAILED } };
        assert.deepEqual(gist(judged(observed, {}, "preview")), ["domain-unseen:warning"]);
        assert.deepEqual(judged(observed), [
            {
                code: "domain-unseen",
                ground: "unseen",
                severity: "error",
                property: "domain",
                message: "auth.example.com could not be checked: no permission",
                remedy: "Mend that first: an update has to know what is in force",
            },
        ]);
    });

    it("that is absent may be there by the time of the update", () => {
        const observed = { domain: { absent: true } as const };
        assert.deepEqual(gist(judged(observed, {}, "preview")), ["domain-not-found:warning"]);
        const [finding] = judged(observed);
        assert.deepEqual([finding?.severity, finding?.property], ["error", "domain"]);
        assert.equal(finding?.message, `the user pool ${POOL} has no domain auth.example.com in us-west-2`);
        assert.match(
            finding?.remedy ?? "",
            /^Create it first and make this resource depend on it, or correct the name, the pool or the Region$/,
        );
    });

    for (const word of ["aws", "amazon", "cognito"]) {
        it(`that is absent and whose prefix contains ${word} has a hint`, () => {
            const address = { ...PREFIX, domain: `my-${word}-login` };
            const [finding] = judged({ domain: { absent: true } }, { address, domain: address.domain });
            assert.match(
                finding?.remedy ?? "",
                new RegExp(`the Region \\(Cognito refuses prefixes that contain "${word}"\\)$`),
            );
        });
    }

    it("that is custom may contain those words, and others have no hint", () => {
        const hint = /refuses/;
        for (const domain of ["cognito.example.com", "my-prefix"]) {
            const [finding] = judged({ domain: { absent: true } }, { address: { ...CUSTOM, domain }, domain });
            assert.doesNotMatch(finding?.remedy ?? "", hint);
        }
    });

    it("of another pool may have moved by the time of the update, and the remedy names the argument", () => {
        const observed = { domain: { found: seen({ userPoolId: OTHER_POOL, status: "DELETING" }) } };
        assert.deepEqual(gist(judged(observed, {}, "preview")), ["domain-other-pool:warning"]);
        const [finding, ...rest] = judged(observed);
        assert.equal(finding?.severity, "error");
        assert.deepEqual(rest, []);
        assert.equal(finding?.property, "domain");
        assert.equal(finding?.message, `auth.example.com belongs to the user pool ${OTHER_POOL}, not to ${POOL}`);
        assert.match(finding?.remedy ?? "", /id as userPoolId, or/);
    });

    it("in an account that is not allowed is an error always", () => {
        const observed = { domain: { found: seen() } };
        assert.deepEqual(judged(observed, { allowedAccountIds: ["111111111111", "222222222222"] }, "preview"), [
            {
                code: "account-not-allowed",
                ground: "introduced",
                severity: "error",
                property: "domain",
                message:
                    "auth.example.com is in account 123456789012; allowedAccountIds has 111111111111, 222222222222",
                remedy: "Use the credentials of an allowed account, or allow this one",
            },
        ]);
        assert.deepEqual(judged(observed, { allowedAccountIds: ["111111111111", "123456789012"] }), []);
        const unsaid = { domain: { found: seen({ accountId: undefined }) } };
        assert.deepEqual(judged(unsaid, { allowedAccountIds: ["111111111111"] }), []);
    });

    it("that is being deleted is an error in the update", () => {
        const observed = { domain: { found: seen({ status: "DELETING" }) } };
        assert.deepEqual(gist(judged(observed, {}, "preview")), ["domain-deleting:warning"]);
        const [finding] = judged(observed);
        assert.deepEqual([finding?.severity, finding?.property], ["error", "domain"]);
        assert.equal(finding?.message, "auth.example.com has status DELETING");
        assert.match(finding?.remedy ?? "", /^Wait until it is gone/);
    });

    const waits: [status: string, remedy: string][] = [
        ["CREATING", "Nothing to do: the update waits until it is ACTIVE"],
        ["UPDATING", "Nothing to do: the update waits until it is ACTIVE"],
        ["FAILED", "Nothing to do: the update sends the settings again"],
    ];
    for (const [status, remedy] of waits) {
        it(`with status ${status} is only said: ${remedy}`, () => {
            for (const phase of ["preview", "update"] as const) {
                const [finding] = judged({ domain: { found: seen({ status }) } }, {}, phase);
                assert.deepEqual(finding, {
                    code: "domain-not-active",
                    ground: "advisory",
                    severity: "warning",
                    property: "domain",
                    message: `auth.example.com has status ${status}`,
                    remedy,
                });
            }
        });
    }

    it("a failed domain whose resource the engine leaves as it is: a refresh makes it send the settings again", () => {
        const domain = { found: seen({ status: "FAILED" }) };
        const [finding] = judged({ domain }, { engineWillAct: false }, "preview");
        assert.match(finding?.remedy ?? "", /^Send the settings again with `pulumi up --refresh`/);
    });

    it("a domain under way whose resource the engine leaves as it is: nobody waits for it", () => {
        const domain = { found: seen({ status: "UPDATING" }) };
        const [finding] = judged({ domain }, { engineWillAct: false }, "preview");
        assert.match(finding?.remedy ?? "", /^Look again once it is ACTIVE: .* neither waits nor sends anything$/);
    });

    describe("a domain that is absent in another Region than the pool's", () => {
        const remedyOf = (address: typeof CUSTOM) =>
            judged({ domain: { absent: true } }, { address, domain: address.domain })[0]?.remedy ?? "";

        it("may be a prefix domain, which is described in the pool's own Region alone", () => {
            assert.match(
                remedyOf({ ...PREFIX, region: "us-east-2" }),
                /described in the primary's Region alone: leave region out to use us-west-2$/,
            );
        });

        it("has no such hint where it is a custom domain, nor has a prefix domain in the pool's Region", () => {
            assert.match(remedyOf({ ...CUSTOM, region: "us-east-2" }), /or correct the name, the pool or the Region$/);
            assert.match(remedyOf(PREFIX), /or correct the name, the pool or the Region$/);
        });
    });
});
