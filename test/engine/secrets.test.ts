import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, assertTidy, updates } from "./support/expect";
import { type Declared, secret } from "./support/program";
import { failed, type Project, succeeded } from "./support/project";
import { domainOf, FAILOVER, type Stage, stages } from "./support/stage";

const REPORT = "report.json";

/** None of the values is in what was printed, in the report or in any file of the backend: state, backups, history. */
async function assertHidden(project: Project, run: Run, values: string[]): Promise<void> {
    const report = await project.read(REPORT).catch(() => "");
    const files = await project.stateFiles();
    assert.ok(files.length > 0);
    for (const value of values) {
        for (const [where, text] of Object.entries({ terminal: run.text, report })) {
            assert.ok(!text.includes(value), `${value} in the ${where}:\n${text}`);
        }
        assert.ok(!files.some((text) => text.includes(value)), `${value} in a file of the backend`);
    }
}

/** What nobody may read of an ARN. */
const lastPart = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);

describe("what the program marks as secret is printed nowhere, and is encrypted in the state", () => {
    const open = stages();
    let stage: Stage;
    /** Certificates and health checks that may never be in clear. */
    let hidden: string[];
    let adoption: Run;
    let drift: Run;
    let failure: Run;
    let destroy: Run;
    let certificateOf: Record<"first" | "second", string>;
    let served: string | undefined;
    let becameWrites: number;
    let filesWithBecame: string[];

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/${REPORT}`;
        const certificate = () => aws.certificate({ domainName: "*.example.com" });
        const [found, first, outside, second, kept, ignored, shown, became] = Array.from({ length: 8 }, certificate);
        assert.ok(found && first && outside && second && kept && ignored && shown && became);
        certificateOf = { first, second };
        const checks = ["hc-aaaa-1", "hc-bbbb-2", "hc-cccc-3"];
        const [foundCheck = "", ownCheck = "", outsideCheck = ""] = checks;
        hidden = [...[found, first, outside, second, kept].map(lastPart), ...checks];
        const failover = (id: string) => ({ failover: { ...FAILOVER, primaryRoute53HealthCheckId: id } });

        const rotated = domain({ version: 1, certificateArn: found }, domainOf("rotated"));
        const ignoring = domain({ version: 1, certificateArn: kept }, domainOf("ignoring"));
        const routed = domain({ version: 1, routing: failover(foundCheck) }, domainOf("routed"));
        const becoming = domain({ version: 1, certificateArn: became }, domainOf("becoming"));
        const shared = domain({ version: 1 }, domainOf("shared"));
        const routing = { failover: { ...FAILOVER, primaryRoute53HealthCheckId: secret(ownCheck) } };
        const declare = (
            arn: string,
            ignoredArn: ReturnType<typeof secret>,
            becameArn: ReturnType<typeof secret>,
            more: Declared[] = [],
        ) =>
            project.declare(
                {
                    name: "rotated",
                    args: { ...rotated, customDomainConfig: { certificateArn: secret(arn) }, onDelete: "restore" },
                },
                {
                    name: "ignoring",
                    args: {
                        ...ignoring,
                        managedLoginVersion: arn === first ? 1 : 2,
                        customDomainConfig: { certificateArn: ignoredArn },
                    },
                    opts: { ignoreChanges: ["customDomainConfig"] },
                },
                { name: "routed", args: { ...routed, routing, onDelete: "restore" } },
                { name: "becoming", args: { ...becoming, customDomainConfig: { certificateArn: becameArn } } },
                ...more,
            );
        const twice = [
            { name: "hiding", args: { ...shared, customDomainConfig: { certificateArn: secret(first) } } },
            { name: "showing", args: { ...shared, customDomainConfig: { certificateArn: shown } } },
        ];

        await declare(first, secret(kept), became, twice);
        adoption = succeeded(await project.preview());
        await assertHidden(project, adoption, hidden);
        await declare(first, secret(kept), became);
        await assertHidden(project, succeeded(await project.up()), hidden);

        // The program no longer has the secret that ignoreChanges keeps.
        aws.patchDomain(domainOf("rotated"), { certificateArn: outside });
        aws.patchDomain(domainOf("routed"), { routing: failover(outsideCheck) });
        await declare(second, ignored, secret(became));
        drift = succeeded(await project.preview());
        await assertHidden(project, drift, hidden);
        aws.behaviour.outcome = "failed";
        failure = failed(await project.up());
        await assertHidden(project, failure, hidden);
        aws.behaviour.outcome = "active";
        becameWrites = updates(aws, domainOf("becoming")).length;
        filesWithBecame = [JSON.stringify(await project.state("becoming"))].filter((it) =>
            it.includes(lastPart(became)),
        );

        await assertHidden(project, succeeded(await project.up("--refresh")), hidden);
        served = aws.domainOf(domainOf("rotated"))?.certificateArn;

        aws.patchCertificate(found, { status: "EXPIRED", notAfter: new Date(Date.now() - 1000) });
        destroy = succeeded(await project.destroy());
        await assertHidden(project, destroy, hidden);
    });

    it("while it is adopted, rotated, changed outside Pulumi, failed, refreshed and not restored", () => {
        assertSays(adoption, `${domainOf("rotated")}: certificate [secret] -> [secret]`);
        assertSays(drift, `${domainOf("rotated")}: certificate [secret] -> [secret]`, "[setting-drifted]");
        assertSays(failure, "Still served: certificate [secret]. Not arrived: certificate [secret].");
        assert.equal(served, certificateOf.second);
        assertSays(destroy, 'not restored: {"customDomainConfig":{"certificateArn":"[secret]"}}', "[secret] expired");
        for (const run of [adoption, drift, failure, destroy]) {
            assertTidy(run);
        }
    });

    it("in what is reported of another resource about the same domain", () => {
        assertSays(adoption, "[domain-managed-twice]", "(showing), certificate [secret] (hiding)");
    });

    it("also if it becomes secret only later: an up that sends nothing encrypts it, in the restore point too", () => {
        assert.deepEqual([becameWrites, filesWithBecame], [0, []]);
    });
});
