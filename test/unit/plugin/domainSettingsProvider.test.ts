import assert from "node:assert/strict";
import type { dynamic } from "@pulumi/pulumi";
import { PROGRAM } from "../../../provider/inputs/programFacts";
import type { PartialUpdateError } from "../../../provider/model/errors";
import { DomainSettingsProvider } from "../../../provider/plugin/domainSettingsProvider";
import type { DomainScene, Emulator } from "../../emulator/index";
import { inEmulatedAws } from "../../support/emulatedAws";
import { failureOf } from "../../support/failure";
import { recordingEngine } from "../../support/operation";
import { freshProvider } from "../../support/provider";

const DOMAIN = "auth.example.com";
type Props = Record<string, unknown>;
const RECORD = {
    account: "123456789012",
    before: { managedLoginVersion: 1 },
    desired: { managedLoginVersion: 2 },
};

describe("the provider", () => {
    let emulator: Emulator;
    let provider: Required<dynamic.ResourceProvider>;
    let userPoolId: string;
    let args: Props;
    let id: string;

    inEmulatedAws(
        (it) => {
            emulator = it;
        },
        { settleAfterDescribes: 0 },
    );
    beforeEach(() => {
        emulator.reset();
        provider = freshProvider() as typeof provider;
        userPoolId = emulator.userPool({ region: "us-west-2" });
        args = { userPoolId, domain: DOMAIN, managedLoginVersion: 2, __provider: "text" };
        id = `${userPoolId}/${DOMAIN}`;
    });

    const scene = (rest: Partial<DomainScene> = {}) =>
        emulator.domain({
            userPoolId,
            domain: DOMAIN,
            managedLoginVersion: 1,
            securityPolicy: "TLS_V1_2_2021",
            ...rest,
        });
    const create = async (inputs: Props = args): Promise<Props> => (await provider.create(inputs)).outs as Props;
    const read = async (props: Props) => (await provider.read(id, props)) as { props?: Props; inputs?: Props };

    describe("check", () => {
        it("adds to good inputs what the program changed", async () => {
            const changed = { managedLoginVersion: {} };
            assert.deepEqual(await provider.check({}, args), { inputs: { ...args, __changed: changed }, failures: [] });
        });

        it("tells a replacement what it replaces, what was secret and what is the same, also if ignoreChanges kept a value in the first check", async () => {
            const moved = { ...args, domain: "new.example.com", [PROGRAM]: { ignoreChanges: ["managedLoginVersion"] } };
            const olds = { ...args, managedLoginVersion: 1, [PROGRAM]: { secret: ["routing"] } };
            await provider.check(olds, { ...moved, managedLoginVersion: 1 });
            const { inputs } = await provider.check({}, moved);
            const { replaces, declassified, same } = Object(inputs?.__changed);
            assert.deepEqual([replaces, declassified], [id, ["failover"]]);
            assert.deepEqual(same, ["managedLoginVersion", "certificateArn", "securityPolicy", "failover"]);
        });

        it("names the path in the reason, and no property, whose value would be printed", async () => {
            const { failures = [], inputs } = await provider.check({}, { ...args, managedLoginVersion: 3, wait: "x" });
            const text = failures.map(({ property, reason }) => `${property}: ${reason}`).join();
            assert.match(text, /^: managedLoginVersion is 3; .*,: wait is "x"; give/);
            const { __changed, ...others } = inputs as Props;
            assert.deepEqual(others, { ...args, managedLoginVersion: 3, wait: "x" });
        });
    });

    describe("create", () => {
        it("keeps the paths of secrets, for refresh and destroy, which see outputs only", async () => {
            scene({ managedLoginVersion: 2 });
            const outs = await create({ ...args, [PROGRAM]: { secret: ["domain"] } });
            const { props } = await read(outs);
            assert.deepEqual([outs[PROGRAM], props?.[PROGRAM]], [{ secret: ["domain"] }, { secret: ["domain"] }]);
        });

        it("writes nothing if AWS has the desired settings", async () => {
            scene({ managedLoginVersion: 2 });
            const result = await provider.create(args);
            assert.equal(result.id, id);
            assert.deepEqual(emulator.callsTo("UpdateUserPoolDomain"), []);
            const { cloudFrontDomain, certificateExpiry, ...outs } = result.outs as Props;
            assert.match(String(cloudFrontDomain), /\.cloudfront\.net$/);
            assert.match(String(certificateExpiry), /^\d{4}-\d\d-\d\dT/);
            assert.deepEqual(outs, {
                userPoolId,
                domain: DOMAIN,
                managedLoginVersion: 2,
                customDomainConfig: {
                    certificateArn: emulator.domainOf(DOMAIN)?.certificateArn,
                    securityPolicy: "TLS_V1_2_2021",
                },
                status: "ACTIVE",
                baseUrl: `https://${DOMAIN}`,
                cloudFrontHostedZoneId: "Z2FDTNDATAQYW2",
                __record: { ...RECORD, before: { managedLoginVersion: 2 } },
            });
        });

        it("leaves out when the certificate expires if it may not ask", async () => {
            emulator.behaviour.accessDenied = ["acm:*"];
            scene();
            assert.equal("certificateExpiry" in (await create()), false);
        });

        it("keeps what is known after a failure", async () => {
            emulator.behaviour.outcome = "failed";
            scene();
            const error = (await failureOf(create())) as PartialUpdateError;
            assert.equal(error.id, id);
            assert.deepEqual(error.reasons, [error.message]);
            assert.equal(error.properties.__provider, "text");
            assert.equal(error.properties.status, "FAILED");
            assert.deepEqual(error.properties.__record, { ...RECORD, open: "create" });
        });
    });

    it("says that a state without a record gets one, and sends only what the program changed", async () => {
        scene();
        const engine = recordingEngine();
        const { outs } = await new DomainSettingsProvider({ engine }).update(id, args, { ...args, __changed: {} });
        assert.deepEqual([emulator.callsTo("UpdateUserPoolDomain"), outs.__record.desired], [[], RECORD.desired]);
        assert.ok(
            engine.infos.includes(`${DOMAIN}: the state has no record of earlier settings; a new one begins now`),
        );
    });

    describe("read", () => {
        it("shows what was changed outside Pulumi of what the program manages, and nothing else", async () => {
            scene();
            const outs = await create({ ...args, onDelete: "restore", wait: "active" });
            emulator.patchDomain(DOMAIN, { managedLoginVersion: 1, securityPolicy: "TLS_V1" });
            const { props = {}, inputs } = await read(outs);
            assert.deepEqual(inputs, {
                userPoolId,
                domain: DOMAIN,
                managedLoginVersion: 1,
                onDelete: "restore",
                wait: "active",
                __asked: { managedLoginVersion: 2 },
            });
            const { managedLoginVersion, customDomainConfig, __record } = props;
            assert.deepEqual([managedLoginVersion, __record], [1, outs.__record]);
            assert.equal((customDomainConfig as Props).securityPolicy, "TLS_V1");
        });

        it("gives no inputs if nothing has changed: they would show as a change", async () => {
            scene();
            const outs = await create({ ...args, onDelete: "restore" });
            assert.deepEqual(await read(outs), { id, props: outs });
        });

        it("warns of an update that is under way, unless nothing is managed: what it ends with is not in the state", async () => {
            scene();
            const outs = await create();
            emulator.patchDomain(DOMAIN, { managedLoginVersion: 1, status: "UPDATING" });
            const engine = recordingEngine();
            for (const props of [{}, outs]) {
                await new DomainSettingsProvider({ engine }).read(id, props);
            }
            const text = `${DOMAIN}: has status UPDATING, so the state keeps its settings. Refresh again once the domain is ACTIVE`;
            assert.deepEqual(engine.warnings, [text]);
        });

        it("answers a domain that is gone, or another pool's, with nothing", async () => {
            scene();
            const outs = await create();
            emulator.removeDomain(DOMAIN);
            assert.deepEqual(await read(outs), {});
            emulator.domain({ userPoolId: emulator.userPool({ region: "us-west-2" }), domain: DOMAIN });
            assert.deepEqual(await read(outs), {});
        });

        it("reads everything for a get, and manages nothing", async () => {
            scene();
            const { props, inputs } = await read({});
            assert.deepEqual([props?.managedLoginVersion, props?.__record, inputs], [1, undefined, undefined]);
        });

        it("fails a get of a domain that is not there, or is another pool's", async () => {
            const missing = await failureOf(read({}));
            assert.equal(missing.name, "DomainNotFoundError");
            const text = `the user pool ${userPoolId} has no domain ${DOMAIN} in us-west-2, in account 123456789012; if another account has it, name its profile or role in aws:profile or aws:assumeRoles`;
            assert.equal(missing.message, text);
            const other = emulator.userPool({ region: "us-west-2" });
            emulator.domain({ userPoolId: other, domain: DOMAIN });
            const message = `the domain ${DOMAIN} belongs to the user pool ${other}, not to ${userPoolId}`;
            assert.equal((await failureOf(read({}))).message, message);
        });

        it("names what is wrong with the identity in a state that somebody has edited", async () => {
            const error = await failureOf(read({ aws: { assumeRoles: 7 } }));
            assert.equal(error.message, "aws.assumeRoles must be a list, got 7");
            assert.equal(error.name, "InvalidConfigurationError");
        });

        it("refuses an id that is none, before any call", async () => {
            const error = await failureOf(provider.read("nonsense", {}));
            assert.equal(error.name, "InvalidIdError");
            assert.deepEqual(emulator.calls, []);
        });
    });

    describe("of two resources on one domain", () => {
        it("finishes one before it begins with the other", async () => {
            scene();
            emulator.behaviour.settleAfterDescribes = 2;
            const policy = { customDomainConfig: { securityPolicy: "TLS_V1_3_2025" } };
            await Promise.all([create(), create({ ...args, managedLoginVersion: undefined, ...policy })]);
            const { managedLoginVersion, securityPolicy } = emulator.domainOf(DOMAIN) ?? {};
            assert.deepEqual([managedLoginVersion, securityPolicy], [2, "TLS_V1_3_2025"]);
            const statuses = emulator.calls.map(({ operation }) => operation);
            const [first, second] = statuses.flatMap((it, index) => (it === "UpdateUserPoolDomain" ? [index] : []));
            assert.ok(first !== undefined && second !== undefined);
            assert.ok(second - first > 2, `the second was sent before the first had arrived: ${statuses}`);
        });
    });

    describe("delete", () => {
        for (const [what, onDelete, isFresh] of [
            ["by default, without a call", undefined, true],
            ['with "retain", without a call', "retain", true],
            ['with "restore", in the process that has just created or updated it', "restore", false],
        ] as const) {
            it(`leaves everything ${what}`, async () => {
                scene();
                const outs = await create({ ...args, onDelete });
                provider = isFresh ? (freshProvider() as typeof provider) : provider;
                emulator.calls = [];
                await provider.delete(id, outs);
                assert.deepEqual([emulator.calls, emulator.domainOf(DOMAIN)?.managedLoginVersion], [[], 2]);
            });
        }
    });
});
