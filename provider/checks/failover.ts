import { regionOfPool } from "../model/address";
import type { Lookup, ObservedReplica, ObservedUserPool } from "../model/observations";
import type { Failover } from "../model/settings";
import type { Judgement } from "./severity";

const PROPERTY = "routing.failover.secondaryRegion";

/**
 * Is there a replica to fail over to? Pure. A pool has at most one, and failover is set up before it is activated, so an
 * inactive one is no error. Source: Cognito Developer Guide, "Multi-Region replication for user pools".
 */
export function judgeFailover(
    replicas: Lookup<ObservedReplica[]>,
    { secondaryRegion }: Failover,
    userPoolId: string,
): Judgement[] {
    if ("failed" in replicas) {
        return [
            {
                code: "replicas-unseen",
                ground: "unseen",
                property: PROPERTY,
                message: `the user pool's replicas could not be checked: ${replicas.failed.message}`,
                remedy: "Let the preview call ListUserPoolReplicas, or check it yourself",
            },
        ];
    }
    const others =
        "found" in replicas ? replicas.found.filter(({ region }) => region !== regionOfPool(userPoolId)) : [];
    const replica = "found" in replicas ? replicas.found.find(({ region }) => region === secondaryRegion) : undefined;
    if (!replica) {
        return [
            {
                code: "replica-not-found",
                ground: "mendable",
                property: PROPERTY,
                message: `the user pool ${userPoolId} has no replica in ${secondaryRegion}${others[0] ? `, but one in ${others[0].region} (a pool has at most one)` : ""}`,
                remedy: others[0]
                    ? `Name ${others[0].region}, or replace that replica by one in ${secondaryRegion}`
                    : "Create the replica first",
            },
        ];
    }
    if (replica.status !== "ACTIVE") {
        return [
            {
                code: "replica-inactive",
                ground: "mendable",
                property: PROPERTY,
                message: `the user pool's replica in ${secondaryRegion} has status ${replica.status}`,
                remedy: "Activate it before traffic has to fail over",
            },
        ];
    }
    return [];
}

/**
 * What else failover needs: a feature plan with replication, and managed login. Pure.
 * Source: Cognito Developer Guide, "Multi-Region replication for user pools" (not with the feature plan Lite).
 */
export function judgeFailoverNeeds(
    pool: Lookup<ObservedUserPool> | undefined,
    version: number | undefined,
    userPoolId: string,
): Judgement[] {
    const found: Judgement[] = [];
    if (pool && "found" in pool && pool.found.tier === "LITE") {
        found.push({
            code: "failover-plan-lite",
            ground: "mendable",
            property: PROPERTY,
            message: `the user pool ${userPoolId} has the feature plan LITE, which has no replicas to fail over to`,
            remedy: "Move the pool to ESSENTIALS or PLUS",
        });
    }
    if (version === 1) {
        found.push({
            code: "failover-classic-ui",
            ground: "advisory",
            property: PROPERTY,
            message: "failover is for managed login, and the domain has the classic hosted UI (1)",
            remedy: "Use managed login (managedLoginVersion 2) on a domain that fails over",
        });
    }
    return found;
}
