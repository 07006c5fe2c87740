import assert from "node:assert/strict";
import * as fc from "fast-check";
import { Aws } from "../../provider/aws/awsCalls";
import { PROGRAM } from "../../provider/inputs/programFacts";
import { membersOf } from "../../provider/inputs/propertyPath";
import { ARGUMENT_NAMES } from "../../provider/inputs/schema";
import { messageOf, PartialUpdateError } from "../../provider/model/errors";
import { oneLine } from "../../provider/model/plainText";
import { DomainSettingsProvider } from "../../provider/plugin/domainSettingsProvider";
import type { Emulator } from "../emulator";
import { ARN } from "../support/certificates";
import { inEmulatedAws } from "../support/emulatedAws";
import { recordingEngine } from "../support/operation";

type Props = Record<string, unknown>;
type Placed = [path: string, value: unknown];

/** Where a program can put a secret. */
const NESTED = `customDomainConfig.certificateArn customDomainConfig.securityPolicy customDomainConfig["not.known"]
    routing.failover.secondaryRegion routing.failover.primaryRoute53HealthCheckId
    aws.profile aws.region aws.allowedAccountIds[0] aws.forbiddenAccountIds[0] aws.assumeRoles[0].roleArn
    aws.assumeRoles[0].externalId aws.assumeRoles[0].sessionName aws.assumeRoles[0].duration aws.assumeRoles[0].policy
    aws.assumeRoles[0].sourceIdentity aws.assumeRoles[0].policyArns[0] aws.assumeRoles[0].transitiveTagKeys[0]`;
const TAG = 'aws.assumeRoles[0].tags["cost.center"]';
const FLAT = ARGUMENT_NAMES.filter((name) => !["customDomainConfig", "routing", "aws"].includes(name));
const PATHS = [...FLAT, ...NESTED.split(/\s+/), TAG];

/** Values that are right at some path, or nowhere: with what is special in JSON, URLs, regular expressions and terminals. */
const value = fc.oneof(
    // A word of a message of ours is no secret.
    fc.string({ minLength: 6, maxLength: 40, unit: "binary" }).filter((it) => !/^[\w.]+$/.test(it)),
    fc.string({ minLength: 6, maxLength: 200 }).filter((it) => !/^[\w.]+$/.test(it)),
    fc.stringMatching(/^x[a-z]{8,20}x$/),
    fc.stringMatching(/^[A-Z]{3}\d{5}$/).map((it) => `us-west-2_${it}`),
    fc.stringMatching(/^[a-z]{6,9}$/).map((it) => `${it}.hidden.example`),
    fc.uuid().map((it) => ARN.replace(/[^/]*$/, it)),
    fc.integer({ min: 111_111_111_111, max: 999_999_999_999 }).map((it) => `arn:aws:iam::${it}:role/ops/${it}`),
    fc.integer({ min: 100_000 }),
    fc.array(fc.stringMatching(/^[a-z"{}&%]{6,12}$/), { minLength: 2, maxLength: 3 }).map((it) => it.join("\r\n\t")),
);
const placed = fc.oneof(
    { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...PATHS), value) },
    { weight: 1, arbitrary: fc.tuple(fc.constant(TAG), fc.integer({ min: 100_000 })) },
);
const several = (minLength: number) => fc.uniqueArray(placed, { minLength, maxLength: 4, selector: ([path]) => path });
const GOOD = { userPoolId: "us-west-2_AbCdEfGhI", domain: "auth.example.com", managedLoginVersion: 2 };

const RESTORE = {
    onDelete: "restore",
    __record: { before: { managedLoginVersion: 1 }, desired: { managedLoginVersion: 2 } },
};

/** The arguments with the values in their places, and all of those marked as secret. */
function argumentsWith(base: Props, values: Placed[]): Props {
    const args: Props = structuredClone(base);
    for (const [path, secret] of values) {
        const members = membersOf(path);
        let place: Props = args;
        for (const [index, member] of members.slice(0, -1).entries()) {
            place[member] ??= members[index + 1] === "0" ? [] : {};
            place = place[member] as Props;
        }
        place[members.at(-1) ?? ""] = secret;
    }
    return JSON.parse(JSON.stringify({ ...args, [PROGRAM]: { secret: values.map(([path]) => path) } })) as Props;
}

/** None of the values stands in a text, as it is or on one line; of an ARN not even the last part. */
function assertHidden(texts: readonly string[], values: Placed[]): void {
    const secrets = values.map(([, secret]) => String(secret));
    const lastParts = secrets.filter((it) => it.startsWith("arn:")).map((it) => it.split("/").at(-1) ?? "");
    const forms = [...secrets, ...secrets.map(oneLine), ...lastParts].filter(({ length }) => length >= 6);
    for (const text of texts) {
        const shown = forms.find((form) => text.includes(form));
        assert.equal(shown, undefined, text);
    }
}

describe("values that are secret, at any path", () => {
    let emulator: Emulator;
    inEmulatedAws(
        (it) => {
            emulator = it;
        },
        { settleAfterDescribes: 0 },
    );

    const provider = (texts: string[]) => {
        const say = (text: string) => void texts.push(text);
        return new DomainSettingsProvider({
            engine: { ...recordingEngine(), warn: say, info: say, status: say },
            // Whoever is to be called: no roles are assumed here.
            connect: async () => new Aws(),
        });
    };
    const attempt = async (texts: string[], work: () => Promise<unknown>) => {
        try {
            await work();
        } catch (error) {
            assert.ok(!(error instanceof PartialUpdateError));
            texts.push(messageOf(error), String((error as Error).stack));
        }
    };

    it("stand in no failure of check, and in nothing that create, update, read and delete say", async () => {
        await fc.assert(
            fc.asyncProperty(several(1), several(0), async (values, earlier) => {
                const texts: string[] = [];
                // AWS quotes them all.
                const echo = (known: typeof values) => {
                    const message = `of ${known.map(([, it]) => String(it)).join(" and ")}`;
                    const action = { exception: "InvalidParameterException", message };
                    emulator.behaviour.faults = [{ operation: "DescribeUserPoolDomain", action }];
                };
                echo([...values, ...earlier]);
                const news = argumentsWith(GOOD, values);
                const olds = argumentsWith({ ...GOOD, status: "ACTIVE" }, earlier);
                const { failures = [] } = await provider(texts).check(olds, news);
                texts.push(...failures.map(({ reason }) => reason));
                const id = "us-west-2_AbCdEfGhI/auth.example.com";
                await attempt(texts, () => provider(texts).update(id, olds, news));
                echo(values);
                await attempt(texts, () => provider(texts).create(news));
                await attempt(texts, () => provider(texts).read(id, { ...news, status: "ACTIVE" }));
                // It has a value of its own there.
                echo(values.filter(([path]) => path !== "onDelete"));
                await attempt(texts, () => provider(texts).delete(id, { ...news, ...RESTORE }));
                assertHidden(texts, [...values, ...earlier]);
            }),
            { numRuns: 300 },
        );
    }).timeout(120_000);
});
