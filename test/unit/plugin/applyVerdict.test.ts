import assert from "node:assert/strict";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import type { Verdict } from "../../../provider/inputs/verdict";
import { applyVerdict, corrects } from "../../../provider/plugin/applyVerdict";
import { ARN, OTHER_ARN } from "../../support/certificates";
import { ARGS, CERTIFICATE, codes, finding, verdict } from "../../support/verdicts";

describe("applyVerdict", () => {
    const warning = finding("domain", "warning");

    it("lets stand what fails, and what does not, of values that are still the same", () => {
        assert.deepEqual(applyVerdict(verdict([CERTIFICATE, warning]), ARGS, {}), {
            failing: [CERTIFICATE],
            others: [warning],
            isUnchanged: false,
        });
    });

    it("drops what was found about a value that a transform has replaced, and says that it was not judged", () => {
        const inputs = { ...ARGS, customDomainConfig: { certificateArn: OTHER_ARN } };
        const { failing, others } = applyVerdict(verdict([CERTIFICATE, finding("domain")]), inputs, {});
        assert.deepEqual(failing, [finding("domain")]);
        assert.deepEqual(codes(others), ["not-preflighted customDomainConfig.certificateArn"]);
        const strict = applyVerdict(verdict([], { strict: true }), inputs, {});
        assert.deepEqual(codes(strict.failing), ["not-preflighted customDomainConfig.certificateArn"]);
    });

    it("drops what was found about a value inside of one that a transform has taken away", () => {
        const { customDomainConfig: _, ...inputs } = ARGS;
        const { failing } = applyVerdict(verdict([CERTIFICATE, finding("domain")]), inputs, {});
        assert.deepEqual(failing, [finding("domain")]);
    });

    it("takes a resource for changed whose deletedWith or replaceWith was given, or taken away", () => {
        const isUnchanged = (inputs: object, olds: object) =>
            applyVerdict(verdict([]), { ...ARGS, ...inputs }, { ...ARGS, ...olds }).isUnchanged;
        assert.equal(isUnchanged({}, {}), true);
        assert.equal(isUnchanged({ __deletedWith: true }, {}), false);
        assert.equal(isUnchanged({ __deletedWith: true }, { __deletedWith: true }), true);
        assert.equal(isUnchanged({}, { __replaceWith: true }), false);
    });

    it("says nothing of an argument that a transform brings in and that nothing is judged by", () => {
        const inputs = { ...ARGS, wait: "none" };
        assert.deepEqual(applyVerdict(verdict([], { strict: true }), inputs, {}), {
            failing: [],
            others: [],
            isUnchanged: false,
        });
    });

    it("keeps what was found about the sibling of a value under ignoreChanges, and does not name what the program ignores", () => {
        const inputs = { ...ARGS, customDomainConfig: { certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" } };
        const ignoreChanges = ["customDomainConfig.securityPolicy"];
        const given = verdict([CERTIFICATE], { ignoreChanges });
        const { failing, others } = applyVerdict(given, inputs, { domain: "other" });
        assert.deepEqual([failing, others], [[CERTIFICATE], []]);
        const swapped = { ...inputs, customDomainConfig: { ...inputs.customDomainConfig, certificateArn: OTHER_ARN } };
        assert.deepEqual(codes(applyVerdict(given, swapped, { domain: "other" }).others), [
            "not-preflighted customDomainConfig.certificateArn",
        ]);
    });

    it("says of a create, which ignoreChanges has no effect on, what was not judged all the same", () => {
        const inputs = { ...ARGS, managedLoginVersion: 2 };
        const { others } = applyVerdict(verdict([], { ignoreChanges: ["*"] }), inputs, {});
        assert.deepEqual(codes(others), ["not-preflighted managedLoginVersion"]);
    });

    for (const [name, value] of Object.entries({
        userPoolId: "us-west-2_Other",
        domain: "x.example.com",
        region: "us-east-2",
        minimumCertificateValidityDays: 30,
        aws: { profile: "other" },
        verify: { clientId: "other" },
    })) {
        it(`drops every finding where ${name} is another`, () => {
            const { failing, others } = applyVerdict(verdict([CERTIFICATE]), { ...ARGS, [name]: value }, {});
            assert.deepEqual([failing, others.map(({ code }) => code)], [[], ["not-preflighted"]]);
        });
    }

    it("goes by the inputs' preflight, and by the strict switch", () => {
        const inputs = (preflight: string) => ({ ...ARGS, preflight });
        assert.deepEqual(applyVerdict(verdict([CERTIFICATE]), inputs("warn"), {}).failing, []);
        assert.deepEqual(applyVerdict(verdict([CERTIFICATE]), inputs("off"), {}).failing, []);
        assert.deepEqual(applyVerdict(verdict([warning], { strict: true }), ARGS, {}).failing, [warning]);
    });

    describe("of a resource whose inputs are those of last time", () => {
        const drift = finding("managedLoginVersion", "warning");
        const args = { ...ARGS, managedLoginVersion: 2, onDrift: "correct" };
        const both = (rest: Partial<Verdict>) => verdict([CERTIFICATE], { args, ifUnchanged: [drift], ...rest });

        it("takes what holds where the engine leaves it as it is", () => {
            assert.deepEqual(applyVerdict(both({}), args, { ...args, region: null }).others, [drift]);
            assert.deepEqual(applyVerdict(both({ strict: true }), args, args).failing, [drift]);
        });

        it("takes what holds where it is updated: before its first update, with something unknown, or to correct drift", () => {
            const observed = { status: "ACTIVE", settings: { managedLoginVersion: 1, certificateArn: ARN } };
            const unknown = { ...args, customDomainConfig: UNKNOWN };
            assert.deepEqual(applyVerdict(both({}), args, {}).failing, [CERTIFICATE]);
            assert.deepEqual(applyVerdict(both({ args: unknown }), unknown, unknown).failing, [CERTIFICATE]);
            assert.deepEqual(applyVerdict(both({ observed }), args, args).failing, [CERTIFICATE]);
            const ignoreChanges = ["managedLoginVersion"];
            assert.deepEqual(applyVerdict(both({ observed, ignoreChanges }), args, args).failing, []);
            const warn = { ...args, onDrift: "warn" };
            assert.deepEqual(applyVerdict(both({ observed, args: warn }), warn, warn).failing, []);
            // Only ignoreChanges or a transform says it: the update's program would not look.
            assert.deepEqual(applyVerdict(both({ observed, args: warn }), args, args).failing, []);
        });
    });

    it("corrects drift only where the inputs say so, and the program, where the verdict has its arguments", () => {
        const correct = { ...ARGS, onDrift: "correct" };
        assert.equal(corrects(verdict([], { args: undefined }), correct), true);
        assert.equal(corrects(verdict([], { args: correct }), correct), true);
        assert.equal(corrects(verdict([], { args: ARGS }), correct), false);
        assert.equal(corrects(verdict([], { args: correct }), ARGS), false);
    });

    it("takes a verdict of an update, in which nothing was judged, for one with nothing to say", () => {
        const ofUpdate = verdict([CERTIFICATE], { args: undefined });
        assert.deepEqual(applyVerdict(ofUpdate, ARGS, {}), { failing: [], others: [], isUnchanged: false });
    });

    it("takes what is no verdict for one with nothing to say", () => {
        for (const odd of [undefined, null, "text", {}, { ...verdict([CERTIFICATE]), subject: null }]) {
            assert.deepEqual(applyVerdict(odd, ARGS, {}), { failing: [], others: [], isUnchanged: false });
        }
    });
});
