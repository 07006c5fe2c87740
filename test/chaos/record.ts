import { SETTING_NAMES, type SettingName, type Settings, sameSetting } from "../../provider/model/settings";
import type { Call, Emulator, Observer } from "../emulator";
import type { Command } from "./command";
import type { Random } from "./random";
import { type Event, isFitFor, isRaise, OURS, type Owner, overreach, type Write } from "./rights";
import { settingsOnWire, settingsStored } from "./wire";

/** AWS's own record of one domain: who called in which order, who has changed what, and who had no right to. */
export class AwsRecord implements Observer {
    readonly violations: string[] = [];
    /** What becomes of each request beside AWS's doing: the others act between two calls. */
    onEvent: (event: Event) => void | Promise<void> = () => {};
    #place = 0;
    readonly #events: Event[] = [];
    #command: Command | undefined;
    readonly #owners = new Map<SettingName, Owner>();
    /** All settings that were ever in force together. */
    readonly #history: Settings[] = [];
    readonly #values: { name: SettingName; value: Settings[SettingName]; by: string }[] = [];
    readonly #arrivals = new WeakMap<Call, Event>();

    constructor(
        private readonly aws: Emulator,
        private readonly domain: string,
    ) {
        this.#history.push(this.inForce());
        for (const [name, value] of Object.entries(this.inForce())) {
            this.#owners.set(name as SettingName, { by: "nobody", since: 0, values: { nobody: value } });
            this.#values.push({ name: name as SettingName, value, by: "nobody" });
        }
    }

    /** What is called from now on belongs to this command: the others change the domain without a call. */
    begin(command: Command): void {
        this.#command = command;
        if (command.kind === "up" && command.desired.managedLoginVersion === undefined) {
            this.keepRaised();
        }
    }

    /** A policy that came along with a version that nobody manages any more stays with it. */
    keepRaised(): void {
        this.#owners.set("securityPolicy", { ...this.ownerOf("securityPolicy"), isRaised: false });
    }

    /** What a resource named that has left the program is no longer that program's. */
    leave(names: readonly SettingName[]): void {
        for (const name of names) {
            this.#owners.set(name, { ...this.ownerOf(name), by: "a former resource" });
        }
    }

    /** AWS never reports this setting: then nobody can see what others have made of it. */
    hides(name: SettingName): boolean {
        return this.aws.behaviour.silentSettings.some((it) => it === name);
    }

    get history(): readonly Settings[] {
        return this.#history;
    }

    eventsOf(number: number): Event[] {
        return this.#events.filter(({ command }) => command.number === number);
    }

    /** The updates of a command that AWS has taken, whatever the command knows of them. */
    writesOf({ number }: Command): Event[] {
        return this.eventsOf(number).filter(({ change }) => change !== undefined);
    }

    /** Whose doing a setting is, as it is now. */
    ownerOf(name: SettingName): Owner {
        return this.#owners.get(name) ?? { by: "nobody", since: 0, values: {} };
    }

    /** Every value of a setting that somebody else than our stack has ever put in force. */
    valuesByOthers(name: SettingName): Settings[SettingName][] {
        return this.#values.filter((it) => it.name === name && it.by !== OURS).map(({ value }) => value);
    }

    /** A state of settings in which one is as our stack has had it once. */
    asOursOnce(random: Random): Settings {
        const ours = this.#values.filter(({ by }) => by === OURS);
        const once = ours[random.whole(0, ours.length - 1)];
        return once ? { [once.name]: once.value } : {};
    }

    /** What is in force, and where an update is on its way, what will be. */
    inForce(): Settings {
        const { pending, ...stored } = this.aws.domainOf(this.domain) ?? {};
        return settingsStored(pending?.next ?? stored);
    }

    /** The program has waited for its turn under the quotas. */
    async turn(command: Command): Promise<void> {
        await this.arrive({ kind: "turn", command, at: ++this.#place, ...command.clock });
    }

    async arrived(call: Call): Promise<void> {
        const command = this.#command;
        if (command) {
            const event: Event = { kind: kindOf(call), command, at: ++this.#place, call, ...command.clock };
            this.#arrivals.set(call, event);
            await this.arrive(event);
        }
    }

    performs(call: Call, run: () => object): object {
        const event = this.#arrivals.get(call);
        if (!event) {
            return run();
        }
        if (event.kind !== "update") {
            const output = run();
            event.performedAt = ++this.#place;
            return output;
        }
        const before = this.inForce();
        const owners = new Map(this.#owners);
        const output = this.change(OURS, run);
        event.performedAt = this.#place;
        const sent = settingsOnWire(call.input);
        event.change = { from: before, to: sent };
        // Also what AWS then fails or ignores: others may come to the same value, and nobody can tell the two apart.
        for (const name of SETTING_NAMES.filter((it) => !sameSetting(sent[it], before[it]))) {
            const owner = this.ownerOf(name);
            this.#owners.set(name, { ...owner, values: { ...owner.values, [OURS]: sent[name] } });
        }
        this.markRaised(event.command, before);
        this.judge({ event, sent, before, owners, events: this.eventsOf(event.command.number) });
        return output;
    }

    /** Carries out what changes the domain, whoever it is. */
    change<T>(by: string, work: () => T): T {
        const before = this.inForce();
        const result = work();
        const after = this.inForce();
        const since = ++this.#place;
        const changed = SETTING_NAMES.filter((name) => !sameSetting(before[name], after[name]));
        for (const name of changed) {
            const values = { ...this.#owners.get(name)?.values, [by]: after[name] };
            this.#owners.set(name, { by, since, values });
            this.#values.push({ name, value: after[name], by });
        }
        if (changed.length > 0) {
            this.#history.push(after);
        }
        return result;
    }

    private async arrive(event: Event): Promise<void> {
        this.#events.push(event);
        await this.onEvent(event);
    }

    private markRaised({ desired }: Command, before: Settings): void {
        const owner = this.ownerOf("securityPolicy");
        const isOther = desired.securityPolicy !== undefined || this.hides("securityPolicy");
        if (!isOther && isRaise("securityPolicy", this.inForce(), before)) {
            this.#owners.set("securityPolicy", { ...owner, isRaised: true });
        }
    }

    private judge(write: Write): void {
        const problem = overreach(write);
        if (problem) {
            this.violations.push(problem);
        }
        const { certificateArn = "" } = write.sent;
        if (
            certificateArn !== write.before.certificateArn &&
            !isFitFor(this.aws, this.domain, certificateArn, write.event.command)
        ) {
            this.violations.push(`an update introduced the unfit certificate ${certificateArn}`);
        }
    }
}

function kindOf({ operation }: Call): Event["kind"] {
    switch (operation) {
        case "DescribeUserPoolDomain":
            return "look";
        case "UpdateUserPoolDomain":
            return "update";
        default:
            return "other";
    }
}
