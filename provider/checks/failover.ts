import { regionOfPool } from "../model/address";
import { foundIn, type Observed } from "../model/observed";
import { type CheckContext, cannotAsk, type Note, note } from "./note";

/**
 * Checks that there is a replica to fail over to, a feature plan with replicas, and managed login. Pure. A pool has at most one
 * replica, and failover is configured before it is activated. Source: Cognito Developer Guide, "Multi-Region replication for user
 * pools".
 */
export function failoverNotes({ replicas, userPool }: Observed, { request, changes, target }: CheckContext): Note[] {
    const { address } = request;
    const { failover, managedLoginVersion } = target;
    if (!replicas || !address || !failover || !changes.includes("failover")) {
        return [];
    }
    const notes = replicaNotes(replicas, failover.secondaryRegion, address.userPoolId);
    if (foundIn(userPool)?.tier === "LITE") {
        const message = `the user pool ${address.userPoolId} has the feature plan LITE, which has no replicas to fail over to`;
        notes.push(...note("failover-plan-lite", message, "Move the pool to ESSENTIALS or PLUS"));
    }
    if (managedLoginVersion === 1) {
        const message = "failover is for managed login, and the domain has the classic hosted UI (1)";
        const remedy = "Use managed login (managedLoginVersion 2) on a domain that fails over";
        notes.push(...note("failover-classic-ui", message, remedy));
    }
    return notes;
}

function replicaNotes(replicas: NonNullable<Observed["replicas"]>, region: string, userPoolId: string): Note[] {
    if ("failed" in replicas) {
        const remedy = "Allow ListUserPoolReplicas, or check it yourself";
        return cannotAsk("replicas-unseen", "the user pool's replicas", replicas, remedy);
    }
    const all = foundIn(replicas) ?? [];
    const replica = all.find((it) => it.region === region);
    if (!replica) {
        const other = all.find((it) => it.region !== regionOfPool(userPoolId))?.region;
        const butOne = other ? `, but one in ${other} (a pool has at most one)` : "";
        const remedy = other
            ? `Name ${other}, or replace that replica with one in ${region}`
            : "Create the replica first";
        return note("replica-not-found", `the user pool ${userPoolId} has no replica in ${region}${butOne}`, remedy);
    }
    const message = `the user pool's replica in ${region} has status ${replica.status}`;
    return replica.status === "ACTIVE"
        ? []
        : note("replica-inactive", message, "Activate it before traffic has to fail over");
}
