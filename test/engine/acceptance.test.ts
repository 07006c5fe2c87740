import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { type Emulator, startEmulator } from "../emulator";
import { REPOSITORY } from "./support/engine";
import { findPython, startMinistack } from "./support/ministack";

const ACCOUNT = "123456789012";
const ARGUMENTS = ["--account", ACCOUNT, "--region", "us-west-2"];

/** Runs the command; `onLine` may end it by its process id. */
async function acceptance(
    env: Record<string, string>,
    args: string[],
    onLine: (line: string, pid: number) => void = () => {},
): Promise<{ code: number | null; output: string }> {
    const child = spawn(process.execPath, ["--import=tsx", "acceptance/acceptance.ts", ...args], {
        cwd: REPOSITORY,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
        stdio: ["ignore", "pipe", "pipe"],
    });
    const closed = once(child, "close");
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
        createInterface(stream).on("line", (line) => {
            output += `${line}\n`;
            onLine(line, child.pid as number);
        });
    }
    const [code] = await closed;
    return { code, output };
}

describe("npm run acceptance", () => {
    let aws: Emulator;

    before(async () => {
        aws = await startEmulator();
    });
    beforeEach(() => aws.reset());
    after(() => aws.close());

    const pools = () => [...aws.state.pools.values()].map(({ name }) => name);

    it("plays every step on the emulator, and leaves nothing but what it found", async () => {
        aws.userPool({ region: "us-west-2", name: "somebody's" });
        const { code, output } = await acceptance(aws.env(), ARGUMENTS);
        assert.equal(code, 0, output);
        assert.equal(output.match(/^\[.* s\] {3}ok {4}/gm)?.length, 8, output);
        assert.doesNotMatch(output, /FAILED|: error:/);
        assert.deepEqual(pools(), ["somebody's"]);
        assert.deepEqual(aws.state.domains, []);
    });

    it("fails, names the step and removes everything where a promise does not hold", async () => {
        aws.behaviour.outcome = "failed";
        const { code, output } = await acceptance(aws.env(), ARGUMENTS);
        assert.equal(code, 1, output);
        assert.match(output, /FAILED .* 1 -> 2/);
        assert.deepEqual(pools(), []);
    });

    it("refuses another account, and creates nothing", async () => {
        const { code, output } = await acceptance(aws.env("210987654321"), ARGUMENTS);
        assert.equal(code, 1);
        assert.match(
            output,
            /These credentials are of account 210987654321, not of 123456789012\. Nothing was created/,
        );
        assert.deepEqual(
            aws.calls.map(({ operation }) => operation),
            ["GetCallerIdentity"],
        );
    });

    it("removes everything after Ctrl-C", async () => {
        const { code, output } = await acceptance(aws.env(), ARGUMENTS, (line, pid) => {
            if (line.includes("] adopt:")) {
                assert.equal(pools().length, 1);
                process.kill(pid, "SIGINT");
            }
        });
        assert.equal(code, 130, output);
        assert.deepEqual(pools(), []);
        assert.deepEqual(aws.state.domains, []);
    });

    it("removes with --sweep what a killed run has left, and nothing else", async () => {
        const others = [
            "somebody's",
            "domain-settings-acceptance-of-somebody",
            "domain-settings-acceptance-1-other-run",
        ];
        for (const name of others) {
            const id = aws.userPool({ region: "us-west-2", name });
            aws.domain({ userPoolId: id, domain: name.replace("'", "") });
        }
        // A tag without the run's name is not enough, nor is a name without the tag.
        const tagged = [...aws.state.pools.values()].at(-1);
        assert.ok(tagged);
        tagged.tags = { "pulumi-cognito-domain-settings:acceptance": "20261124-0000-abcd" };
        const { code } = await acceptance(aws.env(), ARGUMENTS, (line, pid) => {
            if (line.includes("] adopt:")) {
                process.kill(pid, "SIGKILL");
            }
        });
        assert.equal(code, null);
        assert.equal(pools().length, others.length + 1);
        const swept = await acceptance(aws.env(), [...ARGUMENTS, "--sweep"]);
        assert.equal(swept.code, 0, swept.output);
        assert.match(swept.output, /Removed 1 user pools\./);
        assert.deepEqual(pools(), others);
        assert.equal(aws.state.domains.length, others.length);
    });

    it("plays every step on ministack", async function () {
        const found = await findPython();
        if ("missing" in found) {
            console.log(`      skipped: ${found.missing}`);
            return this.skip();
        }
        const ministack = await startMinistack(found.python);
        try {
            const args = ["--account", "000000000000", "--region", "us-west-2"];
            const { code, output } = await acceptance(ministack.env(), args);
            assert.equal(code, 0, output);
            assert.doesNotMatch(output, /FAILED|: error:/);
        } finally {
            await ministack.stop();
        }
    });
});
