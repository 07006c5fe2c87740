import assert from "node:assert/strict";
import { recordIn } from "../../provider/model/record";
import { argumentsOf, namesIn, pick, settingsOf } from "../../provider/model/settings";
import type { Emulator } from "../emulator";
import type { Command } from "./command";
import { Commands } from "./commands";
import { Others, settle } from "./others";
import type { Args } from "./programs";
import { assertAsSaid, assertRestored, Promises } from "./promises";
import { Random } from "./random";
import { AwsRecord } from "./record";
import { hasSettings, reasonToRefuse } from "./rights";
import type { Disturbance, Schedule, Step } from "./schedule";

/** Runs a schedule: one domain, the engine in miniature, the others, and after each command what has to hold. */
export class Runner {
    readonly record: AwsRecord;
    /** Whether something between us and the domain presents certificates of its own. */
    isIntercepted = false;

    readonly #commands: Commands;
    readonly #others: Others;
    readonly #promises: Promises;
    #areOthersAtWork = false;

    constructor(
        private readonly aws: Emulator,
        private readonly schedule: Schedule,
        notes: string[],
    ) {
        this.record = new AwsRecord(aws, schedule.domain);
        this.#promises = new Promises(this.record);
        this.#commands = new Commands(aws.endpoint, this.record, this.#promises, notes);
        this.#others = new Others(schedule.others, {
            ...schedule,
            aws,
            record: this.record,
            note: (text) => notes.push(text),
        });
        this.record.onEvent = (event) => (this.#areOthersAtWork ? this.#others.act(event) : undefined);
    }

    async perform(step: Step): Promise<void> {
        switch (step.does) {
            case "up":
                return this.up(step);
            case "upOfTwo":
                return this.upOfTwo(step);
            case "refresh":
                return this.refresh(step);
            case "destroy":
                return this.destroy(step);
            case "change":
                this.#others.change(new Random(step.seed));
        }
    }

    /** A command among faults and others; then, in a healthy world, until it succeeds. */
    private async up({ refreshes, takesOver, isLast, ...step }: Step & { does: "up" }): Promise<void> {
        const taken = takesOver ? pick(this.record.inForce(), namesIn(settingsOf(step.args))) : {};
        const args = { ...step.args, ...argumentsOf(taken) };
        this.#promises.beginUp([args]);
        let [isOpen, isKilled] = [false, false];
        await this.disturbed(step, async () => {
            const command = this.beginDisturbed("up", [args]);
            const error = await this.#commands.up(args, command);
            isKilled = command.diedAt !== undefined;
            isOpen = error !== undefined && !isKilled && this.record.writesOf(command).length > 0;
        });
        if (isLast && !isKilled) {
            return;
        }
        // While somebody's update is under way, a refresh tells nothing.
        const isAtRest = this.aws.domainOf(this.schedule.domain)?.status === "ACTIVE";
        if (refreshes) {
            assert.ifError(await this.#commands.ours.refresh(this.#commands.begin("refresh")));
        }
        await this.healthyUp(args, refreshes && isAtRest, isOpen);
    }

    /** @param isOpen The last one took effect in part, or late, or not: this one completes it, over what others have changed. */
    private async healthyUp(args: Args, isFresh: boolean, isOpen: boolean): Promise<void> {
        const { ours } = this.#commands;
        const isStale = await ours.isStale(args, this.#commands.begin("up", [args]));
        const reason = isStale ? reasonToRefuse(this.aws, this.schedule.domain, settingsOf(args)) : undefined;
        const error = await this.settled(this.#commands.up(args, this.#commands.begin("up", [args])));
        if (reason) {
            assert.ok(error, `a healthy up was not refused, though ${reason}`);
            return;
        }
        assert.ifError(error);
        const { status } = this.aws.domainOf(this.schedule.domain) ?? {};
        const mayBeFailed = !isFresh || namesIn(settingsOf(args)).length === 0;
        assert.ok(status === "ACTIVE" || mayBeFailed, `${status} after a healthy up`);
        const isLeft = await ours.isStale(args, this.#commands.begin("up", [args]));
        assert.ok(!isLeft || args.wait === "none" || status !== "ACTIVE", "something is left to do after a healthy up");
        // What AWS has accepted is done then, whatever becomes of it: a refresh tells.
        if (args.wait !== "none" || isFresh || isOpen) {
            assertAsSaid(this.record, settingsOf(args), isFresh || isOpen);
        }
    }

    /** Two resources of one program, in one process: neither undoes what the other says. */
    private async upOfTwo({ args, ...disturbance }: Step & { does: "upOfTwo" }): Promise<void> {
        const second = this.#commands.newResource();
        // What the second resource takes over is, for it, as the first has left it.
        this.#promises.beginUp([args[0]]);
        this.#promises.beginUp(args);
        const upOfTwo = (command: Command) => this.#commands.upOfTwo(args, command, second);
        await this.disturbed(disturbance, async () => {
            await upOfTwo(this.beginDisturbed("up", args));
        });
        for (const resource of [this.#commands.ours, second]) {
            assert.ifError(await resource.refresh(this.#commands.begin("refresh")));
        }
        const desired = Object.assign({}, ...args.map(settingsOf));
        const reason = reasonToRefuse(this.aws, this.schedule.domain, desired);
        const error = await this.settled(upOfTwo(this.#commands.begin("up", args)));
        assert.equal(error === undefined, reason === undefined, `${reason} and yet: ${error?.message}`);
        if (!reason) {
            assert.ok(hasSettings(desired, this.record.inForce()), "a healthy up of two has lost a setting");
        }
        // The second resource leaves the program, and the domain as it is.
        this.#promises.beginUp([args[0]]);
        this.record.keepRaised();
        this.record.leave(namesIn(settingsOf(args[1])));
    }

    private async refresh(disturbance: Disturbance): Promise<void> {
        const { state } = this.#commands.ours;
        await this.disturbed(disturbance, async () => {
            const error = await this.#commands.refresh(this.beginDisturbed("refresh"));
            const { state: after } = this.#commands.ours;
            assert.equal(after === undefined, state === undefined, "a refresh has lost the resource");
            if (error) {
                assert.deepEqual(after, state, "a failed refresh has changed the state");
            }
        });
    }

    private async destroy(disturbance: Disturbance): Promise<void> {
        const { ours } = this.#commands;
        const { outputs } = ours.state ?? {};
        if (!outputs) {
            return;
        }
        const said: string[] = [];
        const destroy = async (command: Command) => {
            const error = await this.#commands.destroy(command);
            said.push(...command.said);
            return error;
        };
        await this.disturbed(disturbance, async () => {
            const error = await destroy(this.beginDisturbed("destroy"));
            assert.ok(!error || ours.state, "a failed destroy has lost the resource");
        });
        const command = this.#commands.begin("destroy");
        assert.ifError(await this.settled(destroy(command)));
        assert.equal(ours.state, undefined);
        if (outputs.onDelete === "restore") {
            assertRestored(this.record, recordIn(outputs)?.before ?? {}, said, command.applied);
        }
    }

    /** A healthy command, and what it did not wait for. */
    private async settled(work: Promise<Error | undefined>): Promise<Error | undefined> {
        const error = await work;
        settle(this.aws, this.schedule.domain);
        return error;
    }

    private beginDisturbed(kind: Command["kind"], programs: Args[] = []): Command {
        const command = this.#commands.begin(kind, programs, true);
        this.#others.prepare(command);
        return command;
    }

    /** Does some work in a disturbed AWS, which is a healthy one again afterwards. */
    private async disturbed({ chaos, behaviour }: Disturbance, work: () => Promise<void>): Promise<void> {
        this.isIntercepted = this.schedule.isIntercepted;
        this.#areOthersAtWork = true;
        this.aws.state.freshCertificateRefusals = 0;
        Object.assign(this.aws.behaviour, behaviour, { chaos });
        if (behaviour.outcome === "ignored" && this.record.hides("securityPolicy")) {
            // Nobody could tell.
            this.aws.behaviour.outcome = "active";
        }
        await work();
        const healthy = { chaos: undefined, outcome: "active", settleAfterDescribes: 1, freshCertificateRefusals: 0 };
        this.aws.behaviour.faults = [];
        Object.assign(this.aws.behaviour, healthy);
        this.#areOthersAtWork = false;
        this.isIntercepted = false;
        settle(this.aws, this.schedule.domain);
    }
}
