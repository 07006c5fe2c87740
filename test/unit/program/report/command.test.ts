import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { type Printed, reportOf, runCommand } from "../../../../provider/program/command";
import type { Report } from "../../../../provider/program/report/report";
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
        const options = ["--log", file("preview.txt"), "--outcome", "failure"];
        const { code, stdout } = await run(JSON.stringify(report({})), ...options);
        assert.equal(code, 0);
        assert.match(stdout, /^### ❌ Blocked: `shop\/prod`\n[\s\S]*failed elsewhere[\s\S]*error: another resource/);
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

    const unreadable: [what: string, text: string, message: RegExp][] = [
        ["is not JSON", '{"schema": 1', /report\.json is not JSON: /],
        ["is null", "null", /has the schema none; this version reads 1/],
        [
            "is of a later version",
            '{"schema": 2}',
            /has the schema 2; this version reads 1\. Use the version of the package/,
        ],
        ["has no resources", '{"schema": 1, "project": "a", "stack": "b"}', /is not the report of a preview/],
        [
            "is about another stack",
            JSON.stringify({ ...report({}), stack: "dev" }),
            /is about the stack dev, not my-org\/shop\/prod/,
        ],
    ];
    for (const [what, text, message] of unreadable) {
        it(`fails for a report that ${what}, and prints a comment so that an earlier verdict does not stand`, async () => {
            const { code, stdout, stderr } = await run(text, "--stack", "my-org/shop/prod");
            assert.equal(code, 1);
            assert.match(stderr, message);
            assert.match(stdout, /^### ❌ Blocked: `my-org\/shop\/prod`\n\nThe preview's report cannot be read: /);
        });
    }

    const wrong: [args: string, stderr: RegExp][] = [
        ["", /^Usage: /],
        ["comment", /^Usage: /],
        ["other x", /^Usage: /],
        ["comment x y", /^Usage: /],
        ["comment x --no-such", /^Unknown option/],
        ["comment x", /^--outcome must be success, failure or cancelled; it is missing\n$/],
        ["comment x --outcome skipped", /^--outcome must be success, failure or cancelled; got "skipped"\n$/],
    ];
    for (const [args, message] of wrong) {
        it(`does not take "${args}"`, async () => {
            const { code, stdout, stderr } = await runCommand(args.split(" ").filter(Boolean));
            assert.deepEqual([code, stdout], [2, ""]);
            assert.match(stderr, message);
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
        replaces: "us-west-2_AbCdEfGhI/login.example.com",
        rollsBack: true,
    });

    interface Part {
        properties: Record<string, unknown>;
        required: string[];
    }

    const { resource, change, drift, finding }: Record<string, Part> = schema.definitions;
    const first = ({ resources: [one = resourceReport()] }: Report) => one;
    const parts: [name: string, part: Part | undefined, sample: (report: Report) => object | undefined][] = [
        ["report", schema, (it) => it],
        ["resource", resource, first],
        ["change", change, (it) => first(it).changes[0]],
        ["drift", drift, (it) => first(it).drift[0]],
        ["overwrites", drift, (it) => first(it).overwrites[0]],
        ["finding", finding, (it) => first(it).findings[0]],
    ];
    for (const [name, part, sample] of parts) {
        it(`has every member of a full ${name}, and requires those that the command cannot do without`, () => {
            assert.deepEqual(Object.keys(part?.properties ?? {}).sort(), Object.keys(sample(full) ?? {}).sort());
            for (const member of part?.required ?? []) {
                const lacking = structuredClone(full);
                Reflect.deleteProperty(sample(lacking) ?? {}, member);
                assert.throws(
                    () => reportOf(JSON.stringify(lacking), "x"),
                    /x (is not the report|has the schema)/,
                    member,
                );
            }
        });
    }

    it("lets the command read a full report, and one without what a preview may not know", () => {
        assert.deepEqual(reportOf(JSON.stringify(full), "x"), full);
        const { domain, userPoolId, ...rest } = resourceReport();
        assert.doesNotThrow(() => reportOf(JSON.stringify({ ...full, resources: [rest] }), "x"));
        assert.ok(!["domain", "userPoolId"].some((it) => resource?.required.includes(it)));
    });
});
