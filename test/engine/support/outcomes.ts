import type { Behaviour, Emulator } from "../../emulator";

type Outcome = Extract<Behaviour["outcome"], "active" | "failed" | "never">;

/**
 * How the next updates of one domain end, in their order; those after them, and those of other domains, end as
 * `behaviour.outcome` says of all.
 */
export function endUpdates(aws: Emulator, domain: string, ...outcomes: Outcome[]): void {
    aws.behaviour.faults.push({
        operation: "UpdateUserPoolDomain",
        when: "after",
        action: {
            run: ({ state }, { input }) => {
                const pending = state.domains.find((it) => it.domain === domain)?.pending;
                if (input.Domain !== domain || !pending) {
                    return;
                }
                const outcome = outcomes.shift();
                pending.never = outcome === "never" || pending.never;
                pending.next = outcome === "failed" ? undefined : pending.next;
            },
        },
    });
}
