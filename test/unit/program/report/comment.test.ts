import assert from "node:assert/strict";
import { FINDINGS, type FindingCode, type FindingRow } from "../../../../provider/model/findings";
import { type CommentSource, comment as commentOn } from "../../../../provider/program/report/comment";
import type { ReportEntry } from "../../../../provider/program/report/report";
import { ARN, OTHER_ARN } from "../../../support/certificates";
import { read, rowsOf } from "../../../support/pages";
import { report } from "../../../support/reports";

const MARKER = "<!-- pulumi-cognito-domain-settings: shop/prod -->";
const CERTIFICATE = "customDomainConfig.certificateArn";

type Finding = ReportEntry["findings"][number];

const EXPIRED: Finding = {
    code: "certificate-expired",
    kind: "introduced",
    severity: "error",
    property: CERTIFICATE,
    message: "the certificate .../1234 has status EXPIRED since 2026-11-01",
    remedy: "Request or import a new one in us-east-1 and give its ARN",
};
const LITE: Finding = {
    code: "feature-plan-lite",
    kind: "fixable",
    severity: "warning",
    property: "managedLoginVersion",
    message: "the user pool has the feature plan LITE",
    remedy: "Move the pool to ESSENTIALS or PLUS",
};
const DRIFTED: Finding = { ...LITE, code: "setting-drifted", kind: "advisory", message: "changed outside Pulumi" };

const VERSION = { setting: "managedLoginVersion", from: 1, to: 2 };
const FAILOVER = { setting: "routing.failover", to: { secondaryRegion: "us-east-2" } };
const NOTHING: Partial<ReportEntry> = { action: "none", changes: [] };
const UNREAD: Partial<ReportEntry> = { outputs: {}, before: undefined, changes: [], kept: {} };

/** The comment on a preview that succeeded, unless the source says otherwise. */
const comment = (source: Partial<CommentSource>) => commentOn({ outcome: "success", ...source });

/** The lines of the comment on one domain that begin with a label. */
function lineOf(label: string, entry: Partial<ReportEntry>): string | undefined {
    const text = comment({ report: report(entry), findingsPage: "page" });
    return text.split("\n").find((line) => line.startsWith(`- **${label}**`));
}

describe("The comment's first line", () => {
    const warned: Partial<ReportEntry> = { verdict: "warned", findings: [LITE] };
    const refused: Partial<ReportEntry> = { verdict: "refused", findings: [EXPIRED] };
    const blocked = "❌ Blocked";
    const missing = { stack: "shop/prod" };
    const cases: [title: string, source: Partial<CommentSource>, verdict: string][] = [
        ["a good change", { report: report({}) }, "✅ Ready to deploy"],
        ["nothing to do", { report: report(NOTHING) }, "✅ Ready to deploy"],
        ["no domain", { report: report() }, "✅ Ready to deploy"],
        ["a warning", { report: report({}, warned) }, "⚠️ Ready to deploy, with warnings"],
        [
            "a change that overwrites someone's, without a finding",
            { report: report({ overwrites: [{ setting: "managedLoginVersion", desired: 2, observed: 1 }] }) },
            "⚠️ Ready to deploy, with warnings",
        ],
        ["a refusal among others", { report: report({}, warned, refused), outcome: "failure" }, blocked],
        ["a refusal, whatever the outcome", { report: report(refused), outcome: "success" }, blocked],
        ["a preview that failed for another resource", { report: report({}), outcome: "failure" }, blocked],
        ["a cancelled one", { report: report({}), outcome: "cancelled" }, `${blocked}: the preview was cancelled`],
        ["no report after a failure", { ...missing, outcome: "failure" }, blocked],
        ["no report after success", { ...missing, outcome: "success" }, `${blocked}: the preview produced no report`],
        ["a report that cannot be read", { ...missing, outcome: "success", unreadable: "x" }, blocked],
    ];
    for (const [title, source, verdict] of cases) {
        it(`for ${title}: ${verdict}`, () => {
            assert.equal(comment(source).split("\n")[0], `### ${verdict}: \`shop/prod\``);
        });
    }

    it("is followed by what `up` refuses, if a preview passes in spite of an error", () => {
        const refuses = /before you merge: `pulumi up` refuses what is still an \*\*error\*\* then\./;
        assert.match(comment({ report: report({ verdict: "warned", findings: [EXPIRED] }) }), refuses);
        const accepted = { ...EXPIRED, severity: "warning" as const, accepted: true as const };
        assert.doesNotMatch(comment({ report: report({ verdict: "warned", findings: [accepted] }) }), refuses);
    });

    it("has the commit", () => {
        const commit = "0123456789abcdef0123456789abcdef01234567";
        assert.match(comment({ report: report({}), commit }), /^### .*: `shop\/prod`, commit `0123456789ab`\n/);
    });
});

describe("The comment's row", () => {
    const seeBelow = "see **to revert** below";
    const nothing = "nothing to revert";
    const blocked = "nothing is deployed";
    const pages = "sign-in pages: classic hosted UI (1) → managed login (2)";
    const old = "`99999999...` (expires 2096-10-01)";
    const unreadRow = ["not known before the update", "not known", "not known before the update"];
    const replaced = "Pulumi replaces the resource, not the domain: the previous domain keeps its settings";
    const policy = { setting: "customDomainConfig.securityPolicy", from: "TLS_V1", to: "TLS_V1_2_2021" };
    const cases: [title: string, entry: Partial<ReportEntry>, row: string[]][] = [
        ["a change", {}, [pages, `${old} → \`11111111...\` (expires 2027-04-11)`, seeBelow]],
        ["no change", NOTHING, ["no change", `${old}, unchanged`, nothing]],
        [
            "another certificate only",
            { changes: [{ setting: CERTIFICATE, from: OTHER_ARN, to: ARN }], rollsBack: true },
            [
                "no change, only another certificate",
                `${old} → \`11111111...\` (expires 2027-04-11)`,
                "automatic if the update fails; later see **to revert**",
            ],
        ],
        [
            "another TLS policy, which browsers need to support, and new failover",
            { changes: [policy, FAILOVER] },
            [
                'TLS policy `TLS_V1` → `TLS_V1_2_2021` (browsers need TLS 1.2); `routing.failover` `none` → `{"secondaryRegion":"us-east-2"}`',
                `${old}, unchanged`,
                seeBelow,
            ],
        ],
        [
            "an adoption as it is",
            { action: "adopt", changes: [] },
            ["no change: Pulumi starts to manage the settings as they are", `${old}, unchanged`, nothing],
        ],
        [
            "a replacement",
            { action: "replace", changes: [VERSION] },
            [`${replaced}; ${pages}`, `${old}, unchanged`, seeBelow],
        ],
        [
            "values that are not known yet",
            { changes: [], notKnownYet: [CERTIFICATE, "managedLoginVersion"] },
            ["`managedLoginVersion` not known yet", `${old} → not known yet`, "not known before the update"],
        ],
        ["a domain that could not be read", UNREAD, unreadRow],
        [
            "a domain that the program creates, whose address is known",
            { ...UNREAD, action: "adopt", outputs: { baseUrl: "https://auth.example.com" } },
            unreadRow,
        ],
        [
            "a refused change: what was asked for, and what stays",
            { verdict: "refused", notKnownYet: [CERTIFICATE] },
            [`${blocked}; requested: ${pages}`, `${old}, unchanged`, nothing],
        ],
        ["a refused domain that could not be read", { ...UNREAD, verdict: "refused" }, [blocked, "not known", nothing]],
        ["a prefix domain", { ...NOTHING, before: { status: "ACTIVE" } }, ["no change", "none", nothing]],
        [
            "a secret certificate",
            { ...NOTHING, before: { customDomainConfig: { certificateArn: "[secret]" } } },
            ["no change", "`[secret]`, unchanged", nothing],
        ],
    ];
    for (const [title, entry, row] of cases) {
        it(`for ${title}`, () => {
            const line = comment({ report: report(entry) }).split("\n")[6];
            assert.equal(line, `| \`auth.example.com\` | ${row.join(" | ")} |`);
        });
    }
});

describe("The comment's line about", () => {
    const drift = [{ setting: "managedLoginVersion", desired: 2, observed: 1 }];
    const remedy =
        'To keep it, set AWS\'s value in the program; to overwrite it, run `pulumi up --refresh`, or set `onDrift: "correct"`. [`setting-drifted`](page#the-preview-itself)';

    it("a change outside Pulumi that stays: both values, and how to correct or keep it; not a second time as a finding", () => {
        const entry: Partial<ReportEntry> = { ...NOTHING, verdict: "warned", drift, findings: [DRIFTED] };
        assert.equal(
            lineOf("changed outside Pulumi", entry),
            `- **changed outside Pulumi** \`auth.example.com\`: \`managedLoginVersion\` is \`1\` in AWS and \`2\` in the program. \`pulumi up\` leaves it as it is. ${remedy}`,
        );
        assert.equal(lineOf("warning", entry), undefined);
        const other: Partial<ReportEntry> = { ...entry, action: "update", findings: [{ ...DRIFTED, accepted: true }] };
        assert.match(
            lineOf("changed outside Pulumi", other) ?? "",
            /\*\* \(accepted\) `auth.* leaves it as it is, unless the last update did not complete\. To/,
        );
    });

    it("a change outside Pulumi that this update replaces: both values", () => {
        const finding = { ...DRIFTED, code: "overwrites-external-change" };
        assert.equal(
            lineOf("overwrites a change made outside Pulumi", { overwrites: drift, findings: [finding] }),
            "- **overwrites a change made outside Pulumi** `auth.example.com`: `managedLoginVersion` is `1` in AWS; `pulumi up` sets `2`. Ask whoever changed it before you merge; to keep it, set AWS's value in the program. [`overwrites-external-change`](page#the-preview-itself)",
        );
    });

    it("an accepted finding says so", () => {
        const accepted = { ...LITE, severity: "error" as const, accepted: true as const };
        assert.match(
            lineOf("error", { verdict: "warned", findings: [accepted] }) ?? "",
            /^- \*\*error\*\* \(accepted\) `managedLoginVersion`: /,
        );
    });

    it("how to revert: the old values to copy; what AWS cannot remove; an expired certificate", () => {
        const back = (entry: Partial<ReportEntry>) =>
            lineOf("to revert", entry)?.replace("- **to revert** `auth.example.com`: ", "");
        const removal = "AWS cannot remove `routing.failover`.";
        assert.equal(
            back({ changes: [VERSION, FAILOVER] }),
            `set \`managedLoginVersion\` to \`1\` in the program, and run \`pulumi up\`; ${removal}`,
        );
        assert.equal(back({ changes: [FAILOVER] }), removal);
        assert.match(back({ action: "replace" }) ?? "", /run `pulumi up`; then name the previous domain again\.$/);
        assert.match(back({}) ?? "", new RegExp(`\`${CERTIFICATE}\` to \`${OTHER_ARN}\` in`));
        const expired = { certificateExpiry: "2001-01-01T00:00:00Z" };
        const certificate = { setting: CERTIFICATE, from: "old", to: "new" };
        assert.equal(
            back({ changes: [certificate], before: expired }),
            "the previous certificate has expired, and would be refused.",
        );
        assert.equal(back({ changes: [] }), undefined);
        assert.equal(back({ verdict: "refused" }), undefined);
    });

    it("outputs: those that change, all of an adopted domain, and those known later; never the table's", () => {
        const unknown = ["customDomainConfig", "status"];
        assert.equal(
            lineOf("outputs", { unknown }),
            "- **outputs** `auth.example.com`: `certificateExpiry` `2027-04-11T12:00:00.000Z`.",
        );
        assert.match(
            lineOf("outputs", { outputs: {}, unknown: ["cloudFrontDomain"] }) ?? "",
            /: known after the update: `cloudFrontDomain`\.$/,
        );
        assert.match(
            lineOf("new in Pulumi", { action: "adopt" }) ?? "",
            /: the domain already exists; `create` only means that .* Outputs: `cloudFrontDomain` `d1.*`; `certificateExpiry` `2027/,
        );
        assert.equal(lineOf("outputs", NOTHING), undefined);
    });
});

describe("The sentence below the comment's title says what happens, or what to do", () => {
    const warned: Partial<ReportEntry> = { verdict: "warned", findings: [LITE] };
    const cases: [title: string, source: Partial<CommentSource>, text: string][] = [
        ["for one change", { report: report({}) }, "`pulumi up` changes one live sign-in domain."],
        ["for several", { report: report({}, {}, NOTHING) }, "`pulumi up` changes 2 live sign-in domains."],
        ["for none", { report: report(NOTHING) }, "`pulumi up` changes no setting of a sign-in domain."],
        ["for no domain", { report: report() }, "This preview contains no Cognito domains."],
        [
            "for a value that is not known yet",
            { report: report({ changes: [], notKnownYet: [CERTIFICATE] }) },
            "What `pulumi up` changes is not fully known before it runs.",
        ],
        [
            "for warnings",
            { report: report({ ...NOTHING, ...warned }) },
            "`pulumi up` changes no setting of a sign-in domain. Read the warnings below before you merge.",
        ],
        [
            "for a refusal",
            { report: report({ verdict: "refused", findings: [EXPIRED] }), outcome: "failure" },
            "Nothing was deployed. Fix what is listed below, then push again.",
        ],
        [
            "for invalid arguments",
            { report: report({ ...UNREAD, verdict: "refused" }), outcome: "failure" },
            "Nothing was deployed. A domain is blocked because its arguments are invalid: see Pulumi's log.",
        ],
        [
            "for a failure elsewhere",
            { report: report({}), outcome: "failure" },
            "Nothing was deployed. No domain is blocked: the preview failed elsewhere in the program. See Pulumi's log for the reason.",
        ],
        [
            "for a cancelled preview",
            { report: report({}), outcome: "cancelled" },
            "The preview was cancelled, so this may be incomplete. Run it again.",
        ],
    ];
    for (const [title, source, text] of cases) {
        it(title, () => {
            assert.equal(comment(source).split("\n")[2], text);
        });
    }
});

describe("The comment", () => {
    it("for a good change, whole", () => {
        assert.equal(
            comment({ report: report({ changes: [VERSION] }), log: "Previewing update (prod)\n" }),
            [
                "### ✅ Ready to deploy: `shop/prod`",
                "",
                "`pulumi up` changes one live sign-in domain.",
                "",
                "| Domain | What users see | Certificate | To revert |",
                "| --- | --- | --- | --- |",
                "| `auth.example.com` | sign-in pages: classic hosted UI (1) → managed login (2) | `99999999...` (expires 2096-10-01), unchanged | see **to revert** below |",
                "",
                "- **to revert** `auth.example.com`: set `managedLoginVersion` to `1` in the program, and run `pulumi up`.",
                "- **outputs** `auth.example.com`: `certificateExpiry` `2027-04-11T12:00:00.000Z`.",
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
        const lastLine = (source: Partial<CommentSource>) => comment(source).trimEnd().split("\n").at(-1);
        assert.equal(lastLine({ report: report({}) }), MARKER);
        assert.equal(lastLine({ stack: "my-org/shop/prod", log: MARKER.replace("prod", "dev") }), MARKER);
        assert.equal(
            lastLine({ stack: "a/--><b>", outcome: "failure" }),
            "<!-- pulumi-cognito-domain-settings: a/--__b_ -->",
        );
    });

    it("has a finding once, with the domains that have it, its remedy and a link", () => {
        const warned = { verdict: "warned" as const, findings: [LITE] };
        const text = comment({ report: report(warned, { ...warned, domain: "b.example.com" }), findingsPage: "page" });
        assert.equal(text.split("LITE").length - 1, 1);
        assert.match(
            text,
            /^- \*\*warning\*\* `auth\.example\.com`, `b\.example\.com`, `managedLoginVersion`: the user pool has the feature plan LITE\. Move the pool to ESSENTIALS or PLUS\. \[`feature-plan-lite`\]\(page#managed-login-and-passkeys\)$/m,
        );
    });

    it("has errors before warnings, and refused domains before all others", () => {
        const refused = { domain: "b.example.com", verdict: "refused" as const, findings: [LITE, EXPIRED] };
        const text = comment({ report: report({ domain: "a.example.com" }, refused) });
        assert.ok(text.indexOf("**error**") < text.indexOf("**warning**"));
        assert.ok(text.indexOf("| `b.example.com`") < text.indexOf("| `a.example.com`"));
    });

    it("for one domain has at most 17 lines unfolded, whatever there is to report", () => {
        const findings = documented().map(finding);
        const drift = [{ setting: "routing.failover", desired: "2", observed: "1" }];
        const text = comment({
            report: report({ verdict: "warned", findings, drift, overwrites: drift, unknown: ["cloudFrontDomain"] }),
            outcome: "failure",
            log: "line\n".repeat(100),
        });
        const unfolded = text.replace(/<(details)>[\s\S]*$/, "").trimEnd();
        assert.ok(unfolded.split("\n").length <= 17, text);
        for (const { code } of findings) {
            assert.ok(text.includes(`\`${code}\``), code);
        }
    });

    it("for 200 domains with findings, and a long log, fits into a comment", () => {
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

    it("has no anchor if its property has no table", () => {
        const unknown = { ...LITE, code: "something-new", property: "somethingNew" };
        const text = comment({ report: report({ findings: [unknown] }), findingsPage: "page" });
        assert.ok(text.includes("[`something-new`](page)"), text);
    });
});

interface Row {
    code: string;
    property: string;
    severity: Finding["severity"];
    remedy: string;
}

function documented(): Row[] {
    return rowsOf("docs/findings.md").map(([cell = "", severities = "", remedy = ""]) => {
        const code = cell.replace(/ .*/, "");
        const { property = "managedLoginVersion" }: FindingRow = FINDINGS[code as FindingCode];
        return { code, property, severity: severities.startsWith("error") ? "error" : "warning", remedy };
    });
}

function finding(row: Row): Finding {
    return { ...row, kind: "fixable", message: "something was seen" };
}

/** The anchor of the heading above each code. */
function sections(): Map<string, string> {
    let anchor = "";
    const found = new Map<string, string>();
    for (const line of read("docs/findings.md").split("\n")) {
        anchor = /^## (.*)$/.exec(line)?.[1]?.toLowerCase().replaceAll(" ", "-") ?? anchor;
        const [, code] = /^\| `([^`]+)`/.exec(line) ?? [];
        if (code) {
            found.set(code, anchor);
        }
    }
    return found;
}
