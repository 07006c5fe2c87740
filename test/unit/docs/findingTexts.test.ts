import assert from "node:assert/strict";
import { judgeDrift } from "../../../provider/checks/driftFindings";
import { weigh } from "../../../provider/checks/severity";
import { wayBackFinding } from "../../../provider/checks/wayBack";
import { formatFinding } from "../../../provider/model/findings";
import { SharedDomains } from "../../../provider/program/sharedDomains";
import { CUSTOM } from "../../support/domains";
import { findingsByCode } from "../../support/findingScenes";
import { read } from "../../support/pages";

/** What people have to read at most, without the code. */
const MAX_CHARACTERS = 330;

/** The titles are the findings, one of each code, as a terminal shows them: for a person's eye. */
describe("The text of a finding:", () => {
    const drifted = weigh(judgeDrift(["managedLoginVersion"], { managedLoginVersion: 2 }, {}), "preview");
    const wayBack = { argument: "onFailure", possible: false, reason: "the certificate .../1234 has expired" } as const;
    const uses = new SharedDomains();
    const redact = (text: string) => text;
    uses.register({ name: "auth", desired: { managedLoginVersion: 1 }, redact }, CUSTOM);
    const shared = uses.register({ name: "login", desired: { managedLoginVersion: 2 }, redact }, CUSTOM)();
    const aboutAws = findingsByCode();

    for (const finding of [...aboutAws.values(), ...drifted, ...wayBackFinding(wayBack), ...shared]) {
        it(formatFinding(finding), () => {
            const { message, remedy } = finding;
            assert.ok(`${message}. ${remedy}.`.length <= MAX_CHARACTERS, `${message.length + remedy.length}`);
            assert.match(remedy, /^[A-Z]/, "a remedy is an imperative sentence");
            assert.match(message, /^[^A-Z]|^(ACM|Cognito|CloudFront|AWS)/, "what was seen continues the line");
            for (const text of [message, remedy]) {
                assert.doesNotMatch(text, /[.\s]$|\bundefined\b|\[object|\s{2}/);
            }
        });
    }

    it("is shown for every code that a judge of AWS gives", () => {
        const [tables = ""] = read("docs/findings.md").split("## The preview itself");
        const codes = [...tables.matchAll(/^\| `([^`]+)`/gm)].map(([, code]) => code ?? "");
        // About the program: shown above.
        const expected = codes.filter((code) => code !== "domain-managed-twice");
        assert.deepEqual([...aboutAws.keys()].sort(), expected.sort());
    });
});
