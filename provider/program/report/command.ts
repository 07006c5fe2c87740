#!/usr/bin/env node
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { type CommentSource, comment } from "./comment";
import type { Report } from "./report";

const USAGE = `Usage: pulumi-cognito-domain-settings comment <report.json> [options]

Prints a comment for a pull request, as Markdown, made from the report of a preview that ran with
PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT=<report.json>.

  --outcome success|failure|cancelled   how the preview ended; default: success
  --log <file>                          what Pulumi printed; added in a folded section
  --stack <name>                        the stack in the title and in the hidden marker; default: the report's
  --commit <id>                         the commit that the preview was of

If the preview ended before it wrote a report, --log or --outcome makes a comment that says so.
`;

/** What a command printed, and its exit code. */
export interface Printed {
    code: number;
    stdout: string;
    stderr: string;
}

/** The command with its arguments, as typed. Reads the files that they name and nothing else. */
export function runCommand(args: string[]): Printed {
    try {
        const { values, positionals } = parseArgs({
            args,
            allowPositionals: true,
            options: {
                outcome: { type: "string" },
                log: { type: "string" },
                stack: { type: "string" },
                commit: { type: "string" },
                help: { type: "boolean", short: "h" },
            },
        });
        if (values.help) {
            return { code: 0, stdout: USAGE, stderr: "" };
        }
        const [command, file, ...rest] = positionals;
        if (command !== "comment" || file === undefined || rest.length > 0) {
            return { code: 2, stdout: "", stderr: USAGE };
        }
        const { outcome, log, stack, commit } = values;
        if (outcome !== undefined && !isOutcome(outcome)) {
            throw new Error(`--outcome is success, failure or cancelled, not "${outcome}"`);
        }
        return commentOn(
            file,
            { outcome, stack, commit, log: log === undefined ? undefined : (readText(log) ?? "") },
            log,
        );
    } catch (error) {
        return { code: 2, stdout: "", stderr: `${(error as Error).message}\n` };
    }
}

/** A report that cannot be read still makes a comment, so that an earlier one does not stand as if it were still true. */
function commentOn(file: string, given: CommentSource, log: string | undefined): Printed {
    const source = { ...given, findingsPage: findingsPage() };
    const early = given.outcome !== undefined || log !== undefined;
    try {
        const text = readText(file);
        if (text === undefined && !early) {
            throw new Error(
                `there is no file ${file}. Run the preview with PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT=${file}`,
            );
        }
        const report = text === undefined ? undefined : reportOf(text, file, given.stack);
        return { code: 0, stdout: comment({ ...source, report }), stderr: "" };
    } catch (error) {
        const stdout = early ? comment({ ...source, unreadable: (error as Error).message }) : "";
        return { code: 1, stdout, stderr: `${(error as Error).message}\n` };
    }
}

function isOutcome(value: string): value is NonNullable<CommentSource["outcome"]> {
    return ["success", "failure", "cancelled"].includes(value);
}

/** Undefined where there is no such file. */
function readText(file: string): string | undefined {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return undefined;
        }
        throw error;
    }
}

/** The report in a file's text. Throws where it is none, has another schema, or is about another stack. */
export function reportOf(text: string, file: string, stack?: string): Report {
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch (error) {
        throw new Error(`${file} is not JSON: ${(error as Error).message}`);
    }
    const report = (value ?? {}) as Report;
    if (report.schema !== 1) {
        const seen = JSON.stringify((report as { schema?: unknown }).schema) ?? "none";
        throw new Error(
            `${file} has the schema ${seen}; this version reads 1. Use the version of the package that made the preview`,
        );
    }
    const isWhole =
        typeof report.project === "string" &&
        typeof report.stack === "string" &&
        Array.isArray(report.resources) &&
        report.resources.every(isResource);
    if (!isWhole) {
        throw new Error(`${file} is no report of a preview: report.schema.json in this package says what one is`);
    }
    if (stack !== undefined && stack.split("/").at(-1) !== report.stack) {
        throw new Error(
            `${file} is about the stack ${report.stack}, not ${stack}. Give each preview a file of its own`,
        );
    }
    return report;
}

function isResource(value: unknown): boolean {
    const it = Object(value);
    const text = (name: string, from = it) => typeof from[name] === "string";
    const list = (name: string, ...members: string[]) =>
        Array.isArray(it[name]) &&
        it[name].every((one: unknown) => members.every((member) => text(member, Object(one))));
    return (
        text("name") &&
        ["domain", "userPoolId"].every((name) => it[name] === undefined || text(name)) &&
        ["ok", "warned", "refused"].includes(it.verdict) &&
        ["none", "adopt", "update", "replace"].includes(it.action) &&
        list("changes", "setting") &&
        list("drift", "setting") &&
        list("overwrites", "setting") &&
        list("findings", "code", "severity", "property", "message", "remedy") &&
        Array.isArray(it.unknown) &&
        it.unknown.every((one: unknown) => typeof one === "string") &&
        [it.kept, it.outputs].every((one) => typeof one === "object" && one !== null) &&
        (it.before === undefined || (typeof it.before === "object" && it.before !== null))
    );
}

/** docs/findings.md of this version, where the package's repository is known. */
function findingsPage(): string | undefined {
    const manifest = JSON.parse(readFileSync(path.join(__dirname, "../../../package.json"), "utf8"));
    const [, repository] =
        /(https:\/\/github\.com\/[\w.-]+\/[\w.-]+?)(\.git)?$/.exec(manifest.repository?.url ?? "") ?? [];
    return repository ? `${repository}/blob/v${manifest.version}/docs/findings.md` : undefined;
}

if (require.main === module) {
    const { code, stdout, stderr } = runCommand(process.argv.slice(2));
    process.stdout.write(stdout);
    process.stderr.write(stderr);
    process.exitCode = code;
}
