import assert from "node:assert/strict";
import { join } from "node:path";
import type { UserPoolDomainSettingsReport as Report } from "../../provider";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, diagnosticsOf } from "./support/expect";
import { type Declared, outputOf, PROGRAM, secret } from "./support/program";
import { failed, succeeded } from "./support/project";
import { domainOf, FAILOVER, REGION, type Stage, stages } from "./support/stage";

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
const WITHOUT_OUTPUTS = PROGRAM.replaceAll("exports[name] = new", "new");

describe("the outputs of a preview are those of the up", () => {
    const open = stages();
    let stage: Stage;
    let certificateOf: Record<"old" | "next" | "made" | "rotated", string>;
    let adoption: Run;
    let change: Run;
    let upOfChange: Run;
    let reports: Report[];
    let protectedOne: Run;
    let planned: Run;
    let plan: string;
    let upOfPlan: Run;

    before(async () => {
        stage = await open();
        const { aws, project, domain, userPoolId } = stage;
        const [old = "", next = "", made = "", rotated = ""] = [1, 2, 3, 4].map(() =>
            aws.certificate({ domainName: "*.example.com" }),
        );
        certificateOf = { old, next, made, rotated };
        const nextPool = aws.userPool({ region: REGION });
        const resource = (name: string, args: Declared["args"] = {}, opts?: Declared["opts"]): Declared => ({
            name,
            args: {
                ...domain({ version: 1, certificateArn: old, securityPolicy: "TLS_V1_2_2021" }, domainOf(name)),
                managedLoginVersion: 2,
                ...args,
            },
            opts,
        });
        const withCertificate = (certificateArn: Declared["args"][string]) => ({
            customDomainConfig: { certificateArn },
        });
        const and = (declared: Declared, args: Declared["args"], opts?: Declared["opts"]): Declared => ({
            ...declared,
            args: { ...declared.args, ...args },
            opts: opts ?? declared.opts,
        });
        const steady = [
            { name: "certificate", makes: made },
            resource("making", withCertificate(outputOf("certificate"))),
            resource("unchecked", { preflight: "off" }),
            resource("hidden", { customDomainConfig: secret({ certificateArn: old }) }),
        ];
        const rotating = resource("rotated", withCertificate(old));
        const ignoring = resource("ignoring");
        const keeping = resource("keeping", withCertificate(old));
        const moving = resource("moving");
        const inPool = (name: string, opts?: Declared["opts"]) => {
            const settings = resource(name, { userPoolId: outputOf(`${name}-pool`) }, opts);
            return (pool: string) => [{ name: `${name}-pool`, makes: pool }, settings];
        };
        const [guarded, leaving] = [inPool("guarded", { protect: true }), inPool("leaving")];
        const transformed = resource("transformed", { managedLoginVersion: 1 });
        const discreet = resource(
            "discreet",
            { managedLoginVersion: 1 },
            { additionalSecretOutputs: ["cloudFrontDomain", "status"] },
        );
        const managed = [...leaving(userPoolId), transformed, discreet];

        await project.write("index.js", WITH_ALIAS_RECORD);
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = join(project.folder, "report.json");
        const report = async (): Promise<Report> => JSON.parse(await project.read("report.json"));
        await project.declare(...steady, rotating, ignoring, keeping, moving, ...guarded(userPoolId), ...managed);
        adoption = succeeded(await project.preview());
        reports = [await report()];
        succeeded(await project.up());

        const routing = secret({ failover: FAILOVER });
        const { userPoolId: _, ...other } = domain({ version: 1 }, domainOf("moved"));
        const changed = [
            ...steady,
            and(rotating, withCertificate(next)),
            and(ignoring, { routing }, { ignoreChanges: ["routing"] }),
            and(
                keeping,
                { managedLoginVersion: 1, ...withCertificate(next) },
                { ignoreChanges: ["customDomainConfig"] },
            ),
            and(moving, other),
        ];
        await project.declare(...changed, ...guarded(userPoolId), ...managed);
        change = succeeded(await project.preview());
        reports.push(await report());
        upOfChange = succeeded(await project.up());

        await project.write("index.js", WITHOUT_OUTPUTS);
        await project.declare(...changed, ...guarded(nextPool), ...managed);
        protectedOne = failed(await project.preview());

        const [certificate, ...rest] = [{ name: "certificate", makes: rotated }, ...changed.slice(1)];
        await project.declare(
            certificate as (typeof steady)[0],
            ...rest,
            ...guarded(userPoolId),
            ...leaving(nextPool),
            and(transformed, {}, { transform: { managedLoginVersion: 2 } }),
            and(discreet, { managedLoginVersion: 2 }),
        );
        planned = succeeded(await project.preview("--diff=false", "--save-plan", "plan.json"));
        aws.patchDomain(domainOf("leaving"), { userPoolId: nextPool });
        plan = await project.read("plan.json");
        upOfPlan = await project.up("--plan", "plan.json");
    });

    const entryOf = (index: number, name: string) => reports[index]?.resources.find((it) => it.name === name);

    it("known at adoption and in a rotation, in which an alias record does not change", () => {
        assert.deepEqual(entryOf(0, "rotated")?.unknown, []);
        assert.deepEqual(entryOf(1, "rotated")?.unknown, []);
        for (const run of [change, upOfChange]) {
            assertSaysNot(run, /dynamic:Resource.*update/);
        }
        // The certificate that ignoreChanges keeps is not the one that the program names.
        assertSays(change, `${domainOf("keeping")}: managed login 2 -> 1`);
        assert.deepEqual(entryOf(1, "keeping")?.unknown, []);
    });

    it('unknown if they depend on what is unknown, no more; with preflight "off" only what arguments tell', () => {
        assert.deepEqual(entryOf(0, "making")?.unknown, ["customDomainConfig", "certificateExpiry"]);
        assert.deepEqual(entryOf(0, "unchecked")?.unknown, [
            "customDomainConfig",
            "routing",
            "status",
            "cloudFrontDomain",
            "certificateExpiry",
        ]);
    });

    it("secret if the argument is, under ignoreChanges too", () => {
        assertSays(adoption, /customDomainConfig *: \[secret\]/);
        for (const run of [change, upOfChange]) {
            assertSays(run, /routing *: \[secret\]/);
            assertSaysNot(run, FAILOVER.primaryRoute53HealthCheckId);
        }
    });

    it("secret if additionalSecretOutputs names them, in the terminal and in an update plan", () => {
        const reads = stage.aws.callsTo("DescribeUserPoolDomain");
        const read = reads.find(({ input }) => input.Domain === domainOf("discreet"))?.output;
        const { DomainDescription } = read as { DomainDescription: { CloudFrontDistribution: string } };
        for (const text of [adoption.text, change.text, upOfChange.text, planned.text, plan]) {
            assert.ok(!text.includes(DomainDescription.CloudFrontDistribution), text);
        }
        assertSays(adoption, /cloudFrontDomain *: \[secret\]/, /status *: \[secret\]/);
    });

    it("the report says what the engine does: adopt, update, replace by another domain's, or none", () => {
        const actions = ["rotated", "moving", "making"].map((name) => entryOf(1, name)?.action);
        assert.deepEqual([entryOf(0, "rotated")?.action, ...actions], ["adopt", "update", "replace", "none"]);
        for (const run of [adoption, change]) {
            assertSaysNot(run, "__changed");
        }
    });

    it("an argument that becomes unknown: protect refuses a replacement in the preview", () => {
        assertSays(protectedOne, "unable to replace resource");
    });

    it("`up --plan` holds what was unknown, what is replaced, and what a transform gives", () => {
        assertSays(diagnosticsOf(planned, "transformed"), `${domainOf("transformed")}: managed login 1 -> 2`);
        assertSays(
            succeeded(upOfPlan),
            /UserPoolDomainSettings making updated/,
            /UserPoolDomainSettings leaving .*replace/,
        );
        const { aws } = stage;
        assert.equal(aws.domainOf(domainOf("making"))?.certificateArn, certificateOf.rotated);
        for (const name of ["transformed", "discreet"]) {
            assert.equal(aws.domainOf(domainOf(name))?.managedLoginVersion, 2);
        }
    });
});
