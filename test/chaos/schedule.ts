import { type Behaviour, CHAOS_KINDS, type Chaos, type ChaosKind, type Emulator } from "../emulator";
import type { Choices, Deed, OthersPlan } from "./others";
import { type Args, argsOf, certificate, failover, SECONDARY, type Subject, split } from "./programs";
import { Random } from "./random";

const REGION = "us-west-2";

/** What disturbs one command. */
export interface Disturbance {
    chaos: Chaos;
    behaviour: Partial<Behaviour>;
}

/** One command, or somebody else's doing between two. */
export type Step =
    | ({ does: "up"; args: Args; refreshes: boolean; takesOver?: boolean; isLast?: boolean } & Disturbance)
    /** An `up` of a program with two resources on the domain, in one process. */
    | ({ does: "upOfTwo"; args: [Args, Args] } & Disturbance)
    | ({ does: "refresh" } & Disturbance)
    | ({ does: "destroy" } & Disturbance)
    /** Somebody changes the domain by hand. */
    | { does: "change"; seed: number };

export interface Schedule extends Subject {
    steps: Step[];
    others: OthersPlan;
    /** Whether something in between presents certificates of its own, while the commands are disturbed. */
    isIntercepted: boolean;
    choices: Choices;
}

/** Puts the scene of a seed in place and says what happens in it. */
export function scheduleOf(seed: number, aws: Emulator): Schedule {
    const random = new Random(seed);
    const domain = `auth${seed}.example.com`;
    const version = random.pick(1, 1, 2);
    const userPoolId = aws.userPool({
        region: REGION,
        // A pool with managed login does not get there.
        tier: version === 1 && random.chance(0.15) ? "LITE" : "ESSENTIALS",
        replicas: [{ region: SECONDARY }],
    });
    const isSilent = random.chance(0.2);
    aws.behaviour.silentSettings = isSilent ? ["securityPolicy"] : [];
    aws.domain({
        userPoolId,
        domain,
        version,
        certificateArn: certificate(aws, domain, random.pick("fit", "fit", "ending")),
        securityPolicy: version === 2 ? "TLS_V1_2_2021" : random.pick("TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"),
        routing: random.chance(0.5) ? { failover: failover(random) } : undefined,
        status: random.chance(0.15) ? "FAILED" : "ACTIVE",
    });
    aws.client({ userPoolId, withBranding: true });
    // With managed login, AWS would refuse a TLS_V1 that it does not report, and keeps.
    aws.behaviour.omittedSettings = isSilent ? "reset" : random.pick("reset", "keep");
    aws.behaviour.whileUpdating = random.pick("old", "new");
    aws.behaviour.missingDomain = random.pick("empty", "notFound");
    aws.behaviour.silentAccount = random.chance(0.2);
    const subject = { userPoolId, domain };
    return {
        ...subject,
        others: othersOf(random),
        steps: stepsOf(random, aws, subject),
        isIntercepted: random.chance(0.5),
        choices: {
            certificateArn: [certificate(aws, domain, "fit"), certificate(aws, domain, "wildcard")],
            failover: [failover(random), failover(random)],
        },
    };
}

function stepsOf(random: Random, aws: Emulator, subject: Subject): Step[] {
    const steps: Step[] = [];
    // On the plan LITE, which of the two comes first decides whether the other is refused; and neither keeps what AWS does not report.
    const isLite = aws.state.pools.get(subject.userPoolId)?.tier === "LITE";
    const mayShare = !isLite && aws.behaviour.silentSettings.length === 0;
    let args: Args | undefined;
    const up = () => {
        if (args && random.chance(0.4)) {
            // The program changes one setting and repeats the others: what somebody else has done to these stays.
            steps.push({ does: "change", seed: random.whole(0, 2 ** 31) });
            args = { ...args, managedLoginVersion: args.managedLoginVersion === 2 ? 1 : 2 };
        } else {
            args = argsOf(random, aws, subject);
        }
        const disturbance = disturbanceOf(random);
        steps.push(
            random.chance(0.15) && mayShare
                ? { does: "upOfTwo", args: split(args), ...disturbance }
                : { does: "up", args, refreshes: random.chance(0.5), ...disturbance },
        );
    };
    up();
    for (let count = random.whole(1, 3); count > 0; count--) {
        if (random.chance(0.3)) {
            steps.push({ does: "refresh", ...disturbanceOf(random) });
        }
        if (random.chance(0.4)) {
            steps.push({ does: "change", seed: random.whole(0, 2 ** 31) });
        }
        up();
    }
    for (let count = random.pick(0, 0, 1, 2); count > 0; count--) {
        steps.push({ does: "change", seed: random.whole(0, 2 ** 31) });
        steps.push({ does: "refresh", ...disturbanceOf(random) });
    }
    if (args && random.chance(0.3)) {
        steps.push({ does: "up", args, refreshes: random.chance(0.5), takesOver: true, ...disturbanceOf(random) });
    }
    if (random.chance(0.3)) {
        // Whatever becomes of it, nobody completes it.
        const last = argsOf(random, aws, subject);
        steps.push({ does: "up", args: last, refreshes: false, isLast: true, ...disturbanceOf(random) });
    }
    if (random.chance(0.3)) {
        steps.push({ does: "change", seed: random.whole(0, 2 ** 31) });
    }
    if (random.chance(0.6)) {
        steps.push({ does: "destroy", ...disturbanceOf(random) });
    }
    return steps;
}

const PEOPLE: readonly [Deed, ...Deed[]] = ["colleague", "colleague", "staleScript"];

function othersOf(random: Random): OthersPlan {
    const deeds = random.pick<readonly [Deed, ...Deed[]]>(
        PEOPLE,
        [...PEOPLE, "engineDies"],
        [...PEOPLE, "otherAccount"],
        ["clock", "sleep"],
        [...PEOPLE, "sleep"],
        [...PEOPLE, "otherAccount", "engineDies", "clock", "sleep"],
    );
    const rate = random.pick(0, 0.1, 0.3, 0.6);
    return { seed: random.whole(0, 2 ** 31), rate, times: random.whole(1, 5), deeds };
}

/** All kinds of faults, not too often; or one kind, which commands have to live with far more of. */
function disturbanceOf(random: Random): Disturbance {
    const isMixed = random.chance(0.6);
    const single = random.pick<ChaosKind>("exception", "reset", "staleRead", "staleRead", "htmlPage", "emptyBody");
    return {
        chaos: {
            seed: random.whole(0, 2 ** 31),
            rate: isMixed ? random.pick(0, 0.05, 0.15, 0.3, 0.5) : random.pick(0.15, 0.3, 0.5),
            kinds: isMixed ? CHAOS_KINDS : [single],
        },
        behaviour: {
            outcome: random.pick("active", "active", "active", "active", "active", "failed", "failed", "ignored"),
            settleAfterDescribes: random.whole(0, 4),
            freshCertificateRefusals: random.pick(0, 0, 2),
        },
    };
}
