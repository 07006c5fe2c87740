import { namesIn, type SettingName, sameSetting, settingsOf } from "../../provider/model/settings";
import { type Actor, type Command, commandOf } from "./command";
import { Miniature, startPlugin, type World } from "./miniature";
import { type Args, ofPrograms } from "./programs";
import type { Promises } from "./promises";
import type { AwsRecord } from "./record";

/** The commands of the two stacks: each is entered into AWS's record, and judged at its end. */
export class Commands {
    readonly ours: Miniature;
    readonly other: Miniature;
    readonly #world: World;
    #count = 0;
    /** The program whose outputs our state holds. */
    #programInState: Args | undefined;
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
        this.other = this.newResource();
    }

    newResource(): Miniature {
        return new Miniature(this.#world);
    }

    begin(kind: Command["kind"], programs: Args[] = [], given: Partial<Command> = {}, actor: Actor = "ours"): Command {
        const { outputs = {} } = this[actor].state ?? {};
        const history = { outputs, program: actor === "ours" ? this.#programInState : undefined };
        const command = commandOf({
            number: ++this.#count,
            actor,
            kind,
            ...ofPrograms(programs, history),
            unchanged: actor === "ours" ? sameSettings(programs, this.#programApplied) : [],
            sameAsBefore: actor === "ours" ? sameSettings(programs, this.#programInState) : [],
            ...given,
        });
        this.record.begin(command);
        if (actor === "ours" && kind !== "up") {
            // A refresh brings AWS's values into the state: what differs from the program is then sent.
            this.#programApplied = undefined;
        }
        return command;
    }

    async up(args: Args, command: Command): Promise<Error | undefined> {
        const { state } = this.ours;
        const error = await ended(this.ours.up(args, command));
        this.check(command, error, [this.ours]);
        this.#programApplied = error || command.diedAt !== undefined || args.wait === "none" ? undefined : args;
        if (this.ours.state !== state) {
            this.#programInState = args;
        }
        return error;
    }

    /** Two resources of one program, in one plugin process; the first error. */
    async upOfTwo(args: [Args, Args], command: Command, second: Miniature): Promise<Error | undefined> {
        const plugin = startPlugin(this.#world, command);
        const ups = [this.ours.up(args[0], command, plugin), second.up(args[1], command, plugin)];
        const error = (await ended(Promise.all(ups))).find((it) => it !== undefined);
        this.check(command, error, [this.ours, second]);
        this.#programApplied = undefined;
        this.#programInState = args[0];
        return error;
    }

    check(command: Command, error: Error | undefined, resources: readonly Miniature[]): void {
        const end = command.diedAt === undefined ? (error ? `${error.name}: ${error.message}` : "succeeded") : "killed";
        this.notes.push(`  ${command.kind} ${command.number} (${command.actor}): ${end}`);
        this.promises.check(command, error, resources);
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
export async function ended<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
        const fail = () => reject(new Error(`the command has not ended after ${COMMAND_SECONDS} s`));
        timer = setTimeout(fail, COMMAND_SECONDS * 1000);
    });
    try {
        return await Promise.race([work, late]);
    } finally {
        clearTimeout(timer);
    }
}
