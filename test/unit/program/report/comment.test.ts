import assert from "node:assert/strict";
import { FINDINGS } from "../../../../provider/model/findings";
import { type CommentSource, comment as commentOn } from "../../../../provider/program/report/comment";
import type { ReportEntry } from "../../../../provider/program/report/report";
import { ARN, OTHER_ARN } from "../../../support/certificates";
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

const VERSION = { setting: "managedLoginVersion", from: 1, to: 2 };
const FAILOVER = { setting: "routing.failover", to: { secondaryRegion: "us-east-2" } };
const OUTSIDE = { setting: "managedLoginVersion", desired: 2, observed: 1 };
const NOTHING: Partial<ReportEntry> = { action: "none", changes: [] };
const UNREAD: Partial<ReportEntry> = { outputs: {}, before: undefined, changes: [], kept: {} };
const WARNED: Partial<ReportEntry> = { verdict: "warned", findings: [LITE] };
const REFUSED: Partial<ReportEntry> = { verdict: "refused", findings: [EXPIRED] };
const MOVED: Partial<ReportEntry> = { action: "replace", replaces: "us-west-2_AbCdEfGhI/login.example.com" };

/** The comment on a preview that succeeded, unless the source says otherwise. */
const comment = (source: Partial<CommentSource>) => commentOn({ outcome: "success", ...source });

/** The lines of the comment on one domain that begin with a label, without it and the domain. */
function lineOf(label: string, entry: Partial<ReportEntry>): string | undefined {
    const text = comment({ report: report(entry), findingsPage: "page" });
    const line = text.split("\n").find((it) => it.startsWith(`- **${label}**`));
    return line?.replace(`- **${label}** `, "").replace("`auth.example.com`: ", "");
}

describe("The comment's title, and the sentence below it, say what happens or what to do", () => {
    const ready = "✅ Ready to deploy";
    const warning = "⚠️ Ready to deploy, with warnings";
    const blocked = "❌ Blocked";
    const changesNone = "`pulumi up` changes no setting of the program's sign-in domains";
    const changesOne = "`pulumi up` changes one live sign-in domain of the program";
    const read = "Read the warnings below before you merge";
    const accepted: Finding = { ...EXPIRED, accepted: true };
    const missing = { stack: "shop/prod" };
    const cases: [title: string, source: Partial<CommentSource>, verdict: string, sentence: string | RegExp][] = [
        ["a good change", { report: report({}) }, ready, changesOne],
        [
            "several",
            { report: report({}, {}, NOTHING) },
            ready,
            changesOne.replace("one", "2").replace("in domain", "in domains"),
        ],
        [
            "a replacement",
            { report: report({ ...MOVED, changes: [] }) },
            warning,
            `${changesNone.replace("changes", "replaces a resource, and changes")}. ${read}`,
        ],
        ["nothing to do", { report: report(NOTHING) }, ready, changesNone],
        [
            "a value that is not known yet",
            { report: report({ changes: [], notKnownYet: [CERTIFICATE] }) },
            ready,
            "What `pulumi up` changes is not fully known before it runs",
        ],
        ["a warning", { report: report(NOTHING, { ...NOTHING, ...WARNED }) }, warning, `${changesNone}. ${read}`],
        ["a correction of drift", { report: report({ overwrites: [OUTSIDE] }) }, warning, `${changesOne}. ${read}`],
        [
            "an error that does not fail the preview",
            { report: report({ ...REFUSED, verdict: "warned" }) },
            warning,
            `${changesOne}. ${read}: \`pulumi up\` refuses whatever is still an **error** then`,
        ],
        ["an accepted one", { report: report({ ...WARNED, findings: [accepted] }) }, warning, `${changesOne}. ${read}`],
        [
            "a refusal among others",
            { report: report({}, WARNED, REFUSED), outcome: "failure" },
            blocked,
            /^Nothing .* Fix/,
        ],
        ["a refusal, whatever the outcome", { report: report(REFUSED) }, blocked, /^Nothing has changed in AWS\. Fix/],
        [
            "invalid arguments",
            { report: report({ ...UNREAD, verdict: "refused" }), outcome: "failure" },
            blocked,
            "Nothing has changed in AWS. A domain's arguments are invalid: see Pulumi's log",
        ],
        [
            "a preview that failed for another resource",
            { report: report({}), outcome: "failure" },
            blocked,
            "Nothing has changed in AWS. No domain is blocked: the preview failed elsewhere. See Pulumi's log",
        ],
        [
            "a cancelled one",
            { report: report({}), outcome: "cancelled" },
            `${blocked}: the preview was cancelled`,
            "This may be incomplete. Run the preview again",
        ],
        ["no report after a failure", { ...missing, outcome: "failure" }, blocked, /^The preview failed before it/],
        ["no report after success", missing, "⚠️ No domain checked", /removed from the program leaves its domain/],
        [
            "no resource",
            { report: report() },
            "⚠️ No domain checked",
            /set `PULUMI_\w+_REPORT` for the preview to the file/,
        ],
        ["a report that cannot be read", { ...missing, unreadable: "x" }, blocked, /^The .* cannot be read: x$/],
    ];
    for (const [title, source, verdict, sentence] of cases) {
        it(`for ${title}: ${verdict}`, () => {
            const [first, , second = ""] = comment(source).split("\n");
            assert.equal(first, `### ${verdict}: \`shop/prod\``);
            assert.ok(second.endsWith("."));
            const text = second.slice(0, -1);
            return typeof sentence === "string" ? assert.equal(text, sentence) : assert.match(text, sentence);
        });
    }
});

describe("The comment's row", () => {
    const page = "classic hosted UI (1)";
    const pages = `${page} → managed login (2)`;
    const unchanged = `${page}, unchanged`;
    const old = "`99999999...` (expires 2096-10-01)";
    const certificates = `${old} → \`11111111...\` (expires 2027-04-11)`;
    const unread = ["not known", "not known"];
    const another = { setting: CERTIFICATE, from: OTHER_ARN, to: ARN };
    const policy = { setting: "customDomainConfig.securityPolicy", from: "TLS_V1", to: "TLS_V1_2_2021" };
    const secret = { customDomainConfig: { certificateArn: "[secret]" } };
    const cases: [title: string, entry: Partial<ReportEntry>, row: string[]][] = [
        ["a change", {}, [pages, certificates]],
        ["no change", NOTHING, [unchanged, `${old}, unchanged`]],
        ["another certificate only", { changes: [another] }, [unchanged, certificates]],
        [
            "another TLS policy, which browsers need to support, and new failover",
            { changes: [policy, FAILOVER] },
            [
                '`TLS_V1` → `TLS_V1_2_2021` (browsers need TLS 1.2); `routing.failover` `none reported` → `{"secondaryRegion":"us-east-2"}`',
                `${old}, unchanged`,
            ],
        ],
        ["an adoption as it is", { action: "adopt", changes: [] }, [unchanged, `${old}, unchanged`]],
        ["a move to a domain that stays as it is", { ...MOVED, changes: [] }, [unchanged, `${old}, unchanged`]],
        [
            "values that are not known yet",
            { changes: [], notKnownYet: [CERTIFICATE, "managedLoginVersion"] },
            ["`managedLoginVersion` not known yet", `${old} → not known yet`],
        ],
        ["a domain that could not be read", UNREAD, unread],
        ["one that is not updated either", { ...UNREAD, ...NOTHING }, ["no change", "not known"]],
        [
            "a domain that the program creates, whose address is known",
            { ...UNREAD, action: "adopt", outputs: { baseUrl: "https://auth.example.com" } },
            unread,
        ],
        ["a refused change", REFUSED, [pages, certificates].map((it) => it.replace(" →", ", requested:"))],
        [
            "a refused certificate that is not known yet",
            { ...REFUSED, changes: [], notKnownYet: [CERTIFICATE] },
            [unchanged, `${old}, requested: not known yet`],
        ],
        ["a refused domain that could not be read", { ...UNREAD, ...REFUSED }, unread],
        ["a prefix domain", { ...NOTHING, before: { status: "ACTIVE" } }, [unchanged, "none"]],
        ["a secret certificate", { ...NOTHING, before: secret }, [unchanged, "`[secret]`, unchanged"]],
    ];
    for (const [title, entry, row] of cases) {
        it(`for ${title}`, () => {
            const line = comment({ report: report(entry) }).split("\n")[6];
            assert.equal(line, `| \`auth.example.com\` | ${row.join(" | ")} |`);
        });
    }
});

describe("The comment's line about", () => {
    it("a finding: argument, what is wrong, what to do, and its code; accepted, if it is", () => {
        const line =
            "`managedLoginVersion`: the user pool has the feature plan LITE. Move the pool to ESSENTIALS or PLUS. [`feature-plan-lite`](page)";
        assert.equal(lineOf("warning", WARNED), line);
        assert.equal(lineOf("warning", { ...WARNED, findings: [{ ...LITE, accepted: true }] }), `(accepted) ${line}`);
    });

    it("a change made outside Pulumi that this update overwrites: as found, or with `onDrift`", () => {
        const label = "warning: this update overwrites a value";
        const finding: Finding = { ...LITE, code: "overwrites-external-change", message: "found" };
        const found = comment({ report: report({ ...WARNED, overwrites: [OUTSIDE], findings: [finding] }) });
        assert.equal(found.split(label).length - 1, 1);
        assert.match(found, /^- \*\*warning: this update overwrites a value\*\* `managedLoginVersion`: found\. /m);
        assert.match(
            lineOf(label, { overwrites: [OUTSIDE] }) ?? "",
            /^`managedLoginVersion`: the current value, 1, was set outside Pulumi; onDrift: "correct" replaces it with 2\. Check with whoever/,
        );
    });

    it("a replacement: the domain that the resource leaves, and who still uses it", () => {
        const line = (rest: Partial<ReportEntry>) => lineOf("warning: replacement", { ...MOVED, ...rest });
        const left =
            /^this resource no longer manages `login\.example\.com`, which stays in AWS as it is\. If Pulumi's log/;
        assert.match(line({}) ?? "", left);
        assert.match(
            line({ replaces: "us-west-2_Other/auth.example.com" }) ?? "",
            /^Pulumi replaces only its own resource/,
        );
        assert.match(
            line({ replaces: "us-west-2_AbCdEfGhI/auth.example.com" }) ?? "",
            /^Pulumi replaces only its own resource/,
        );
        assert.equal(line({ verdict: "refused" }), undefined);
    });

    it("what to set to keep the values that AWS has, in full", () => {
        const drift = [OUTSIDE, { setting: CERTIFICATE, desired: ARN, observed: OTHER_ARN }];
        assert.equal(
            lineOf("to keep what AWS has", { ...REFUSED, drift }),
            `set \`managedLoginVersion\` to \`1\` and \`${CERTIFICATE}\` to \`${OTHER_ARN}\` in the program.`,
        );
    });

    it("how to revert: the old values to copy; what AWS cannot remove; an expired certificate; the previous domain", () => {
        const removal = "`routing.failover` stays: AWS reports no value now, and cannot remove one.";
        const version =
            "set `managedLoginVersion` to `1` in the program, and run `pulumi up`; removing an argument reverts nothing";
        const again =
            "to manage the previous domain again, set `domain` to `login.example.com`, with the settings it had in the program.";
        const expired = { certificateExpiry: "2001-01-01T00:00:00Z" };
        const certificate = { setting: CERTIFICATE, from: "old", to: "new" };
        const cases: [entry: Partial<ReportEntry>, line: string | undefined][] = [
            [{ changes: [VERSION, FAILOVER] }, `${version}; ${removal}`],
            [{ changes: [FAILOVER] }, removal],
            [{ changes: [VERSION], rollsBack: true }, `${version}; if the update fails, it is rolled back.`],
            [
                { changes: [certificate], before: expired },
                "the previous certificate has expired, and would be refused.",
            ],
            [{ ...MOVED, changes: [VERSION] }, `${version}; ${again}`],
            [{ ...MOVED, changes: [] }, again],
            [
                { changes: [VERSION], overwrites: [OUTSIDE] },
                `${version}; reverting the pull request does not restore a value set outside Pulumi.`,
            ],
            [
                { changes: [{ ...VERSION, from: "[secret]" }] },
                "set `managedLoginVersion` to its value in AWS now (secret) in the program, and run `pulumi up`; removing an argument reverts nothing.",
            ],
            [{ changes: [], rollsBack: true }, undefined],
            [REFUSED, undefined],
        ];
        for (const [entry, line] of cases) {
            assert.equal(lineOf("to revert", entry), line);
        }
        assert.ok(lineOf("to revert", {})?.includes(`\`${CERTIFICATE}\` to \`${OTHER_ARN}\` in`));
    });

    it("outputs: those that change, all of a new domain, and those known later; never the table's", () => {
        const later = "known after the update: `cloudFrontDomain`.";
        const all = /`cloudFrontDomain` `d1.*`; `certificateExpiry` `2027/;
        assert.equal(
            lineOf("outputs after the update", { unknown: ["status"] }),
            "`certificateExpiry` `2027-04-11T12:00:00.000Z`.",
        );
        assert.equal(lineOf("outputs after the update", { outputs: {}, unknown: ["cloudFrontDomain"] }), later);
        assert.match(lineOf("outputs after the update", MOVED) ?? "", all);
        const adopted = lineOf("new in Pulumi", { action: "adopt" }) ?? "";
        assert.match(adopted, all);
        assert.match(adopted, /^the domain already exists; `create` only means that .* Outputs: /);
        assert.equal(lineOf("outputs after the update", NOTHING), undefined);
    });
});

describe("The comment", () => {
    it("for a good change, whole", () => {
        assert.equal(
            comment({ report: report({ changes: [VERSION] }), commit: "0123456789abcdef", log: "Previewing update\n" }),
            `### ✅ Ready to deploy: \`shop/prod\`, commit \`0123456789ab\`

\`pulumi up\` changes one live sign-in domain of the program.

| Domain | What users see | Certificate |
| --- | --- | --- |
| \`auth.example.com\` | classic hosted UI (1) → managed login (2) | \`99999999...\` (expires 2096-10-01), unchanged |

- **to revert** \`auth.example.com\`: set \`managedLoginVersion\` to \`1\` in the program, and run \`pulumi up\`; removing an argument reverts nothing.
- **outputs after the update** \`auth.example.com\`: \`certificateExpiry\` \`2027-04-11T12:00:00.000Z\`.

AWS was asked about each domain and, as far as a change needs them, its certificate, feature plan, and app clients until one had branding. What is not listed was in order. Other resources are not covered here.

<details>
<summary>Pulumi's log, which also lists removed resources</summary>

\`\`\`text
Previewing update
\`\`\`

</details>


${MARKER}
`,
        );
    });

    it("names its stack in the marker, which is its last line, and without an organization", () => {
        const lastLine = (source: Partial<CommentSource>) => comment(source).trimEnd().split("\n").at(-1);
        assert.equal(lastLine({ report: report({}) }), MARKER);
        assert.equal(lastLine({ stack: "my-org/shop/prod", log: MARKER.replace("prod", "dev") }), MARKER);
        assert.equal(lastLine({ stack: "a/--><b>" }), "<!-- pulumi-cognito-domain-settings: a/--__b_ -->");
    });

    it("has a finding once, with the domains that have it; errors first, and refused domains before all others", () => {
        const refused = { ...REFUSED, domain: "b.example.com", findings: [LITE, EXPIRED] };
        const text = comment({ report: report({ domain: "a.example.com", ...WARNED }, refused) });
        assert.match(text, /^- \*\*warning\*\* `b\.example\.com`, `a\.example\.com`, `managedLoginVersion`: /m);
        assert.equal(text.split("LITE").length - 1, 1);
        assert.ok(text.indexOf("**error**") < text.indexOf("**warning**"));
        assert.ok(text.indexOf("| `b.example.com`") < text.indexOf("| `a.example.com`"));
    });

    it("for one domain has at most 18 lines unfolded, whatever there is to report", () => {
        const codes = Object.keys(FINDINGS);
        const findings = codes.map((code) => ({ ...LITE, code }));
        const text = comment({ report: report({ verdict: "warned", findings }), log: "line\n".repeat(100) });
        const [unfolded = ""] = text.split("\n\n<details>");
        assert.ok(unfolded.split("\n").length <= 18, text);
        const missing = codes.filter((code) => !text.includes(`\`${code}\``));
        assert.deepEqual(missing, []);
    });

    it("for 200 domains with findings, and a long log, fits into a comment", () => {
        const many = Array.from({ length: 200 }, (_, index) => ({
            domain: `d${index}.example.com`,
            verdict: "warned" as const,
            findings: [{ ...LITE, message: `${index} ${"<|*&".repeat(200)}` }],
        }));
        const text = comment({ report: report(...many), log: "x`".repeat(100_000) });
        assert.ok(text.length < 65_536, `${text.length}`);
        assert.match(text, /\| \d+ more \| {2}\| {2}\|/);
        assert.match(text, /\n- \d+ more lines\n/);
        assert.ok(text.trimEnd().endsWith(MARKER));
    });
});
