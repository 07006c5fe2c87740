import type { Failover, Settings } from "../../provider/model/settings";
import { DEFAULT_ACCOUNT, type Emulator } from "../emulator";
import { Behaviour } from "../emulator/behaviour";
import { AwsError } from "../emulator/errors";
import { perform } from "../emulator/services";
import type { Command } from "./command";
import { Random } from "./random";
import type { AwsRecord } from "./record";
import type { Event } from "./rights";
import { requestFor } from "./wire";

/** What happens between two calls of ours. */
export type Deed =
    /** A colleague changes one setting in the console, or more. */
    | "colleague"
    /** A script sends all settings as it has seen them some time ago. */
    | "staleScript"
    /** From now on the machine has another account's credentials; until somebody signs in again. */
    | "otherAccount"
    /** The wall clock is set. */
    | "clock"
    /** The machine sleeps, and both clocks have run on; its network may be back only after some requests. */
    | "sleep"
    /** The engine is killed; the plugin is not. */
    | "engineDies";

export interface OthersPlan {
    seed: number;
    /** The share of calls, 0 to 1, before which something happens. */
    rate: number;
    /** How often at the most. */
    times: number;
    deeds: readonly [Deed, ...Deed[]];
}

/** What a colleague may choose from. */
export interface Choices {
    certificateArn: [string, string];
    failover: [Failover, Failover];
}

export const OTHER_ACCOUNT = "222222222222";
const HOUR_MS = 3_600_000;

/** The third hand: everything that changes the domain, or our machine, between two calls of ours. */
export class Others {
    #left: number;
    readonly #seen = new Map<string, number>();

    constructor(
        private readonly plan: OthersPlan,
        private readonly scene: {
            aws: Emulator;
            record: AwsRecord;
            domain: string;
            userPoolId: string;
            choices: Choices;
            note(text: string): void;
        },
    ) {
        this.#left = plan.times;
    }

    /** Decides by the command and how many such events it has had, not by how fast they came. */
    act(event: Event): void {
        const { seed, rate, deeds } = this.plan;
        const { command, kind } = event;
        const about = `${command.number} ${kind}`;
        const count = this.#seen.get(about) ?? 0;
        this.#seen.set(about, count + 1);
        const random = Random.of(`${seed} ${about} ${count}`);
        // A command that writes for a second time has met with something, and time has gone by.
        const share = count > 0 && (kind === "turn" || kind === "update") ? Math.sqrt(rate) : rate;
        if (this.#left === 0 || !random.chance(share)) {
            return;
        }
        const deed = random.pick(...deeds);
        this.#left--;
        this.scene.note(`    before ${kind} ${event.at}: ${deed}`);
        this.perform(deed, event, random);
    }

    /** Before a command begins: it may be somebody with another account's credentials who runs it. */
    prepare(command: Command): void {
        const { seed, deeds } = this.plan;
        const random = Random.of(`${seed} begin ${command.number}`);
        if (deeds.includes("otherAccount") && random.chance(0.3)) {
            command.account = OTHER_ACCOUNT;
            this.scene.note(`    before ${command.kind} ${command.number}: otherAccount`);
        }
    }

    /** Somebody changes the domain by hand; AWS may not get that done. */
    change(random: Random): void {
        const { aws, domain, record, choices } = this.scene;
        if (random.chance(0.2)) {
            aws.patchDomain(domain, { status: "FAILED" });
            return;
        }
        if (random.chance(0.3)) {
            this.send({ ...record.inForce(), ...record.asOursOnce(random) }, "colleague", random);
            return;
        }
        const { certificateArn, failover } = choices;
        const patch = random.pick<Settings>(
            { managedLoginVersion: 1 },
            { managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" },
            { securityPolicy: "TLS_V1_2_2021" },
            { securityPolicy: "TLS_V1_3_2025" },
            { managedLoginVersion: 1, securityPolicy: "TLS_V1" },
            // The only setting that can have a third value, which a rollback has to leave.
            { certificateArn: random.pick(...certificateArn) },
            { certificateArn: random.pick(...certificateArn) },
            { certificateArn: random.pick(...certificateArn) },
            { failover: random.pick(...failover) },
        );
        this.send({ ...record.inForce(), ...patch }, "colleague", random);
    }

    private perform(deed: Deed, { command, at }: Event, random: Random): void {
        switch (deed) {
            case "colleague":
                this.change(random);
                break;
            case "staleScript": {
                const earlier = this.scene.record.history.slice(-4);
                this.send(earlier[random.whole(0, earlier.length - 1)] ?? {}, "staleScript", random);
                break;
            }
            case "otherAccount":
                command.account = command.account === DEFAULT_ACCOUNT ? OTHER_ACCOUNT : DEFAULT_ACCOUNT;
                break;
            case "clock":
                command.clock.wallMs += random.pick(-3, -1, 1, 3) * HOUR_MS;
                break;
            case "sleep":
                command.clock.wallMs += 2 * HOUR_MS;
                command.clock.monotonicMs += 2 * HOUR_MS;
                this.scene.aws.behaviour.faults = [{ action: "reset", times: random.pick(0, 0, 4, 9) }];
                break;
            case "engineDies":
                command.diedAt ??= at;
        }
    }

    /** As AWS takes it: not while an update is on its way, unless that has just arrived. */
    private send(settings: Settings, by: string, random: Random): void {
        const { aws, record, domain, userPoolId, note } = this.scene;
        if (random.chance(0.5)) {
            settle(aws, domain);
        }
        const { account = DEFAULT_ACCOUNT, region = "" } = aws.domainOf(domain) ?? {};
        const behaviour = { ...new Behaviour(), settleAfterDescribes: random.pick(0, 0, 1, 2) };
        const context = { state: aws.state, behaviour, account, region, caller: by, accessKeyId: by };
        const input = requestFor(settings, { Domain: domain, UserPoolId: userPoolId });
        try {
            record.change(by, () => perform("cognito-idp", "UpdateUserPoolDomain", context, input));
            note(`      ${JSON.stringify(settings)}`);
        } catch (error) {
            if (!(error instanceof AwsError)) {
                throw error;
            }
            note(`      refused: ${error.message}`);
        }
    }
}

/** What is under way arrives. */
export function settle(aws: Emulator, domain: string): void {
    const { pending } = aws.domainOf(domain) ?? {};
    if (pending) {
        aws.patchDomain(domain, { ...pending.next, status: pending.next ? "ACTIVE" : "FAILED" });
    }
}
