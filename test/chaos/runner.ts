import assert from "node:assert/strict";
import { adoptedIn } from "../../provider/model/adoption";
import { namesIn, type Settings, sameSetting, settingsOf } from "../../provider/model/settings";
import type { Emulator } from "../emulator";
import { type Actor, type Command, commandOf, LONG_MS, SHORT_MS } from "./command";
import { Miniature, startPlugin, type World } from "./miniature";
import { Others, settle } from "./others";
import { type Args, secretIn } from "./programs";
import { assertRestored, Promises } from "./promises";
import { Random } from "./random";
import { AwsRecord } from "./record";
import { isFitFor, reasonToRefuse } from "./refusals";
import { hasSettings } from "./rights";
import type { Disturbance, Schedule, Step } from "./schedule";

/** How many seconds a command may take; most are done in a tenth of one. */
const COMMAND_SECONDS = 30;

/** Runs a schedule: one domain, the engine in miniature, the others, and after each command what has to hold. */
export class Runner {
    readonly record: AwsRecord;
    /** Whether something between us and the domain presents certificates of its own. */
    isIntercepted = false;

    readonly #world: World;
    readonly #pulumi: Record<Actor, Miniature>;
    readonly #others: Others;
    readonly #promises: Promises;
    #commands = 0;
    #areOthersAtWork = false;
    /** What our programs have said last. */
    #claimed: Settings = {};

    constructor(
        private readonly aws: Emulator,
        private readonly schedule: Schedule,
        private readonly notes: string[],
    ) {
        this.record = new AwsRecord(aws, schedule.domain);
        this.#world = { endpoint: aws.endpoint, onTurn: (command) => this.record.turn(command) };
        this.#pulumi = { ours: new Miniature(this.#world), other: new Miniature(this.#world) };
        this.#promises = new Promises(aws, schedule, this.record);
        this.#others = new Others(schedule.others, {
            ...schedule,
            aws,
            record: this.record,
            runOtherStack: () => this.runOtherStack(),
            note: (text) => notes.push(text),
        });
        this.record.onEvent = (event) => (this.#areOthersAtWork ? this.#others.act(event) : undefined);
        this.record.isFit = (arn, command) => isFitFor(aws, schedule.domain, arn, command);
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
    private async up({ args, refreshes, ...disturbance }: Step & { does: "up" }): Promise<void> {
        this.#promises.beginUp([args]);
        await this.disturbed(disturbance, async () => {
            const command = this.begin("up", [args], { requestTimeoutMs: this.requestTimeoutMs });
            const error = await this.ended(this.#pulumi.ours.up(args, command));
            this.check(command, error, [this.#pulumi.ours]);
        });
        if (refreshes) {
            assert.ifError(await this.#pulumi.ours.refresh(this.begin("refresh")));
        }
        await this.healthyUp(args, refreshes);
    }

    private async healthyUp(args: Args, isFresh: boolean): Promise<void> {
        const { ours } = this.#pulumi;
        const isStale = await ours.isStale(args, this.begin("up", [args]));
        const reason = isStale ? reasonToRefuse(this.aws, this.schedule.domain, settingsOf(args)) : undefined;
        let error: Error | undefined;
        // Again only where a busy machine let the short time run out.
        for (let attempt = 0; attempt < 3 && (attempt === 0 || isLate(error)); attempt++) {
            const command = this.begin("up", [args]);
            error = await this.ended(ours.up(args, command));
            this.check(command, error, [ours]);
        }
        settle(this.aws, this.schedule.domain);
        if (reason) {
            assert.ok(error, `a healthy up was not refused, though ${reason}`);
            return;
        }
        assert.ifError(error);
        assert.equal(this.aws.domainOf(this.schedule.domain)?.status, "ACTIVE");
        const isLeft = await ours.isStale(args, this.begin("up", [args]));
        assert.ok(!isLeft || args.wait === "none", "something is left to do after a healthy up");
        const inForce = this.record.inForce();
        for (const name of namesIn(settingsOf(args))) {
            // Without a refresh, what others have changed is left alone, and said in previews.
            const isDrift = !isFresh && this.record.ownerOf(name).by !== "ours";
            const isAsSaid = sameSetting(inForce[name], settingsOf(args)[name]);
            assert.ok(isAsSaid || isDrift, `${name} is ${JSON.stringify(inForce[name])} after a healthy up`);
        }
    }

    /** Two resources of one program, in one process: neither undoes what the other says. */
    private async upOfTwo({ args, ...disturbance }: Step & { does: "upOfTwo" }): Promise<void> {
        const resources = [this.#pulumi.ours, new Miniature(this.#world)] as const;
        this.#promises.beginUp(args);
        const upOfBoth = async (command: Command) => {
            const plugin = startPlugin(this.#world, command);
            const ups = resources.map((resource, index) => resource.up(args[index] ?? {}, command, plugin));
            const error = (await this.ended(Promise.all(ups))).find((it) => it !== undefined);
            this.check(command, error, resources);
            return error;
        };
        await this.disturbed(disturbance, async () => {
            await upOfBoth(this.begin("up", args, { requestTimeoutMs: this.requestTimeoutMs }));
        });
        for (const resource of resources) {
            assert.ifError(await resource.refresh(this.begin("refresh")));
        }
        const desired = Object.assign({}, ...args.map(settingsOf));
        const reason = reasonToRefuse(this.aws, this.schedule.domain, desired);
        const error = await upOfBoth(this.begin("up", args));
        settle(this.aws, this.schedule.domain);
        assert.equal(error === undefined, reason === undefined, `${reason} and yet: ${error?.message}`);
        if (!reason) {
            assert.ok(hasSettings(desired, this.record.inForce()), "a healthy up of two has lost a setting");
        }
        // The second resource leaves the program, and the domain as it is.
        this.#promises.beginUp([args[0]]);
    }

    private async refresh(disturbance: Disturbance): Promise<void> {
        const { ours } = this.#pulumi;
        const { state } = ours;
        await this.disturbed(disturbance, async () => {
            const command = this.begin("refresh", [], { requestTimeoutMs: this.requestTimeoutMs });
            const error = await this.ended(ours.refresh(command));
            this.check(command, error, [ours]);
            assert.equal(ours.state === undefined, state === undefined, "a refresh has lost the resource");
            if (error) {
                assert.deepEqual(ours.state, state, "a failed refresh has changed the state");
            }
        });
    }

    private async destroy(disturbance: Disturbance): Promise<void> {
        const { ours } = this.#pulumi;
        const { outputs } = ours.state ?? {};
        if (!outputs) {
            return;
        }
        const said: string[] = [];
        await this.disturbed(disturbance, async () => {
            const command = this.begin("destroy", [], { requestTimeoutMs: this.requestTimeoutMs });
            const error = await this.ended(ours.destroy(command));
            this.check(command, error, [ours]);
            said.push(...command.said);
            assert.ok(!error || ours.state, "a failed destroy has lost the resource");
        });
        if (ours.state) {
            const command = this.begin("destroy");
            assert.ifError(await this.ended(ours.destroy(command)));
            this.check(command, undefined, [ours]);
            said.push(...command.said);
            settle(this.aws, this.schedule.domain);
        }
        assert.equal(ours.state, undefined);
        if (outputs.onDelete === "restore") {
            assertRestored(this.record, adoptedIn(outputs).found, said);
        }
    }

    private async runOtherStack(): Promise<void> {
        const args = this.schedule.otherStack.shift();
        if (args) {
            const { other } = this.#pulumi;
            const command = this.begin("up", [args], {}, "other");
            const error = await other.up(args, command);
            this.check(command, error, [other]);
        }
    }

    private begin(kind: Command["kind"], programs: Args[] = [], given: Partial<Command> = {}, actor: Actor = "ours") {
        const state = this.#pulumi[actor].state;
        const command = commandOf({
            number: ++this.#commands,
            actor,
            kind,
            desired: Object.assign({}, ...programs.map(settingsOf)),
            original: adoptedIn(state?.outputs ?? {}).found,
            lastApplied: this.#claimed,
            mayRollBack: programs.some(({ onFailure }) => onFailure === "rollback"),
            isAwaited: programs.every(({ wait }) => wait !== "none"),
            isVerified: programs.some(({ verify }) => verify !== undefined),
            ...given,
        });
        if (actor === "ours" && kind === "up") {
            this.#claimed = command.desired;
        }
        for (const secret of programs.map(secretIn)) {
            this.#promises.keepSecret(secret);
        }
        this.record.begin(command);
        return command;
    }

    private check(command: Command, error: Error | undefined, resources: readonly Miniature[]): void {
        const end = command.diedAt === undefined ? (error ? `${error.name}: ${error.message}` : "succeeded") : "killed";
        this.notes.push(`  ${command.kind} ${command.number} (${command.actor}): ${end}`);
        this.#promises.check(command, error, resources);
    }

    private get requestTimeoutMs(): number {
        // While the other stack runs, nobody answers us.
        return this.schedule.otherStack.length > 0 ? LONG_MS : SHORT_MS;
    }

    private async disturbed({ chaos, behaviour }: Disturbance, work: () => Promise<void>): Promise<void> {
        this.aws.state.freshCertificateRefusals = 0;
        Object.assign(this.aws.behaviour, behaviour, { chaos });
        this.isIntercepted = this.schedule.isIntercepted;
        this.#areOthersAtWork = true;
        await work();
        this.#areOthersAtWork = false;
        this.isIntercepted = false;
        const healthy = { chaos: undefined, outcome: "active", settleAfterDescribes: 1, freshCertificateRefusals: 0 };
        Object.assign(this.aws.behaviour, healthy);
        settle(this.aws, this.schedule.domain);
    }

    /** A command that does not end is a fault, whatever the clocks say. */
    private async ended<T>(work: Promise<T>): Promise<T> {
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
}

function isLate(error: Error | undefined): boolean {
    return error?.message.includes("(waitTimeoutSeconds)") ?? false;
}
