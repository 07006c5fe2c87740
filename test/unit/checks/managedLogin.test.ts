import assert from "node:assert/strict";
import type { DomainAddress } from "../../../provider/model/address";
import type { Branding, Observed, ObservedReplica } from "../../../provider/model/observed";
import { ARN } from "../../support/certificates";
import { CUSTOM, FAILOVER, PREFIX, seen } from "../../support/domains";
import { FAILED, gist, planFor } from "../../support/plans";

/** The findings about a change of the version, to 2 unless the test says 1. */
const findings = (answers: Partial<Observed>, { to = 2, address = CUSTOM, isSettled = false } = {}) => {
    const before = { managedLoginVersion: isSettled ? to : 3 - to, securityPolicy: "TLS_V1_2_2021" };
    const settings = address === CUSTOM ? { ...before, certificateArn: ARN } : before;
    const domain = { found: seen({ settings }) };
    const observed = { domain, userPool: { found: { passkeys: false } }, ...answers };
    return planFor({ address, domain: address.domain, desired: { managedLoginVersion: to } }, { observed }).findings;
};

describe("the feature plan", () => {
    const pool = (tier?: string) => ({ userPool: { found: { tier, passkeys: false } } });

    it("LITE includes the classic hosted UI only; a plan that is not reported is no finding", () => {
        assert.deepEqual(gist(findings(pool("LITE"))), ["feature-plan-lite:error"]);
        assert.deepEqual(findings(pool("LITE"), { to: 1 }), []);
        assert.deepEqual(findings(pool("PLUS")), []);
        assert.deepEqual(findings(pool()), []);
    });

    it("does not matter if the version does not change", () => {
        assert.deepEqual(findings(pool("LITE"), { isSettled: true }), []);
    });
});

describe("passkeys", () => {
    const PREFIX_HOST = "my-prefix.auth.us-west-2.amazoncognito.com";
    const withPasskeys = (relyingParty: Observed["relyingParty"], customDomain?: string) => ({
        userPool: { found: { tier: "PLUS", passkeys: true, customDomain } },
        relyingParty,
    });

    it("do not work in the classic hosted UI, whatever their relying party", () => {
        for (const relyingParty of [undefined, FAILED, { found: "example.org" }]) {
            const found = gist(findings(withPasskeys(relyingParty), { to: 1 }));
            assert.deepEqual(found, ["passkeys-need-managed-login:warning"]);
        }
    });

    const cases: [
        id: string | undefined,
        address: DomainAddress,
        customDomain: string | undefined,
        message?: RegExp,
    ][] = [
        ["auth.example.com", CUSTOM, undefined],
        [undefined, CUSTOM, undefined],
        ["us-west-2.amazoncognito.com", PREFIX, undefined],
        [PREFIX_HOST, PREFIX, undefined],
        [PREFIX_HOST, PREFIX, "auth.example.com"],
        [undefined, PREFIX, undefined],
        ["example.com", CUSTOM, undefined, /are for example\.com, which does not match auth\.example\.com/],
        ["uth.example.com", CUSTOM, undefined, /does not match/],
        ["login.auth.example.com", CUSTOM, undefined, /does not match/],
        [PREFIX_HOST, CUSTOM, "auth.example.com", /does not match/],
        ["auth.example.com", PREFIX, undefined, /does not match/],
        [undefined, PREFIX, "auth.example.com", /has the custom domain auth\.example\.com: they do not work at my-/],
        ["auth.example.com", PREFIX, "auth.example.com", /has the custom domain/],
    ];
    for (const [id, address, customDomain, message] of cases) {
        const beside = customDomain ? ` beside ${customDomain}` : "";
        it(`for ${id ?? "the default"} ${message ? "do not work" : "work"} at ${address.domain}${beside}`, () => {
            const answers = withPasskeys(id ? { found: id } : { absent: true }, customDomain);
            const found = findings(answers, { address });
            assert.deepEqual(gist(found), message ? ["passkey-relying-party:warning"] : []);
            assert.match(found[0]?.message ?? "", message ?? /^$/);
        });
    }

    it("need the name of a custom domain; without one, the prefix domain's host or a parent of it", () => {
        const remedy = (address: DomainAddress) =>
            findings(withPasskeys({ found: "example.org" }), { address })[0]?.remedy ?? "";
        assert.match(remedy(CUSTOM), /^Set the relying party id to auth\.example\.com, which a custom domain needs; /);
        assert.match(remedy(PREFIX), /^Set the relying party id to my-prefix\.\S+\.com or a parent of it; /);
    });

    it("are compared with the domain itself if the pool could not be asked", () => {
        const found = findings({ userPool: FAILED, relyingParty: { found: "example.org" } });
        assert.deepEqual(gist(found), ["user-pool-unseen:warning", "passkey-relying-party:warning"]);
    });
});

describe("the app clients' branding styles", () => {
    const clients = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `id${i}`, name: `web${i}` }));
    const branding = (unstyled: number, rest: Partial<Branding> = {}) => ({
        branding: { found: { asked: 60, more: false, styled: false, unstyled: clients(unstyled), ...rest } },
    });

    const cases: [title: string, answers: Partial<Observed>, found: string[]][] = [
        ["that no client needs", branding(0), []],
        ["of a pool without clients", { branding: { absent: true } }, []],
        ["that no client has", branding(1), ["branding-missing:error"]],
        ["that one client has", branding(1, { styled: true }), ["branding-missing:warning"]],
        ["that the first client has", branding(0, { styled: true, more: true }), []],
        ["that one of the other clients may have", branding(60, { more: true }), ["branding-missing:warning"]],
        ["that could not be asked", { branding: FAILED }, ["branding-unseen:warning"]],
    ];
    for (const [title, answers, found] of cases) {
        it(`${title}: ${found.join() || "fine"}`, () => {
            assert.deepEqual(gist(findings(answers)), found);
            assert.deepEqual(findings(answers, { to: 1 }), [], "going back to version 1 is never blocked");
            assert.deepEqual(findings(answers, { isSettled: true }), []);
        });
    }

    it("name five clients and count the others, and how many were asked", () => {
        const unavailable = 'managed login (2) shows them "Login pages unavailable"';
        const message = (...args: Parameters<typeof branding>) => findings(branding(...args))[0]?.message;
        assert.equal(message(2), `app clients without a branding style: web0, web1; ${unavailable}`);
        assert.match(message(7) ?? "", /: web0, web1, web2, web3, web4 and 2 more; managed/);
        assert.match(message(5) ?? "", /, web4; managed/);
        assert.match(
            message(1, { more: true }) ?? "",
            /web0 \(the first 60 of the pool's clients were checked\); managed/,
        );
    });
});

describe("failover", () => {
    const failover = (replicas: Observed["replicas"], version = 2, isSettled = false) => {
        const settings = { managedLoginVersion: version, certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" };
        const domain = { found: seen({ settings: isSettled ? { ...settings, failover: FAILOVER } : settings }) };
        return planFor({ desired: { failover: FAILOVER } }, { observed: { domain, replicas } }).findings;
    };
    const replica = (region: string, status = "ACTIVE"): ObservedReplica => ({ region, status });

    it("to an active replica is fine, and so is what the domain has already", () => {
        assert.deepEqual(failover({ found: [replica("eu-west-1", "INACTIVE"), replica("us-east-2")] }), []);
        assert.deepEqual(failover({ found: [] }, 2, true), []);
        assert.deepEqual(failover(undefined), []);
    });

    it("to a replica in another Region names that one; the pool's own Region is none", () => {
        const [finding] = failover({ found: [replica("us-west-2"), replica("eu-west-1")] });
        assert.match(
            finding?.message ?? "",
            /no replica in us-east-2, but one in eu-west-1 \(a pool has at most one\)$/,
        );
        assert.equal(finding?.remedy, "Name eu-west-1, or replace that replica with one in us-east-2");
        for (const replicas of [{ found: [replica("us-west-2")] }, { absent: true as const }]) {
            const [none] = failover(replicas);
            assert.match(none?.message ?? "", /has no replica in us-east-2$/);
            assert.equal(none?.remedy, "Create the replica first");
        }
    });

    it("of the classic hosted UI is a warning", () => {
        assert.deepEqual(gist(failover({ found: [replica("us-east-2")] }, 1)), ["failover-classic-ui:warning"]);
    });
});
