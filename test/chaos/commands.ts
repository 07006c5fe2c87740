import { setTimeout as sleep } from "node:timers/promises";
import { namesIn, type SettingName, sameSetting, settingsOf } from "../../provider/model/settings";
import { DEFAULT_ACCOUNT } from "../emulator";
import type { Command } from "./command";
import { Miniature, startPlugin, type World } from "./miniature";
import { type Args, ofPrograms } from "./programs";
import type { Promises } from "./promises";
import type { AwsRecord } from "./record";

/** Milliseconds: a request that hangs, and one that nothing disturbs. */
const SHORT_MS = 500;
const LONG_MS = 8_000;

/** Our stack's commands: each is entered into AWS's record, and judged at its end. */
export class Commands {
    readonly ours: Miniature;
    readonly #world: World;
    #count = 0;
    #wasVerified = true;
    /** The programs of the last `up` that is known to be done, and of those since; the last one's outputs are in our state. */
    #mayHave: Args[] = [];
    /** The program of our last command, if that was an `up` that succeeded. */
    #programApplied: Args | undefined;

    constructor(
        endpoint: string,
        private readonly record: AwsRecord,
        private readonly promises: Promises,
        private readonly notes: string[],
    ) {
        this.#world = { endpoint, onTurn: (command) => record.turn(command) };
        this.ours = this.newResource();
    }

    newResource(): Miniature {
        return new Miniature(this.#world);
    }

    begin(kind: Command["kind"], programs: Args[] = [], isDisturbed = false): Command {
        const command = {
            ...ofPrograms(programs, this.ours.state?.outputs ?? {}, this.#mayHave),
            number: ++this.#count,
            kind,
            wasVerified: this.#wasVerified,
            unchanged: sameSettings(programs, this.#programApplied),
            sameAsBefore: sameSettings(programs, this.#mayHave.at(-1)),
            requestTimeoutMs: isDisturbed ? SHORT_MS : LONG_MS,
            account: DEFAULT_ACCOUNT,
            clock: { wallMs: 0, monotonicMs: 0 },
            said: [],
        };
        this.record.begin(command);
        if (kind !== "up") {
            // A refresh brings AWS's values into the state: what differs from the program is then sent.
            this.#programApplied = undefined;
        }
        return command;
    }

    async up(args: Args, command: Command): Promise<Error | undefined> {
        const { state } = this.ours;
        const error = await this.#judged(command, this.ours.up(args, command));
        this.#programApplied = error || command.diedAt !== undefined || args.wait === "none" ? undefined : args;
        if (this.ours.state !== state) {
            this.#wasVerified = this.#programApplied !== undefined;
            this.#mayHave = this.#wasVerified ? [args] : [...this.#mayHave, args];
        }
        return error;
    }

    /** Two resources of one program, in one plugin process; the first error. */
    async upOfTwo(args: [Args, Args], command: Command, second: Miniature): Promise<Error | undefined> {
        const plugin = startPlugin(this.#world, command);
        const ups = [this.ours.up(args[0], command, plugin), second.up(args[1], command, plugin)];
        const firstError = Promise.all(ups).then((errors) => errors.find((it) => it !== undefined));
        const error = await this.#judged(command, firstError, [this.ours, second]);
        this.#programApplied = undefined;
        this.#mayHave.push(args[0]);
        return error;
    }

    refresh(command: Command): Promise<Error | undefined> {
        return this.#judged(command, this.ours.refresh(command));
    }

    destroy(command: Command): Promise<Error | undefined> {
        return this.#judged(command, this.ours.destroy(command));
    }

    async #judged(
        command: Command,
        work: Promise<Error | undefined>,
        resources: readonly Miniature[] = [this.ours],
    ): Promise<Error | undefined> {
        const error = await Promise.race([work, tooLong()]);
        const end = command.diedAt === undefined ? (error ? `${error.name}: ${error.message}` : "succeeded") : "killed";
        this.notes.push(`  ${command.kind} ${command.number}: ${end}`);
        this.promises.check(command, error, resources);
        return error;
    }
}

/** The settings that a program, alone, names as another one does. */
function sameSettings([program, ...others]: Args[], last: Args | undefined): SettingName[] {
    if (!program || others.length > 0 || !last) {
        return [];
    }
    const [now, then] = [settingsOf(program), settingsOf(last)];
    return namesIn(now).filter((name) => sameSetting(now[name], then[name]));
}

/** How many seconds a command may take; most are done in a tenth of one. */
const COMMAND_SECONDS = 60;

/** A command that does not end is a fault, whatever the clocks say. */
async function tooLong(): Promise<never> {
    await sleep(COMMAND_SECONDS * 1000, undefined, { ref: false });
    throw new Error(`the command has not ended after ${COMMAND_SECONDS} s`);
}
