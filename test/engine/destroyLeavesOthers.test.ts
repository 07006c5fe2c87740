import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, updates } from "./support/expect";
import { succeeded } from "./support/project";
import { type Stage, stages } from "./support/stage";

describe("a destroy leaves what was changed outside Pulumi, even if the program once set the same value", () => {
    const open = stages();
    let stage: Stage;
    let ours: string;
    let theirs: string;
    let destroy: Run;

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        const certificate = () => aws.certificate({ domainName: "*.example.com" });
        const found = certificate();
        const old = certificate();
        [ours, theirs] = [certificate(), certificate()];
        const args = (name: string, settings = {}) => ({
            ...domain({ version: 1, certificateArn: found, ...settings }, `${name}.example.com`),
            onDelete: "restore",
        });
        const refreshed = args("refreshed");
        const ignored = args("ignored");
        const updated = args("updated");
        const unusable = {
            ...args("unusable", { certificateArn: old }),
            managedLoginVersion: 2,
            customDomainConfig: { certificateArn: ours },
        };
        const raised = { ...args("raised", { securityPolicy: "TLS_V1" }), managedLoginVersion: 2 };
        const declare = (certificateArn: string, versionOfIgnored: number, versionOfUpdated: number) =>
            project.declare(
                { name: "refreshed", args: { ...refreshed, customDomainConfig: { certificateArn } } },
                {
                    name: "ignored",
                    args: {
                        ...ignored,
                        managedLoginVersion: versionOfIgnored,
                        customDomainConfig: { certificateArn: found },
                    },
                    opts: { ignoreChanges: ["customDomainConfig.certificateArn"] },
                },
                { name: "updated", args: { ...updated, managedLoginVersion: versionOfUpdated } },
                { name: "unusable", args: unusable },
                { name: "raised", args: raised },
            );
        await declare(ours, 1, 2);
        succeeded(await project.up());

        const refreshedOnes = ["refreshed", "ignored"];
        for (const name of refreshedOnes) {
            aws.patchDomain(`${name}.example.com`, { certificateArn: theirs });
        }
        aws.patchDomain("updated.example.com", { managedLoginVersion: 1 });
        succeeded(await project.refresh(...refreshedOnes.flatMap((name) => ["--target", project.urn(name)])));
        await declare(theirs, 2, 1);
        succeeded(await project.up());

        aws.patchDomain("refreshed.example.com", { certificateArn: ours });
        aws.patchDomain("updated.example.com", { managedLoginVersion: 2 });
        aws.patchDomain("raised.example.com", { securityPolicy: "TLS_V1_3_2025" });
        aws.patchCertificate(old, { status: "EXPIRED", notAfter: new Date(Date.now() - 1000) });
        aws.calls = [];
        destroy = succeeded(await project.destroy());
    });

    it("after a refresh has found another value, and the program has taken it over", () => {
        assertSays(
            destroy,
            `refreshed.example.com: nothing to restore; left as changed outside Pulumi, or by an update that failed: certificate .../${ours.split("/")[1]}`,
        );
        assert.deepEqual(updates(stage.aws, "refreshed.example.com"), []);
    });

    it("after the program has taken another value over without a refresh", () => {
        assertSays(
            destroy,
            "updated.example.com: nothing to restore; left as changed outside Pulumi, or by an update that failed: managed login 2",
        );
        assert.deepEqual(updates(stage.aws, "updated.example.com"), []);
    });

    it("and another team's certificate, which ignoreChanges has kept", () => {
        const { certificateArn, managedLoginVersion } = stage.aws.domainOf("ignored.example.com") ?? {};
        assert.deepEqual([certificateArn, managedLoginVersion], [theirs, 1]);
    });

    it("and another TLS policy than the one that managed login had raised", () => {
        assertSays(
            destroy,
            "raised.example.com: restored managed login 1; left as changed outside Pulumi, or by an update that failed: TLS policy TLS_V1_3_2025",
        );
        const { securityPolicy, managedLoginVersion } = stage.aws.domainOf("raised.example.com") ?? {};
        assert.deepEqual([securityPolicy, managedLoginVersion], ["TLS_V1_3_2025", 1]);
    });

    it("restores all but a certificate that can no longer be used", () => {
        assertSays(destroy, /unusable\.example\.com: certificate not restored: .*\[certificate-expired\]/);
        const { certificateArn, managedLoginVersion } = stage.aws.domainOf("unusable.example.com") ?? {};
        assert.deepEqual([certificateArn, managedLoginVersion], [ours, 1]);
    });
});
