import assert from "node:assert/strict";
import type { dynamic } from "@pulumi/pulumi";
import * as fc from "fast-check";
import { memberPath, membersOf, valueAt } from "../../provider/inputs/propertyPath";
import { ARGUMENT_NAMES } from "../../provider/inputs/schema";
import { UNKNOWN } from "../../provider/inputs/unknown";
import { InvalidIdError, UserPoolDomainSettingsError } from "../../provider/model/errors";
import { oneLine } from "../../provider/model/plainText";
import type { Emulator } from "../emulator";
import { ARN } from "../support/certificates";
import { inEmulatedAws } from "../support/emulatedAws";
import { freshProvider } from "../support/provider";

type Props = Record<string, unknown>;

/** Words that mean something somewhere in the provider, and some that mean something in JavaScript. */
const WORDS = "us-west-2_AbCdEfGhI auth.example.com my-prefix us-east-2 ACTIVE restore TLS_V1 error __proto__";
const word = fc.constantFrom(UNKNOWN, ARN, "managedLoginVersion", "", ...WORDS.split(" "));
const MEMBERS = "certificateArn securityPolicy failover secondaryRegion profile assumeRoles roleArn allowedAccountIds";
const HIDDEN = "status __changed __asked __program ignoreChanges";
const OF_OBJECTS = "toString constructor __proto__ length";
const keys = [...ARGUMENT_NAMES, ...`${MEMBERS} ${HIDDEN} ${OF_OBJECTS}`.split(" ")];
const key = fc.oneof(fc.constantFrom(...keys), fc.string());

/** What JSON can hold, with a liking for what the provider looks at. */
const { json } = fc.letrec<{ json: unknown; object: Props }>((tie) => ({
    json: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.oneof(word, fc.string(), fc.constant(null), fc.boolean(), fc.integer({ min: -1, max: 3 }), fc.double()),
        fc.array(tie("json"), { maxLength: 3 }),
        tie("object"),
    ),
    object: fc.dictionary(key, tie("json"), { maxKeys: 5 }),
}));

const RECORDED = { __record: { before: { managedLoginVersion: 1 }, desired: { managedLoginVersion: 2 } } };

/** Properties of any shape, or good ones of which some are spoilt. */
const good = {
    userPoolId: "us-west-2_AbCdEfGhI",
    domain: "auth.example.com",
    managedLoginVersion: 2,
    customDomainConfig: { certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" },
    routing: { failover: { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: "health-1" } },
    onDelete: "restore",
    status: "ACTIVE",
    ...RECORDED,
};
const props: fc.Arbitrary<Props> = fc
    .oneof(
        fc.dictionary(key, json, { maxKeys: 8 }),
        fc.record(
            Object.fromEntries(Object.entries(good).map(([name, value]) => [name, fc.oneof(fc.constant(value), json)])),
            { requiredKeys: [] },
        ),
        fc.dictionary(key, json, { maxKeys: 3 }).map((spoilt) => ({ ...good, ...spoilt })),
    )
    // As it comes over the wire. Only the provider writes a record.
    .map(({ __record, ...rest }) => JSON.parse(JSON.stringify({ ...rest, ...(__record ? RECORDED : {}) })) as Props);
const id = fc.oneof(
    fc.string(),
    fc.constantFrom("us-west-2_AbCdEfGhI/auth.example.com", "us-east-2/us-west-2_AbCdEfGhI/auth.example.com"),
    fc.stringMatching(/^[\w.-]{0,9}\/?[\w-]{0,9}_[\w]{0,5}\/[^\n]{0,12}$/),
);

describe("the provider, fed with anything that JSON can hold", () => {
    let emulator: Emulator;
    let provider: dynamic.ResourceProvider;

    inEmulatedAws(
        (it) => {
            emulator = it;
            provider = freshProvider();
        },
        { settleAfterDescribes: 0 },
    );

    const check = async (news: Props) => (await provider.check?.({}, news)) ?? assert.fail();
    const diff = async (known: string, olds: Props, news: Props): Promise<dynamic.DiffResult> => {
        const result = await provider.diff?.(known, olds, news).catch((error: Error) => {
            assert.ok(error instanceof InvalidIdError, error.stack);
            return { changes: false };
        });
        return result ?? assert.fail();
    };

    it("checks without throwing, and every failure names an argument and is one line", async () => {
        await fc.assert(
            fc.asyncProperty(props, async (news) => {
                const { inputs, failures = [] } = await check(news);
                const { __changed, __program } = inputs as Props;
                // With what only the state has, the inputs get back an `ignoreChanges`.
                const isState = "__asked" in news || "__changed" in news;
                const hidden = { __changed: 0, ...(isState ? { __program } : {}) };
                assert.deepEqual({ ...inputs, ...hidden }, { ...news, ...hidden });
                assert.equal(typeof __changed, "object");
                const names = Object.keys({ ...news, userPoolId: 0, domain: 0 });
                for (const { property, reason } of failures) {
                    assert.equal(property, "");
                    assert.doesNotMatch(reason, /[\p{Cc}\p{Cf}\p{Cs}]/u);
                    assert.ok(
                        names.some((name) => reason.startsWith(oneLine(memberPath("", name)))),
                        reason,
                    );
                }
            }),
            { numRuns: 1000 },
        );
    }).timeout(60_000);

    it("checks what is unknown in any place, and finds no fault with it", async () => {
        const nested = "customDomainConfig.certificateArn customDomainConfig.securityPolicy routing.failover";
        const paths = [...ARGUMENT_NAMES, ...nested.split(" "), "routing.failover.secondaryRegion"].map(membersOf);
        const { status, __record, ...inputs } = good;
        for (const subset of fc.sample(fc.subarray(paths, { minLength: 1 }), 200)) {
            const news = structuredClone(inputs) as Props;
            for (const path of subset) {
                const place = valueAt(news, path.slice(0, -1));
                Object.assign(Object(place), { [path.at(-1) ?? ""]: UNKNOWN });
            }
            assert.deepEqual((await check(news)).failures, []);
            assert.equal((await diff("us-west-2_AbCdEfGhI/auth.example.com", good, news)).changes, true);
        }
    });

    it("diffs without throwing, except for an id that is none; what is wrong replaces nothing that it does not name", async () => {
        await fc.assert(
            fc.asyncProperty(id, props, props, async (known, olds, news) => {
                const { changes, replaces = [] } = await diff(known, olds, news);
                assert.equal(typeof changes, "boolean");
                assert.ok(replaces.length === 0 || changes);
                assert.ok(replaces.every((name) => ["userPoolId", "domain", "region"].includes(name)));
            }),
            { numRuns: 1000 },
        );
    }).timeout(60_000);

    it("reads without throwing anything but a tidy error of its own", async () => {
        const userPoolId = emulator.userPool({ region: "us-west-2" });
        emulator.domain({ userPoolId, domain: "auth.example.com" });
        const known = fc.oneof(id, fc.constant(`${userPoolId}/auth.example.com`));
        await fc.assert(
            fc.asyncProperty(known, props, async (theId, state) => {
                // As whom to call is for the tests of the identity; a profile or a role would only fail here.
                const answer = await provider.read?.(theId, { ...state, aws: null }).catch((error: Error) => {
                    assert.ok(error instanceof UserPoolDomainSettingsError, error.stack);
                    assert.doesNotMatch(`${error}: ${error.stack}`, /\n/);
                    return undefined;
                });
                assert.ok(!answer?.id || answer.id === theId);
            }),
            { numRuns: 200 },
        );
    }).timeout(60_000);

    it("does not mind depth or length", async () => {
        let deep: unknown = UNKNOWN;
        for (let depth = 0; depth < 1000; depth++) {
            deep = depth % 2 ? [deep] : { customDomainConfig: deep };
        }
        const long = "a.".repeat(20_000);
        for (const value of [deep, long, `${long}_/x`, `https://${long}`, `*${long}`, `${"-a".repeat(20_000)}!`]) {
            for (const name of ARGUMENT_NAMES) {
                const news = { ...good, [name]: value };
                assert.ok((await check(news)).failures?.length);
                const { changes } = await diff(typeof value === "string" ? value : "x", good, news);
                assert.equal(typeof changes, "boolean");
            }
        }
    }).timeout(30_000);
});
