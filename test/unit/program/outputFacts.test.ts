import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { fixSourcesOf } from "../../../provider/program/outputFacts";
import { ARN } from "../../support/certificates";

/** A resource of this program. */
class Made extends pulumi.CustomResource {
    declare readonly arn: pulumi.Output<string>;
    constructor(name: string) {
        super("aws:acm/certificate:Certificate", name, { arn: ARN });
    }
}

describe("fixSourcesOf", () => {
    before(() =>
        pulumi.runtime.setMocks({
            newResource: ({ name, inputs }) => ({ id: name, state: { ...inputs, outputs: { arn: ARN } } }),
            call: ({ inputs }) => inputs,
        }),
    );
    after(() => pulumi.runtime.setMocks(undefined as never));

    const table: [title: string, given: () => [args: object, options?: object], sources: string[]][] = [
        ["texts", () => [{ domain: "d", userPoolId: "p", customDomainConfig: { certificateArn: ARN } }], []],
        ["nothing", () => [{}], []],
        ["null", () => [{ domain: null, customDomainConfig: null }, { dependsOn: undefined }], []],
        ["a domain", () => [{ domain: new Made("a").arn }], ["domain"]],
        ["a pool", () => [{ userPoolId: new Made("b").id }], ["userPool"]],
        ["a certificate", () => [{ customDomainConfig: { certificateArn: new Made("c").arn } }], ["certificate"]],
        [
            "a policy beside",
            () => [{ customDomainConfig: { certificateArn: ARN, securityPolicy: new Made("d").arn } }],
            [],
        ],
        ["a text made of one", () => [{ domain: pulumi.interpolate`auth.${new Made("e").id}` }], ["domain"]],
        [
            "a config in an Output",
            () => [{ customDomainConfig: pulumi.output({ certificateArn: new Made("f").arn }) }],
            ["certificate"],
        ],
        [
            "a config in a Promise",
            () => [{ customDomainConfig: Promise.resolve({ certificateArn: new Made("g").arn }) }],
            ["certificate"],
        ],
        ["an Output of a text", () => [{ domain: pulumi.output("d") }], []],
        [
            "another stack's output",
            () => [{ domain: new pulumi.StackReference("org/project/stack").getOutput("arn") }],
            [],
        ],
        ["dependsOn", () => [{}, { dependsOn: new Made("h") }], ["options"]],
        ["dependsOn, a list", () => [{}, { dependsOn: [new Made("i")] }], ["options"]],
        ["dependsOn, an empty list", () => [{}, { dependsOn: [] }], []],
        ["dependsOn, a Promise", () => [{}, { dependsOn: Promise.resolve([new Made("j")]) }], ["options"]],
        ["dependsOn, not known yet", () => [{}, { dependsOn: pulumi.output([pulumi.unknown]) }], ["options"]],
        ["replaceWith", () => [{}, { replaceWith: [new Made("k")] }], ["options"]],
        ["an empty replaceWith", () => [{}, { replaceWith: [] }], []],
        ["deletedWith", () => [{}, { deletedWith: new Made("l") }], ["options"]],
    ];
    for (const [title, given, sources] of table) {
        it(`${title}: ${sources.join() || "nothing"}`, async () => {
            const [args, options = {}] = given();
            assert.deepEqual([...(await fixSourcesOf(args, options))], sources);
        });
    }
});
