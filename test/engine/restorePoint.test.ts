import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { endUpdates } from "./support/domainFaults";
import { assertSays, assertSaysNot, diagnosticsOf, stackDiagnosticsOf, updates } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { domainOf, type Stage, stages } from "./support/stage";

describe("destroy, after an update that failed, or failing itself", () => {
    const open = stages();
    let stage: Stage;
    let second: string | undefined;
    let up: Run;
    let destroy: Run;

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        const certificates = [1, 2, 3].map(() => aws.certificate({ domainName: "*.example.com" }));
        second = certificates[1];
        const args = (name: string, rest = {}) => ({
            ...domain({ version: 1, certificateArn: certificates[0] }, domainOf(name)),
            managedLoginVersion: 2,
            onDelete: "restore",
            ...rest,
        });
        const [keep, rollback] = [args("keep"), args("rollback", { onFailure: "rollback" })];
        const late = args("late", { waitTimeoutSeconds: 1 });
        const stuck = args("stuck", { waitTimeoutSeconds: 3 });
        const declare = (certificateArn: string | undefined, versionOfLate: number) =>
            project.declare(
                { name: "keep", args: { ...keep, customDomainConfig: { certificateArn } } },
                { name: "rollback", args: { ...rollback, customDomainConfig: { certificateArn } } },
                { name: "late", args: { ...late, managedLoginVersion: versionOfLate } },
                { name: "stuck", args: stuck },
            );
        await declare(second, 1);
        succeeded(await project.up());

        endUpdates(aws, domainOf("keep"), "failed");
        endUpdates(aws, domainOf("rollback"), "failed", "active");
        endUpdates(aws, domainOf("late"), "never");
        await declare(certificates[2], 2);
        up = failed(await project.up("--continue-on-error"));

        aws.patchDomain(domainOf("late"), { managedLoginVersion: 2, status: "ACTIVE" });
        endUpdates(aws, domainOf("stuck"), "never");
        aws.calls = [];
        destroy = failed(await project.destroy("--continue-on-error"));
    });

    for (const onFailure of ["keep", "rollback"]) {
        it(`restores the other settings, and says what it leaves, with onFailure ${onFailure}`, () => {
            assertSays(diagnosticsOf(up, onFailure), "error:");
            assertSays(
                stackDiagnosticsOf(destroy),
                `${domainOf(onFailure)}: restored managed login 1; left as changed outside Pulumi, or by an update that failed: certificate .../${second?.split("/")[1]}`,
            );
            const { managedLoginVersion, certificateArn, status } = stage.aws.domainOf(domainOf(onFailure)) ?? {};
            assert.deepEqual([managedLoginVersion, certificateArn, status], [1, second, "ACTIVE"]);
        });
    }

    it("restores over an update that timed out and arrived later", () => {
        assertSays(diagnosticsOf(up, "late"), "1 s");
        assertSaysNot(diagnosticsOf(destroy, "late"), "error:");
        assert.deepEqual(
            updates(stage.aws, domainOf("late")).map(({ ManagedLoginVersion }) => ManagedLoginVersion),
            [1],
        );
    });

    it("says what to run if a restore was not seen to its end", () => {
        assertSaysNot(diagnosticsOf(up, "stuck"), "error:");
        assertSays(
            diagnosticsOf(destroy, "stuck"),
            "the settings from before were not restored (onDelete)",
            "after 3 s (waitTimeoutSeconds)",
            "run the same command again",
        );
    });
});
