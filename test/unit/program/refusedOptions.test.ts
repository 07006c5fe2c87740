import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { UserPoolDomainSettings } from "../../../provider";
import { refuseOptions } from "../../../provider/program/refusedOptions";
import { DOMAIN, POOL } from "../../support/domains";

describe("the options and arguments of a resource", () => {
    const oneValue = "the arguments are one Output or Promise; give an object";
    const required = "the arguments are required; give an object";
    const table: [title: string, refusal: string | undefined, args: unknown, options?: object][] = [
        ["none", undefined, {}],
        ["those that Pulumi handles", undefined, {}, { dependsOn: [], protect: true, ignoreChanges: ["*"] }],
        ["provider", "opts.provider is not supported: another", {}, { provider: {} }],
        ["import", "opts.import is not supported and not needed: the", {}, { import: "id" }],
        ["an empty import", "opts.import is not supported", {}, { import: "" }],
        ["customTimeouts", "opts.customTimeouts is not supported: P", {}, { customTimeouts: { update: "1h" } }],
        ["no arguments", required, undefined],
        ["arguments that are a text", required, "auth.example.com"],
        ["arguments in one Output", oneValue, pulumi.output({})],
        ["arguments in one Promise", oneValue, Promise.resolve({})],
    ];
    for (const [title, refusal, args, options = {}] of table) {
        it(`are ${refusal ? "refused" : "taken"}: ${title}`, () => {
            const check = () => refuseOptions("auth\nx", args, options);
            if (refusal) {
                assert.throws(check, ({ message }: Error) =>
                    message.startsWith(`UserPoolDomainSettings "auth x": ${refusal}`),
                );
            } else {
                check();
            }
        });
    }

    it("are refused by Pulumi too, at their place in the program, with the limit of stack traces as it was", () => {
        const { stackTraceLimit } = Error;
        assert.throws(
            () => new UserPoolDomainSettings("", { userPoolId: POOL, domain: DOMAIN }),
            (error: Error) => /Missing resource name/.test(error.message) && error.stack?.includes(__filename) === true,
        );
        assert.equal(Error.stackTraceLimit, stackTraceLimit);
    });
});
