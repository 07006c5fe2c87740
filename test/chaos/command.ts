import type { SettingName, Settings } from "../../provider/model/settings";
import type { Clock } from "./clock";

/** One command: what it may do, and what its machine is like while it runs. */
export interface Command {
    readonly number: number;
    readonly kind: "up" | "refresh" | "destroy";
    /** What its program says; both programs, where two resources of one process share the domain. */
    readonly desired: Settings;
    /** What a destroy may put back. */
    readonly original: Settings;
    /** What its program asks for, and those before that AWS may still have; also what is raised for them. */
    readonly applied: readonly Settings[];
    /** The settings that its program did not change since the last update, which succeeded; none after a refresh. */
    readonly unchanged: readonly SettingName[];
    /** The settings that its program names as the program in the state does: they may be left as others have changed them. */
    readonly sameAsBefore: readonly SettingName[];
    /** The last update is known to have arrived. */
    readonly wasVerified: boolean;
    /** Whether a failed update may be rolled back. */
    readonly mayRollBack: boolean;
    /** Whether it also looks from outside: what has arrived may then still have failed. */
    readonly isVerified: boolean;
    /** Whether a success means that the settings are in force, and not only that AWS has taken them. */
    readonly isAwaited: boolean;
    /** Milliseconds after which a request counts as hung. */
    readonly requestTimeoutMs: number;
    /** Whose credentials the machine has. */
    account: string;
    readonly clock: Clock;
    /** When the engine died: its place in AWS's record. */
    diedAt?: number;
    /** What its program, and the one in the state, have marked as secret. */
    readonly secrets: readonly string[];
    /** What it showed to its user. */
    readonly said: string[];
}
