/** What is timed: a command of the Pulumi CLI, and what it runs on. They are run in this order. */
export interface Command {
    name: string;
    description: string;
    cli: string[];
    /** Run on the stack that this command has left; otherwise on an empty one. */
    after?: "up";
}

const PREVIEW = ["preview"];
const UP = ["up", "--yes", "--skip-preview"];

export const COMMANDS: readonly Command[] = [
    {
        name: "preview",
        description: "first preview: domains to be adopted and changed",
        cli: PREVIEW,
    },
    { name: "up", description: "the same as an update (`--skip-preview`)", cli: UP },
    { name: "preview-again", description: "preview with nothing to change", cli: PREVIEW, after: "up" },
    { name: "up-again", description: "update with nothing to change (`--skip-preview`)", cli: UP, after: "up" },
    {
        name: "refresh",
        description: "refresh, with nothing to find",
        cli: ["refresh", "--yes", "--skip-preview"],
        after: "up",
    },
];

/** The commands of these names, with those whose outcome they run on, in the order in which they are run. */
export function commandsNamed(names: string[]): Command[] {
    const desired = COMMANDS.filter(({ name }) => names.includes(name));
    return COMMANDS.filter((it) => desired.includes(it) || desired.some(({ after }) => after === it.name));
}
