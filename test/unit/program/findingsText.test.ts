import assert from "node:assert/strict";
import type { Finding } from "../../../provider/model/findings";
import { refusalOf, renderFindings, type Subject } from "../../../provider/program/findingsText";
import type { Inspection } from "../../../provider/program/inspect";

const SUBJECT: Subject = { name: "auth", args: { domain: "auth.example.com" }, secret: [] };

function finding(code: string, rest: Partial<Finding> = {}): Finding {
    return {
        code,
        property: "managedLoginVersion",
        ground: "advisory",
        severity: "warning",
        message: "seen",
        remedy: "Mend it",
        ...rest,
    };
}

const ERROR = finding("an-error", { severity: "error", ground: "introduced" });
const WARNING = finding("a-warning");
const DRIFT = finding("setting-drifted", { message: "it was changed" });
const PERHAPS_DRIFT = finding("setting-drifted", { message: "it was changed, or the program was" });

function inspection(rest: Partial<Inspection>): Inspection {
    return { problems: [], findings: [], ifUnchanged: [], strict: false, ...rest };
}

describe("what a preview is refused for", () => {
    const drifted = { ifUnchanged: [WARNING, DRIFT], perhapsDrifted: [PERHAPS_DRIFT], strict: true };
    const cases: [title: string, inspection: Partial<Inspection>, codes: Finding[] | undefined][] = [
        ["nothing is wrong", {}, undefined],
        ["an error", { findings: [ERROR, WARNING], ifUnchanged: [WARNING] }, [ERROR, WARNING]],
        ["an error either way", { ifUnchanged: [ERROR] }, [ERROR]],
        // A change that the program itself makes looks like drift until the engine compares it with the state.
        ["an error beside drift, not strict", { ...drifted, findings: [ERROR], strict: false }, [ERROR]],
        ["strict, drift beside a warning", { ...drifted, findings: [WARNING] }, [WARNING, PERHAPS_DRIFT]],
        ["strict, drift that the update corrects", { ...drifted, ifUnchanged: [DRIFT], perhapsDrifted: [] }, undefined],
        ["strict, drift alone", { ...drifted, ifUnchanged: [DRIFT] }, [PERHAPS_DRIFT]],
    ];
    for (const [title, given, findings] of cases) {
        it(title, () => {
            assert.deepEqual(refusalOf(SUBJECT, inspection(given))?.findings, findings);
        });
    }
});

describe("findings as a terminal shows them", () => {
    it("name the severity where not all are warnings: Pulumi begins the message with that word", () => {
        assert.equal(
            renderFindings(SUBJECT, inspection({ findings: [WARNING] })),
            "auth (auth.example.com):\n  - managedLoginVersion: seen. Mend it. [a-warning]",
        );
        assert.equal(
            renderFindings(SUBJECT, inspection({ findings: [ERROR, WARNING] })),
            [
                "auth (auth.example.com):",
                "  - error: managedLoginVersion: seen. Mend it. [an-error]",
                "  - warning: managedLoginVersion: seen. Mend it. [a-warning]",
            ].join("\n"),
        );
    });
});
