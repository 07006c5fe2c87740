import assert from "node:assert/strict";
import { globalAgent } from "node:https";
import type { dynamic } from "@pulumi/pulumi";
import { SECRET } from "../../../provider/inputs/redaction";
import { subjectOf, VERDICT } from "../../../provider/inputs/verdict";
import type { PartialUpdateError } from "../../../provider/model/errors";
import type { DomainScene, Emulator } from "../../emulator/index";
import { inEmulatedAws } from "../../support/emulatedAws";
import { failureOf } from "../../support/failure";
import { freshProvider } from "../../support/provider";
import { makeCertificate, startTlsServer, type TestCertificate } from "../../support/tlsServer";

const DOMAIN = "auth.example.com";
const CONNECT_TO = "PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO";
type Props = Record<string, unknown>;

describe("the provider", () => {
    let emulator: Emulator;
    let provider: dynamic.ResourceProvider;
    let userPoolId: string;
    let args: Props;
    let id: string;

    let certificate: TestCertificate;

    inEmulatedAws(
        (it) => {
            emulator = it;
        },
        { settleAfterDescribes: 0 },
    );
    before(async () => {
        certificate = await makeCertificate("0a01", DOMAIN);
    });
    afterEach(() => {
        delete process.env[CONNECT_TO];
        delete globalAgent.options.ca;
    });
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
    const create = async (inputs: Props = args): Promise<Props> => (await method("create")(inputs)).outs as Props;
    const update = async (olds: Props, news: Props): Promise<Props> =>
        (await method("update")(id, olds, news)).outs as Props;
    const read = (props: Props) => method("read")(id, props);
    const diff = (olds: Props, news: Props) => method("diff")(id, olds, news);
    const destroy = (props: Props) => method("delete")(id, props);
    describe("check", () => {
        const check = async (news: Props) => method("check")({}, news);

        it("hands good inputs back as they are", async () => {
            assert.deepEqual(await check(args), { inputs: args, failures: [] });
        });

        it("names the path in the reason, and no property, whose value would be printed", async () => {
            const { failures, inputs } = await check({ ...args, managedLoginVersion: 3, wait: "x" });
            assert.deepEqual(failures, [
                {
                    property: "",
                    reason: "managedLoginVersion is 3; give the number 1 (classic hosted UI) or 2 (managed login)",
                },
                { property: "", reason: 'wait is "x"; give one of "active", "served", "none"' },
            ]);
            assert.deepEqual(inputs, { ...args, managedLoginVersion: 3, wait: "x" });
        });

        it("takes the verdict out, and fails for what stands in it", async () => {
            const finding = { code: "c", property: "domain", severity: "error", message: "m", remedy: "R" };
            const { __provider, ...judged } = args;
            const rest = { resource: "auth", isPreview: true, args: judged, ifUnchanged: [], ignoreChanges: [] };
            const verdict = {
                ...rest,
                subject: subjectOf(judged),
                findings: [finding],
                strict: false,
                others: [],
            };
            assert.deepEqual(await check({ ...args, [VERDICT]: verdict }), {
                inputs: args,
                failures: [{ property: "", reason: "domain: m. R. [c]" }],
            });
            const changed = { ...args, domain: "other.example.com" };
            assert.deepEqual(await check({ ...changed, [VERDICT]: verdict }), { inputs: changed, failures: [] });
        });

        it("redacts what the program marked as secret", async () => {
            const { failures = [] } = await check({ ...args, userPoolId: "hush hush", [SECRET]: ["userPoolId"] });
            assert.deepEqual(
                failures.map(({ reason }) => reason),
                [
                    "userPoolId cannot be used; its value is secret and not shown. Give it a value that docs/arguments.md lists",
                ],
            );
        });
    });

    describe("create", () => {
        it("keeps the paths of secrets, for refresh and destroy, which see outputs only", async () => {
            scene({ managedLoginVersion: 2 });
            const outs = await create({ ...args, [SECRET]: ["domain"] });
            const { props, inputs } = await read(outs);
            assert.deepEqual(
                [outs, props, inputs].map((it) => (it as Props)[SECRET]),
                [["domain"], ["domain"], ["domain"]],
            );
        });

        it("adopts: where AWS is as desired, writes nothing", async () => {
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
                __account: "123456789012",
                __adopted: {
                    managed: ["managedLoginVersion"],
                    found: { managedLoginVersion: 2 },
                    applied: {},
                },
            });
        });

        it("changes what differs, and keeps what was there as the restore point", async () => {
            scene();
            const outs = await create();
            assert.equal(emulator.domainOf(DOMAIN)?.managedLoginVersion, 2);
            assert.deepEqual(outs.__adopted, {
                managed: ["managedLoginVersion"],
                found: { managedLoginVersion: 1 },
                applied: { managedLoginVersion: 2 },
            });
            assert.equal((await diff(outs, args)).changes, false);
        });

        it("goes without the certificate's end where it may not ask", async () => {
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

        it("that AWS accepted and that failed then keeps everything that is known, and goes on next time", async () => {
            emulator.behaviour.outcome = "failed";
            scene();
            const error = (await failureOf(create())) as PartialUpdateError;
            assert.equal(error.id, id);
            assert.deepEqual(error.reasons, [error.message]);
            assert.equal(error.properties.__provider, "text");
            assert.equal(error.properties.status, "FAILED");
            assert.deepEqual(error.properties.__adopted, {
                managed: ["managedLoginVersion"],
                found: { managedLoginVersion: 1 },
                applied: {},
            });
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
            });
            assert.deepEqual(second.__adopted, {
                managed: ["managedLoginVersion", "certificateArn"],
                found: { managedLoginVersion: 1, certificateArn },
                applied: { managedLoginVersion: 1 },
            });
            assert.equal(emulator.domainOf(DOMAIN)?.managedLoginVersion, 1);
        });

        it("for an argument of its own calls nothing that writes", async () => {
            scene();
            const first = await create();
            emulator.calls = [];
            const outs = await update(first, { ...args, onDelete: "restore" });
            assert.equal(outs.onDelete, "restore");
            assert.deepEqual(emulator.callsTo("UpdateUserPoolDomain"), []);
        });
    });

    describe("read", () => {
        it("shows what somebody changed by hand, of what the program manages, and nothing else", async () => {
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
            });
            const { managedLoginVersion, customDomainConfig, __adopted } = props as Props;
            assert.equal(managedLoginVersion, 1);
            assert.equal((customDomainConfig as Props).securityPolicy, "TLS_V1");
            // The restore point stays; what somebody has changed is theirs, should they change it back.
            assert.deepEqual(__adopted, { ...(outs.__adopted as object), applied: {} });
        });

        it("gives inputs that make no difference where nothing has changed", async () => {
            scene();
            const outs = await create({ ...args, onDelete: "restore" });
            const { props, inputs } = (await read(outs)) as dynamic.ReadResult & { inputs: Props };
            assert.deepEqual(props, outs);
            assert.deepEqual(await diff(props as Props, inputs), { changes: false, replaces: [] });
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
            emulator.behaviour.faults = [
                {
                    operation: "GetCallerIdentity",
                    action: { run: (aws) => void aws.domain({ userPoolId, domain: DOMAIN }) },
                },
            ];
            const error = await failureOf(read(outs));
            assert.match(error.message, /was not found at first, and is there by now.*Nothing was changed/);
        });

        it("looks up everything for a get, and manages nothing", async () => {
            scene();
            const { props, inputs } = (await read({})) as dynamic.ReadResult & { inputs: Props };
            assert.deepEqual(inputs, { userPoolId, domain: DOMAIN });
            assert.equal((props as Props).managedLoginVersion, 1);
            assert.deepEqual((props as Props).__adopted, { managed: [], found: {}, applied: {} });
        });

        it("fails a get of a domain that is not there, or is another pool's", async () => {
            const missing = await failureOf(read({}));
            assert.equal(
                `${missing}: ${missing.stack}`,
                `DomainNotFoundError: the user pool ${userPoolId} has no domain ${DOMAIN} in us-west-2`,
            );
            const other = emulator.userPool({ region: "us-west-2" });
            emulator.domain({ userPoolId: other, domain: DOMAIN });
            assert.equal(
                (await failureOf(read({}))).message,
                `the domain ${DOMAIN} belongs to the user pool ${other}, not to ${userPoolId}`,
            );
        });

        it("names what is wrong with the identity in a state that was edited by hand", async () => {
            const error = await failureOf(read({ aws: { assumeRoles: 7 } }));
            assert.equal(error.message, "aws.assumeRoles is 7; give a list");
            assert.equal(error.name, "InvalidConfigurationError");
        });

        it("refuses an id that is none, before any call", async () => {
            const error = await failureOf(method("read")("nonsense", {}));
            assert.equal(error.name, "InvalidIdError");
            assert.deepEqual(emulator.calls, []);
        });
    });

    describe("after an update that could not be verified", () => {
        it("has something to do until it is, after a refresh too", async () => {
            scene();
            const verified = { ...args, verify: { clientId: emulator.client({ userPoolId }) }, waitTimeoutSeconds: 1 };
            const server = await startTlsServer(
                () => certificate,
                (_request, response) => response.writeHead(403).end("Login pages unavailable"),
            );
            globalAgent.options.ca = certificate.cert;
            process.env[CONNECT_TO] = `::127.0.0.1:${server.port}`;
            const { properties } = (await failureOf(create(verified))) as PartialUpdateError;
            await server.close();
            assert.equal((await diff(properties, verified)).changes, true);
            const refreshed = await read(properties);
            assert.equal(refreshed.props?.status, "ACTIVE");
            assert.equal((await diff(refreshed.props as Props, verified)).changes, true);
            const outs = await update(refreshed.props as Props, args);
            assert.equal((await diff(outs, args)).changes, false);
            assert.equal((await diff((await read(outs)).props as Props, args)).changes, false);
        });
    });

    describe("of two resources on one domain", () => {
        it("finishes one before it begins with the other", async () => {
            scene();
            emulator.behaviour.settleAfterDescribes = 2;
            await Promise.all([
                create(),
                create({
                    ...args,
                    managedLoginVersion: undefined,
                    customDomainConfig: { securityPolicy: "TLS_V1_3_2025" },
                }),
            ]);
            const { managedLoginVersion, securityPolicy } = emulator.domainOf(DOMAIN) ?? {};
            assert.deepEqual([managedLoginVersion, securityPolicy], [2, "TLS_V1_3_2025"]);
            const statuses = emulator.calls.map(({ operation }) => operation);
            const [first, second] = statuses.flatMap((it, index) => (it === "UpdateUserPoolDomain" ? [index] : []));
            assert.ok(first !== undefined && second !== undefined);
            assert.ok(second - first > 2, `the second was sent before the first had arrived: ${statuses}`);
        });
    });

    describe("replaced on the same domain", () => {
        it("hands the restore point on", async () => {
            scene();
            const old = await create({ ...args, onDelete: "restore" });
            provider = freshProvider();
            await diff(old, args);
            const fresh = await create({ ...args, onDelete: "restore" });
            assert.deepEqual((fresh.__adopted as { found: object }).found, { managedLoginVersion: 1 });
        });

        it("finds a new one where the domain was re-created", async () => {
            scene();
            const old = await create({ ...args, onDelete: "restore" });
            emulator.removeDomain(DOMAIN);
            scene({ managedLoginVersion: 1, securityPolicy: "TLS_V1_3_2025" });
            provider = freshProvider();
            await diff(old, args);
            const desired = { ...args, customDomainConfig: { securityPolicy: "TLS_V1_2_2021" } };
            const fresh = await create({ ...desired, onDelete: "restore" });
            assert.deepEqual((fresh.__adopted as { found: object }).found, {
                managedLoginVersion: 1,
                securityPolicy: "TLS_V1_3_2025",
            });
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

        it("restores what adoption found, where the program says so, and leaves the rest alone", async () => {
            const outs = await adopted();
            emulator.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025" });
            await destroy(outs);
            const { managedLoginVersion, securityPolicy } = emulator.domainOf(DOMAIN) ?? {};
            assert.deepEqual([managedLoginVersion, securityPolicy], [1, "TLS_V1_3_2025"]);
        });

        it("leaves what somebody else has changed, though a refresh has recorded it", async () => {
            const outs = await adopted({ customDomainConfig: { securityPolicy: "TLS_V1_2_2021" } });
            emulator.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025" });
            const { props } = await read(outs);
            await destroy(props as Props);
            const { managedLoginVersion, securityPolicy } = emulator.domainOf(DOMAIN) ?? {};
            assert.deepEqual([managedLoginVersion, securityPolicy], [1, "TLS_V1_3_2025"]);
        });

        it("puts a TLS policy back that was raised for managed login, with the version", async () => {
            scene({ securityPolicy: "TLS_V1" });
            const outs = await create({ ...args, onDelete: "restore" });
            assert.equal(emulator.domainOf(DOMAIN)?.securityPolicy, "TLS_V1_2_2021");
            provider = freshProvider();
            await destroy(outs);
            const { managedLoginVersion, securityPolicy } = emulator.domainOf(DOMAIN) ?? {};
            assert.deepEqual([managedLoginVersion, securityPolicy], [1, "TLS_V1"]);
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
            await destroy({ ...outs, __adopted: { managed: ["managedLoginVersion"], found: {} } });
            assert.deepEqual(emulator.calls, []);
            emulator.removeDomain(DOMAIN);
            await destroy(outs);
            emulator.domain({ userPoolId: emulator.userPool({ region: "us-west-2" }), domain: DOMAIN });
            await destroy(outs);
            assert.deepEqual(emulator.callsTo("UpdateUserPoolDomain"), []);
        });

        it("puts back what the gate takes where it refuses the old certificate, and does not fail", async () => {
            const old = emulator.certificate({ domainName: DOMAIN });
            const certificateArn = emulator.certificate({ domainName: DOMAIN });
            for (const version of [undefined, 2]) {
                scene({ certificateArn: old, managedLoginVersion: 1 });
                const { managedLoginVersion: _, ...others } = args;
                const managed = version ? { managedLoginVersion: version } : {};
                const outs = await create({
                    ...others,
                    ...managed,
                    onDelete: "restore",
                    customDomainConfig: { certificateArn },
                });
                provider = freshProvider();
                const certificate = emulator.state.certificates.get(old);
                assert.ok(certificate);
                emulator.removeCertificate(old);
                emulator.calls = [];
                await destroy(outs);
                emulator.state.certificates.set(old, certificate);
                assert.equal(emulator.callsTo("UpdateUserPoolDomain").length, version ? 1 : 0);
                assert.equal(emulator.domainOf(DOMAIN)?.certificateArn, certificateArn);
                assert.equal(emulator.domainOf(DOMAIN)?.managedLoginVersion, 1);
                emulator.removeDomain(DOMAIN);
            }
        });

        it("fails where it could not look, or where the restoring does not succeed", async () => {
            const outs = await adopted();
            emulator.behaviour.outcome = "failed";
            assert.match((await failureOf(destroy(outs))).message, /status FAILED/);
            emulator.behaviour.accessDenied = ["cognito-idp:DescribeUserPoolDomain"];
            assert.match(
                (await failureOf(destroy(outs))).message,
                /no permission to call cognito-idp:DescribeUserPoolDomain/,
            );
        });
    });
});
