import assert from "node:assert/strict";
import { recordIn } from "../../provider/model/record";
import {
    ARGUMENT_PATH,
    namesIn,
    SETTING_NAMES,
    type SettingName,
    type Settings,
    sameSetting,
    settingsOf,
} from "../../provider/model/settings";
import type { Command } from "./command";
import { CREDENTIALS, type Miniature } from "./miniature";
import { OTHER_ACCOUNT } from "./others";
import type { Args } from "./programs";
import type { AwsRecord } from "./record";
import { OURS, shownBy, waitIn } from "./rights";

/** The time that each program gives an update. */
const WAIT_MS = 1000;

/** What has to hold after each command, by AWS's record, by what the engine keeps and by what the user reads. */
export class Promises {
    /** By setting: what was in force while no program of ours named it. */
    readonly #free = new Map<SettingName, Settings[SettingName][]>();
    /** What a killed command may have begun to manage: no state holds what was before. */
    #unknown: ReadonlySet<SettingName> = new Set();
    /** What the programs of the last `up` do not name. */
    #unnamed: readonly SettingName[] = SETTING_NAMES;

    constructor(private readonly record: AwsRecord) {}

    /** What the programs do not name is nobody's from now on: as it is, it may be gone back to later. */
    beginUp(programs: Args[]): void {
        const named = programs.flatMap((args) => namesIn(settingsOf(args)));
        this.#unnamed = SETTING_NAMES.filter((name) => !named.includes(name));
        this.noteFree();
    }

    check(command: Command, error: Error | undefined, resources: readonly Miniature[]): void {
        const isKilled = command.diedAt !== undefined;
        assert.equal(this.record.violations.length, 0, this.record.violations.join("\n"));
        // Of two resources, one may say so while the other writes.
        if (resources.length === 1) {
            this.assertWrittenAsSaid(command, error);
            this.assertWaited(command, error);
        }
        if (!error && !isKilled && command.kind === "up") {
            this.assertSuccess(command, resources.length > 1);
        }
        this.noteFree();
        for (const { texts } of resources) {
            this.assertNoSecrets(command, texts);
        }
        if (command.kind === "up") {
            this.assertRestorePoints(
                command,
                error,
                resources.map(({ state }) => state?.outputs ?? {}),
            );
        }
    }

    /** Where something is said not to have been written, nothing was. */
    private assertWrittenAsSaid(command: Command, error: Error | undefined): void {
        const writes = this.record.writesOf(command);
        // What is said of a rollback is about that.
        const text = error?.message.split(/ The rollback /)[0] ?? "";
        if (/nothing was written|Nothing was changed/.test(text)) {
            assert.equal(writes.length, 0, `an update was accepted, and the command says: ${text}`);
        }
        const elsewhere = writes.filter(({ call }) => call?.account === OTHER_ACCOUNT);
        assert.equal(elsewhere.length, 0, "another account was written to");
    }

    /** Who gives up has read once more; and a rollback follows a read that was answered. */
    private assertWaited({ number }: Command, error: Error | undefined): void {
        const { looks, next } = waitIn(this.record.eventsOf(number));
        const last = looks.at(-1);
        assert.ok(!next || (last && shownBy(last)), "a rollback began after a read without an answer");
        const text = error?.message.split(/ The rollback /)[0] ?? "";
        if (/waitTimeoutSeconds is|nothing was written within/.test(text)) {
            assert.ok(last && last.monotonicMs >= WAIT_MS, `not read once more after the time was over: ${text}`);
        }
    }

    /**
     * AWS has what the program says; or it has taken or shown it, and somebody else has changed it since. Of two resources,
     * one may have looked last before the other did.
     */
    private assertSuccess({ desired, isAwaited, said, ...command }: Command, isOfTwo: boolean): void {
        const events = this.record.eventsOf(command.number);
        const [looks, taken] = [events.map(shownBy), events.map(({ change }) => change?.to)];
        const evidence = [...looks, ...(isAwaited ? [] : taken)].filter((it) => it !== undefined);
        if (events.length === 0) {
            return;
        }
        const inForce = this.record.inForce();
        for (const name of namesIn(desired)) {
            const wasSeen = evidence.slice(isOfTwo ? 0 : -1).some((it) => sameSetting(it[name], desired[name]));
            // What a look does not report at all is believed to be there, and the user is told so.
            const isBelieved =
                evidence.at(-1)?.[name] === undefined && said.some((text) => text.includes("does not return it"));
            // What the program did not change is left as others have changed it; so is what they change during the update, once it
            // was seen to be as the program says.
            const { by, values } = this.record.ownerOf(name);
            // Someone else has done it; the request of the other of two resources may carry a stale read over that.
            const isDone = isOfTwo && Object.values(values).some((it) => sameSetting(it, desired[name]));
            const wasEverSeen = evidence.some((it) => sameSetting(it[name], desired[name]));
            const isUnseen = isOfTwo || wasEverSeen || this.record.hides(name);
            const isSame = command.sameAsBefore.includes(name);
            const isDrift = by === OURS ? isSame && !command.wasVerified : isSame || isUnseen;
            assert.ok(
                sameSetting(inForce[name], desired[name]) || wasSeen || isBelieved || isDrift || isDone,
                `${name} is ${JSON.stringify(inForce[name])} after an up that succeeded`,
            );
        }
    }

    /** What a destroy would go back to was once in force before us. */
    private assertRestorePoints(
        { diedAt, desired }: Command,
        error: Error | undefined,
        states: readonly object[],
    ): void {
        const managed = states.flatMap((outputs) => namesIn(recordIn(outputs)?.desired ?? {}));
        const isManaged = (name: SettingName) => managed.includes(name);
        if (diedAt !== undefined) {
            const begun = namesIn(desired).filter((name) => !isManaged(name));
            this.#unknown = new Set([...this.#unknown, ...begun]);
            return;
        }
        if (!error) {
            this.#unknown = new Set([...this.#unknown].filter(isManaged));
        }
        for (const outputs of states) {
            const found = recordIn(outputs)?.before ?? {};
            for (const name of namesIn(found)) {
                const values = [...this.record.valuesByOthers(name), ...(this.#free.get(name) ?? [])];
                // What one of two resources has raised is, for the other, as it was before.
                const isOthersRaise = states.length > 1 && name === "securityPolicy";
                assert.ok(
                    values.some((value) => sameSetting(value, found[name])) || isOthersRaise || this.#unknown.has(name),
                    `${name} is to be restored to ${JSON.stringify(found[name])}, which was never in force before us`,
                );
            }
        }
    }

    private noteFree(): void {
        const inForce = this.record.inForce();
        for (const name of this.#unnamed) {
            this.#free.set(name, [...(this.#free.get(name) ?? []), inForce[name]]);
        }
    }

    private assertNoSecrets({ said, secrets }: Command, texts: readonly string[]): void {
        for (const secret of Object.values(CREDENTIALS)) {
            const leak = texts.find((text) => text.includes(secret));
            assert.equal(leak, undefined, `a secret (${secret.slice(0, 5)}...) in a text`);
        }
        for (const secret of secrets) {
            const leak = said.find((text) => text.includes(secret));
            assert.equal(leak, undefined, `what the program marked as secret (${secret}) in a text`);
        }
    }
}

/** After a healthy update; without a refresh before it, what others have changed is left alone, and said in previews. */
export function assertAsSaid(record: AwsRecord, desired: Settings, isRefreshed: boolean): void {
    const inForce = record.inForce();
    for (const name of namesIn(desired)) {
        const { by } = record.ownerOf(name);
        const isDrift = record.hides(name) ? by !== OURS && by !== "nobody" : !isRefreshed && by !== OURS;
        const isAsSaid = sameSetting(inForce[name], desired[name]);
        assert.ok(isAsSaid || isDrift, `${name} is ${JSON.stringify(inForce[name])} after a healthy up`);
    }
}

/** After a destroy that restores: as it was before us, or as others have made it; or it is said why not. */
export function assertRestored(
    record: AwsRecord,
    found: Settings,
    said: readonly string[],
    applied: readonly Settings[],
): void {
    const refused = said.filter((text) => /not restored(:| to) {/.test(text));
    const isRefused = (name: SettingName) =>
        refused.some((text) => text.includes(`"${ARGUMENT_PATH[name].split(".").at(-1)}":`));
    const inForce = record.inForce();
    // Managed login and TLS_V1 never meet: what stays of the one keeps the other out.
    const isTooLow = (name: SettingName) =>
        name === "securityPolicy"
            ? found[name] === "TLS_V1" && inForce.managedLoginVersion === 2
            : name === "managedLoginVersion" && found[name] === 2 && inForce.securityPolicy === "TLS_V1";
    for (const name of namesIn(found).filter((it) => !isTooLow(it) && !isRefused(it))) {
        const isOurs = record.ownerOf(name).by === OURS && applied.some((it) => sameSetting(it[name], inForce[name]));
        assert.ok(
            sameSetting(inForce[name], found[name]) || !isOurs,
            `${name} is ${JSON.stringify(inForce[name])} after a restore to ${JSON.stringify(found[name])}`,
        );
    }
    // A policy that was raised for managed login goes back with it: to the value from before an earlier program managed it, if one has.
    const { by, isRaised } = record.ownerOf("securityPolicy");
    const isPolicyBack = sameSetting(inForce.securityPolicy, found.securityPolicy);
    const isBack = found.managedLoginVersion === 1 && inForce.managedLoginVersion === 1 && !isPolicyBack;
    assert.ok(
        !(isBack && by === OURS && isRaised) || isRefused("securityPolicy"),
        "a TLS policy that was raised for managed login has stayed",
    );
}
