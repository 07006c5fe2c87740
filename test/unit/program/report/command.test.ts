import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { type Printed, reportOf, runCommand } from "../../../../provider/program/command";
import { report, resourceReport } from "../../../support/reports";

describe("pulumi-cognito-domain-settings comment", () => {
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "report-"));
    });

    afterEach(() => rmSync(folder, { recursive: true }));

    const file = (name: string) => path.join(folder, name);

    /** The command on a report with that text; without one, on a report that is not there. */
    function run(text: string | undefined, ...options: string[]): Promise<Printed> {
        if (text !== undefined) {
            writeFileSync(file("report.json"), text);
        }
        const outcome = options.includes("--outcome") ? [] : ["--outcome", "success"];
        return runCommand(["comment", file("report.json"), ...outcome, ...options]);
    }

    it("prints the comment, and nothing else", async () => {
        const { code, stdout, stderr } = await run(JSON.stringify(report({})));
        assert.deepEqual([code, stderr], [0, ""]);
        assert.match(stdout, /^### ✅ Ready to deploy: `shop\/prod`\n/);
        assert.doesNotMatch(stdout, /<details>/);
    });

    it("folds the log in, and goes by the outcome", async () => {
        writeFileSync(file("preview.txt"), "error: another resource\n");
        const { code, stdout } = await run(
            JSON.stringify(report({})),
            "--log",
            file("preview.txt"),
            "--outcome",
            "failure",
        );
        assert.equal(code, 0);
        assert.match(
            stdout,
            /^### ❌ Blocked: `shop\/prod`\n[\s\S]*failed elsewhere in the program[\s\S]*error: another resource/,
        );
    });

    it("refuses, and exits 0, where the preview ended before it wrote a report or a log", async () => {
        const options = ["--outcome", "failure", "--log", file("preview.txt"), "--stack", "my-org/shop/prod"];
        const { code, stdout, stderr } = await run(undefined, ...options);
        assert.deepEqual([code, stderr], [0, ""]);
        assert.match(
            stdout,
            /^### ❌ Blocked: `my-org\/shop\/prod`\n\nThe preview failed before it checked any domain/,
        );
        assert.match(stdout, /<!-- pulumi-cognito-domain-settings: shop\/prod -->\n$/);
    });

    it("says what to set where a preview succeeded and wrote no report", async () => {
        const { code, stdout } = await run(undefined, "--outcome", "success", "--stack", "shop/prod");
        assert.equal(code, 0);
        assert.match(stdout, /^### ❌ Blocked: .*\n\nThe .*`PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT`/);
    });

    const unreadable: [what: string, text: string, message: RegExp][] = [
        ["is not JSON", '{"schema": 1', /report\.json is not JSON: /],
        ["is empty", "", /report\.json is not JSON: /],
        ["is null", "null", /has the schema none; this version reads 1/],
        [
            "is of a later version",
            '{"schema": 2}',
            /has the schema 2; this version reads 1\. Use the version of the package/,
        ],
        ["has no resources", '{"schema": 1, "project": "a", "stack": "b"}', /is not the report of a preview/],
    ];
    for (const [what, text, message] of unreadable) {
        it(`fails for a report that ${what}, and prints a comment so that an earlier verdict does not stand`, async () => {
            const { code, stdout, stderr } = await run(text, "--stack", "shop/prod");
            assert.equal(code, 1);
            assert.match(stderr, message);
            assert.match(stdout, /^### ❌ Blocked: `shop\/prod`\n\nThe preview's report cannot be read: /);
        });
    }

    it("takes no report of another stack", async () => {
        const { code, stdout, stderr } = await run(JSON.stringify(report({})), "--stack", "my-org/shop/dev");
        assert.equal(code, 1);
        assert.match(stdout, /^### ❌ Blocked: /);
        assert.match(stderr, /is about the stack prod, not my-org\/shop\/dev/);
    });

    for (const args of [[], ["comment"], ["other", "x"], ["comment", "x", "y"], ["comment", "x", "--no-such"]]) {
        it(`does not take "${args.join(" ")}"`, async () => {
            const { code, stdout, stderr } = await runCommand(args);
            assert.deepEqual([code, stdout], [2, ""]);
            assert.match(stderr, /Usage|Unknown option/);
        });
    }

    for (const [title, given, end] of [
        ["no other outcome than the three", ["--outcome", "skipped"], 'not "skipped"'],
        ["no missing outcome", [], "it is missing"],
    ] as const) {
        it(`takes ${title}: a preview is never ready by default`, async () => {
            writeFileSync(file("report.json"), JSON.stringify(report({})));
            const { code, stdout, stderr } = await runCommand(["comment", file("report.json"), ...given]);
            assert.deepEqual([code, stdout], [2, ""]);
            assert.equal(stderr, `--outcome must be success, failure or cancelled; ${end}\n`);
        });
    }

    it("says how it is used", async () => {
        assert.match(
            (await runCommand(["--help"])).stdout,
            /^Usage: [\s\S]*\nadopt <[\s\S]*PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT/,
        );
    });
});

describe("report.schema.json", () => {
    const schema = JSON.parse(
        readFileSync(path.join(__dirname, "../../../../provider/program/report/report.schema.json"), "utf8"),
    );
    const full = report({
        drift: [{ setting: "managedLoginVersion", desired: 2, observed: 1 }],
        findings: [
            { code: "a", kind: "fixable", accepted: true, severity: "error", property: "b", message: "c", remedy: "d" },
        ],
        overwrites: [{ setting: "managedLoginVersion", desired: 2, observed: 1 }],
        rollsBack: true,
    });

    interface Part {
        properties?: Record<string, Part>;
        required?: string[];
        items?: Part;
        $ref?: string;
    }

    /** The sample without one member, for every member that the schema says is required: path and sample. */
    function withoutEach(part: Part, value: unknown): { missing: string; value: unknown }[] {
        const {
            properties = {},
            required = [],
            items,
        } = part.$ref ? (schema.definitions[part.$ref.split("/").at(-1) ?? ""] as Part) : part;
        if (items && Array.isArray(value)) {
            return withoutEach(items, value[0]).map(({ missing, value: one }) => ({
                missing: `[].${missing}`,
                value: [one],
            }));
        }
        const members = Object(value) as Record<string, unknown>;
        return [
            ...required.map((name) => {
                const { [name]: _, ...rest } = members;
                return { missing: name, value: rest };
            }),
            ...Object.entries(properties).flatMap(([name, inner]) =>
                withoutEach(inner, members[name]).map((it) => ({
                    missing: `${name}.${it.missing}`,
                    value: { ...members, [name]: it.value },
                })),
            ),
        ];
    }

    it("has every member of a full report, and no other", () => {
        const names = (part: Part) => Object.keys(part.properties ?? {}).sort();
        const { resource, change, drift, finding } = schema.definitions;
        const [one = resourceReport()] = full.resources;
        assert.deepEqual(names(schema), Object.keys(full).sort());
        assert.deepEqual(names(resource), Object.keys(one).sort());
        assert.deepEqual(names(change), Object.keys(one.changes[0] ?? {}).sort());
        assert.deepEqual(names(drift), Object.keys(one.drift[0] ?? {}).sort());
        assert.deepEqual(names(finding), Object.keys(one.findings[0] ?? {}).sort());
    });

    it("requires what the command cannot do without", () => {
        assert.deepEqual(reportOf(JSON.stringify(full), "x"), full);
        const lacking = withoutEach(schema, full);
        assert.ok(lacking.length >= 20, `${lacking.length}`);
        for (const { missing, value } of lacking) {
            assert.throws(() => reportOf(JSON.stringify(value), "x"), /x (is not the report|has the schema)/, missing);
        }
    });

    it("leaves out what a preview may not know", () => {
        const { domain, userPoolId, ...rest } = resourceReport();
        assert.doesNotThrow(() => reportOf(JSON.stringify({ ...full, resources: [rest] }), "x"));
        assert.ok(!schema.definitions.resource.required.some((it: string) => ["domain", "userPoolId"].includes(it)));
    });
});
