import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { comment } from "../../../../provider/program/report/comment";
import type { CommentSource } from "../../../../provider/program/report/commentSource";
import type { ReportEntry } from "../../../../provider/program/report/report";
import { report } from "../../../support/reports";

const MARKER = "<!-- pulumi-cognito-domain-settings: shop/prod -->";
const EXPIRED: ReportEntry["findings"][number] = {
    code: "certificate-expired",
    ground: "introduced",
    severity: "error",
    property: "customDomainConfig.certificateArn",
    message: "the certificate .../1234 has status EXPIRED since 2026-11-01",
    remedy: "Request or import a new one in us-east-1 and give its ARN",
};
const LITE: ReportEntry["findings"][number] = {
    code: "feature-plan-lite",
    ground: "mendable",
    severity: "warning",
    property: "managedLoginVersion",
    message: "the user pool has the feature plan LITE",
    remedy: "Move the pool to ESSENTIALS or PLUS",
};

/** What a reader sees without unfolding anything. */
function unfolded(text: string): string[] {
    return text
        .replace(/<(details)>[\s\S]*$/, "")
        .replace(MARKER, "")
        .trimEnd()
        .split("\n");
}

function firstLine(source: CommentSource): string {
    return comment(source).split("\n")[0] ?? "";
}

describe("The comment's first line", () => {
    const warned: Partial<ReportEntry> = { verdict: "warned", findings: [LITE] };
    const refused: Partial<ReportEntry> = { verdict: "refused", findings: [EXPIRED] };
    const cases: [title: string, source: CommentSource, verdict: string][] = [
        ["a good change", { report: report({}) }, "✅ may go out"],
        ["nothing to do", { report: report({ action: "none", changes: [] }) }, "✅ may go out"],
        ["a warning", { report: report({}, warned) }, "⚠️ may go out, with warnings"],
        [
            "drift alone",
            { report: report({ drift: [{ setting: "managedLoginVersion", desired: "2", observed: "1" }] }) },
            "⚠️ may go out, with warnings",
        ],
        ["a refusal among others", { report: report({}, warned, refused), outcome: "failure" }, "❌ refused"],
        ["a refusal, whatever the outcome", { report: report(refused), outcome: "success" }, "❌ refused"],
        ["a preview that failed for another resource", { report: report({}), outcome: "failure" }, "❌ refused"],
        ["a cancelled one", { report: report({}), outcome: "cancelled" }, "❌ refused, the preview was cancelled"],
        ["no report after a failure", { stack: "shop/prod", outcome: "failure" }, "❌ refused"],
        [
            "no report after success",
            { stack: "shop/prod", outcome: "success" },
            "❌ refused, nothing is known of its domains",
        ],
        ["a report that cannot be read", { stack: "shop/prod", outcome: "success", unreadable: "x" }, "❌ refused"],
    ];
    for (const [title, source, verdict] of cases) {
        it(`of ${title}: ${verdict}`, () => {
            assert.equal(firstLine(source), `### ${verdict}: \`shop/prod\``);
        });
    }
});

describe("The comment", () => {
    it("of a good change, whole", () => {
        assert.equal(
            comment({ report: report({}), log: "Previewing update (prod)\n" }),
            [
                "### ✅ may go out: `shop/prod`",
                "",
                "| Domain | What users see | Certificate | How to undo |",
                "| --- | --- | --- | --- |",
                "| `auth.example.com` | sign-in pages: classic hosted UI (1) → managed login (2) | `99999999...` (expires 2096-10-01) → `11111111...` (expires 2027-04-11) | by the program, see **undo** |",
                "",
                '- **undo** `auth.example.com`: set `managedLoginVersion` to `1`, `customDomainConfig.certificateArn` to `arn:aws:acm:us-east-1:123456789012:certificate/99999999-2222-3333-4444-555555555555`, and run `pulumi up`; taking it out of the program puts nothing back, unless `onDelete` is `"restore"`.',
                "- **outputs that change** `auth.example.com`: `certificateExpiry` `2096-10-01T12:00:00.000Z` → `2027-04-11T12:00:00.000Z`.",
                "",
                "<details>",
                "<summary>Pulumi's log</summary>",
                "",
                "```text",
                "Previewing update (prod)",
                "```",
                "",
                "</details>",
                "",
                "",
                MARKER,
                "",
            ].join("\n"),
        );
    });

    it("names its stack in the marker, which is its last line, and without an organization", () => {
        for (const source of [
            { report: report({}) },
            { stack: "my-org/shop/prod", log: MARKER.replace("prod", "dev") },
        ]) {
            assert.equal(comment(source).trimEnd().split("\n").at(-1), MARKER);
        }
    });

    it("cannot be led out of the marker by a stack's name", () => {
        const text = comment({ stack: "a/--><b>", outcome: "failure" });
        assert.equal(text.trimEnd().split("\n").at(-1), "<!-- pulumi-cognito-domain-settings: a/--__b_ -->");
    });

    it("says a finding once, with the domains that have it, its remedy and a link", () => {
        const text = comment({
            report: report(
                { verdict: "warned", findings: [LITE] },
                { domain: "b.example.com", verdict: "warned", findings: [LITE] },
            ),
            findingsPage: "https://github.com/o/r/blob/v1.0.0/docs/findings.md",
        });
        assert.equal(text.split("LITE").length - 1, 1);
        assert.match(
            text,
            /^- \*\*warning\*\* `auth\.example\.com`, `b\.example\.com`, `managedLoginVersion`: the user pool has the feature plan LITE\. Move the pool to ESSENTIALS or PLUS\. \[`feature-plan-lite`\]\(https:\/\/github\.com\/o\/r\/blob\/v1\.0\.0\/docs\/findings\.md#managed-login-and-passkeys\)$/m,
        );
    });

    it("puts errors before warnings and refused domains before all others", () => {
        const text = comment({
            report: report(
                { domain: "a.example.com" },
                { domain: "b.example.com", verdict: "refused", findings: [LITE, EXPIRED] },
            ),
        });
        assert.ok(text.indexOf("**error**") < text.indexOf("**warning**"));
        assert.ok(text.indexOf("| `b.example.com`") < text.indexOf("| `a.example.com`"));
        assert.match(text, /no change, since it is refused; asked for: sign-in pages/);
    });

    it("says what was changed by hand, that this update leaves it, and how to put it back", () => {
        const drift = [{ setting: "managedLoginVersion", desired: 2, observed: 1 }];
        assert.match(
            comment({ report: report({ action: "none", changes: [], drift }) }),
            /`managedLoginVersion` is `1`, the program says `2`\. This `up` leaves it; `pulumi up --refresh` puts it back\./,
        );
    });

    it("says what could not be looked at, and when it will be", () => {
        const unseen = (code: string, property: string) => ({ ...LITE, code, property, message: "no credentials" });
        const text = comment({
            report: report({
                verdict: "warned",
                action: "none",
                changes: [],
                kept: {},
                outputs: {},
                before: undefined,
                unknown: ["cloudFrontDomain"],
                findings: [unseen("domain-unseen", "domain"), unseen("branding-unseen", "managedLoginVersion")],
            }),
        });
        assert.match(text, /\| not known before the update \| not known \|/);
        assert.match(
            text,
            /: domain: not seen, checked in the update, which is refused if that fails; branding: not seen; the update does not depend on it\./,
        );
        assert.doesNotMatch(text, /outputs/);
    });

    it("says how to undo what changes: by the old values; what AWS cannot take away again; what a destroy puts back", () => {
        const undoOf = (entry: Partial<ReportEntry>) => /^- \*\*undo.*$/m.exec(comment({ report: report(entry) }))?.[0];
        const failover = { setting: "routing.failover", to: { secondaryRegion: "us-east-2" } };
        const version = { setting: "managedLoginVersion", from: 1, to: 2 };
        assert.equal(
            undoOf({ changes: [version, failover] }),
            '- **undo** `auth.example.com`: set `managedLoginVersion` to `1`, and run `pulumi up`; AWS cannot take away again: `routing.failover`; taking it out of the program puts nothing back, unless `onDelete` is `"restore"`.',
        );
        assert.equal(
            undoOf({ changes: [failover] }),
            '- **undo** `auth.example.com`: AWS cannot take away again: `routing.failover`; taking it out of the program puts nothing back, unless `onDelete` is `"restore"`.',
        );
        assert.equal(
            undoOf({ changes: [version], wayBack: { argument: "onDelete", possible: true } }),
            "- **undo** `auth.example.com`: set `managedLoginVersion` to `1`, and run `pulumi up`.",
        );
        const certificate = { setting: "customDomainConfig.certificateArn", from: "old", to: "new" };
        const ending = (certificateExpiry: string) => ({ changes: [certificate], before: { certificateExpiry } });
        assert.match(
            undoOf(ending("2001-01-01T00:00:00Z")) ?? "",
            /`: the former certificate has expired, and would be refused; taking/,
        );
        assert.match(
            undoOf(ending("2999-01-01T00:00:00Z")) ?? "",
            /`: set `customDomainConfig.certificateArn` to `old`/,
        );
        assert.equal(undoOf({ changes: [] }), undefined);
        assert.equal(undoOf({ verdict: "refused" }), undefined);
    });

    it("names the commit that the preview was of", () => {
        const commit = "0123456789abcdef0123456789abcdef01234567";
        assert.match(
            comment({ report: report({}), commit }),
            /^### ✅ may go out: `shop\/prod`, commit `0123456789ab`\n/,
        );
    });

    it("says which outputs are known only after the update", () => {
        assert.match(comment({ report: report({ unknown: ["status"] }) }), /Z`; known only then: `status`\.$/m);
    });

    it("says which outputs change, from what to what: all of a new resource, and the certificate's end with another certificate", () => {
        const outputsOf = (entry: Partial<ReportEntry>) =>
            /^- \*\*.*outputs.*$/im.exec(comment({ report: report(entry) }))?.[0];
        assert.match(
            outputsOf({ action: "adopt" }) ?? "",
            /^- \*\*new resource\*\* `auth.example.com`: the domain exists, .* Outputs: `cloudFrontDomain` `d1.*`; `certificateExpiry` `2027/,
        );
        assert.doesNotMatch(outputsOf({}) ?? "", /cloudFrontDomain/);
        assert.equal(
            outputsOf({ before: undefined }),
            "- **outputs that change** `auth.example.com`: `certificateExpiry` `2027-04-11T12:00:00.000Z`.",
        );
        assert.match(outputsOf({ before: { certificateExpiry: "[secret]" } }) ?? "", /`certificateExpiry` `2027/);
        assert.match(outputsOf({ before: { cloudFrontDomain: "d0" } }) ?? "", /`cloudFrontDomain` `d0` → `d1/);
        const version = [{ setting: "managedLoginVersion", from: 1, to: 2 }];
        const end = report({}).resources[0]?.outputs.certificateExpiry;
        assert.equal(outputsOf({ changes: version, before: { certificateExpiry: end } }), undefined);
        assert.equal(outputsOf({ changes: version, before: undefined }), undefined);
    });

    it("names no setting among the outputs, known or not: the table has them, but for a domain that was not seen", () => {
        const unknown = ["customDomainConfig", "managedLoginVersion", "routing"];
        assert.doesNotMatch(comment({ report: report({ unknown }) }), /known only then/);
        assert.match(comment({ report: report({ outputs: {}, unknown }) }), /known only then: `customDomainConfig`, /);
    });

    it("says what browsers need with another TLS policy, and takes names of JavaScript for nothing else", () => {
        const changes = [
            { setting: "customDomainConfig.securityPolicy", from: "TLS_V1", to: "TLS_V1_2_2021" },
            { setting: "managedLoginVersion", from: "constructor", to: "2" },
            { setting: "routing.failover", to: { secondaryRegion: "us-east-2" } },
            { setting: "customDomainConfig.securityPolicy", from: "TLS_V1", to: "toString" },
        ];
        assert.match(
            comment({ report: report({ changes }) }),
            /TLS policy `TLS_V1` → `TLS_V1_2_2021` \(browsers need TLS 1\.2\); sign-in pages: version `constructor` → managed login \(2\); `routing\.failover` `none` → `\{"secondaryRegion":"us-east-2"\}`; TLS policy `TLS_V1` → `toString` \|/,
        );
    });

    it("of one domain has at most 15 lines unfolded, whatever there is to say", () => {
        const findings = documented().map(finding);
        const text = comment({
            report: report({
                verdict: "warned",
                findings,
                drift: [{ setting: "managedLoginVersion", desired: "2", observed: "1" }],
                unknown: ["status"],
            }),
            outcome: "failure",
            log: "line\n".repeat(100),
        });
        assert.equal(unfolded(text).length, 15, text);
        for (const { code } of findings) {
            assert.ok(text.includes(`\`${code}\``), code);
        }
    });

    it("of 200 domains with findings, and of a long log, fits into a comment", () => {
        const message = "<|*&".repeat(200);
        const many = Array.from({ length: 200 }, (_, index) => ({
            domain: `d${index}.example.com`,
            verdict: "warned" as const,
            findings: [{ ...LITE, message: `${index} ${message}` }],
            drift: [{ setting: message, desired: message, observed: message }],
        }));
        const text = comment({ report: report(...many), log: "x`".repeat(100_000) });
        assert.ok(text.length < 65_536, `${text.length}`);
        assert.match(text, /\| \d+ more \| {2}\| {2}\| {2}\|/);
        assert.ok(text.trimEnd().endsWith(MARKER));
    });
});

describe("The comment's finding", () => {
    const anchors = sections();

    for (const row of documented()) {
        it(`${row.code} is one line that links to its table in docs/findings.md`, () => {
            const text = comment({
                report: report({ verdict: "warned", findings: [finding(row)] }),
                findingsPage: "page",
            });
            const lines = text.split("\n").filter((line) => line.includes(row.code));
            assert.equal(lines.length, 1);
            assert.ok(lines[0]?.endsWith(`[\`${row.code}\`](page#${anchors.get(row.code)})`), lines[0]);
            assert.match(lines[0] ?? "", /^- \*\*(error|warning)\*\* `/);
        });
    }

    it("has no anchor where its property has no table", () => {
        const unknown = { ...LITE, code: "something-new", property: "somethingNew" };
        const text = comment({ report: report({ findings: [unknown] }), findingsPage: "page" });
        assert.ok(text.includes("[`something-new`](page)"), text);
    });
});

interface Row {
    code: string;
    property: string;
    preview: string;
    remedy: string;
}

function page(): string {
    return readFileSync(path.join(__dirname, "../../../../docs/findings.md"), "utf8");
}

function documented(): Row[] {
    return page()
        .split("\n")
        .filter((line) => line.startsWith("| `"))
        .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("`", "")))
        .map(([, code = "", property = "", preview = "", , remedy = ""]) => ({ code, property, preview, remedy }));
}

function finding({ code, property, preview, remedy }: Row): ReportEntry["findings"][number] {
    const severity = preview.startsWith("error") ? "error" : "warning";
    return { code, property, ground: "mendable", severity, message: "something was seen", remedy };
}

/** The anchor of the heading above each code. */
function sections(): Map<string, string> {
    let anchor = "";
    const found = new Map<string, string>();
    for (const line of page().split("\n")) {
        anchor = /^## (.*)$/.exec(line)?.[1]?.toLowerCase().replaceAll(" ", "-") ?? anchor;
        const [, code] = /^\| `([^`]+)`/.exec(line) ?? [];
        if (code) {
            found.set(code, anchor);
        }
    }
    return found;
}
