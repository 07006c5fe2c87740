import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { isCertificateOfProgram } from "../../../provider/program/certificateSource";
import { ARN } from "../../support/certificates";

describe("isCertificateOfProgram", () => {
    before(() =>
        pulumi.runtime.setMocks({
            newResource: ({ name, inputs }) => ({ id: name, state: { ...inputs, outputs: { arn: ARN } } }),
            call: ({ inputs }) => inputs,
        }),
    );
    after(() => pulumi.runtime.setMocks(undefined as never));

    class Certificate extends pulumi.CustomResource {
        declare readonly arn: pulumi.Output<string>;
        constructor(name: string) {
            super("aws:acm/certificate:Certificate", name, { arn: ARN });
        }
    }

    it("of a resource's output, however it is wrapped", async () => {
        const { arn } = new Certificate("made");
        for (const customDomainConfig of [
            { certificateArn: arn },
            { certificateArn: pulumi.interpolate`${arn}` },
            pulumi.output({ certificateArn: arn }),
            Promise.resolve({ certificateArn: arn }),
        ]) {
            assert.equal(await isCertificateOfProgram({ customDomainConfig }), true);
        }
    });

    it("not of a text, a stack reference, or no certificate", async () => {
        const certificateArn = new pulumi.StackReference("org/project/stack").getOutput("arn");
        for (const customDomainConfig of [
            undefined,
            null,
            {},
            { certificateArn: ARN },
            { certificateArn },
            pulumi.output({ certificateArn: pulumi.output(ARN) }),
        ]) {
            assert.equal(await isCertificateOfProgram({ customDomainConfig }), false);
        }
    });
});
