import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as acm from "@aws-sdk/client-acm";
import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import {
    type AwsOperation,
    actionOf,
    CALLS_PER_SECOND,
    CALLS_PER_SECOND_ON_ONE_POOL,
    callTo,
    OPERATIONS,
    type OperationName,
} from "../../../provider/aws/operationTable";

const ROOT = path.join(__dirname, "../../..");
const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");

const names = Object.keys(OPERATIONS) as OperationName[];
const operations = names.map((name): [OperationName, AwsOperation] => [name, OPERATIONS[name]]);

describe("the table of AWS operations", () => {
    it("has every operation that is called, and no other", () => {
        const source = read("provider/aws/awsCalls.ts");
        const sent = [...source.matchAll(/(?:\bit|sts|cognito|\))\.(\w+)\((?:\{|updateRequest)/g)].map(
            ([, name = ""]) => name,
        );
        const named = new Set(
            [...source.matchAll(/#(?:ask|found|failed)\([^"(]*"(\w+)"/g)].map(([, name = ""]) => name),
        );
        assert.deepEqual([...named].sort(), [...names].sort());
        assert.deepEqual(sent.sort(), names.map((name) => `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`).sort());
    });

    it("has them under the service that the SDK has them under", () => {
        for (const [name, { service }] of operations.filter(([, it]) => it.service !== "sts")) {
            assert.ok(`${name}Command` in (service === "acm" ? acm : cognito), name);
        }
    });

    it("says what a policy has to name, in the text of a failure", () => {
        assert.deepEqual(callTo("DescribeUserPoolDomain", "eu-west-1"), {
            action: "cognito-idp:DescribeUserPoolDomain",
            resource: "*",
            region: "eu-west-1",
        });
        assert.equal(callTo("DescribeCertificate", "us-east-1", "arn:x").resource, "arn:x");
        assert.equal(callTo("DescribeUserPool", "eu-west-1", "p").resource, "the user pool p");
        assert.equal(
            callTo("UpdateUserPoolDomain", "eu-west-1", "p").resource,
            "the user pool p (and, for a custom domain, cloudfront:UpdateDistribution on *)",
        );
    });
});

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
        const expected = operations.flatMap(([name, { allowedOn, dependentAction }]): [string, string][] => [
            ...(allowedOn === "nothing" ? [] : [[actionOf(name), allowedOn] as [string, string]]),
            ...(dependentAction ? [[dependentAction, "*"] as [string, string]] : []),
        ]);
        assert.deepEqual(allowed.sort(), expected.sort());
    });

    it("allows ACM in us-east-1 only", () => {
        const condition = { StringEquals: { "aws:RequestedRegion": "us-east-1" } };
        const ofAcm = statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith("acm:")));
        assert.deepEqual(
            ofAcm.map(({ Condition }) => Condition),
            [condition],
        );
    });

    it("is explained statement by statement in docs/iam.md", () => {
        assert.deepEqual(
            rowsUnder("# IAM").map(([sid]) => sid),
            statements.map(({ Sid }) => Sid),
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
        assert.deepEqual(
            rowsUnder("## Calls and quotas").map(([action, , ...quotas]) => [action, ...quotas]),
            expected,
        );
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
