import assert from "node:assert/strict";
import { checkInputs } from "../../../provider/plugin/check";
import { ARGS, CERTIFICATE, verdict } from "../../support/verdicts";

const OWN = "customDomainConfig.certificateArn: m. R. [some-code]";

describe("checkInputs", () => {
    const others = [2, 3].map((number) => ({ number, text: `r${number} (r${number}.example.com):\n  - error: x` }));
    const check = (alreadySaid: number[], findings = [CERTIFICATE]) =>
        checkInputs(verdict(findings, { number: 1, others }), ARGS, {}, new Set(alreadySaid));

    it("says with a failure what was found of the others, where no failure before it has", () => {
        const { failures, said } = check([]);
        assert.deepEqual(failures, [
            [OWN, "2 other resources have findings that refuse an update:", ...others.map(({ text }) => text)].join(
                "\n",
            ),
        ]);
        assert.deepEqual(said, [2, 3]);
        assert.deepEqual(check([2]).failures, [
            [OWN, "another resource has findings that refuse an update:", others[1]?.text].join("\n"),
        ]);
        assert.deepEqual(check([2, 3]).failures, [OWN]);
    });

    it("does not repeat what a failure before it has said of this one", () => {
        assert.deepEqual(check([1, 2, 3]).failures, ["some-code: see above"]);
    });

    it("says nothing of the others where it does not fail", () => {
        const { failures, said } = check([], []);
        assert.deepEqual([failures, said], [[], []]);
    });
});
