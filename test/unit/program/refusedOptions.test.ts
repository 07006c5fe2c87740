import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { refuseOptions } from "../../../provider/program/refusedOptions";

describe("refuseOptions", () => {
    const table: [title: string, args: unknown, options: object, refusal: RegExp | undefined][] = [
        ["none", {}, {}, undefined],
        ["options that Pulumi handles", {}, { dependsOn: [], protect: true, ignoreChanges: ["*"] }, undefined],
        ["provider", {}, { provider: {} }, /opts\.provider is not supported: .* set the argument aws\.$/],
        [
            "import",
            {},
            { import: "id" },
            /opts\.import is not supported and not needed: .*UserPoolDomainSettings\.get\.$/,
        ],
        ["an empty import", {}, { import: "" }, /opts\.import is not supported/],
        [
            "customTimeouts",
            {},
            { customTimeouts: { update: "1h" } },
            /opts\.customTimeouts .* Set waitTimeoutSeconds instead\.$/,
        ],
        ["no arguments", undefined, {}, /the arguments are required; give an object/],
        ["arguments that are a text", "auth.example.com", {}, /the arguments are required/],
        ["arguments in one Output", pulumi.output({}), {}, /the arguments are one Output or Promise/],
        ["arguments in one Promise", Promise.resolve({}), {}, /the arguments are one Output or Promise/],
    ];
    for (const [title, args, options, refusal] of table) {
        it(`${refusal ? "refuses" : "takes"} ${title}`, () => {
            const check = () => refuseOptions("auth\nx", args, options);
            if (refusal) {
                assert.throws(check, (error: Error) => {
                    assert.match(error.message, /^UserPoolDomainSettings "auth x": [^\n]*$/);
                    assert.match(error.message, refusal);
                    return true;
                });
            } else {
                check();
            }
        });
    }
});
