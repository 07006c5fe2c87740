import assert from "node:assert/strict";
import { PROGRAM } from "../../../provider/inputs/programFacts";
import {
    redact,
    redactError,
    redactProblem,
    secretPathsIn,
    withInheritedSecrets,
} from "../../../provider/inputs/redaction";
import { InvalidConfigurationError } from "../../../provider/model/errors";
import { oneLine } from "../../../provider/model/plainText";
import { RECORD } from "../../../provider/model/record";
import { describeSetting, describeSettings } from "../../../provider/model/settingsText";
import { ARN, OTHER_ARN } from "../../support/certificates";
import { FAILOVER } from "../../support/domains";

const secretly = (...secret: string[]) => ({ [PROGRAM]: { secret } });

describe("redact", () => {
    const args = {
        domain: "auth.example.com",
        config: { arn: "the-secret", list: ["deep"] },
        empty: "",
        n: 3600,
        none: null,
    };

    it("replaces every value of the named arguments, wherever it stands", () => {
        assert.equal(redact("the-secret and deep, the-secret", args, ["config"]), "[secret] and [secret], [secret]");
        assert.equal(redact("auth.example.com", args, ["config"]), "auth.example.com");
    });

    it("leaves nothing of secrets that contain each other, or overlap", () => {
        assert.equal(redact("abcdef", { short: "abcd", long: "abcdef" }, ["short", "long"]), "[secret]");
        assert.equal(redact("abcdefghij", { a: "abcdefg", b: "defghij" }, ["a", "b"]), "[secret]");
        assert.equal(redact("a secret", { a: "secret" }, ["a"]), "a [secret]");
    });

    it("does nothing for what is empty or not there", () => {
        assert.equal(redact("text 7 null", args, ["empty", "missing", "none", "config.missing.arn"]), "text 7 null");
        assert.equal(redact("text", args, []), "text");
    });

    it("takes the paths from the input that carries them, whatever it holds", () => {
        assert.equal(redact("deep", { ...args, ...secretly("config") }), "[secret]");
        assert.equal(redact("deep", args), "deep");
        for (const facts of ["text", null, {}, { secret: "no list" }, { secret: { 0: "config" } }]) {
            assert.deepEqual(secretPathsIn({ [PROGRAM]: facts }), []);
        }
        assert.deepEqual(secretPathsIn({ [PROGRAM]: { secret: [7, null] } }), ["7", "null"]);
    });

    it("takes paths: what is not secret beside a secret stays readable", () => {
        assert.equal(redact("the-secret, deep", args, ["config.arn"]), "[secret], deep");
        assert.equal(redact("deep", args, ["config.list[0]"]), "[secret]");
        assert.equal(redact("deep", args, ["config.list.0"]), "[secret]");
        const tags = { "a.b": "hidden", a: { b: "shown" } };
        assert.equal(redact("hidden, shown", { tags }, ['tags["a.b"]']), "[secret], shown");
    });

    it("knows numbers and short values as whole words", () => {
        assert.equal(redact("in 3600 s, not 36000", args, ["n"]), "in [secret] s, not 36000");
        assert.equal(redact("id dev, developer", { p: "dev" }, ["p"]), "id [secret], developer");
        assert.equal(redact('profile "dev-x"', { p: "dev" }, ["p"]), 'profile "[secret]-x"');
    });

    it("leaves values of one or two characters: a text without every 1 would say nothing", () => {
        assert.equal(redact("1 of 14 is true", { a: 1, b: 14, c: "of", d: true }, ["a", "b", "c"]), "1 of 14 is true");
    });

    it("does not mind case", () => {
        assert.equal(redact("HIDDEN hidden İhidden", { a: "Hidden" }, ["a"]), "[secret] [secret] İ[secret]");
    });

    describe("knows a secret in other writings:", () => {
        const secret = 'top "secret"\nof two <lines> & ümläut/\u001b\u202e';
        const hidden = { policy: secret };
        const quoted = JSON.stringify(secret);
        const forms: [string, string][] = [
            ["on one line", oneLine(secret)],
            ["in JSON", quoted],
            ["in JSON on one line", oneLine(quoted)],
            ["in JSON in JSON", JSON.stringify(quoted)],
            [
                "in JSON of ASCII alone",
                quoted.replace(/[^ -~]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`),
            ],
            ["in a URL", encodeURIComponent(secret)],
            ["in a URL, with small hexadecimal digits", encodeURIComponent(secret).toLowerCase()],
            ["in a form", new URLSearchParams({ secret }).toString()],
            [
                "in HTML",
                secret
                    .replaceAll("&", "&amp;")
                    .replaceAll("<", "&lt;")
                    .replaceAll(">", "&gt;")
                    .replaceAll('"', "&quot;"),
            ],
        ];
        for (const [how, form] of forms) {
            it(how, () => {
                const text = redact(`before ${form} after`, hidden, ["policy"]);
                assert.match(text, /^before .{0,9}\[secret\].{0,3} after$/);
                assert.doesNotMatch(text, /top|lines|uml|%C3/i);
            });
        }

        it("its lines, each by itself", () => {
            const text = redact("of two <lines> & ümläut", { policy: "ab\nof two <lines> & ümläut\nc" }, ["policy"]);
            assert.equal(text, "[secret]");
        });

        it("cut off", () => {
            const long = `${"secret ".repeat(20)}end`;
            for (const length of [8, 50, 100]) {
                assert.equal(
                    redact(`is "${long.slice(0, length)}..."; give`, { long }, ["long"]),
                    'is "[secret]..."; give',
                );
            }
            assert.equal(redact("this ... that", { long }, ["long"]), "this ... that");
        });

        it("of an ARN its last part, its resource and its account", () => {
            const config = { arn: ARN, role: "arn:aws:iam::210987654321:role/ops/deploy" };
            assert.equal(
                redact(`.../${ARN.split("/")[1]} of 123456789012`, { config }, ["config.arn"]),
                "[secret] of [secret]".replace("[secret]", ".../[secret]"),
            );
            assert.equal(
                redact("role/ops/deploy, deploy, 210987654321", { config }, ["config.role"]),
                "[secret], [secret], [secret]",
            );
        });

        it("of a map that is secret as a whole its keys", () => {
            const aws = { assumeRoles: [{ tags: { "cost-center": "4711" } }] };
            assert.equal(redact("cost-center is 4711", { aws }, ["aws.assumeRoles"]), "[secret] is [secret]");
        });
    });

    describe("knows what was secret, or is found where a secret should be:", () => {
        const path = "customDomainConfig.certificateArn";
        const news = { customDomainConfig: { certificateArn: ARN }, ...secretly(path) };

        it("the values of old inputs and outputs, by their own paths and by the new ones", () => {
            const olds = { aws: { profile: "old-profile" } };
            assert.equal(redact("old-profile", [news, { ...olds, ...secretly("aws") }]), "[secret]");
            assert.equal(redact("old-profile", [{ ...secretly("aws.profile") }, olds]), "[secret]");
        });

        it("the record", () => {
            const path = "routing.failover.primaryRoute53HealthCheckId";
            const id = FAILOVER.primaryRoute53HealthCheckId;
            for (const record of [{ before: { failover: FAILOVER } }, { desired: { failover: FAILOVER } }]) {
                assert.equal(redact(`it is ${id}`, { [RECORD]: record, ...secretly(path) }), "it is [secret]");
            }
        });

        it("any certificate, where the certificate is secret", () => {
            for (const secret of [path, "customDomainConfig"]) {
                const text = redact(`${OTHER_ARN}, .../abc-1, certificate ${OTHER_ARN}.`, {}, [secret]);
                assert.equal(text, "[secret], [secret], certificate [secret].");
            }
            assert.equal(redact(OTHER_ARN, {}, ["customDomainConfig.securityPolicy"]), OTHER_ARN);
        });

        it("any setting in words", () => {
            const others = { certificateArn: OTHER_ARN, securityPolicy: "TLS_V1_3_2025", failover: FAILOVER };
            const paths = { certificateArn: [path], securityPolicy: ["customDomainConfig.securityPolicy"] };
            const failover = [
                "routing",
                "routing.failover.secondaryRegion",
                "routing.failover.primaryRoute53HealthCheckId",
            ];
            for (const [name, secret] of Object.entries({ ...paths, failover })) {
                for (const one of secret) {
                    const text = redact(describeSettings(others), {}, [one]);
                    assert.ok(!text.includes(describeSetting(name as keyof typeof others, others)), text);
                    assert.match(text, /\[secret\]/);
                }
            }
        });
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

describe("redactError", () => {
    const source = { profile: "hushed", ...secretly("profile") };

    it("rephrases our own errors, and others with their stack", () => {
        const own = new InvalidConfigurationError("hushed");
        assert.equal(redactError(own, source), own);
        assert.equal(`${own}: ${own.stack}`, "InvalidConfigurationError: [secret]");
        const other = new TypeError("hushed");
        assert.equal(redactError(other, [source]), other);
        assert.equal(other.message, "[secret]");
        assert.doesNotMatch(String(other.stack), /hushed/);
        assert.equal(redactError("hushed", source), "[secret]");
        assert.equal(redactError(undefined, source), undefined);
    });
});

describe("redactProblem", () => {
    const problem = (property: string) => ({ property, message: 'is "HIDDEN"; give "hidden"' });

    it("says nothing that is made of a secret, not even what is inside of it", () => {
        for (const [property, path, named] of [
            ["domain", "domain", "domain"],
            ["customDomainConfig.certificateArn", "customDomainConfig", "customDomainConfig"],
            ["aws.assumeRoles[0].roleArn", "aws.assumeRoles[0].roleArn", "aws.assumeRoles[0].roleArn"],
            ["aws.assumeRoles[0].roleArn", "aws.assumeRoles.0.roleArn", "aws.assumeRoles[0].roleArn"],
            ['aws.assumeRoles[0].tags["a.b"]', 'aws.assumeRoles[0].tags["a.b"]', 'aws.assumeRoles[0].tags["a.b"]'],
        ] as const) {
            assert.equal(
                redactProblem(problem(property), { domain: "HIDDEN" }, [path]),
                `${named} cannot be used; its value is secret and not shown. Give it a value that docs/arguments.md lists`,
            );
        }
    });

    it("says the others as they are, but for the secrets in them", () => {
        assert.equal(
            redactProblem(problem("region"), { domain: "hidden" }, ["domain"]),
            'region is "[secret]"; give "[secret]"',
        );
        assert.equal(redactProblem(problem("domainName"), {}, ["domain"]), 'domainName is "HIDDEN"; give "hidden"');
        assert.equal(
            redactProblem(problem("routing"), { routing: { a: "hidden" } }, ["routing.a"]),
            'routing is "[secret]"; give "[secret]"',
        );
        const beside = 'aws.assumeRoles[0].tags["a.b"]';
        assert.match(redactProblem(problem(beside), {}, ["aws.assumeRoles[0].tags.a"]), /HIDDEN/);
    });
});
