import assert from "node:assert/strict";
import { checkInputs } from "../../../provider/plugin/check";
import { ARGS, CERTIFICATE, verdict } from "../../support/verdicts";

const OWN = "customDomainConfig.certificateArn: m. R. [some-code]";

describe("checkInputs", () => {
    const others = ["two", "three"].map((name) => `${name} (${name}.example.com):\n  - error: x`);

    it("says with a failure what was found of the others, which the engine does not come to check", () => {
        const failures = (...of: string[]) => checkInputs(verdict([CERTIFICATE], { others: of }), ARGS, {}).failures;
        assert.deepEqual(failures(...others), [[OWN, "2 other resources have findings, too:", ...others].join("\n")]);
        assert.deepEqual(failures("two:\u001b"), [`${OWN}\nanother resource has findings, too:\ntwo:\\u001b`]);
        assert.deepEqual(failures(), [OWN]);
    });

    it("gives diff the same for a refusal of unchanged inputs", () => {
        const { failures, seen } = checkInputs(verdict([CERTIFICATE], { others }), ARGS, ARGS);
        assert.deepEqual(failures, []);
        assert.equal(seen?.refusal, [OWN, "2 other resources have findings, too:", ...others].join("\n"));
    });

    it("says nothing of the others where it does not fail", () => {
        const { failures, seen } = checkInputs(verdict([], { others }), ARGS, {});
        assert.deepEqual([failures, seen?.refusal], [[], undefined]);
    });
});
