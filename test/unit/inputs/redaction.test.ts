import assert from "node:assert/strict";
import { redact, redactProblem, SECRET, secretPathsIn } from "../../../provider/inputs/redaction";

describe("masked", () => {
    const args = {
        domain: "auth.example.com",
        config: { arn: "arn:secret", list: ["deep"] },
        empty: "",
        n: 7,
        none: null,
    };

    it("replaces every string of the named arguments, wherever it stands", () => {
        assert.equal(redact("arn:secret and deep, arn:secret", args, ["config"]), "[secret] and [secret], [secret]");
        assert.equal(redact("auth.example.com", args, ["config"]), "auth.example.com");
    });

    it("replaces the longest first, so that no part of it is left", () => {
        assert.equal(redact("abc", { short: "ab", long: "abc" }, ["short", "long"]), "[secret]");
        assert.equal(redact("abc", { short: "ab", long: "abc" }, ["long", "short"]), "[secret]");
    });

    it("does nothing for what is empty, no string, or not there", () => {
        assert.equal(redact("text 7 null", args, ["empty", "n", "none", "missing"]), "text 7 null");
        assert.equal(redact("text", args, []), "text");
    });

    it("takes the names from the input that carries them, whatever it holds", () => {
        assert.equal(redact("deep", { ...args, [SECRET]: ["config"] }), "[secret]");
        assert.equal(redact("deep", args), "deep");
        assert.deepEqual(secretPathsIn({ [SECRET]: "no list" }), []);
        assert.deepEqual(secretPathsIn({ [SECRET]: [7, null] }), ["7", "null"]);
    });

    it("takes paths: what is not secret beside a secret stays readable", () => {
        assert.equal(redact("arn:secret, deep", args, ["config.arn"]), "[secret], deep");
        assert.equal(redact("deep", args, ["config.list.0"]), "[secret]");
        assert.equal(redact("deep", args, ["config.missing.arn", "n.x"]), "deep");
    });
});

describe("maskedProblem", () => {
    const problem = (property: string) => ({ property, message: 'is "HIDDEN"; give "hidden"' });

    it("says nothing that is made of a secret", () => {
        for (const [property, path] of [
            ["domain", "domain"],
            ["customDomainConfig.certificateArn", "customDomainConfig"],
            ["customDomainConfig", "customDomainConfig.certificateArn"],
            ["aws.assumeRoles[0].roleArn", "aws.assumeRoles.0.roleArn"],
        ] as const) {
            const text = redactProblem(problem(property), { domain: "HIDDEN" }, [path]);
            assert.match(text, new RegExp(`^${property.replace(/[[\]]/g, "\\$&")} is not as it has to be`));
            assert.doesNotMatch(text, /hidden/i);
        }
    });

    it("says the others as they are, but for the secrets in them", () => {
        assert.equal(
            redactProblem(problem("region"), { domain: "hidden" }, ["domain"]),
            'region is "HIDDEN"; give "[secret]"',
        );
        assert.equal(redactProblem(problem("domainName"), {}, ["domain"]), 'domainName is "HIDDEN"; give "hidden"');
    });
});
