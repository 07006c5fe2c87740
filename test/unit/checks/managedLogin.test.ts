import assert from "node:assert/strict";
import type { DomainAddress } from "../../../provider/model/address";
import type { Branding, Observed, ObservedReplica } from "../../../provider/model/observed";
import { ARN } from "../../support/certificates";
import { CUSTOM, FAILOVER, PREFIX, seen, WHOLE } from "../../support/domains";
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

    const table: [answers: Partial<Observed>, given?: object, ...found: string[]][] = [
        [pool("LITE"), {}, "feature-plan-lite:error"],
        [pool("LITE"), { to: 1 }],
        [pool("LITE"), { isSettled: true }],
        [pool()],
    ];
    for (const [answers, given, ...found] of table) {
        it(`${JSON.stringify(answers.userPool)}, ${JSON.stringify(given)}: ${found.join() || "fine"}`, () => {
            assert.deepEqual(gist(findings(answers, given)), found);
        });
    }
});

describe("passkeys", () => {
    const PREFIX_HOST = "my-prefix.auth.us-west-2.amazoncognito.com";
    const withPasskeys = (relyingParty: Observed["relyingParty"], customDomain?: string) => ({
        userPool: { found: { tier: "PLUS", passkeys: true, customDomain } },
        relyingParty,
    });

    it("do not work in the classic hosted UI", () => {
        const found = gist(findings(withPasskeys({ found: "example.org" }), { to: 1 }));
        assert.deepEqual(found, ["passkeys-need-managed-login:warning"]);
    });

    const CUSTOM_HOST = "auth.example.com";
    const works: [id: string | undefined, address: DomainAddress, customDomain?: string][] = [
        [CUSTOM_HOST, CUSTOM],
        [undefined, CUSTOM],
        ["us-west-2.amazoncognito.com", PREFIX],
        [PREFIX_HOST, PREFIX],
        [PREFIX_HOST, PREFIX, CUSTOM_HOST],
        [undefined, PREFIX],
    ];
    const set = (host: string) => `Set the relying party id to ${host}`;
    const fails: [remedy: string, ...(typeof works)[number]][] = [
        [`${set(CUSTOM_HOST)}, which a custom domain needs; `, "example.com", CUSTOM],
        [set(CUSTOM_HOST), "uth.example.com", CUSTOM],
        [set(CUSTOM_HOST), "login.auth.example.com", CUSTOM],
        [set(CUSTOM_HOST), PREFIX_HOST, CUSTOM, CUSTOM_HOST],
        [`${set(PREFIX_HOST)} or a parent of it; `, CUSTOM_HOST, PREFIX],
        [`sign in at the pool's custom domain ${CUSTOM_HOST}`, undefined, PREFIX, CUSTOM_HOST],
        [`sign in at the pool's custom domain ${CUSTOM_HOST}`, CUSTOM_HOST, PREFIX, CUSTOM_HOST],
    ];
    for (const [remedy, id, address, customDomain] of [...works.map((it) => ["", ...it] as const), ...fails]) {
        const beside = customDomain ? ` beside ${customDomain}` : "";
        it(`for ${id ?? "the default"} ${remedy ? "do not work" : "work"} at ${address.domain}${beside}`, () => {
            const answers = withPasskeys(id ? { found: id } : { absent: true }, customDomain);
            const found = findings(answers, { address });
            assert.deepEqual(gist(found), remedy ? ["passkey-relying-party:warning"] : []);
            assert.ok(!remedy || found[0]?.remedy.includes(remedy), found[0]?.remedy);
        });
    }

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
        const message = (...args: Parameters<typeof branding>) => findings(branding(...args))[0]?.message ?? "";
        assert.match(
            message(2),
            /: web0 \(id0\), web1 \(id1\); managed login \(2\) shows them "Login pages unavailable"$/,
        );
        assert.match(message(7), /, web4 \(id4\) and 2 more; managed/);
        assert.match(
            message(5, { more: true }),
            /, web4 \(id4\) \(the first 60 of the pool's clients were checked\); /,
        );
    });
});

describe("failover", () => {
    const failover = (replicas: Observed["replicas"], now?: typeof FAILOVER) => {
        const domain = { found: seen({ settings: { ...WHOLE, failover: now } }) };
        return planFor({ desired: { failover: FAILOVER } }, { observed: { domain, replicas } }).findings;
    };
    const replica = (region: string, status = "ACTIVE"): ObservedReplica => ({ region, status });

    it("to an active replica is fine, and so is what the domain has already", () => {
        assert.deepEqual(failover({ found: [replica("eu-west-1", "INACTIVE"), replica("us-east-2")] }), []);
        assert.deepEqual(failover({ found: [] }, FAILOVER), []);
        assert.deepEqual(failover(undefined), []);
    });

    it("to a replica in another Region names that one; the pool's own Region is none", () => {
        const [finding] = failover({ found: [replica("us-west-2"), replica("eu-west-1")] });
        assert.match(finding?.message ?? "", /in us-east-2, but one in eu-west-1 \(a pool has at most one\)$/);
        assert.equal(finding?.remedy, "Name eu-west-1, or replace that replica with one in us-east-2");
        for (const replicas of [{ found: [replica("us-west-2")] }, { absent: true as const }]) {
            const [none] = failover(replicas);
            assert.match(none?.message ?? "", /has no replica in us-east-2$/);
            assert.equal(none?.remedy, "Create the replica first");
        }
    });
});
