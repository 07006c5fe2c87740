import assert from "node:assert/strict";
import { adoptedIn } from "../../provider/model/adoption";
import { namesIn, type SettingName, type Settings, sameSetting, settingsOf } from "../../provider/model/settings";
import { type Behaviour, type Chaos, type Emulator, startEmulator } from "../emulator";
import { isFit } from "../emulator/certificates";
import { CREDENTIALS, LONG, Miniature, SHORT } from "./miniature";
import { type Args, type Schedule, type Step, scheduleOf } from "./schedule";

const MINIMUM_DAYS = 14;
const DAY = 24 * 60 * 60 * 1000;

/** A schedule that was played. */
export interface Played {
    aws: Emulator;
    /** What was done, and what became of it, for whoever replays a seed. */
    notes: string[];
    /** The invariant that broke, if one did. */
    broken?: string;
}

/** Plays a seed's schedule until its end or the first broken invariant. */
export async function play(seed: number, onStart: (schedule: Schedule, aws: Emulator) => void): Promise<Played> {
    const aws = await startEmulator();
    const notes: string[] = [];
    try {
        const schedule = scheduleOf(seed, aws);
        onStart(schedule, aws);
        const theatre = new Theatre(aws, schedule, notes);
        for (const step of schedule.steps) {
            notes.push(JSON.stringify(step));
            await theatre.perform(step);
        }
        return { aws, notes };
    } catch (error) {
        return { aws, notes, broken: `${notes.length} notes, the last: ${notes.at(-1)}\n${(error as Error).stack}` };
    } finally {
        await aws.close();
    }
}

/** One domain, the engine in miniature, and the invariants. */
class Theatre {
    readonly #pulumi: Miniature;
    readonly #violations: string[] = [];
    /** What the program of the current step wants; a rollback or a restore sends something else. */
    #desired: Settings = {};
    /** What was in force before each step: a stale read may show any of it. */
    readonly #past: Settings[] = [];

    constructor(
        private readonly aws: Emulator,
        private readonly schedule: Schedule,
        private readonly notes: string[],
    ) {
        this.#pulumi = new Miniature(aws);
    }

    async perform(step: Step): Promise<void> {
        this.#past.push(this.inForce());
        switch (step.does) {
            case "up":
                await this.up(step.args, step);
                break;
            case "refresh":
                await this.refresh(step);
                break;
            case "destroy":
                await this.destroy(step);
                break;
            case "meddle":
                this.aws.patchDomain(this.schedule.domain, step.patch);
        }
        assert.deepEqual(this.#violations, []);
        this.assertNoSecrets();
    }

    /** A command in the storm; then, until it succeeds, on a fine day. */
    private async up(args: Args, weather: { chaos: Chaos; behaviour: Partial<Behaviour> }): Promise<void> {
        this.#desired = settingsOf(args);
        const { managed } = adoptedIn(this.#pulumi.state?.outputs ?? {});
        const before = this.inForce();
        this.storm(weather);
        const failed = await this.#pulumi.up(args, SHORT);
        this.note(failed);
        this.fineDay();
        this.assertUnmanagedKept(before, namesIn(this.#desired));
        if (!failed) {
            this.assertWanted("an up that succeeded in the storm", before);
        }
        const reason = this.reasonToRefuse();
        const now = this.inForce();
        const error = await this.healthyUp(args);
        this.settle();
        if (reason) {
            assert.ok(error, `a healthy up was not refused, though ${reason}`);
            assert.deepEqual(this.inForce(), now, "a refused up has written");
        } else {
            assert.ifError(error);
            this.assertWanted("a healthy up", before);
            assert.equal(this.aws.domainOf(this.schedule.domain)?.status, "ACTIVE");
            assert.equal(await this.#pulumi.isStale(args), false, "there is still something to do after a healthy up");
        }
        this.assertUnmanagedKept(now, namesIn(this.#desired));
        this.assertRestorePoint(namesIn(this.#desired).filter((name) => !managed.includes(name)));
    }

    /** What begins to be managed is remembered as it was before, and not as the very same command has made it. */
    private assertRestorePoint(fresh: SettingName[]): void {
        const { found } = adoptedIn(this.#pulumi.state?.outputs ?? {});
        for (const name of fresh) {
            const value = found[name];
            assert.ok(
                value === undefined || this.#past.some((settings) => sameSetting(settings[name], value)),
                `${name} was never ${JSON.stringify(value)} before, and is the restore point`,
            );
        }
    }

    /** Once; again only where a busy machine let the short time run out. */
    private async healthyUp(args: Args): Promise<Error | undefined> {
        let error: Error | undefined;
        for (let attempt = 0; attempt < 3; attempt++) {
            error = await this.#pulumi.up(args, LONG);
            if (!error?.message.includes("(waitTimeoutSeconds)")) {
                break;
            }
        }
        return error;
    }

    private async refresh(weather: { chaos: Chaos }): Promise<void> {
        const { state } = this.#pulumi;
        const before = this.inForce();
        this.storm(weather);
        const error = await this.#pulumi.refresh(SHORT);
        this.note(error);
        this.fineDay();
        assert.deepEqual(this.inForce(), before, "a refresh has written");
        assert.equal(this.#pulumi.state === undefined, state === undefined, "a refresh has lost the resource");
        if (error) {
            assert.deepEqual(this.#pulumi.state, state, "a failed refresh has changed the state");
        }
    }

    private async destroy(weather: { chaos: Chaos }): Promise<void> {
        const { outputs } = this.#pulumi.state ?? {};
        if (!outputs) {
            return;
        }
        const { managed, found } = adoptedIn(outputs);
        const before = this.inForce();
        const isRestored = outputs.onDelete === "restore";
        this.#desired = {};
        this.storm(weather);
        const first = await this.#pulumi.destroy(SHORT);
        this.note(first);
        this.fineDay();
        this.assertUnmanagedKept(before, isRestored ? managed : [], found);
        if (first) {
            assert.ok(this.#pulumi.state, "a failed destroy has lost the resource");
            assert.ifError(await this.#pulumi.destroy(LONG));
            this.settle();
        }
        assert.equal(this.#pulumi.state, undefined);
        const now = this.inForce();
        this.assertUnmanagedKept(before, isRestored ? managed : [], found);
        const kept = this.#pulumi.texts.some((text) => text.includes("not restored to"));
        const known = settingsOf(outputs);
        for (const name of isRestored && !kept ? namesIn(found) : []) {
            // What somebody else has changed since the last command saw it stays.
            const isTheirs = !sameSetting(before[name], known[name]);
            const expected = isTheirs ? before[name] : found[name];
            assert.ok(sameSetting(now[name], expected), `${name} is ${JSON.stringify(now[name])} after a restore`);
        }
    }

    /** A success is one; but what AWS accepts and then does not report at all has to be lastApplied. */
    private assertWanted(after: string, before: Settings): void {
        const inForce = this.inForce();
        for (const name of namesIn(this.#desired)) {
            const value = inForce[name];
            if (value === undefined && before[name] === undefined) {
                continue;
            }
            assert.ok(sameSetting(value, this.#desired[name]), `${name} is ${JSON.stringify(value)} after ${after}`);
        }
    }

    /** For whoever replays a seed. */
    private note(error: Error | undefined): void {
        this.notes.push(error ? `  ${error.name}: ${error.message}` : "  succeeded");
    }

    private storm({ chaos, behaviour = {} }: { chaos: Chaos; behaviour?: Partial<Behaviour> }): void {
        this.aws.state.freshCertificateRefusals = 0;
        Object.assign(this.aws.behaviour, behaviour, {
            chaos,
            faults: [
                {
                    operation: "UpdateUserPoolDomain",
                    action: { run: (_aws: Emulator, call: { input: object }) => this.watch(call.input) },
                },
            ],
        });
    }

    private fineDay(): void {
        const { faults } = this.aws.behaviour;
        Object.assign(this.aws.behaviour, {
            chaos: undefined,
            outcome: "active",
            settleAfterDescribes: 1,
            freshCertificateRefusals: 0,
            faults,
        });
        this.settle();
    }

    /** What is under way arrives. */
    private settle(): void {
        const { domain } = this.schedule;
        const stored = this.aws.domainOf(domain);
        if (stored?.pending) {
            this.aws.patchDomain(domain, {
                ...(stored.pending.next ?? {}),
                status: stored.pending.next ? "ACTIVE" : "FAILED",
            });
        }
    }

    /** Never an update that introduces an unfit certificate: looked at where it arrives. */
    private watch(input: { CustomDomainConfig?: { CertificateArn?: string } }): void {
        const arn = input.CustomDomainConfig?.CertificateArn ?? "";
        const { state } = this.aws;
        const stored = this.aws.domainOf(this.schedule.domain);
        if (arn === stored?.certificateArn) {
            return;
        }
        const days = arn === this.#desired.certificateArn ? MINIMUM_DAYS : 0;
        if (
            !isFit(state, stored?.account ?? "", arn, this.schedule.domain, new Date(Date.now() + days * DAY - 60_000))
        ) {
            this.#violations.push(`an update introduced the unfit certificate ${arn}`);
        }
    }

    /** Why a healthy update has to be refused, as the scene has it. */
    private reasonToRefuse(): string | undefined {
        const { certificateArn, managedLoginVersion } = this.#desired;
        const inForce = this.inForce();
        const { domain } = this.schedule;
        const stored = this.aws.domainOf(domain);
        const pool = this.aws.state.pools.get(stored?.userPoolId ?? "");
        if (certificateArn !== undefined && certificateArn !== inForce.certificateArn) {
            const end = new Date(Date.now() + MINIMUM_DAYS * DAY);
            if (!isFit(this.aws.state, stored?.account ?? "", certificateArn, domain, end)) {
                return "the certificate is unfit";
            }
        }
        const writes = namesIn(this.#desired).some((name) => !sameSetting(inForce[name], this.#desired[name]));
        return writes && (managedLoginVersion ?? inForce.managedLoginVersion) === 2 && pool?.tier === "LITE"
            ? "the plan is LITE"
            : undefined;
    }

    /** Never a setting lost that the program does not manage. Managed ones are as before, as desired, or as found. */
    private assertUnmanagedKept(before: Settings, managed: readonly SettingName[], found: Settings = {}): void {
        const after = this.inForce();
        for (const name of new Set([...namesIn(before), ...namesIn(after)])) {
            const allowed = [before[name]];
            if (managed.includes(name)) {
                allowed.push(this.#desired[name], found[name]);
            } else if (
                name === "securityPolicy" &&
                before.securityPolicy === "TLS_V1" &&
                after.managedLoginVersion === 2
            ) {
                allowed.push("TLS_V1_2_2021");
            }
            assert.ok(
                allowed.some((value) => sameSetting(value, after[name])),
                `${name} was ${JSON.stringify(before[name])} and is ${JSON.stringify(after[name])}, managed: ${managed}`,
            );
        }
    }

    private inForce(): Settings {
        const {
            managedLoginVersion = 1,
            certificateArn,
            securityPolicy,
            routing,
        } = this.aws.domainOf(this.schedule.domain) ?? {};
        const settings: Settings = { managedLoginVersion, certificateArn, securityPolicy, failover: routing?.failover };
        return JSON.parse(JSON.stringify(settings));
    }

    private assertNoSecrets(): void {
        const { ClientSecret } = [...this.aws.state.pools.values()][0]?.clients.get(this.schedule.clientId) ?? {};
        assert.ok(ClientSecret);
        for (const secret of [ClientSecret, CREDENTIALS.secretAccessKey, CREDENTIALS.sessionToken]) {
            assert.ok(
                !this.#pulumi.texts.some((text) => text.includes(secret)),
                `a secret (${secret.slice(0, 5)}...) in ${this.#pulumi.texts.find((text) => text.includes(secret))}`,
            );
        }
    }
}
