import assert from "node:assert/strict";
import { leavesDomain, movedTo } from "../../../provider/inputs/movedDomain";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { POOL } from "../../support/domains";

describe("leavesDomain", () => {
    const leaves = (domain: string, inputs: object) => {
        const id = `${POOL}/${domain}`;
        return leavesDomain(id, movedTo(id, { userPoolId: POOL, domain, ...inputs }));
    };

    it("is so for another domain, or one that is not known yet", () => {
        assert.equal(leaves("auth.example.com", { domain: "login.example.com" }), true);
        assert.equal(leaves("auth.example.com", { domain: UNKNOWN }), true);
        assert.equal(leaves("auth.example.com", {}), false);
    });

    it("is not so for a custom domain in another Region or pool: it is there only once", () => {
        assert.equal(leaves("auth.example.com", { region: "us-east-2" }), false);
        assert.equal(leaves("auth.example.com", { userPoolId: "eu-west-1_AbCdEfGhI" }), false);
    });

    it("is so for a prefix in another Region, and not in another pool of the same", () => {
        assert.equal(leaves("acme", { userPoolId: "eu-west-1_AbCdEfGhI" }), true);
        assert.equal(leaves("acme", { userPoolId: `${POOL.split("_")[0]}_Other1234` }), false);
    });
});
