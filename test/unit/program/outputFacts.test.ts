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

describe("what a program may fix before the update: the resources behind", () => {
    before(() =>
        pulumi.runtime.setMocks({
            newResource: ({ name, inputs }) => ({ id: name, state: { ...inputs, outputs: { arn: ARN } } }),
            call: ({ inputs }) => inputs,
        }),
    );
    after(() => pulumi.runtime.setMocks(undefined as never));

    const arn = () => new Made("made").arn;
    const config = (members: object) => ({ customDomainConfig: members });
    const elsewhere = () => new pulumi.StackReference("org/project/stack").getOutput("arn");
    const table: [title: string, given: () => [args: object, options?: object], sources: string[]][] = [
        ["texts", () => [{ domain: "d", userPoolId: "p", ...config({ certificateArn: ARN }) }], []],
        ["nothing", () => [{}], []],
        ["null", () => [{ domain: null, customDomainConfig: null }, { dependsOn: undefined }], []],
        ["a domain", () => [{ domain: arn() }], ["domain"]],
        ["a pool", () => [{ userPoolId: arn() }], ["userPool"]],
        ["a certificate", () => [config({ certificateArn: arn() })], ["certificate"]],
        ["a policy beside", () => [config({ certificateArn: ARN, securityPolicy: arn() })], []],
        ["a text made of one", () => [{ domain: pulumi.interpolate`auth.${arn()}` }], ["domain"]],
        ["a config in an Output", () => [config(pulumi.output({ certificateArn: arn() }))], ["certificate"]],
        ["a config in a Promise", () => [config(Promise.resolve({ certificateArn: arn() }))], ["certificate"]],
        ["an Output of a text", () => [{ domain: pulumi.output("d") }], []],
        ["another stack's output", () => [{ domain: elsewhere() }], []],
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
