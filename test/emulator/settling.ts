import type { Behaviour } from "./behaviour";
import type { Domain, DomainSettings } from "./state";

/** Starts a change of a domain: how it will end is decided here, by the behaviour in force now. */
export function begin(domain: Domain, next: DomainSettings, behaviour: Behaviour): void {
    const { outcome, settleAfterDescribes, settleMs } = behaviour;
    if (outcome === "ignored") {
        domain.status = "ACTIVE";
        return;
    }
    domain.status = domain.status === "CREATING" ? "CREATING" : "UPDATING";
    domain.pending = {
        next: outcome === "failed" ? undefined : next,
        never: outcome === "never",
        describesLeft: settleAfterDescribes,
        settlesAt: settleMs === undefined ? undefined : Date.now() + settleMs,
    };
    settle(domain);
}

/** Ends the change under way if its time has come. */
export function settle(domain: Domain): void {
    const { pending } = domain;
    if (!pending || pending.never) {
        return;
    }
    if (pending.settlesAt === undefined ? pending.describesLeft > 0 : Date.now() < pending.settlesAt) {
        return;
    }
    domain.status = pending.next ? "ACTIVE" : "FAILED";
    domain.settings = pending.next ?? domain.settings;
    domain.pending = undefined;
}
