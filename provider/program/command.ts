#!/usr/bin/env node
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import type { Reads } from "../aws/questions";
import { messageOf } from "../model/errors";
import { isObject } from "../model/objects";
import { adoptionProgram } from "./adopt";
import { comment } from "./report/comment";
import type { Report } from "./report/report";

const USAGE = `Usage: pulumi-cognito-domain-settings <command>

adopt <userPoolId>/<domain>

Prints the resource for a domain, with the values that AWS has now, to paste into a program. Writes nothing. Uses the
credentials of the environment (AWS_PROFILE, AWS_ACCESS_KEY_ID, ...). For a replica: <region>/<userPoolId>/<domain>.

comment <report.json> --outcome <outcome> [options]

Prints a comment for a pull request, as Markdown, from the report of a preview that ran with
PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT=<report.json>. A preview that wrote no report gets a comment that says so.

  --outcome success|failure|cancelled   how the preview ended; required
  --log <file>                          what Pulumi printed; added in a folded section
  --stack <name>                        the stack in the title and in the hidden marker; default: the report's
  --commit <id>                         the commit that was previewed
`;

const OUTCOMES = ["success", "failure", "cancelled"] as const;

/** The output of a command. */
export interface Printed {
    /** The exit code. 1: the comment says that the report cannot be read. 2: there is only a message. */
    code: 0 | 1 | 2;
    stdout: string;
    stderr: string;
}

/**
 * The command with its arguments, as typed.
 * @param connect What `adopt` asks AWS with.
 */
export async function runCommand(
    args: string[],
    connect: () => Promise<Reads> = async () => (await import("../aws/connectAs.js")).connectAs({}),
): Promise<Printed> {
    try {
        const text = { type: "string" } as const;
        const help = { type: "boolean", short: "h" } as const;
        const options = { outcome: text, log: text, stack: text, commit: text, help };
        const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
        const [command, subject = ""] = positionals;
        if (values.help) {
            return { code: 0, stdout: USAGE, stderr: "" };
        }
        switch (positionals.length === 2 && command) {
            case "adopt":
                return { code: 0, stdout: await adoptionProgram(subject, await connect(), new Date()), stderr: "" };
            case "comment":
                return commentOn(subject, values);
            default:
                return { code: 2, stdout: "", stderr: USAGE };
        }
    } catch (error) {
        return { code: 2, stdout: "", stderr: `${messageOf(error)}\n` };
    }
}

/** A report that cannot be read gets a comment too, so that an earlier comment does not look valid. */
function commentOn(file: string, options: Partial<Record<"outcome" | "log" | "stack" | "commit", string>>): Printed {
    const outcome = OUTCOMES.find((it) => it === options.outcome);
    if (!outcome) {
        const given = options.outcome === undefined ? "it is missing" : `got "${options.outcome}"`;
        throw new Error(`--outcome must be success, failure or cancelled; ${given}`);
    }
    const log = options.log && readText(options.log);
    const source = { ...options, outcome, log, findingsPage: findingsPage() };
    try {
        const text = readText(file);
        const report = text === undefined ? undefined : reportOf(text, file, source.stack);
        return { code: 0, stdout: comment({ ...source, report }), stderr: "" };
    } catch (error) {
        const { message } = error as Error;
        return { code: 1, stdout: comment({ ...source, unreadable: message }), stderr: `${message}\n` };
    }
}

/** Undefined if there is no such file. */
function readText(file: string): string | undefined {
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** The report in a file's text. Throws if it is none, has another schema, or is about another stack. */
export function reportOf(text: string, file: string, stack?: string): Report {
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch (error) {
        throw new Error(`${file} is not JSON: ${(error as Error).message}`);
    }
    const report = Object(value) as Report;
    if (report.schema !== 1) {
        const schema = JSON.stringify(report.schema) ?? "none";
        throw new Error(
            `${file} has the schema ${schema}; this version reads 1. Use the version of the package that ran the preview`,
        );
    }
    if (!isText(report, "project", "stack") || !isList(report.resources, isResource)) {
        throw new Error(`${file} is not the report of a preview: see report.schema.json in this package`);
    }
    if (stack !== undefined && stack.split("/").at(-1) !== report.stack) {
        throw new Error(`${file} is about the stack ${report.stack}, not ${stack}. Give each preview its own file`);
    }
    return report;
}

/** True if the value has what the comment reads. */
function isResource(value: unknown): boolean {
    const it = Object(value);
    const hasSetting = (one: unknown) => isText(one, "setting");
    const hasFinding = (one: unknown) => isText(one, "code", "severity", "property", "message", "remedy");
    return (
        isText(it, "name", ...["domain", "userPoolId", "replaces"].filter((name) => it[name] !== undefined)) &&
        ["ok", "warned", "refused"].includes(it.verdict) &&
        ["none", "adopt", "update", "replace"].includes(it.action) &&
        [it.changes, it.drift, it.overwrites].every((list) => isList(list, hasSetting)) &&
        isList(it.findings, hasFinding) &&
        [it.unknown, it.notKnownYet].every((list) => isList(list, (one) => typeof one === "string")) &&
        [it.kept, it.outputs, it.before ?? {}].every(isObject)
    );
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
    return Array.isArray(value) && value.every(isItem);
}

function isText(value: unknown, ...members: string[]): boolean {
    return members.every((member) => typeof Object(value)[member] === "string");
}

/** docs/findings.md of this version, if the package's repository is known. */
function findingsPage(): string | undefined {
    const manifest = JSON.parse(readFileSync(path.join(__dirname, "../../package.json"), "utf8"));
    const [, repository] =
        /(https:\/\/github\.com\/[\w.-]+\/[\w.-]+?)(\.git)?$/.exec(manifest.repository?.url ?? "") ?? [];
    return repository ? `${repository}/blob/v${manifest.version}/docs/findings.md` : undefined;
}

if (require.main === module) {
    void runCommand(process.argv.slice(2)).then(({ code, stdout, stderr }) => {
        process.stdout.write(stdout);
        process.stderr.write(stderr);
        process.exitCode = code;
    });
}
