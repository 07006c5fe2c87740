import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, assertTidy } from "./support/expect";
import { type Declared, secret } from "./support/program";
import { failed, type Project, succeeded } from "./support/project";
import { changed, domainOf, FAILOVER, type Stage, stages, withCertificate } from "./support/stage";

/** None of the values is in what was printed, in the report or in any file of the backend: state, backups, history. */
async function assertHidden(project: Project, run: Run, values: string[]): Promise<void> {
    const report = await project.read("report.json").catch(() => "");
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
    let adoption: Run;
    let failure: Run;
    let destroy: Run;
    let second: string;
    let served: string | undefined;
    let became: string;
    let stateOfBecoming: string;

    before(async () => {
        stage = await open();
        const { aws, project, certificate, resource } = stage;
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/report.json`;
        const [found, first, outside] = [certificate(), certificate(), certificate()];
        const [kept, ignored, shown] = [certificate(), certificate(), certificate()];
        [second, became] = [certificate(), certificate()];
        const checks = ["hc-aaaa-1", "hc-bbbb-2", "hc-cccc-3"];
        const [foundCheck = "", ownCheck = "", outsideCheck = ""] = checks;
        /** Certificates and health checks that may never be in clear. */
        const hidden = [...[found, first, outside, second, kept].map(lastPart), ...checks];
        const routing = (primaryRoute53HealthCheckId: Declared["args"][string]) => ({
            failover: { ...FAILOVER, primaryRoute53HealthCheckId },
        });

        const restore = { onDelete: "restore", managedLoginVersion: 1 };
        const ignoreChanges = ["customDomainConfig"];
        const [own, others] = [withCertificate(secret(first)), withCertificate(secret(kept))];
        const rotated = resource("rotated", { ...restore, ...own }, {}, { certificateArn: found });
        const ignoring = resource("ignoring", others, { ignoreChanges }, { certificateArn: kept });
        const scene = { routing: { failover: { ...FAILOVER, primaryRoute53HealthCheckId: foundCheck } } };
        const routed = resource("routed", { ...restore, routing: routing(secret(ownCheck)) }, {}, scene);
        const becoming = resource("becoming", withCertificate(became), {}, { certificateArn: became });
        const hiding = resource("hiding", own);
        const showing = { ...changed(hiding, withCertificate(shown)), name: "showing" };

        await project.declare(rotated, ignoring, routed, becoming, hiding, showing);
        adoption = succeeded(await project.preview());
        await assertHidden(project, adoption, hidden);
        await project.declare(rotated, ignoring, routed, becoming);
        await assertHidden(project, succeeded(await project.up()), hidden);

        aws.patchDomain(domainOf("rotated"), { certificateArn: outside });
        aws.patchDomain(domainOf("routed"), { routing: routing(outsideCheck) as typeof scene.routing });
        await project.declare(
            changed(rotated, withCertificate(secret(second))),
            // The program no longer has the secret that ignoreChanges keeps, but another one beside it.
            changed(ignoring, {
                managedLoginVersion: 1,
                customDomainConfig: { certificateArn: ignored, securityPolicy: secret("TLS_V1_3_2025") },
            }),
            routed,
            changed(becoming, withCertificate(secret(became))),
        );
        await assertHidden(project, succeeded(await project.preview()), hidden);
        aws.behaviour.outcome = "failed";
        aws.calls = [];
        failure = failed(await project.up());
        await assertHidden(project, failure, hidden);
        aws.behaviour.outcome = "active";
        stateOfBecoming = JSON.stringify(await project.state("becoming"));

        await assertHidden(project, succeeded(await project.up("--refresh")), hidden);
        served = stage.settings("rotated").certificateArn;

        aws.patchCertificate(found, { status: "EXPIRED", notAfter: new Date(Date.now() - 1000) });
        destroy = succeeded(await project.destroy());
        await assertHidden(project, destroy, hidden);
    });

    it("while it is adopted, rotated, changed outside Pulumi, failed, refreshed and not restored", () => {
        assertSays(adoption, `${domainOf("rotated")}: certificate [secret] -> [secret]`);
        assertSays(failure, "Still served: certificate [secret]. Requested: certificate [secret].");
        assert.equal(served, second);
        assertSays(destroy, 'not restored: {"customDomainConfig":{"certificateArn":"[secret]"}}');
        for (const run of [adoption, failure, destroy]) {
            assertTidy(run);
        }
    });

    it("in what is reported of another resource about the same domain", () => {
        assertSays(adoption, "[domain-managed-twice]", "(showing), certificate [secret] (hiding)");
    });

    it("also if it becomes secret only later: an up that sends nothing encrypts it, in the restore point too", () => {
        assert.ok(!stateOfBecoming.includes(lastPart(became)));
        assert.deepEqual(stage.sentTo("becoming"), []);
    });
});
