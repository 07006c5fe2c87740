import type { Judgement } from "./findings";
import type { Look, ObservedReplica } from "./observation";
import type { Failover } from "./settings";

const PROPERTY = "routing.failover.secondaryRegion";

/**
 * Is there a replica to fail over to? Pure. Failover is set up before a replica is activated, so an inactive one is no
 * error. Source: Cognito Developer Guide, "Multi-Region replication".
 */
export function judgeFailover(
    replicas: Look<ObservedReplica[]>,
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
                remedy: "Allow it for a full preview, or check it yourself",
            },
        ];
    }
    const replica = "found" in replicas ? replicas.found.find(({ region }) => region === secondaryRegion) : undefined;
    if (!replica) {
        return [
            {
                code: "replica-not-found",
                ground: "mendable",
                property: PROPERTY,
                message: `the user pool ${userPoolId} has no replica in ${secondaryRegion}`,
                remedy: "Create the replica first, or name the Region of one that exists",
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
