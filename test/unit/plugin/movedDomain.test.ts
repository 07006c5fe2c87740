import assert from "node:assert/strict";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { movedTo } from "../../../provider/plugin/diff";
import { POOL } from "../../support/domains";

describe("movedTo", () => {
    const ID = `${POOL}/auth.example.com`;
    const REPLICA = `us-east-2/${ID}`;
    const table: [title: string, id: string, inputs: object, moved: string[]][] = [
        ["the same domain", ID, {}, []],
        ["another domain", ID, { domain: "login.example.com" }, ["domain"]],
        ["another pool in the same Region", ID, { userPoolId: "us-west-2_Other" }, ["userPoolId"]],
        ["another pool elsewhere", ID, { userPoolId: "eu-west-1_Other" }, ["userPoolId", "region"]],
        ["another Region", ID, { region: "us-east-2" }, ["region"]],
        ["everything", ID, { userPoolId: "eu-west-1_Other", domain: "x" }, ["userPoolId", "domain", "region"]],
        ["the pool's own Region", ID, { region: "us-west-2" }, []],
        ["no Region", ID, { region: null }, []],
        ["a replica's Region", REPLICA, { region: "us-east-2" }, []],
        ["no Region for a replica", REPLICA, {}, ["region"]],
        ["an unknown domain", ID, { domain: UNKNOWN }, ["domain"]],
        ["an unknown pool", ID, { userPoolId: UNKNOWN }, ["userPoolId"]],
        ["an unknown pool, another Region", ID, { userPoolId: UNKNOWN, region: "us-east-2" }, ["userPoolId", "region"]],
        ["an unknown Region", ID, { region: UNKNOWN }, ["region"]],
        ["inputs that no check has seen", ID, { userPoolId: 7, domain: 7, region: 7 }, []],
        ["a domain and a Region that no check has seen", ID, { domain: 7, region: 7 }, []],
    ];
    for (const [title, id, inputs, moved] of table) {
        it(`${title}: ${moved.join(", ") || "nothing"}`, () => {
            assert.deepEqual(movedTo(id, { userPoolId: POOL, domain: "auth.example.com", ...inputs }), moved);
        });
    }
});
