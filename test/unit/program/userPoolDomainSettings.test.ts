import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { UserPoolDomainSettings } from "../../../provider";
import { DOMAIN, POOL } from "../../support/domains";

describe("the options and arguments of a resource", () => {
    before(() =>
        pulumi.runtime.setMocks({
            newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
            call: ({ inputs }) => inputs,
        }),
    );
    after(() => pulumi.runtime.setMocks(undefined as never));
    afterEach(() => pulumi.runtime.setAllConfig({}));

    const ARGS = { userPoolId: POOL, domain: DOMAIN };
    const make = (args: unknown, options: object = {}, name = "auth\nx") =>
        new UserPoolDomainSettings(name, args as typeof ARGS, options);

    const disabled = "pulumi:disable-default-providers disables all";
    const oneValue = "the arguments are one Output or Promise; give an object";
    const required = "the arguments are required; give an object";
    const table: [title: string, refusal: string | undefined, args: unknown, options?: object, disabled?: string[]][] =
        [
            ["none", undefined, ARGS],
            ["those that Pulumi handles", undefined, ARGS, { dependsOn: [], protect: true, ignoreChanges: ["*"] }],
            ["provider", "opts.provider is not supported: another", ARGS, { provider: {} }],
            ["import", "opts.import is not supported: the first", ARGS, { import: "id" }],
            ["an empty import", "opts.import is not supported", ARGS, { import: "" }],
            ["customTimeouts", "opts.customTimeouts is not supported: P", ARGS, { customTimeouts: { update: "1h" } }],
            ["no arguments", required, undefined],
            ["null in their place", required, null],
            ["arguments in one Output", oneValue, pulumi.output({})],
            ["arguments in one Promise", oneValue, Promise.resolve({})],
            ["all default providers disabled", disabled, ARGS, {}, ["*"]],
            ["that of dynamic resources disabled", disabled, ARGS, {}, ["aws", "pulumi-nodejs"]],
            ["another one disabled", undefined, ARGS, {}, ["aws"]],
        ];
    for (const [title, refusal, args, options, packages = []] of table) {
        it(`are ${refusal ? "refused" : "taken"}: ${title}`, () => {
            pulumi.runtime.setAllConfig({ "pulumi:disable-default-providers": JSON.stringify(packages) });
            if (refusal) {
                assert.throws(
                    () => make(args, options),
                    ({ message }: Error) => message.startsWith(`UserPoolDomainSettings "auth x": ${refusal}`),
                );
            } else {
                make(args, options);
            }
        });
    }

    it("are refused by Pulumi too, at their place in the program, with the limit of stack traces as it was", () => {
        const { stackTraceLimit } = Error;
        assert.throws(
            () => make(ARGS, {}, ""),
            (error: Error) => /Missing resource name/.test(error.message) && error.stack?.includes(__filename) === true,
        );
        assert.equal(Error.stackTraceLimit, stackTraceLimit);
    });
});
