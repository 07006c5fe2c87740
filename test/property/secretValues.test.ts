import assert from "node:assert/strict";
import * as fc from "fast-check";
import { Aws } from "../../provider/aws/awsCalls";
import { PROGRAM } from "../../provider/inputs/programFacts";
import { memberPath } from "../../provider/inputs/propertyPath";
import { ARGUMENT_NAMES } from "../../provider/inputs/schema";
import { messageOf, PartialUpdateError } from "../../provider/model/errors";
import { oneLine } from "../../provider/model/plainText";
import { DomainSettingsProvider } from "../../provider/plugin/domainSettingsProvider";
import type { Emulator } from "../emulator";
import { ARN } from "../support/certificates";
import { inEmulatedAws } from "../support/emulatedAws";
import { recordingEngine } from "../support/operation";

type Props = Record<string, unknown>;
type Path = (string | number)[];

/** Where a program can put a secret. */
const PATHS: Path[] = [
    ...ARGUMENT_NAMES.filter((name) => !["customDomainConfig", "routing", "aws"].includes(name)).map((name) => [name]),
    ["customDomainConfig", "certificateArn"],
    ["customDomainConfig", "securityPolicy"],
    ["customDomainConfig", "not.known"],
    ["routing", "failover", "secondaryRegion"],
    ["routing", "failover", "primaryRoute53HealthCheckId"],
    ["aws", "profile"],
    ["aws", "region"],
    ["aws", "allowedAccountIds", 0],
    ["aws", "forbiddenAccountIds", 0],
    ...["roleArn", "externalId", "sessionName", "duration", "policy", "sourceIdentity"].map((it) => [
        "aws",
        "assumeRoles",
        0,
        it,
    ]),
    ["aws", "assumeRoles", 0, "policyArns", 0],
    ["aws", "assumeRoles", 0, "transitiveTagKeys", 0],
    ["aws", "assumeRoles", 0, "tags", "cost.center"],
];

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
const TAG: Path = ["aws", "assumeRoles", 0, "tags", "cost.center"];
const placed = fc.oneof(
    { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...PATHS), value) },
    { weight: 1, arbitrary: fc.tuple(fc.constant(TAG), fc.integer({ min: 100_000 })) },
);
const GOOD = { userPoolId: "us-west-2_AbCdEfGhI", domain: "auth.example.com", managedLoginVersion: 2 };

const RESTORE = {
    onDelete: "restore",
    __record: { before: { managedLoginVersion: 1 }, desired: { managedLoginVersion: 2 } },
};

/** The arguments with the values in their places, and all of those marked as secret. */
function argumentsWith(base: Props, values: (readonly [Path, unknown])[]): Props {
    const args: Props = structuredClone(base);
    for (const [path, secret] of values) {
        let place = args as Record<string | number, unknown>;
        for (const [index, member] of path.slice(0, -1).entries()) {
            place[member] ??= typeof path[index + 1] === "number" ? [] : {};
            place = place[member] as Record<string | number, unknown>;
        }
        place[path.at(-1) as string] = secret;
    }
    const paths = values.map(([path]) => path.reduce<string>(memberPath, ""));
    return JSON.parse(JSON.stringify({ ...args, [PROGRAM]: { secret: paths } })) as Props;
}

/** None of the values stands in a text, as it is or on one line; of an ARN not even the last part. */
function assertHidden(texts: readonly string[], values: readonly unknown[]): void {
    const forms = values
        .map(String)
        .flatMap((value) => [
            value,
            oneLine(value),
            ...(value.startsWith("arn:") ? [value.split("/").at(-1) ?? ""] : []),
        ])
        .filter(({ length }) => length >= 6);
    for (const text of texts) {
        for (const form of forms) {
            assert.ok(!text.includes(form), `${JSON.stringify(form)} in ${text}`);
        }
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
            fc.asyncProperty(
                fc.uniqueArray(placed, { minLength: 1, maxLength: 5, selector: ([path]) => path.join() }),
                fc.uniqueArray(placed, { maxLength: 3, selector: ([path]) => path.join() }),
                async (values, earlier) => {
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
                    echo(values.filter(([path]) => path[0] !== "onDelete"));
                    await attempt(texts, () => provider(texts).delete(id, { ...news, ...RESTORE }));
                    assertHidden(
                        texts,
                        [...values, ...earlier].map(([, secret]) => secret),
                    );
                },
            ),
            { numRuns: 300 },
        );
    }).timeout(120_000);
});
