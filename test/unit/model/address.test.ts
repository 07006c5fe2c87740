import assert from "node:assert/strict";
import {
    addressArguments,
    addressOf,
    baseUrl,
    type DomainAddress,
    formatId,
    isCustomName,
    parseId,
    regionOfPool,
} from "../../../provider/model/address";

const POOL = "us-west-2_AbCdEfGhI";
const HOME: DomainAddress = { userPoolId: POOL, domain: "auth.example.com", region: "us-west-2" };
const REPLICA: DomainAddress = { ...HOME, region: "us-east-2" };

describe("regionOfPool", () => {
    it("is what stands before the last underscore", () => {
        assert.equal(regionOfPool(POOL), "us-west-2");
        assert.equal(regionOfPool("us-gov-west-1_x"), "us-gov-west-1");
        assert.equal(regionOfPool("a_b_c"), "a_b");
    });
});

describe("addressOf", () => {
    it("takes the Region from the pool's id", () => {
        assert.deepEqual(addressOf({ userPoolId: POOL, domain: "auth.example.com" }), HOME);
    });

    it("prefers the region that is given, a replica's", () => {
        assert.deepEqual(addressOf({ userPoolId: POOL, domain: "auth.example.com", region: "us-east-2" }), REPLICA);
    });
});

describe("addressArguments", () => {
    it("names the region only where it is not the pool's own", () => {
        assert.deepEqual(addressArguments(HOME), { userPoolId: POOL, domain: "auth.example.com" });
        assert.deepEqual(addressArguments(REPLICA), {
            userPoolId: POOL,
            domain: "auth.example.com",
            region: "us-east-2",
        });
    });
});

describe("formatId", () => {
    it("is the pool's id and the domain", () => {
        assert.equal(formatId(HOME), "us-west-2_AbCdEfGhI/auth.example.com");
    });

    it("begins with the Region where that is not the pool's own", () => {
        assert.equal(formatId(REPLICA), "us-east-2/us-west-2_AbCdEfGhI/auth.example.com");
    });
});

describe("parseId", () => {
    it("reads both forms", () => {
        assert.deepEqual(parseId("us-west-2_AbCdEfGhI/auth.example.com"), HOME);
        assert.deepEqual(parseId("us-east-2/us-west-2_AbCdEfGhI/auth.example.com"), REPLICA);
        assert.deepEqual(parseId("us-west-2_AbCdEfGhI/my-prefix"), { ...HOME, domain: "my-prefix" });
    });

    const bad = [
        "",
        "/",
        "auth.example.com",
        "us-west-2_AbCdEfGhI",
        "us-west-2_AbCdEfGhI/",
        "/auth.example.com",
        "us-west-2_/auth.example.com",
        "_AbC/auth.example.com",
        "us-west-2-AbC/auth.example.com",
        "us-west-2_AbC/auth.example.com/x",
        "us-west-2_AbC/auth example.com",
        "us-west-2_AbC/auth.example.com\n",
        " us-west-2_AbC/auth.example.com",
        "a/b/us-west-2_AbC/auth.example.com",
        "US/us-west-2_AbC/auth.example.com",
        "/us-west-2_AbC/auth.example.com",
        "us-west-2_Ab-C/auth.example.com",
    ];
    for (const id of bad) {
        it(`refuses ${JSON.stringify(id)} and shows the form`, () => {
            assert.throws(
                () => parseId(id),
                (error: Error) =>
                    error.name === "InvalidIdError" &&
                    error.message.startsWith(`${JSON.stringify(id)} is not the id of a domain's settings: write `) &&
                    error.message.includes('"us-west-2_AbCdEfGhI/auth.example.com", with <region>/ before it'),
            );
        });
    }
});

describe("isCustomName", () => {
    it("is decided by a dot", () => {
        assert.equal(isCustomName("auth.example.com"), true);
        assert.equal(isCustomName("my-prefix"), false);
    });
});

describe("baseUrl", () => {
    const table: [domain: string, region: string, url: string][] = [
        ["auth.example.com", "us-west-2", "https://auth.example.com"],
        ["my-prefix", "us-west-2", "https://my-prefix.auth.us-west-2.amazoncognito.com"],
        ["my-prefix", "us-gov-west-1", "https://my-prefix.auth-fips.us-gov-west-1.amazoncognito.com"],
    ];
    for (const [domain, region, url] of table) {
        it(`of ${domain} in ${region} is ${url}`, () => {
            assert.equal(baseUrl({ userPoolId: POOL, domain, region }), url);
        });
    }
});
