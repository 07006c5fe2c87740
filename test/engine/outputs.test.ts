import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, diagnosticsOf } from "./support/expect";
import { type Declared, outputOf, PROGRAM, secret } from "./support/program";
import { succeeded } from "./support/project";
import { changed, domainOf, REGION, type Stage, stages, withCertificate } from "./support/stage";

/** An alias record, as a resource that depends on the domain's outputs. */
const WITH_ALIAS_RECORD = `${PROGRAM}
class AliasRecord extends pulumi.dynamic.Resource {
    constructor(name, settings) {
        const provider = {
            diff: async (id, olds, news) => ({ changes: olds.target !== news.target || olds.zone !== news.zone }),
            create: async (inputs) => ({ id: "record", outs: inputs }),
            update: async (id, olds, news) => ({ outs: news }),
        };
        super(provider, name, { target: settings.cloudFrontDomain, zone: settings.cloudFrontHostedZoneId });
    }
}
new AliasRecord("alias", exports.rotated);
`;

/** No stack outputs: for those that stay undefined, Pulumi plans an unknown one, and then misses it. */
const WITHOUT_OUTPUTS = `${WITH_ALIAS_RECORD}\nfor (const name of Object.keys(exports)) delete exports[name];\n`;

describe("the outputs of a preview are those of the up", () => {
    const open = stages();
    let stage: Stage;
    let rotated: string;
    let adoption: Run;
    let planned: Run;
    let plan: string;
    let up: Run;

    before(async () => {
        stage = await open();
        const { aws, project, certificate, domain, userPoolId } = stage;
        const [old, next, made] = [certificate(), certificate(), certificate()];
        rotated = certificate();
        const nextPool = aws.userPool({ region: REGION });
        const resource = (name: string, args: Declared["args"] = {}, opts?: Declared["opts"]) =>
            stage.resource(name, args, opts, { certificateArn: old });
        const steady = [
            resource("making", withCertificate(outputOf("certificate"))),
            resource("hidden", { customDomainConfig: secret({ certificateArn: old }) }),
            resource("leaving", { userPoolId: outputOf("pool") }),
        ];
        const rotating = resource("rotated", withCertificate(old));
        const moving = resource("moving");
        const transformed = resource("transformed", { managedLoginVersion: 1 });
        const additionalSecretOutputs = ["cloudFrontDomain", "status"];
        const discreet = resource("discreet", { managedLoginVersion: 1 }, { additionalSecretOutputs });
        const makes = (arn: string, pool: string) => [
            { name: "certificate", makes: arn },
            { name: "pool", makes: pool },
        ];

        await project.write("index.js", WITH_ALIAS_RECORD);
        const first = [...steady, rotating, moving, transformed, discreet];
        await project.declare(...makes(made, userPoolId), ...first);
        adoption = succeeded(await project.preview());
        succeeded(await project.up());

        await project.write("index.js", WITHOUT_OUTPUTS);
        await project.declare(
            ...makes(rotated, nextPool),
            ...steady,
            changed(rotating, withCertificate(next)),
            changed(moving, domain({ version: 1 }, domainOf("moved"))),
            changed(transformed, {}, { transform: { managedLoginVersion: 2 } }),
            changed(discreet, { managedLoginVersion: 2 }),
        );
        planned = succeeded(await project.preview("--diff=false", "--save-plan", "plan.json"));
        plan = await project.read("plan.json");
        aws.patchDomain(domainOf("leaving"), { userPoolId: nextPool });
        up = succeeded(await project.up("--plan", "plan.json"));
    });

    it("known in a rotation, in which an alias record does not change", () => {
        for (const run of [planned, up]) {
            assertSaysNot(run, /dynamic:Resource alias.*update/, "__changed");
        }
    });

    it("secret if the argument is, or additionalSecretOutputs names them, in the terminal and in an update plan", () => {
        const reads = stage.aws.callsTo("DescribeUserPoolDomain");
        const read = reads.find(({ input }) => input.Domain === domainOf("discreet"))?.output;
        const { DomainDescription } = read as { DomainDescription: { CloudFrontDistribution: string } };
        for (const text of [adoption.text, planned.text, plan, up.text]) {
            assert.ok(!text.includes(DomainDescription.CloudFrontDistribution), text);
        }
        for (const output of ["customDomainConfig", "cloudFrontDomain", "status"]) {
            assertSays(adoption, new RegExp(`${output} *: \\[secret\\]`));
        }
    });

    it("`up --plan` holds what was unknown, what is replaced, and what a transform gives", () => {
        assertSays(diagnosticsOf(planned, "transformed"), `${domainOf("transformed")}: managed login 1 -> 2`);
        assertSays(up, /UserPoolDomainSettings making updated/, /UserPoolDomainSettings leaving .*replace/);
        assert.equal(stage.settings("making").certificateArn, rotated);
        for (const name of ["transformed", "discreet", "moved"]) {
            assert.equal(stage.settings(name).managedLoginVersion, 2);
        }
    });
});
