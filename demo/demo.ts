// `npm run demo`: one pull request, from refused to merged and back, run by the real Pulumi engine on an emulated AWS, as a story. Needs no account.
// Exits 0 only if every step did what it says.

import * as path from "node:path";
import { startEmulator } from "../test/emulator";
import { BrokenStory, Narrator } from "./narrator";
import { engineFolder, stopAll } from "./shell";
import { story } from "./story";
import { ROOT, Workspace } from "./workspace";

/** Milliseconds for which an update shows UPDATING; AWS takes minutes. On a terminal, the wait is shown every 2 s. */
const SETTLE_MS = 2500;

// The AWS SDK reads this when its first client is made; on Node 20 its warning would stand in the middle of the story.
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
            "The program is demo/program. Pulumi is the real one; AWS is the emulator in test/emulator. Left out below: the options\n" +
                "--stack, --config-file, --color, --non-interactive and --suppress-progress, types' prefixes, and each row but its last.",
        );
        await story(aws, await workspace.stack(path.join(ROOT, "demo/program"), "demo"), tell);
        const seconds = Math.round((Date.now() - began) / 1000);
        tell.say(`\nEvery step did what it says: ${tell.checks} checks in ${seconds} s.`);
        return 0;
    } catch (error) {
        if (!(error instanceof BrokenStory || stopped)) {
            throw error;
        }
        if (!stopped) {
            tell.failure(`This does not hold: ${(error as BrokenStory).message}.`);
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
