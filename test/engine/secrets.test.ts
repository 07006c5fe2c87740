import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, assertTidy, callsOf } from "./support/expect";
import { secret } from "./support/program";
import { failed, type Project, succeeded } from "./support/project";
import { auth, DOMAIN, FAILOVER, stages } from "./support/stage";

const REPORT = "report.json";

/** None of the values is in what was printed, in the report, in the exported state or in any file of the backend. */
async function assertHidden(project: Project, run: Run, ...values: string[]): Promise<void> {
    const report = await project.read(REPORT).catch(() => "");
    const files = await project.stateFiles();
    assert.ok(files.length > 0);
    const state = await project.export();
    for (const value of values) {
        for (const [where, text] of Object.entries({ terminal: run.text, report, state })) {
            assert.ok(!text.includes(value), `${value} in the ${where}:\n${text}`);
        }
        assert.ok(!files.some((text) => text.includes(value)), `${value} in a file of the backend`);
    }
}

/** What nobody may read of an ARN. */
const lastPart = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);

describe("a secret certificate ARN", () => {
    const open = stages();

    it("is in clear nowhere where ignoreChanges keeps it, and the program no longer has it", async () => {
        const { aws, project, domain } = await open();
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/${REPORT}`;
        const [kept, ignored] = [1, 2].map(() => aws.certificate({ domainName: DOMAIN })) as [string, string];
        const named = domain({ version: 1, certificateArn: kept });
        const declare = (managedLoginVersion: number, certificateArn: ReturnType<typeof secret>) =>
            project.declare(
                auth(
                    { ...named, managedLoginVersion, customDomainConfig: { certificateArn } },
                    { ignoreChanges: ["customDomainConfig"] },
                ),
            );
        await declare(1, secret(kept));
        succeeded(await project.up());
        await declare(2, ignored);
        await assertHidden(project, succeeded(await project.preview()), lastPart(kept));
        succeeded(await project.up());
        await declare(1, ignored);
        aws.behaviour.outcome = "failed";
        await assertHidden(project, failed(await project.up()), lastPart(kept));
    });

    it("is in clear nowhere, whatever happens to it: adopted, rotated, changed by hand, failed, not restored", async () => {
        const { aws, project, domain } = await open();
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/${REPORT}`;
        const [found, first, byHand, second] = [1, 2, 3, 4].map(() => aws.certificate({ domainName: DOMAIN }));
        assert.ok(found && first && byHand && second);
        const named = domain({ version: 1, certificateArn: found });
        const declare = (arn: string) =>
            project.declare(
                auth({ ...named, customDomainConfig: { certificateArn: secret(arn) }, onDelete: "restore" }),
            );
        const hidden = (run: Run) => assertHidden(project, run, ...[found, first, byHand, second].map(lastPart));

        await declare(first);
        const adoption = succeeded(await project.preview());
        assertSays(adoption, "certificate [secret] -> [secret]");
        await hidden(adoption);
        await hidden(succeeded(await project.up()));
        assert.equal(aws.domainOf(DOMAIN)?.certificateArn, first);
        const { outputs } = (await project.state("auth")) ?? {};
        assert.deepEqual(outputs?.__record, {
            before: { certificateArn: found },
            desired: { certificateArn: first },
            account: "123456789012",
        });

        aws.patchDomain(DOMAIN, { certificateArn: byHand });
        const drift = succeeded(await project.preview());
        assertSays(drift, "[setting-drifted]");
        await hidden(drift);

        await declare(second);
        const rotation = succeeded(await project.preview());
        assertSays(rotation, "certificate [secret] -> [secret]");
        await hidden(rotation);
        aws.behaviour.outcome = "failed";
        const failure = failed(await project.up());
        assertSays(failure, "Still served: certificate [secret]. Not arrived: certificate [secret].");
        await hidden(failure);

        const message = `no ${second} or ${found}`;
        aws.behaviour.faults = [
            { operation: "DescribeUserPoolDomain", action: { exception: "InvalidParameterException", message } },
        ];
        const refresh = failed(await project.refresh());
        assertSays(refresh, "no [secret] or [secret]");
        await hidden(refresh);
        aws.behaviour.faults = [];
        aws.behaviour.outcome = "active";
        await hidden(succeeded(await project.refresh()));
        await hidden(succeeded(await project.up()));
        assert.equal(aws.domainOf(DOMAIN)?.certificateArn, second);

        aws.patchCertificate(found, { status: "EXPIRED", notAfter: new Date(Date.now() - 1000) });
        const destroy = succeeded(await project.destroy());
        assertSays(destroy, "certificate not restored:", "the certificate [secret] has status EXPIRED");
        await hidden(destroy);
        for (const run of [adoption, drift, rotation, failure, refresh, destroy]) {
            assertTidy(run);
        }
    });

    it("is in clear nowhere in what is said of another resource about the same domain", async () => {
        const { aws, project, domain } = await open();
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/${REPORT}`;
        const [hidden, shown] = [1, 2].map(() => aws.certificate({ domainName: DOMAIN })) as [string, string];
        const named = domain();
        await project.declare(auth({ ...named, customDomainConfig: { certificateArn: secret(hidden) } }), {
            name: "other",
            args: { ...named, customDomainConfig: { certificateArn: shown } },
        });
        const preview = succeeded(await project.preview());
        assertSays(preview, "[domain-managed-twice]", `.../${lastPart(shown)} (other), certificate [secret] (auth)`);
        for (const text of [preview.text, await project.read(REPORT)]) {
            assert.ok(!text.includes(lastPart(hidden)), text);
        }
    });

    it("that has become secret is encrypted in a restore point of before, by an up that writes nothing", async () => {
        const { aws, project, domain } = await open();
        const found = aws.certificate({ domainName: DOMAIN });
        const named = domain({ version: 1, certificateArn: found });
        await project.declare(
            auth({ ...named, managedLoginVersion: 2, customDomainConfig: { certificateArn: found } }),
        );
        succeeded(await project.up());
        await project.declare(
            auth({ ...named, managedLoginVersion: 2, customDomainConfig: { certificateArn: secret(found) } }),
        );
        const calls = await callsOf(aws, async () => succeeded(await project.up()));
        assert.ok(!calls.includes("UpdateUserPoolDomain"));
        assert.ok(!(await project.export()).includes(lastPart(found)));
        succeeded(await project.up("--expect-no-changes"));
    });
});

describe("a secret health check", () => {
    const open = stages();

    it("is in clear nowhere, nor are those of before and of others", async () => {
        const { aws, project, domain } = await open();
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/${REPORT}`;
        const checks = { found: "hc-aaaa-1", first: "hc-bbbb-2", byHand: "hc-cccc-3" };
        const failover = (id: string) => ({ failover: { ...FAILOVER, primaryRoute53HealthCheckId: id } });
        const named = domain({ version: 1, routing: failover(checks.found) });
        await project.declare(
            auth({
                ...named,
                routing: { failover: { ...FAILOVER, primaryRoute53HealthCheckId: secret(checks.first) } },
                onDelete: "restore",
            }),
        );
        await assertHidden(project, succeeded(await project.preview()), ...Object.values(checks));
        await assertHidden(project, succeeded(await project.up()), ...Object.values(checks));
        aws.patchDomain(DOMAIN, { routing: failover(checks.byHand) });
        await assertHidden(project, succeeded(await project.preview()), ...Object.values(checks));
        await assertHidden(project, succeeded(await project.refresh()), ...Object.values(checks));
        await assertHidden(project, succeeded(await project.up()), ...Object.values(checks));
        aws.behaviour.outcome = "failed";
        await assertHidden(project, failed(await project.destroy()), ...Object.values(checks));
    });
});

describe("what steers a terminal", () => {
    const open = stages();

    it("is shown and not sent, out of AWS and out of the program", async () => {
        const { aws, project, domain } = await open();
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/${REPORT}`;
        const named = domain({ version: 1 });
        const evil = "\u001b[2J\u009b31m\u202egone\n  - error: forged\u0007";
        await project.declare(auth({ ...named, managedLoginVersion: 2, region: evil, [`x${evil}`]: 1 }));
        const runs = [failed(await project.preview()), failed(await project.up())];

        await project.declare(auth({ ...named, managedLoginVersion: 2 }));
        const say = (operation: string) => ({
            operation,
            action: { exception: "InvalidParameterException", message: evil },
        });
        aws.behaviour.faults = [say("DescribeUserPoolDomain")];
        runs.push(succeeded(await project.preview()), failed(await project.up()));
        aws.behaviour.faults = [say("UpdateUserPoolDomain")];
        runs.push(failed(await project.up()));
        aws.behaviour.faults = [];
        succeeded(await project.up());
        aws.behaviour.faults = [say("DescribeUserPoolDomain")];
        runs.push(failed(await project.refresh()));
        for (const { text } of runs) {
            assert.doesNotMatch(text.replace(/[\n\t]/g, ""), /[\p{Cc}\p{Cf}]/u);
            assert.doesNotMatch(text, /^\s*- error: forged/m, text);
            assert.match(text, /\\u001b\[2J/);
        }
        const report = await project.read(REPORT);
        assert.doesNotMatch(report.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
    });
});

describe("a secret role in the stack's config", () => {
    const open = stages();

    it("is in clear neither in a preview and its report, nor in what an `up` fails with", async () => {
        const { aws, project, domain } = await open();
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/${REPORT}`;
        const roleArn = "arn:aws:iam::123456789012:role/hush-hush";
        await project.setSecret("aws:assumeRoles", JSON.stringify([{ roleArn }]));
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2, onDrift: "correct" }));
        const action = { exception: "AccessDenied", message: "no", status: 403 };
        aws.behaviour.faults = [{ operation: "AssumeRole", action }];
        const preview = succeeded(await project.preview());
        assertSays(preview, "[domain-unseen]");
        const up = failed(await project.up());
        assertSays(up, "sts:AssumeRole");
        for (const text of [preview.text, await project.read(REPORT), up.text]) {
            assert.ok(!text.includes("hush-hush"), text);
        }
    });
});
