import assert from "node:assert/strict";
import { PROGRAM, programIn } from "../../../provider/inputs/programFacts";
import {
    formatProblemOf,
    hide,
    hiding,
    secretConfigValues,
    secretSettings,
    secretTexts,
    withInheritedSecrets,
} from "../../../provider/inputs/secrets";
import { InvalidConfigurationError } from "../../../provider/model/errors";
import { RECORD } from "../../../provider/model/record";
import { ARN, OTHER_ARN } from "../../support/certificates";
import { FAILOVER } from "../../support/domains";

const secretly = (...secret: string[]) => ({ [PROGRAM]: { secret } });

describe("secretSettings", () => {
    it("are those inside, around or at a secret path", () => {
        const settings = (path: string) => secretSettings(secretly(path)).join();
        assert.equal(settings("customDomainConfig"), "certificateArn,securityPolicy");
        assert.equal(settings("customDomainConfig.certificateArn"), "certificateArn");
        assert.equal(settings("routing.failover.secondaryRegion"), "failover");
        assert.equal(settings("aws.profile"), "");
    });
});

describe("text without secrets", () => {
    const healthCheck = "routing.failover.primaryRoute53HealthCheckId";
    const id = FAILOVER.primaryRoute53HealthCheckId;
    const tags = { "a.b": "hidden", a: { b: "shown" } };
    const table: [title: string, source: object, text: string, shown: string][] = [
        [
            "no value of a member",
            { x: [{ tags }], ...secretly('x[0].tags["a.b"]') },
            "hidden, shown",
            "[secret], shown",
        ],
        ["no value twice", { x: "hushed", ...secretly("x") }, "hushed and hushed", "[secret] and [secret]"],
        ["other values", { x: "hushed", ...secretly("y") }, "hushed", "hushed"],
        ["what says nothing", { ...secretly("missing", "none", "n"), none: null, n: 7 }, "7 null", "7 null"],
        [
            "no placeholder in another",
            { a: "secret", b: "ret", ...secretly("a", "b") },
            "secret, ret",
            "[secret], [secret]",
        ],
        ["no pattern", { a: "a.c*(", ...secretly("a") }, "a.c*( and abc", "[secret] and abc"],
        ["no rest of a secret", { a: "abcd", b: "abcdef", ...secretly("a", "b") }, "abcdef", "[secret]"],
        ["no account", { x: ARN, ...secretly("x") }, "in 123456789012", "in [secret]"],
        ["no last part of an ARN", { x: ARN, ...secretly("x") }, `.../${ARN.split("/")[1]}`, ".../[secret]"],
        ["no broken line", { x: "first\nsecond", ...secretly("x") }, "first second", "[secret]"],
        ...["before", "desired", "earlier"].map((settings): (typeof table)[number] => [
            `nothing from ${settings}`,
            { [RECORD]: { [settings]: { failover: FAILOVER } }, ...secretly(healthCheck) },
            id,
            "[secret]",
        ]),
    ];
    for (const [title, source, text, shown] of table) {
        it(`has ${title}`, () => assert.equal(hide(text, secretTexts({ ...source })), shown));
    }

    it("has no value of inputs that were not secret then", () => {
        assert.equal(hide(OTHER_ARN, secretTexts(secretly("arn"), { arn: OTHER_ARN })), "[secret]");
    });

    it("has no value of the stack's secret config, alone or in JSON", () => {
        const config: Record<string, string> = {
            "aws:profile": "hushed",
            "aws:assumeRoles": '[{"externalId":"hidden"}]',
        };
        const paths = [...Object.keys(config), "domain"];
        const secrets = secretTexts(
            secretly(...paths),
            secretConfigValues(paths, (key) => config[key] ?? "shown"),
        );
        assert.equal(hide("hushed, hidden, shown, externalId", secrets), "[secret], [secret], shown, externalId");
    });

    it("takes whatever a state holds", () => {
        for (const facts of ["text", null, {}, { secret: "no list" }, { secret: { 0: "config" } }]) {
            assert.deepEqual(programIn({ [PROGRAM]: facts }).secret, []);
        }
        assert.deepEqual(programIn({ [PROGRAM]: { secret: [7, null] } }).secret, ["7", "null"]);
    });
});

describe("an error without secrets", () => {
    const thrown = async (error: unknown) => {
        await assert.rejects(
            hiding(["hushed"], () => Promise.reject(error)),
            (it) => it === error,
        );
        return error;
    };

    it("says the same with [secret], stack included", async () => {
        const own = await thrown(new InvalidConfigurationError("hushed"));
        assert.equal(`${own}: ${(own as Error).stack}`, "InvalidConfigurationError: [secret]");
        const other = (await thrown(new TypeError("hushed"))) as Error;
        assert.equal(other.message, "[secret]");
        assert.doesNotMatch(String(other.stack), /hushed/);
        assert.equal(await thrown(undefined), undefined);
    });
});

describe("withInheritedSecrets", () => {
    const olds = {
        domain: "a",
        customDomainConfig: { certificateArn: "x" },
        ...secretly("customDomainConfig", "domain"),
    };
    const ignoreChanges = ["customDomainConfig", "domain"];

    it("marks what is secret in the old inputs, and kept by ignoreChanges", () => {
        const kept = { domain: "b", customDomainConfig: { certificateArn: "x" }, [PROGRAM]: { ignoreChanges } };
        assert.deepEqual(withInheritedSecrets(kept, olds)[PROGRAM], { secret: ["customDomainConfig"], ignoreChanges });
        const both = withInheritedSecrets({ ...olds, [PROGRAM]: { secret: ["domain"], ignoreChanges } }, olds);
        assert.deepEqual(both[PROGRAM], { secret: ["domain", "customDomainConfig"], ignoreChanges });
    });

    it("leaves inputs as they are if nothing is kept, or the program no longer marks it", () => {
        for (const inputs of [{ domain: "b", [PROGRAM]: { ignoreChanges } }, { domain: "a" }]) {
            assert.equal(withInheritedSecrets(inputs, olds), inputs);
            assert.equal(withInheritedSecrets(inputs, {}), inputs);
        }
    });
});

describe("a problem with a secret argument", () => {
    const problem = (property: string) => ({ property, message: 'is "HIDDEN"; give "hidden"' });
    const message = "cannot be used; its value is secret and not shown. Give it a value that docs/arguments.md lists";

    it("shows nothing that is made from the value, not even a name inside it", () => {
        const tag = 'aws.assumeRoles[0].tags["a.b"]';
        assert.equal(formatProblemOf(problem(tag), secretly(tag)), `${tag} ${message}`);
        const inside = formatProblemOf(problem("customDomainConfig.certificateArn"), secretly("customDomainConfig"));
        assert.equal(inside, `customDomainConfig ${message}`);
    });

    it("leaves other problems as they are, except for secrets in them", () => {
        const text = formatProblemOf(problem("region"), { domain: "hidden", ...secretly("domain") });
        assert.equal(text, 'region is "HIDDEN"; give "[secret]"');
    });
});
