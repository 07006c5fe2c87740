// `npm run picture`: what previews look like, from runs of the main example by the real engine on the emulated AWS.
// Writes docs/preview-refused.svg, and the comments on pull requests that examples/pr-pipeline shows.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { engineFolder, type Ran, run } from "../demo/shell";
import { ROOT, Workspace } from "../demo/workspace";
import { startEmulator } from "../test/emulator";
import { stepOf } from "./pipelineStep";
import { terminalSvg } from "./terminalSvg";

const DOMAIN = "auth.example.com";
const PIPELINE = "examples/pr-pipeline";
const DAY = 24 * 60 * 60 * 1000;

async function main(): Promise<void> {
    const aws = await startEmulator();
    const workspace = new Workspace(await engineFolder(ROOT), aws.env());
    try {
        const userPoolId = aws.userPool({ region: "us-west-2", tier: "LITE" });
        aws.domain({ userPoolId, domain: DOMAIN, version: 1 });
        aws.client({ userPoolId, name: "web", withBranding: true });
        const good = aws.certificate({ domainName: "*.example.com" });
        const unfit = aws.certificate({
            domainName: "*.internal.example.com",
            notAfter: new Date(Date.now() + 5.5 * DAY),
        });
        const stack = await workspace.stack(path.join(ROOT, "examples/custom-domain"), "prod");
        const set = async (config: Record<string, string>) => {
            for (const [key, value] of Object.entries(config)) {
                expectCode(0, await stack.pulumi(["config", "set", key, value]));
            }
        };

        await set({ userPoolId, domain: DOMAIN, managedLoginVersion: "2", certificateArn: unfit });
        const refused = expectCode("not 0", await stack.pulumi(["preview"], { color: "always" }));
        const picture = terminalSvg("A preview that refuses a change", `$ pulumi preview\n${withoutProgress(refused)}`);
        write("docs/preview-refused.svg", picture);
        write(`${PIPELINE}/comment-refused.md`, await comment("failure", withoutColor(refused)));

        aws.patchUserPool(userPoolId, { tier: "ESSENTIALS" });
        await set({ certificateArn: good });
        const fine = expectCode(0, await stack.pulumi(["preview"]));
        write(`${PIPELINE}/comment-good.md`, await comment("success", fine));
    } finally {
        await aws.close();
        workspace.remove();
    }
}

/** The comment on the pull request, written by the workflow's own step. */
async function comment(outcome: "success" | "failure", preview: string): Promise<string> {
    const folder = mkdtempSync(path.join(tmpdir(), "pr-comment-"));
    try {
        writeFileSync(path.join(folder, "preview.txt"), preview);
        const script = stepOf(readFileSync(path.join(ROOT, PIPELINE, "pulumi.yml"), "utf8"), "Write the comment");
        const env = { ...process.env, OUTCOME: outcome, PULUMI_STACK: "my-org/custom-domain/prod" };
        expectCode(0, await run("bash", ["-e", "-c", script], { cwd: folder, env }));
        return readFileSync(path.join(folder, "comment.md"), "utf8");
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** Without the rows that a terminal overwrites while the preview runs, and a pipeline keeps. */
function withoutProgress(output: string): string {
    const [heading = ""] = output.split("\n");
    const diagnostics = output.split("\n").findIndex((line) => line.includes("Diagnostics:"));
    return [heading, "", ...output.split("\n").slice(diagnostics)].join("\n");
}

function expectCode(expected: 0 | "not 0", { code, output }: Ran): string {
    if ((code === 0) !== (expected === 0)) {
        throw new Error(`exit code ${code} where ${expected} was expected:\n${output}`);
    }
    return output;
}

function write(file: string, text: string): void {
    writeFileSync(path.join(ROOT, file), text);
    console.log(file);
}

function withoutColor(text: string): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of.
    return text.replace(/\u001b\[[0-9;]*m/g, "");
}

main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
});
