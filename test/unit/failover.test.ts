import assert from "node:assert/strict";
import { AwsCallError } from "../../provider/errors";
import { judgeFailover } from "../../provider/failover";
import { FAILOVER, POOL } from "../support/domains";

const PROPERTY = "routing.failover.secondaryRegion";

describe("judgeFailover", () => {
    it("is content with an active replica in that Region", () => {
        const found = [
            { region: "eu-west-1", status: "INACTIVE" },
            { region: "us-east-2", status: "ACTIVE" },
        ];
        assert.deepEqual(judgeFailover({ found }, FAILOVER, POOL), []);
    });

    it("warns of one that is not active yet", () => {
        const [finding] = judgeFailover({ found: [{ region: "us-east-2", status: "INACTIVE" }] }, FAILOVER, POOL);
        assert.deepEqual(
            [finding?.code, finding?.ground, finding?.property],
            ["replica-inactive", "mendable", PROPERTY],
        );
        assert.equal(finding?.message, "the user pool's replica in us-east-2 has status INACTIVE");
        assert.match(finding?.remedy ?? "", /^Activate it/);
    });

    for (const replicas of [
        { found: [{ region: "eu-west-1", status: "ACTIVE" }] },
        { found: [] },
        { absent: true as const },
    ]) {
        it(`misses one in ${JSON.stringify(replicas)}`, () => {
            const [finding, ...rest] = judgeFailover(replicas, FAILOVER, POOL);
            assert.deepEqual(rest, []);
            assert.deepEqual(
                [finding?.code, finding?.ground, finding?.property],
                ["replica-not-found", "mendable", PROPERTY],
            );
            assert.equal(finding?.message, `the user pool ${POOL} has no replica in us-east-2`);
            assert.match(finding?.remedy ?? "", /^Create the replica first/);
        });
    }

    it("says so where it could not look", () => {
        const failed = new AwsCallError("no permission", "AccessDeniedException", false, {});
        const [finding] = judgeFailover({ failed }, FAILOVER, POOL);
        assert.deepEqual([finding?.code, finding?.ground, finding?.property], ["replicas-unseen", "unseen", PROPERTY]);
        assert.equal(finding?.message, "the user pool's replicas could not be checked: no permission");
        assert.match(finding?.remedy ?? "", /^Allow it/);
    });
});
