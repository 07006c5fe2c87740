// `npm run demo`: the story of one pull request, blocked, fixed, merged and restored, told by the real Pulumi engine on an emulated AWS.
// Needs no account. Exits 0 only if every check in it holds.

import * as path from "node:path";
import { startEmulator } from "../test/emulator";
import { BrokenStory, Narrator } from "./narrator";
import { engineFolder, stopAll } from "./shell";
import { story } from "./story";
import { ROOT, Workspace } from "./workspace";

/** Milliseconds that a domain stays UPDATING; on AWS it is minutes. */
const SETTLE_MS = 2500;

// The AWS SDK reads this when the first client is made. On Node 20, its warning would interrupt the story.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

async function main(tell: Narrator): Promise<number> {
    const engine = await engineFolder(ROOT);
    const began = Date.now();
    const aws = await startEmulator({ behaviour: { settleMs: SETTLE_MS } });
    const workspace = new Workspace(engine, aws.env());
    let stopped = false;
    const cleanUp = async () => {
        await stopAll();
        await aws.close();
        workspace.remove();
    };
    for (const [name, code] of [
        ["SIGINT", 130],
        ["SIGTERM", 143],
    ] as const) {
        process.once(name, () => {
            stopped = true;
            tell.failure("Stopped.");
            void cleanUp().finally(() => process.exit(code));
        });
    }
    try {
        tell.say(
            "A Pulumi program (demo/program) manages the sign-in domain of a live website. Pulumi is the real one; AWS is emulated on this\n" +
                "machine, so no account is needed. Output is shortened: one row for each resource, types without their prefix.",
        );
        await story(aws, await workspace.stack(path.join(ROOT, "demo/program"), "demo"), tell);
        const seconds = Math.round((Date.now() - began) / 1000);
        tell.say(`\nAll ${tell.checks} checks passed in ${seconds} s.`);
        return 0;
    } catch (error) {
        if (!(error instanceof BrokenStory || stopped)) {
            throw error;
        }
        if (!stopped) {
            tell.failure(`Check failed: ${(error as BrokenStory).message}.`);
        }
        return 1;
    } finally {
        await cleanUp();
    }
}

const narrator = new Narrator();
main(narrator).then(
    (code) => {
        process.exitCode = code;
    },
    (error: Error) => {
        narrator.failure(error.stack ?? error.message);
        process.exitCode = 1;
    },
);
