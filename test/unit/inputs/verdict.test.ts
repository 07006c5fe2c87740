import assert from "node:assert/strict";
import { isSameDomain, isVerdict, observedFor, REPLACES, VERDICT } from "../../../provider/inputs/verdict";
import { OTHER_POOL } from "../../support/domains";
import { ARGS, CERTIFICATE, verdict } from "../../support/verdicts";

describe("VERDICT and REPLACES", () => {
    it("are keys that Pulumi does not show, and that tell the two apart", () => {
        assert.deepEqual([VERDICT, REPLACES], ["__verdict", "__replaces"]);
    });
});

describe("isVerdict", () => {
    it("takes one of an update, in which nothing was judged", () => {
        assert.equal(isVerdict(verdict([CERTIFICATE], { args: undefined })), true);
    });

    const whole = { findings: [], ifUnchanged: [], others: [], ignoreChanges: [], subject: {} };
    const { subject: _, ...lists } = whole;
    const odds = [
        ...[undefined, null, 7, "text", [], {}],
        ...["findings", "ifUnchanged", "others", "ignoreChanges"].map((name) => ({ ...whole, [name]: "text" })),
        ...[lists, { ...whole, args: "text" }, { ...whole, subject: "text" }, { ...whole, subject: null }],
    ];
    for (const odd of odds) {
        it(`takes ${JSON.stringify(odd)} for no verdict`, () => {
            assert.equal(isVerdict(odd), false);
        });
    }
});

describe("observedFor", () => {
    const observed = { status: "ACTIVE", settings: { managedLoginVersion: 1 } };

    it("is what AWS has of the domain that was asked about", () => {
        assert.equal(observedFor(verdict([], { observed }), ARGS), observed);
        assert.equal(observedFor(verdict([]), ARGS), undefined);
    });

    it("is nothing where the inputs name another domain, or other credentials", () => {
        const others = [{ userPoolId: "x" }, { domain: "other.example.com" }, { region: "us-east-2" }, { aws: {} }];
        for (const other of others) {
            assert.equal(observedFor(verdict([], { observed }), { ...ARGS, ...other }), undefined);
        }
    });
});

describe("isSameDomain", () => {
    it("is not where the domain, or as whom it is looked at, is another", () => {
        assert.equal(isSameDomain(ARGS, { ...ARGS, managedLoginVersion: 1 }), true);
        const others = { userPoolId: OTHER_POOL, domain: "x", region: "us-east-2", aws: { profile: "x" } };
        for (const [name, value] of Object.entries(others)) {
            assert.equal(isSameDomain(ARGS, { ...ARGS, [name]: value }), false);
        }
    });
});
