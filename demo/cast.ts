import { readFileSync } from "node:fs";
import * as path from "node:path";
import {
    CognitoIdentityProviderClient,
    DescribeUserPoolDomainCommand,
    type DescribeUserPoolDomainResponse,
    type DomainDescriptionType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Emulator } from "../test/emulator";
import { fold, withoutColor } from "./fold";
import { BrokenStory, type Narrator } from "./narrator";
import { type Ran, run } from "./shell";
import { ROOT, type Stack } from "./workspace";

export const REGION = "us-west-2";
export const DOMAIN = "auth.example.com";

const COMMENT_COMMAND = path.join(ROOT, "dist/program/command.js");

/** What every chapter works with. */
export interface Cast {
    aws: Emulator;
    stack: Stack;
    tell: Narrator;
    userPoolId: string;
    oldCertificate: string;
    newCertificate: string;
    /** For another name, and expires in 5 days. */
    unfitCertificate: string;
}

/** Shows a command as typed, runs it, and shows its output. */
export async function pulumi({ stack, tell }: Cast, ...args: string[]): Promise<Ran> {
    tell.command(["pulumi", ...args].join(" "));
    const ran = await stack.pulumi(args, tell.color ? "always" : "never");
    tell.say(`${fold(ran.output).trimEnd()}\n`);
    return { ...ran, output: withoutColor(ran.output), stdout: withoutColor(ran.stdout) };
}

/** The pull request comment about the last preview, without its hidden marker. */
export async function showComment({ stack, tell }: Cast, outcome: "success" | "failure"): Promise<string> {
    const command = [COMMENT_COMMAND, "comment", stack.reportFile, "--outcome", outcome];
    tell.command(`npx pulumi-cognito-domain-settings comment report.json --outcome ${outcome}`);
    const { stdout } = await run(process.execPath, command, { cwd: ROOT, env: process.env });
    tell.say(`${stdout.replace(/\n*<!--.*-->\n$/, "").replace(/^/gm, "    ")}\n`);
    return stdout;
}

export async function config({ stack, tell }: Cast, key: string, value: string): Promise<void> {
    tell.command(`pulumi config set ${key} ${value}`);
    const { code, output } = await stack.pulumi(["config", "set", key, value]);
    if (code !== 0) {
        throw new BrokenStory(`pulumi config set failed: ${output}`);
    }
}

/** DescribeUserPoolDomain, through the AWS SDK. */
export async function describe({ aws }: Cast): Promise<DomainDescriptionType> {
    const cognito = new CognitoIdentityProviderClient(aws.clientConfig(REGION));
    try {
        const answer = await cognito.send(new DescribeUserPoolDomainCommand({ Domain: DOMAIN }));
        return answer.DomainDescription ?? {};
    } finally {
        cognito.destroy();
    }
}

export async function show(cast: Cast): Promise<DomainDescriptionType> {
    const domain = await describe(cast);
    const { CustomDomainConfig } = domain;
    cast.tell.table([
        ["Domain", domain.Domain],
        ["Status", domain.Status],
        ["ManagedLoginVersion", domain.ManagedLoginVersion === 2 ? "2 (managed login)" : "1 (classic hosted UI)"],
        ["CertificateArn", CustomDomainConfig?.CertificateArn],
        ["SecurityPolicy", CustomDomainConfig?.SecurityPolicy],
    ]);
    return domain;
}

/** The statuses that DescribeUserPoolDomain returned, in order, without repetitions. */
export function statusesSeen(aws: Emulator): (string | undefined)[] {
    return aws
        .callsTo("DescribeUserPoolDomain")
        .map(({ output }) => (output as DescribeUserPoolDomainResponse | undefined)?.DomainDescription?.Status)
        .filter((status, index, all) => status !== all[index - 1]);
}

export function has(
    { Status, ManagedLoginVersion, CustomDomainConfig }: DomainDescriptionType,
    version: 1 | 2,
    arn: string,
) {
    return Status === "ACTIVE" && (ManagedLoginVersion ?? 1) === version && CustomDomainConfig?.CertificateArn === arn;
}

export function writes({ aws }: Cast): number {
    return aws.callsTo("UpdateUserPoolDomain").length;
}

/** The outputs that the last preview promises, from its report. */
export function promisedOutputs({ stack }: Cast): Record<string, unknown> {
    return JSON.parse(readFileSync(stack.reportFile, "utf8")).resources[0].outputs;
}
