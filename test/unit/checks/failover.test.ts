import assert from "node:assert/strict";
import { judgeFailover, judgeFailoverNeeds } from "../../../provider/checks/failover";
import { AwsCallError } from "../../../provider/model/errors";
import { FAILOVER, POOL } from "../../support/domains";

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

    for (const replicas of [{ found: [] }, { absent: true as const }]) {
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
        const failed = new AwsCallError("no permission", { code: "AccessDeniedException" });
        const [finding] = judgeFailover({ failed }, FAILOVER, POOL);
        assert.deepEqual([finding?.code, finding?.ground, finding?.property], ["replicas-unseen", "unseen", PROPERTY]);
        assert.equal(finding?.message, "the user pool's replicas could not be checked: no permission");
        assert.match(finding?.remedy ?? "", /^Let the preview call ListUserPoolReplicas/);
    });

    it("names the one replica that a pool can have, where it is in another Region", () => {
        const found = [
            { region: "us-west-2", status: "ACTIVE" },
            { region: "eu-west-1", status: "ACTIVE" },
        ];
        const [finding] = judgeFailover({ found }, FAILOVER, POOL);
        assert.equal(finding?.code, "replica-not-found");
        assert.match(
            finding?.message ?? "",
            /has no replica in us-east-2, but one in eu-west-1 \(a pool has at most one\)$/,
        );
        assert.equal(finding?.remedy, "Name eu-west-1, or replace that replica by one in us-east-2");
    });
});

describe("judgeFailoverNeeds", () => {
    const codes = (tier: string | undefined, version: number | undefined) =>
        judgeFailoverNeeds({ found: { tier, passkeys: false } }, version, POOL).map(
            ({ code, ground }) => `${code}:${ground}`,
        );

    it("is a feature plan with replicas, and managed login", () => {
        assert.deepEqual(codes("ESSENTIALS", 2), []);
        assert.deepEqual(codes(undefined, undefined), []);
        assert.deepEqual(codes("LITE", 2), ["failover-plan-lite:mendable"]);
        assert.deepEqual(codes("PLUS", 1), ["failover-classic-ui:advisory"]);
        assert.deepEqual(judgeFailoverNeeds(undefined, 2, POOL), []);
        assert.deepEqual(judgeFailoverNeeds({ absent: true }, 2, POOL), []);
    });

    it("says what is missing, and how to get it", () => {
        const [lite, classic] = judgeFailoverNeeds({ found: { tier: "LITE", passkeys: false } }, 1, POOL);
        assert.match(lite?.message ?? "", new RegExp(`^the user pool ${POOL} has the feature plan LITE`));
        assert.match(lite?.remedy ?? "", /^Move the pool to ESSENTIALS or PLUS/);
        assert.match(classic?.message ?? "", /^failover is for managed login, .* the classic hosted UI/);
        assert.match(classic?.remedy ?? "", /^Use managed login/);
    });
});
