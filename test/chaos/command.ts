import type { SettingName, Settings } from "../../provider/model/settings";
import { DEFAULT_ACCOUNT } from "../emulator";
import type { Clock } from "./clock";

/** The stacks that work on the domain. The end of an access key id, whose account may change, says which one calls. */
export type Actor = "ours" | "other";

const KEY_END: Record<Actor, string> = { ours: "OURS", other: "OTHE" };

export function accessKeyIdOf({ actor, account }: Command): string {
    return `AKIA${account}${KEY_END[actor]}`;
}

export function actorOf(accessKeyId: string): Actor | undefined {
    return (Object.keys(KEY_END) as Actor[]).find((actor) => accessKeyId.endsWith(KEY_END[actor]));
}

/** Milliseconds after which a request counts as hung. */
export const SHORT_MS = 100;
export const LONG_MS = 8_000;

/** One command of a stack: what it may do, and what its machine is like while it runs. */
export interface Command {
    readonly number: number;
    readonly actor: Actor;
    readonly kind: "up" | "refresh" | "destroy";
    /** What its program says; both programs, where two resources of one process share the domain. */
    readonly desired: Settings;
    /** What a destroy may put back. */
    readonly original: Settings;
    /** What its program has put in force, and the program in the state; also what is raised for them. */
    readonly applied: readonly Settings[];
    /** The settings that its program did not change since the last update, which succeeded; none after a refresh. */
    readonly unchanged: readonly SettingName[];
    /** The settings that its program names as the program in the state does: they may be left as others have changed them. */
    readonly sameAsBefore: readonly SettingName[];
    /** Whether a failed update may be rolled back. */
    readonly mayRollBack: boolean;
    /** Whether it also looks from outside: what has arrived may then still have failed. */
    readonly isVerified: boolean;
    /** Whether a success means that the settings are in force, and not only that AWS has taken them. */
    readonly isAwaited: boolean;
    readonly requestTimeoutMs: number;
    /** Whose credentials the machine has. */
    account: string;
    readonly clock: Clock;
    /** When the engine died: its place in AWS's record. */
    diedAt?: number;
    /** Whether the state has what it came to. */
    isKept?: boolean;
    /** What its program, and the one in the state, have marked as secret. */
    readonly secrets: readonly string[];
    /** What it showed to its user. */
    readonly said: string[];
}

type Given = Pick<Command, "number" | "actor" | "kind"> & Partial<Command>;

export function commandOf(given: Given): Command {
    return {
        desired: {},
        original: {},
        applied: [],
        unchanged: [],
        sameAsBefore: [],
        mayRollBack: false,
        isVerified: false,
        isAwaited: true,
        requestTimeoutMs: LONG_MS,
        account: DEFAULT_ACCOUNT,
        clock: { wallMs: 0, monotonicMs: 0 },
        secrets: [],
        said: [],
        ...given,
    };
}
