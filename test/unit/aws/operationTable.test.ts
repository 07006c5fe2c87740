import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import {
    type AwsOperation,
    actionOf,
    CALLS_PER_SECOND,
    CALLS_PER_SECOND_ON_ONE_POOL,
    OPERATIONS,
    type OperationName,
} from "../../../provider/aws/operations";

const ROOT = path.join(__dirname, "../../..");
const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");

const names = Object.keys(OPERATIONS) as OperationName[];
const operations = names.map((name): [OperationName, AwsOperation] => [name, OPERATIONS[name]]);

describe("docs/iam-policy.json", () => {
    interface Statement {
        Sid: string;
        Action: string | string[];
        Resource: string;
        Condition?: unknown;
    }
    const { Statement: statements } = JSON.parse(read("docs/iam-policy.json")) as { Statement: Statement[] };
    const allowed = statements.flatMap(({ Action, Resource }) =>
        [Action].flat().map((action): [string, string] => [action, kindOf(Resource)]),
    );

    function kindOf(resource: string): string {
        return resource === "*" ? "*" : resource.includes(":certificate/") ? "certificate" : "userPool";
    }

    it("allows what is called, and what AWS checks besides, on what the table says; and nothing else", () => {
        const expected = operations.flatMap(([name, { service, allowedOn, dependentAction }]): [string, string][] => [
            ...(service === "sts" ? [] : [[actionOf(name), allowedOn] as [string, string]]),
            ...(dependentAction ? [[dependentAction, "*"] as [string, string]] : []),
        ]);
        assert.deepEqual(allowed.sort(), expected.sort());
    });

    it("allows ACM in us-east-1 only", () => {
        const condition = { StringEquals: { "aws:RequestedRegion": "us-east-1" } };
        const ofAcm = statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith("acm:")));
        const conditions = ofAcm.map(({ Condition }) => Condition);
        assert.deepEqual(conditions, [condition]);
    });

    it("is explained statement by statement in docs/iam.md", () => {
        const sids = statements.map(({ Sid }) => Sid);
        assert.deepEqual(
            rowsUnder("# IAM").map(([sid]) => sid),
            sids,
        );
    });
});

describe("docs/iam.md", () => {
    it("has every call, with its quotas", () => {
        const expected = operations.map(([name, { category, isLimitedOnOnePool }]) => [
            actionOf(name),
            category ? String(CALLS_PER_SECOND[category]) : "",
            isLimitedOnOnePool ? String(CALLS_PER_SECOND_ON_ONE_POOL) : "",
        ]);
        const rows = rowsUnder("## Calls and quotas").map(([action, , ...quotas]) => [action, ...quotas]);
        assert.deepEqual(rows, expected);
    });
});

/** The rows of the tables under a heading, as their cells without backticks. */
function rowsUnder(heading: string): string[][] {
    const [, rest = ""] = `\n${read("docs/iam.md")}`.split(`\n${heading}\n`);
    const [section = ""] = rest.split(/\n#+ /);
    return section
        .split("\n")
        .filter((line) => line.startsWith("| `"))
        .map((line) => line.split("|").slice(1, -1))
        .map((cells) => cells.map((cell) => cell.trim().replaceAll("`", "")));
}
