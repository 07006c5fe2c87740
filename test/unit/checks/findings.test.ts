import assert from "node:assert/strict";
import {
    ACCEPTABLE_CODES,
    FINDINGS,
    type FindingCode,
    type FindingRow,
    formatFinding,
} from "../../../provider/model/findings";
import { findingIn, SCENES } from "../../support/findingScenes";
import { rowsOf } from "../../support/pages";
import { planFor } from "../../support/plans";

const CODES = Object.keys(FINDINGS) as FindingCode[];

/** About the program alone: test/unit/program/stackConfiguration.test.ts, test/engine/credentials.test.ts. */
const WITHOUT_SCENE: FindingCode[] = ["config-unreadable", "preflight-failed"];

describe("a finding:", () => {
    for (const code of CODES.filter((it) => !WITHOUT_SCENE.includes(it))) {
        it(`${code} has a scene, and a text that people can read`, () => {
            const finding = findingIn(code, "preview");
            assert.ok(finding, `no scene shows ${code}`);
            const text = formatFinding(finding);
            assert.ok(text.length <= 400 + code.length, `${text.length} characters`);
            const { message, remedy, kind } = finding;
            const { kind: kindOfCode, property }: FindingRow = FINDINGS[code];
            assert.deepEqual([kind, finding.property], [kindOfCode, property ?? "managedLoginVersion"]);
            assert.match(remedy, /^[A-Z]/, "a remedy is an imperative sentence");
            assert.match(message, /^[^A-Z\s]|^(ACM|Cognito|CloudFront|AWS|TLS)/, "the message continues the line");
            for (const text of [message, remedy]) {
                assert.doesNotMatch(text, /[.\s]$|\bundefined\b|\[object|\s{2}/);
            }
        });
    }

    it("that the program accepts fails neither previews nor updates, not even with strict", () => {
        for (const code of ["certificate-expired", "branding-missing"] as const) {
            const { observed, request } = SCENES[code] ?? assert.fail();
            for (const phase of ["preview", "update"] as const) {
                const plan = planFor({ ...request, acceptFindings: [code] }, { observed, phase, strict: true });
                const finding = plan.findings.find((it) => it.code === code);
                assert.deepEqual([finding?.accepted, finding?.severity, plan.refused], [true, "warning", false], code);
            }
        }
    });

    it("about what is served already is a warning, and refuses nothing", () => {
        for (const code of CODES.filter((it) => SCENES[it])) {
            for (const phase of ["preview", "update"] as const) {
                const finding = findingIn(code, phase, { isServed: true });
                assert.ok(!finding || finding.severity === "warning", code);
            }
        }
    });

    it("that this program may fix first is a warning in the preview, and still an error in the update", () => {
        for (const code of CODES) {
            const { kind, fixableBy = [] }: FindingRow = FINDINGS[code];
            if (kind !== "fixable") {
                continue;
            }
            assert.equal(findingIn(code, "preview")?.severity, "error", code);
            assert.match(findingIn(code, "preview")?.remedy ?? "", /PULUMI_COGNITO_DOMAIN_SETTINGS_PREFLIGHT=warn/);
            for (const source of fixableBy) {
                const { severity } = findingIn(code, "preview", { fixable: [source] }) ?? {};
                assert.equal(severity, "warning", `${code}, ${source}`);
            }
            const all = ["domain", "userPool", "certificate", "options"] as const;
            const others = all.filter((it) => !fixableBy.includes(it));
            assert.equal(findingIn(code, "preview", { fixable: others })?.severity, "error", code);
            assert.equal(findingIn(code, "update")?.severity, "error", code);
        }
    });
});

describe("docs/findings.md", () => {
    it("has a row for every finding: its severity in the preview and in the update, and whether it can be accepted", () => {
        const documented = rowsOf("docs/findings.md").map(([code, severities]) => `${code}: ${severities}`);
        const expected = CODES.map((code) => {
            const [preview, update] = (["preview", "update"] as const).map(
                (phase) => findingIn(code, phase)?.severity ?? (phase === "preview" ? "error" : "-"),
            );
            const severities = preview === update ? preview : `${preview} / ${update}`;
            return `${code}${ACCEPTABLE_CODES.includes(code) ? "" : " \\*"}: ${severities}`;
        });
        assert.deepEqual(documented, expected);
    });
});
