import type { Behaviour, Chaos, ChaosKind, Emulator } from "../emulator";
import type { Random } from "./random";

/** What disturbs one command. */
export interface Disturbance {
    chaos: Chaos;
    behaviour: Partial<Behaviour>;
}

/** All kinds of faults, not too often; or one kind, which commands have to live with far more of. */
export function disturbanceOf(random: Random, kinds: readonly ChaosKind[]): Disturbance {
    const isMixed = random.chance(0.6);
    const single = random.pick<ChaosKind>("exception", "reset", "staleRead", "staleRead", "htmlPage", "emptyBody");
    return {
        chaos: {
            seed: random.whole(0, 2 ** 31),
            rate: isMixed ? random.pick(0, 0.05, 0.15, 0.3, 0.5) : random.pick(0.15, 0.3, 0.5),
            kinds: isMixed ? kinds : [single],
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
