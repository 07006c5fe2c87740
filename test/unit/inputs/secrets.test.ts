import assert from "node:assert/strict";
import { PROGRAM } from "../../../provider/inputs/programFacts";
import {
    formatProblemOf,
    hide,
    hiding,
    secretPathsIn,
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
    const table: [path: string, names: string[]][] = [
        ["customDomainConfig", ["certificateArn", "securityPolicy"]],
        ["customDomainConfig.certificateArn", ["certificateArn"]],
        ["routing.failover.secondaryRegion", ["failover"]],
        ["managedLoginVersion", ["managedLoginVersion"]],
        ["aws.profile", []],
    ];
    for (const [path, names] of table) {
        it(`${path}: ${names.join(", ") || "none"}`, () => assert.deepEqual(secretSettings(secretly(path)), names));
    }
});

describe("text without secrets", () => {
    const shown = (text: string, ...sources: Record<string, unknown>[]) => hide(text, secretTexts(sources));

    it("has [secret] in place of the values at the secret paths, and of nothing else", () => {
        const aws = { profile: "hushed", assumeRoles: [{ tags: { "a.b": "hidden", a: { b: "shown" } } }] };
        const paths = ["aws.profile", 'aws.assumeRoles[0].tags["a.b"]'];
        const text = shown("hushed, hidden and shown, hushed", { aws, ...secretly(...paths) });
        assert.equal(text, "[secret], [secret] and shown, [secret]");
        assert.equal(shown("hushed", { aws }), "hushed");
        assert.equal(shown("7 null", { ...secretly("missing", "none", "n"), none: null, n: 7 }), "7 null");
    });

    it("has no placeholder in a placeholder, and takes no secret for a pattern", () => {
        const source = { a: "secret", b: "ret", c: "a.c*(", ...secretly("a", "b", "c") };
        assert.equal(shown("a secret, ret, a.c*( and abc", source), "a [secret], [secret], [secret] and abc");
    });

    it("has no rest of a secret that is within another", () => {
        assert.equal(shown("abcdef", { a: "abcd", b: "abcdef", ...secretly("a", "b") }), "[secret]");
    });

    it("has neither the account nor the last part of a secret ARN", () => {
        const source = { customDomainConfig: { certificateArn: ARN }, ...secretly("customDomainConfig") };
        assert.equal(shown(`.../${ARN.split("/")[1]} of 123456789012`, source), ".../[secret] of [secret]");
    });

    it("has no line breaks of a secret either", () => {
        const policy = "first\nsecond";
        const source = { aws: { policy }, ...secretly("aws.policy") };
        assert.equal(shown("first second; first\nsecond", source), "[secret]; [secret]");
    });

    it("has no value of the record, nor of inputs that were not secret then", () => {
        const path = "routing.failover.primaryRoute53HealthCheckId";
        const id = FAILOVER.primaryRoute53HealthCheckId;
        for (const record of [{ before: { failover: FAILOVER } }, { desired: { failover: FAILOVER } }]) {
            assert.equal(shown(id, { [RECORD]: record, ...secretly(path) }), "[secret]");
        }
        assert.equal(shown(OTHER_ARN, secretly("arn"), { arn: OTHER_ARN }), "[secret]");
    });

    it("takes whatever a state holds", () => {
        for (const facts of ["text", null, {}, { secret: "no list" }, { secret: { 0: "config" } }]) {
            assert.deepEqual(secretPathsIn({ [PROGRAM]: facts }), []);
        }
        assert.deepEqual(secretPathsIn({ [PROGRAM]: { secret: [7, null] } }), ["7", "null"]);
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
        for (const [property, path, named] of [
            ["domain", "domain", "domain"],
            ["customDomainConfig.certificateArn", "customDomainConfig", "customDomainConfig"],
            ['aws.assumeRoles[0].tags["a.b"]', 'aws.assumeRoles[0].tags["a.b"]', 'aws.assumeRoles[0].tags["a.b"]'],
        ] as const) {
            assert.equal(formatProblemOf(problem(property), secretly(path)), `${named} ${message}`);
        }
    });

    it("leaves other problems as they are, except for secrets in them", () => {
        const text = formatProblemOf(problem("region"), { domain: "hidden", ...secretly("domain") });
        assert.equal(text, 'region is "HIDDEN"; give "[secret]"');
    });
});
