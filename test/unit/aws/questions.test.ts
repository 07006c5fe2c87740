import assert from "node:assert/strict";
import { askMissing, observe, type Reads } from "../../../provider/aws/questions";
import type { Request } from "../../../provider/inputs/request";
import { AwsCallError } from "../../../provider/model/errors";
import { foundIn, type Observed } from "../../../provider/model/observed";
import type { Settings } from "../../../provider/model/settings";
import type { DecisionInput } from "../../../provider/plan/decide";
import { ARN, goodCertificate, OTHER_ARN } from "../../support/certificates";
import { FAILOVER, OTHER_POOL, PREFIX, seen } from "../../support/domains";
import { requestFor } from "../../support/plans";

const V1: Settings = { managedLoginVersion: 1, certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" };
const TWO: Settings = { managedLoginVersion: 2 };
const DENIED = new AwsCallError("no permission", { code: "AccessDeniedException" });

/** AWS with one domain, and what it was asked, in short. */
class FakeAws {
    readonly asked: string[] = [];
    domain: ReturnType<typeof seen> | undefined = seen({ settings: V1 });
    passkeys = false;
    clients: string[] = ["web"];
    /** The ids of the clients that have a branding style. */
    styled: string[] = [];
    flows: Record<string, string[]> = {};
    denied: (keyof Reads)[] = [];

    readonly reads: Reads = {
        describeDomain: async () => this.answer("describeDomain", "domain", this.domain),
        describeCertificate: async (arn) =>
            this.answer("describeCertificate", arn === ARN ? "old" : "new", goodCertificate()),
        describeUserPool: async () => this.answer("describeUserPool", "pool", { passkeys: this.passkeys }),
        relyingPartyId: async () => this.answer("relyingPartyId", "relyingParty", "auth.example.com"),
        listClients: async (_, most) =>
            this.answer("listClients", "clients", {
                clients: this.clients.slice(0, most).map((id) => ({ id, name: id })),
                more: this.clients.length > most,
            }),
        hasBranding: async (_, id) => this.answer("hasBranding", `style of ${id}`, this.styled.includes(id)),
        describeClient: async (_, id) => this.answer("describeClient", id, { flows: this.flows[id] ?? ["code"] }),
        listReplicas: async () => this.answer("listReplicas", "replicas", []),
        callerAccount: async () => this.answer("callerAccount", "caller", "123456789012"),
    };

    private answer<T>(call: keyof Reads, what: string, value: T): T {
        this.asked.push(what);
        if (this.denied.includes(call)) {
            throw DENIED;
        }
        return value;
    }
}

describe("what is asked of AWS", () => {
    let aws: FakeAws;
    beforeEach(() => {
        aws = new FakeAws();
    });

    const inputFor = (request: Partial<Request>, rest: Partial<DecisionInput> = {}): DecisionInput => ({
        request: requestFor(request),
        changed: Object.fromEntries(Object.keys(request.desired ?? {}).map((name) => [name, {}])),
        action: "update",
        ...rest,
    });

    const table: [title: string, request: Partial<Request>, rest: Partial<DecisionInput>, asked: string[]][] = [
        ["nothing is named", {}, {}, ["domain", "old"]],
        ["nothing differs", { desired: V1 }, {}, ["old", "domain"]],
        ["another version", { desired: TWO }, {}, ["domain", "old", "pool", "clients", "style of web", "web"]],
        ["another version, left as drift", { desired: TWO }, { changed: {} }, ["domain", "old"]],
        ["another version, no update", { desired: TWO }, { action: "none" }, ["domain", "old"]],
        ["another version, not known yet", { unknown: ["managedLoginVersion"] }, {}, ["domain", "old"]],
        ["another certificate", { desired: { certificateArn: OTHER_ARN } }, {}, ["new", "domain"]],
        // The named one is asked at once, beside the domain; the one that stays attached after it.
        [
            "another certificate, left as drift",
            { desired: { certificateArn: OTHER_ARN } },
            { changed: {} },
            ["new", "domain", "old"],
        ],
        ["a certificate that is not known yet", { unknown: ["certificateArn"] }, {}, ["domain"]],
        ["failover", { desired: { failover: FAILOVER } }, {}, ["domain", "old", "pool", "replicas"]],
        ["a prefix domain", { address: PREFIX }, {}, ["domain"]],
        ["no address yet", { address: undefined, desired: { certificateArn: OTHER_ARN } }, {}, ["new"]],
        ["neither address nor certificate", { address: undefined, desired: TWO }, {}, []],
    ];
    for (const [title, request, rest, asked] of table) {
        it(`${title}: ${asked.join(", ") || "nothing"}`, async () => {
            await observe(aws.reads, inputFor(request, rest));
            assert.deepEqual(aws.asked, asked);
        });
    }

    it("the way back to version 1: the pool, for passkeys, and no branding", async () => {
        aws.domain = seen({ settings: { ...V1, managedLoginVersion: 2 } });
        aws.passkeys = true;
        const { relyingParty, branding } = await observe(aws.reads, inputFor({ desired: { managedLoginVersion: 1 } }));
        assert.deepEqual([aws.asked, relyingParty, branding], [["domain", "old", "pool"], undefined, undefined]);
    });

    it("the relying party, if version 2 goes to a pool with passkeys", async () => {
        aws.passkeys = true;
        const { relyingParty } = await observe(aws.reads, inputFor({ desired: TWO }));
        assert.deepEqual(relyingParty, { found: "auth.example.com" });
        assert.equal(aws.asked.at(-1), "relyingParty");
    });

    it("what the program changed, if there is no domain of this pool", async () => {
        for (const domain of [undefined, seen({ userPoolId: OTHER_POOL })]) {
            aws = new FakeAws();
            aws.domain = domain;
            await observe(aws.reads, inputFor({ desired: TWO }));
            assert.ok(aws.asked.includes("pool") && aws.asked.includes("clients"), aws.asked.join());
        }
    });

    it("the account and the pool, if the domain is absent", async () => {
        aws.domain = undefined;
        const { caller, userPool } = await observe(aws.reads, inputFor({}));
        assert.deepEqual([aws.asked, caller], [["domain", "caller", "pool"], { found: "123456789012" }]);
        assert.ok(userPool);
    });

    it("only what is missing, and nothing if all is there", async () => {
        const input = inputFor({ desired: TWO });
        const all = await observe(aws.reads, input);
        aws.asked.length = 0;
        assert.equal(await askMissing(aws.reads, all, input), all);
        const { userPool, ...rest } = all;
        assert.deepEqual(await askMissing(aws.reads, rest, input), all);
        assert.deepEqual(aws.asked, ["pool"]);
    });

    it("no certificate that the program does not name, if only named ones are wanted", async () => {
        const domain: Observed = { domain: { found: seen({ settings: V1 }) } };
        assert.equal(await askMissing(aws.reads, domain, inputFor({}), "named"), domain);
        await askMissing(aws.reads, domain, inputFor({ desired: { certificateArn: OTHER_ARN } }), "named");
        assert.deepEqual(aws.asked, ["new"]);
    });

    it("and every failure is an answer", async () => {
        aws.denied = Object.keys(aws.reads) as (keyof Reads)[];
        const { domain, certificate, userPool, branding } = await observe(
            aws.reads,
            inputFor({ desired: { ...TWO, certificateArn: ARN } }),
        );
        const failed = { failed: DENIED };
        assert.deepEqual([domain, certificate?.answer, userPool, branding], [failed, failed, failed, failed]);
    });

    describe("of branding styles", () => {
        const branding = async () => foundIn((await observe(aws.reads, inputFor({ desired: TWO }))).branding);
        const numbered = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);
        const styles = () => aws.asked.filter((it) => it.startsWith("style")).length;

        it("stops with the first client that has a style, and asks no client for its flows", async () => {
            aws.clients = numbered(20);
            aws.styled = ["c7", "c19"];
            const answer = await branding();
            assert.deepEqual([answer?.styled, answer?.asked, answer?.more, styles()], [true, 8, false, 8]);
            const unstyled = answer?.unstyled.map(({ id }) => id);
            assert.deepEqual(unstyled, numbered(7));
            assert.ok(!aws.asked.includes("c0"));
        });

        it("asks at most 60 clients", async () => {
            aws.clients = numbered(61);
            aws.styled = ["c60"];
            const answer = await branding();
            assert.deepEqual([answer?.styled, answer?.asked, answer?.more, styles()], [false, 60, true, 60]);
        });

        it("counts only clients that use the sign-in pages; one that could not be asked may", async () => {
            aws.clients = ["web", "old", "machine", "none"];
            aws.flows = { old: ["implicit"], machine: ["client_credentials"], none: [] };
            const unstyled = (await branding())?.unstyled.map(({ id }) => id);
            assert.deepEqual(unstyled, ["web", "old"]);
            aws.denied = ["describeClient"];
            assert.equal((await branding())?.unstyled.length, 4);
        });
    });
});
