import assert from "node:assert/strict";
import { judgeManagedLogin, judgeSecurityPolicy, judgeVerifyClient } from "../../../provider/checks/managedLogin";
import type { Judgement } from "../../../provider/checks/severity";
import { AwsCallError } from "../../../provider/model/errors";
import type { Branding, ManagedLoginObservations } from "../../../provider/model/observations";
import { CUSTOM, POOL, PREFIX } from "../../support/domains";

const FAILED = { failed: new AwsCallError("no permission", { code: "AccessDeniedException" }) };
const FINE: ManagedLoginObservations = { userPool: { found: { tier: "ESSENTIALS", passkeys: false } } };

const judged = (observed: Partial<ManagedLoginObservations>, version = 2, address = CUSTOM): Judgement[] =>
    judgeManagedLogin({ ...FINE, ...observed }, address, version);

const gist = (judgements: Judgement[]) => judgements.map(({ code, ground }) => `${code}:${ground}`);

describe("judgeManagedLogin", () => {
    it("finds nothing wrong with a pool that has everything", () => {
        assert.deepEqual(judged({}), []);
        assert.deepEqual(judged({}, 1), []);
        assert.deepEqual(judged({ userPool: { absent: true } }), []);
        assert.deepEqual(judged({ userPool: { absent: true } }, 1), []);
    });

    it("says so where it could not look", () => {
        const [finding] = judged({ userPool: FAILED });
        assert.deepEqual(finding, {
            code: "user-pool-unseen",
            ground: "unseen",
            property: "managedLoginVersion",
            message: "the user pool's feature plan and passkeys could not be checked: no permission",
            remedy: "Let the preview call DescribeUserPool, or check it yourself",
        });
    });

    describe("feature plan", () => {
        it("LITE has no version 2, and is mendable", () => {
            const [finding, ...rest] = judged({ userPool: { found: { tier: "LITE", passkeys: false } } });
            assert.deepEqual(rest, []);
            assert.deepEqual([finding?.code, finding?.ground], ["feature-plan-lite", "mendable"]);
            assert.match(finding?.message ?? "", new RegExp(`the user pool ${POOL} has the feature plan LITE`));
            assert.match(finding?.remedy ?? "", /ESSENTIALS or PLUS/);
        });

        it("LITE has version 1, and no plan at all says nothing", () => {
            assert.deepEqual(judged({ userPool: { found: { tier: "LITE", passkeys: false } } }, 1), []);
            assert.deepEqual(judged({ userPool: { found: { tier: undefined, passkeys: false } } }), []);
            assert.deepEqual(judged({ userPool: { found: { tier: "PLUS", passkeys: false } } }), []);
        });
    });

    describe("passkeys", () => {
        const userPool = { found: { tier: "PLUS", passkeys: true } };

        it("are lost with version 1", () => {
            const [finding, ...rest] = judged({ userPool }, 1);
            assert.deepEqual(rest, []);
            assert.deepEqual([finding?.code, finding?.ground], ["passkeys-need-managed-login", "advisory"]);
            assert.match(finding?.message ?? "", /with passkeys, which the classic hosted UI \(1\) does not have$/);
            assert.match(finding?.remedy ?? "", /^Give them another way to sign in/);
            assert.deepEqual(judged({ userPool }, 2), []);
        });

        const fit: [relyingParty: string, address: typeof CUSTOM][] = [
            ["auth.example.com", CUSTOM],
            ["us-west-2.amazoncognito.com", PREFIX],
            ["my-prefix.auth.us-west-2.amazoncognito.com", PREFIX],
        ];
        for (const [relyingParty, address] of fit) {
            it(`for ${relyingParty} fit ${address.domain}`, () => {
                assert.deepEqual(judged({ userPool, relyingParty: { found: relyingParty } }, 2, address), []);
            });
        }

        const unfit: [relyingParty: string, address: typeof CUSTOM][] = [
            ["example.com", CUSTOM],
            ["login.auth.example.com", CUSTOM],
            ["uth.example.com", CUSTOM],
            ["example.org", CUSTOM],
            ["auth.example.com", PREFIX],
        ];
        for (const [relyingParty, address] of unfit) {
            it(`for ${relyingParty} do not fit ${address.domain}`, () => {
                const [finding, ...rest] = judged({ userPool, relyingParty: { found: relyingParty } }, 2, address);
                assert.deepEqual(rest, []);
                assert.deepEqual([finding?.code, finding?.ground], ["passkey-relying-party", "advisory"]);
                assert.match(finding?.message ?? "", new RegExp(`are for ${relyingParty}, which does not fit`));
            });
        }

        it("need the very name of a custom domain; beside a prefix domain alone, its host or a parent of it", () => {
            const remedy = (address: typeof CUSTOM) =>
                judged({ userPool, relyingParty: { found: "example.org" } }, 2, address)[0]?.remedy ?? "";
            assert.match(
                remedy(CUSTOM),
                /^Set the relying party id to auth\.example\.com, which a custom domain needs; passkeys/,
            );
            assert.match(remedy(PREFIX), /^Set the relying party id to my-prefix\.\S+\.com or a parent of it; /);
        });

        it("are judged by the domain's own name where the pool could not be seen", () => {
            const observed = { userPool: FAILED, relyingParty: { found: "example.org" } };
            assert.deepEqual(gist(judged(observed)), ["user-pool-unseen:unseen", "passkey-relying-party:advisory"]);
        });

        it("of a prefix domain beside a custom one are the custom one's, unless the id is the prefix domain's", () => {
            const beside = { userPool: { found: { tier: "PLUS", passkeys: true, customDomain: "auth.example.com" } } };
            for (const relyingParty of [{ absent: true } as const, { found: "auth.example.com" }]) {
                const [finding, ...rest] = judged({ ...beside, relyingParty }, 2, PREFIX);
                assert.deepEqual(rest, []);
                assert.deepEqual([finding?.code, finding?.ground], ["passkey-relying-party", "advisory"]);
                assert.match(
                    finding?.message ?? "",
                    /has the custom domain auth\.example\.com: nobody can use one at my-/,
                );
                assert.equal(finding?.remedy, "Let people who have passkeys sign in at auth.example.com");
                assert.deepEqual(judged({ ...beside, relyingParty }, 2, CUSTOM), []);
            }
            const host = "my-prefix.auth.us-west-2.amazoncognito.com";
            assert.deepEqual(judged({ ...beside, relyingParty: { found: host } }, 2, PREFIX), []);
            assert.deepEqual(gist(judged({ ...beside, relyingParty: { found: host } }, 2, CUSTOM)), [
                "passkey-relying-party:advisory",
            ]);
        });

        it("without a relying party fit anywhere, and version 1 does not ask", () => {
            assert.deepEqual(judged({ userPool, relyingParty: { absent: true } }), []);
            assert.deepEqual(gist(judged({ userPool, relyingParty: { found: "example.org" } }, 1)), [
                "passkeys-need-managed-login:advisory",
            ]);
        });

        it("whose relying party could not be seen are said to be so", () => {
            const found = judged({ userPool, relyingParty: FAILED });
            assert.deepEqual(gist(found), ["relying-party-unseen:unseen"]);
            assert.match(found[0]?.remedy ?? "", /GetUserPoolMfaConfig/);
            assert.match(
                judged({ userPool, relyingParty: FAILED })[0]?.message ?? "",
                /^the relying party of the pool/,
            );
        });
    });

    describe("branding styles", () => {
        const clients = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `id${i}`, name: `web${i}` }));
        const branding = (unbranded: number, rest: Partial<Branding> = {}) => ({
            branding: { found: { looked: 20, more: false, unbranded: clients(unbranded), ...rest } },
        });

        it("that all clients have are in order", () => {
            assert.deepEqual(judged(branding(0)), []);
            assert.deepEqual(judged({ branding: { absent: true } }), []);
        });

        it("that some lack are mendable, by name", () => {
            const [finding] = judged(branding(5));
            assert.deepEqual([finding?.code, finding?.ground], ["branding-missing", "mendable"]);
            assert.equal(
                finding?.message,
                'app clients without a branding style: web0, web1, web2, web3, web4; managed login (2) shows them "Login pages unavailable"',
            );
            assert.match(finding?.remedy ?? "", /^Create one for each .* \(a pool has at most 20\)/);
        });

        it("name five clients, count the others, and say where there are more", () => {
            assert.match(judged(branding(7))[0]?.message ?? "", /web3, web4 and 2 more; managed/);
            assert.match(
                judged(branding(1, { more: true }))[0]?.message ?? "",
                /: web0 \(the first 20 were looked at, there are more\); managed/,
            );
        });

        it("that could not be seen are said to be so", () => {
            assert.deepEqual(gist(judged({ branding: FAILED })), ["branding-unseen:unseen"]);
            assert.match(judged({ branding: FAILED })[0]?.message ?? "", /^the app clients' branding styles could not/);
            assert.match(judged({ branding: FAILED })[0]?.remedy ?? "", /ListUserPoolClients and Describe\w+Client/);
        });
    });
});

describe("judgeSecurityPolicy", () => {
    const policy = { securityPolicy: "TLS_V1" };

    it("refuses TLS_V1 over a managed login that the program does not manage", () => {
        const [finding, ...more] = judgeSecurityPolicy({ managedLoginVersion: 2 }, policy);
        assert.deepEqual(more, []);
        assert.deepEqual(
            [finding?.code, finding?.ground, finding?.property],
            ["tls-policy-too-low", "introduced", "customDomainConfig.securityPolicy"],
        );
        assert.match(finding?.message ?? "", /needs at least TLS_V1_2_2021/);
        assert.match(finding?.remedy ?? "", /^Ask for TLS_V1_2_2021/);
    });

    it("takes anything else", () => {
        assert.deepEqual(judgeSecurityPolicy({ managedLoginVersion: 1 }, policy), []);
        assert.deepEqual(judgeSecurityPolicy({}, policy), []);
        assert.deepEqual(judgeSecurityPolicy({ managedLoginVersion: 2 }, { ...policy, managedLoginVersion: 1 }), []);
        assert.deepEqual(judgeSecurityPolicy({ managedLoginVersion: 2 }, { securityPolicy: "TLS_V1_2_2021" }), []);
        assert.deepEqual(judgeSecurityPolicy({ managedLoginVersion: 2, ...policy }, {}), []);
    });
});

describe("judgeVerifyClient", () => {
    const web = { clientId: "web", settings: {} };

    it("is content with a client that is there", () => {
        assert.deepEqual(judgeVerifyClient({ found: { flows: ["code"], scopes: [] } }, web, POOL), []);
    });

    it("refuses one that is not, and only warns where it could not look", () => {
        const [finding] = judgeVerifyClient({ absent: true }, web, POOL);
        assert.deepEqual(
            [finding?.code, finding?.ground, finding?.property],
            ["verify-client-not-found", "introduced", "verify.clientId"],
        );
        assert.equal(finding?.message, `the user pool ${POOL} has no app client web`);
        assert.match(finding?.remedy ?? "", /^Give the id of one of the pool's app clients/);
        for (const harmless of [{ engineWillAct: false }, { settings: { managedLoginVersion: 1 } }]) {
            assert.equal(judgeVerifyClient({ absent: true }, { ...web, ...harmless }, POOL)[0]?.ground, "advisory");
        }
        const [unseen] = judgeVerifyClient(FAILED, web, POOL);
        assert.deepEqual([unseen?.code, unseen?.ground], ["verify-client-unseen", "advisory"]);
        assert.equal(unseen?.message, "the app client web could not be checked: no permission");
        assert.match(unseen?.remedy ?? "", /^Let Pulumi call DescribeUserPoolClient/);
    });
});
