/** A command of the Pulumi CLI to time. */
export interface Command {
    name: string;
    description: string;
    cli: string[];
    /** The command whose stack it runs on; otherwise an empty one. */
    after?: "up";
}

const PREVIEW = ["preview"];
const UP = ["up", "--yes", "--skip-preview"];

export const COMMANDS: readonly Command[] = [
    {
        name: "preview",
        description: "first preview: adopts and changes every domain",
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

/** The named commands and those that they run after, in order. */
export function commandsNamed(names: string[]): Command[] {
    const desired = COMMANDS.filter(({ name }) => names.includes(name));
    return COMMANDS.filter((it) => desired.includes(it) || desired.some(({ after }) => after === it.name));
}
