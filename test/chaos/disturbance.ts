import type { Behaviour, Chaos, ChaosKind, Emulator } from "../emulator";
import type { Random } from "./random";

/** What disturbs one command. */
export interface Disturbance {
    chaos: Chaos;
    behaviour: Partial<Behaviour>;
}

export function disturbanceOf(random: Random, kinds: readonly ChaosKind[]): Disturbance {
    return {
        chaos: {
            seed: random.whole(0, 2 ** 31),
            rate: random.pick(0, 0.05, 0.15, 0.3, 0.5),
            kinds: random.chance(0.7)
                ? kinds
                : [random.pick("exception", "reset", "staleRead", "htmlPage", "emptyBody")],
        },
        behaviour: {
            outcome: random.pick("active", "active", "active", "active", "active", "failed", "failed", "ignored"),
            settleAfterDescribes: random.whole(0, 4),
            freshCertificateRefusals: random.pick(0, 0, 2),
        },
    };
}

/** Does some work in a disturbed AWS, which is a healthy one again afterwards. */
export async function disturbed(
    aws: Emulator,
    { chaos, behaviour }: Disturbance,
    work: () => Promise<void>,
): Promise<void> {
    aws.state.freshCertificateRefusals = 0;
    Object.assign(aws.behaviour, behaviour, { chaos });
    await work();
    const healthy = { chaos: undefined, outcome: "active", settleAfterDescribes: 1, freshCertificateRefusals: 0 };
    Object.assign(aws.behaviour, healthy);
}
