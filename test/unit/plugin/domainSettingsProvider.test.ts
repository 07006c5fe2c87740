import assert from "node:assert/strict";
import type { dynamic } from "@pulumi/pulumi";
import { PROGRAM } from "../../../provider/inputs/programFacts";
import type { PartialUpdateError } from "../../../provider/model/errors";
import type { DomainScene, Emulator } from "../../emulator/index";
import { inEmulatedAws } from "../../support/emulatedAws";
import { failureOf } from "../../support/failure";
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
    let provider: dynamic.ResourceProvider;
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
        provider = freshProvider();
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
    const method = <Name extends keyof dynamic.ResourceProvider>(name: Name) => {
        const found = provider[name];
        assert.ok(found);
        return found.bind(provider) as NonNullable<dynamic.ResourceProvider[Name]>;
    };
    const versionAndPolicy = () => {
        const { managedLoginVersion, securityPolicy } = emulator.domainOf(DOMAIN) ?? {};
        return [managedLoginVersion, securityPolicy];
    };
    const create = async (inputs: Props = args): Promise<Props> => (await method("create")(inputs)).outs as Props;
    const update = async (olds: Props, news: Props): Promise<Props> =>
        (await method("update")(id, olds, news)).outs as Props;
    const read = (props: Props) => method("read")(id, props);
    const diff = (olds: Props, news: Props) => method("diff")(id, olds, news);
    const destroy = (props: Props) => method("delete")(id, props);

    describe("check", () => {
        const check = async (news: Props) => method("check")({}, news);

        it("adds to good inputs what the program changed", async () => {
            const changed = { managedLoginVersion: {} };
            assert.deepEqual(await check(args), { inputs: { ...args, __changed: changed }, failures: [] });
        });

        it("names the path in the reason, and no property, whose value would be printed", async () => {
            const { failures = [], inputs } = await check({ ...args, managedLoginVersion: 3, wait: "x" });
            assert.deepEqual(
                failures.map(({ property }) => property),
                ["", ""],
            );
            assert.match(
                failures.map(({ reason }) => reason).join(),
                /^managedLoginVersion is 3; .*,wait is "x"; give/,
            );
            const { __changed, ...others } = inputs as Props;
            assert.deepEqual(others, { ...args, managedLoginVersion: 3, wait: "x" });
        });

        it("redacts what the program marked as secret", async () => {
            const secret = { userPoolId: "hush hush", [PROGRAM]: { secret: ["userPoolId"] } };
            const { failures = [] } = await check({ ...args, ...secret });
            const [reason, ...more] = failures.map((it) => it.reason);
            assert.deepEqual(more, []);
            assert.match(
                reason ?? "",
                /^userPoolId cannot be used; its value is secret and not shown\. Give it a value/,
            );
        });
    });

    describe("create", () => {
        it("keeps the paths of secrets, for refresh and destroy, which see outputs only", async () => {
            scene({ managedLoginVersion: 2 });
            const outs = await create({ ...args, [PROGRAM]: { secret: ["domain"] } });
            const { props } = await read(outs);
            assert.deepEqual(
                [outs, props].map((it) => (it as Props)[PROGRAM]),
                [{ secret: ["domain"] }, { secret: ["domain"] }],
            );
        });

        it("writes nothing if AWS has the desired settings", async () => {
            scene({ managedLoginVersion: 2 });
            const result = await method("create")(args);
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

        it("changes what differs, and keeps what was there as the restore point", async () => {
            scene();
            const outs = await create();
            assert.equal(emulator.domainOf(DOMAIN)?.managedLoginVersion, 2);
            assert.deepEqual(outs.__record, RECORD);
            assert.equal((await diff(outs, args)).changes, false);
        });

        it("leaves out when the certificate expires if it may not ask", async () => {
            emulator.behaviour.accessDenied = ["acm:*"];
            scene();
            assert.equal("certificateExpiry" in (await create()), false);
        });

        it("names the Region in the id of a replica's settings", async () => {
            const replica = emulator.userPool({ region: "us-west-2", replicas: [{ region: "us-east-2" }] });
            emulator.domain({ userPoolId: replica, domain: DOMAIN, region: "us-east-2" });
            const result = await method("create")({ ...args, userPoolId: replica, region: "us-east-2" });
            assert.equal(result.id, `us-east-2/${replica}/${DOMAIN}`);
        });

        it("keeps what is known after a failure, and completes the next time", async () => {
            emulator.behaviour.outcome = "failed";
            scene();
            const error = (await failureOf(create())) as PartialUpdateError;
            assert.equal(error.id, id);
            assert.deepEqual(error.reasons, [error.message]);
            assert.equal(error.properties.__provider, "text");
            assert.equal(error.properties.status, "FAILED");
            assert.deepEqual(error.properties.__record, { ...RECORD, open: "create" });
            assert.equal((await diff(error.properties, args)).changes, true);
            emulator.behaviour.outcome = "active";
            const outs = await update(error.properties, args);
            assert.deepEqual([outs.status, outs.managedLoginVersion], ["ACTIVE", 2]);
        });
    });

    describe("update", () => {
        it("keeps the restore point of what was managed already", async () => {
            scene();
            const first = await create();
            const certificateArn = emulator.domainOf(DOMAIN)?.certificateArn;
            const second = await update(first, {
                ...args,
                managedLoginVersion: 1,
                customDomainConfig: { certificateArn },
                __changed: { managedLoginVersion: { from: 2 }, certificateArn: {} },
            });
            const settings = { managedLoginVersion: 1, certificateArn };
            assert.deepEqual(second.__record, { ...RECORD, before: settings, desired: settings });
            assert.equal(emulator.domainOf(DOMAIN)?.managedLoginVersion, 1);
        });

        it("writes nothing for an argument that is no setting", async () => {
            scene();
            const first = await create();
            emulator.calls = [];
            const outs = await update(first, { ...args, onDelete: "restore" });
            assert.equal(outs.onDelete, "restore");
            assert.deepEqual(emulator.callsTo("UpdateUserPoolDomain"), []);
        });
    });

    describe("read", () => {
        it("shows what was changed outside Pulumi of what the program manages, and nothing else", async () => {
            scene();
            const outs = await create({ ...args, onDelete: "restore", wait: "active" });
            emulator.patchDomain(DOMAIN, { managedLoginVersion: 1, securityPolicy: "TLS_V1" });
            const { id: same, props, inputs } = (await read(outs)) as dynamic.ReadResult & { inputs: Props };
            assert.equal(same, id);
            assert.deepEqual(inputs, {
                userPoolId,
                domain: DOMAIN,
                managedLoginVersion: 1,
                onDelete: "restore",
                wait: "active",
                __asked: { managedLoginVersion: 2 },
            });
            const { managedLoginVersion, customDomainConfig, __record } = props as Props;
            assert.equal(managedLoginVersion, 1);
            assert.equal((customDomainConfig as Props).securityPolicy, "TLS_V1");
            assert.deepEqual(__record, outs.__record);
        });

        it("gives no inputs if nothing has changed: they would show as a change", async () => {
            scene();
            const outs = await create({ ...args, onDelete: "restore" });
            const { props, inputs } = await read(outs);
            assert.deepEqual(props, outs);
            assert.equal(inputs, undefined);
        });

        it("answers a domain that is gone, or another pool's, with nothing", async () => {
            scene();
            const outs = await create();
            emulator.removeDomain(DOMAIN);
            assert.deepEqual(await read(outs), {});
            emulator.domain({ userPoolId: emulator.userPool({ region: "us-west-2" }), domain: DOMAIN });
            assert.deepEqual(await read(outs), {});
        });

        it("does not take a single empty answer for the end of the domain", async () => {
            scene();
            const outs = await create();
            emulator.removeDomain(DOMAIN);
            const run = (aws: Emulator) => void aws.domain({ userPoolId, domain: DOMAIN });
            emulator.behaviour.faults = [{ operation: "GetCallerIdentity", action: { run } }];
            const error = await failureOf(read(outs));
            assert.match(error.message, /was missing at the first read and present at the second.*Nothing was changed/);
        });

        it("reads everything for a get, and manages nothing", async () => {
            scene();
            const { props, inputs } = (await read({})) as dynamic.ReadResult & { inputs: Props };
            assert.equal(inputs, undefined);
            assert.equal((props as Props).managedLoginVersion, 1);
            assert.equal((props as Props).__record, undefined);
        });

        it("fails a get of a domain that is not there, or is another pool's", async () => {
            const missing = await failureOf(read({}));
            assert.equal(missing.name, "DomainNotFoundError");
            assert.equal(
                missing.message,
                `the user pool ${userPoolId} has no domain ${DOMAIN} in us-west-2, in account 123456789012; if another account has it, name its profile or role in aws:profile or aws:assumeRoles`,
            );
            const other = emulator.userPool({ region: "us-west-2" });
            emulator.domain({ userPoolId: other, domain: DOMAIN });
            assert.equal(
                (await failureOf(read({}))).message,
                `the domain ${DOMAIN} belongs to the user pool ${other}, not to ${userPoolId}`,
            );
        });

        it("names what is wrong with the identity in a state that somebody has edited", async () => {
            const error = await failureOf(read({ aws: { assumeRoles: 7 } }));
            assert.equal(error.message, "aws.assumeRoles must be a list, got 7");
            assert.equal(error.name, "InvalidConfigurationError");
        });

        it("refuses an id that is none, before any call", async () => {
            const error = await failureOf(method("read")("nonsense", {}));
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
            assert.deepEqual(versionAndPolicy(), [2, "TLS_V1_3_2025"]);
            const statuses = emulator.calls.map(({ operation }) => operation);
            const [first, second] = statuses.flatMap((it, index) => (it === "UpdateUserPoolDomain" ? [index] : []));
            assert.ok(first !== undefined && second !== undefined);
            assert.ok(second - first > 2, `the second was sent before the first had arrived: ${statuses}`);
        });
    });

    describe("delete", () => {
        /** What another process finds in the state. */
        async function adopted(inputs: Props = {}): Promise<Props> {
            scene();
            const outs = await create({ ...args, onDelete: "restore", ...inputs });
            provider = freshProvider();
            emulator.calls = [];
            return outs;
        }

        it("retains by default, without a call", async () => {
            for (const onDelete of [undefined, "retain"]) {
                emulator.reset();
                userPoolId = emulator.userPool({ region: "us-west-2" });
                Object.assign(args, { userPoolId });
                id = `${userPoolId}/${DOMAIN}`;
                await destroy(await adopted({ onDelete }));
                assert.deepEqual(emulator.calls, []);
            }
        });

        it("leaves what someone else changed, though a refresh has recorded it", async () => {
            const outs = await adopted({ customDomainConfig: { securityPolicy: "TLS_V1_2_2021" } });
            emulator.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025" });
            const { props } = await read(outs);
            await destroy(props as Props);
            assert.deepEqual(versionAndPolicy(), [1, "TLS_V1_3_2025"]);
        });

        it("restores nothing in the process that has just created or updated it", async () => {
            scene();
            const outs = await create({ ...args, onDelete: "restore" });
            emulator.calls = [];
            await destroy(outs);
            assert.deepEqual(emulator.calls, []);
            assert.equal(emulator.domainOf(DOMAIN)?.managedLoginVersion, 2);
        });

        it("does nothing for a domain that is gone, or another pool's, or of which nothing was found", async () => {
            const outs = await adopted();
            await destroy({ ...outs, __record: undefined });
            assert.deepEqual(emulator.calls, []);
            emulator.removeDomain(DOMAIN);
            await destroy(outs);
            emulator.domain({ userPoolId: emulator.userPool({ region: "us-west-2" }), domain: DOMAIN });
            await destroy(outs);
            assert.deepEqual(emulator.callsTo("UpdateUserPoolDomain"), []);
        });

        it("fails if restoring does not succeed", async () => {
            const outs = await adopted();
            emulator.behaviour.outcome = "failed";
            assert.match((await failureOf(destroy(outs))).message, /AWS gave up \(FAILED/);
        });
    });
});
