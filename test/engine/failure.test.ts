import assert from "node:assert/strict";
import { PROVIDER_LOADER } from "../../provider/program/loader";
import type { DomainSettings } from "../emulator";
import type { Run } from "./support/cli";
import { assertSays, assertTidy, diagnosticsOf } from "./support/expect";
import { failed, type ResourceState, succeeded } from "./support/project";
import { ACCEPTED, atRequests, domainOf, endUpdates, type Stage, stages } from "./support/stage";

/** How an update fails after AWS has accepted it, and what the user reads. */
const WAYS = {
    failed: ["AWS gave up (FAILED, no reason given)", "Still served: managed login 1"],
    late: ["after 2 s (waitTimeoutSeconds is 2)", "status UPDATING", "run `pulumi up` again"],
    ignored: ["AWS accepted the update", "status ACTIVE", "Requested: managed login 2"],
};
const NAMES = Object.keys(WAYS) as (keyof typeof WAYS)[];

describe("an update that AWS accepted, and that failed: `up` waits until AWS reports the new settings, not just ACTIVE", () => {
    const open = stages();
    let stage: Stage;
    let found: string;
    let certificateArn: string;
    let up: Run;
    const sent: Record<string, number> = {};
    const afterFailure: Record<string, ResourceState | undefined> = {};
    const completed: Record<string, { state: ResourceState | undefined; settings: DomainSettings }> = {};
    let rolledBack: DomainSettings;

    before(async () => {
        stage = await open();
        const { aws, project, certificate, resource } = stage;
        [found, certificateArn] = [certificate(), certificate()];
        const args = { customDomainConfig: { certificateArn }, waitTimeoutSeconds: 2, onDelete: "restore" };
        await project.declare(
            ...NAMES.map((name) => resource(name, args, {}, { certificateArn: found })),
            resource("rollback", { ...args, onFailure: "rollback" }, {}, { certificateArn: found }),
        );
        endUpdates(aws, "failed", "failed");
        endUpdates(aws, "late", "never");
        endUpdates(aws, "ignored", "ignored");
        atRequests(aws, "rollback", ACCEPTED, (domain) => {
            // AWS gives up halfway, and someone else changes the TLS policy.
            if (domain.settings.managedLoginVersion === 1) {
                Object.assign(domain, { pending: undefined, status: "FAILED" });
                Object.assign(domain.settings, { managedLoginVersion: 2, securityPolicy: "TLS_V1_3_2025" });
            }
        });
        up = failed(await project.up("--continue-on-error"));
        rolledBack = stage.settings("rollback");
        for (const name of NAMES) {
            sent[name] = stage.sentTo(name).length;
            afterFailure[name] = await project.state(name);
        }

        // The causes are gone.
        aws.behaviour.faults = [];
        aws.patchDomain(domainOf("late"), { status: "ACTIVE" });
        succeeded(await project.up());
        for (const name of NAMES) {
            completed[name] = { state: await project.state(name), settings: stage.settings(name) };
        }
        succeeded(await project.destroy());
    });

    for (const name of NAMES) {
        it(`(${name}) says what is served and what to do, is sent once, and keeps all that is known in the state`, () => {
            assertSays(diagnosticsOf(up, name), ...WAYS[name]);
            assertTidy(diagnosticsOf(up, name));
            assert.equal(sent[name], 1);
            const { id, inputs, outputs } = afterFailure[name] ?? {};
            const { userPoolId } = stage;
            assert.ok(outputs);
            assert.equal(id, `${userPoolId}/${domainOf(name)}`);
            assert.deepEqual([inputs?.__provider, outputs.__provider], [PROVIDER_LOADER, PROVIDER_LOADER]);
            const { open: isOpen, ...record } = outputs.__record as Record<string, unknown>;
            assert.ok(isOpen);
            assert.deepEqual(record, {
                before: { managedLoginVersion: 1, certificateArn: found },
                desired: { managedLoginVersion: 2, certificateArn },
                account: "123456789012",
            });
            const { domain, waitTimeoutSeconds, onDelete, baseUrl } = outputs;
            assert.deepEqual(
                [outputs.userPoolId, domain, waitTimeoutSeconds, onDelete, baseUrl],
                [userPoolId, domainOf(name), 2, "restore", `https://${domainOf(name)}`],
            );
        });

        it(`(${name}) is completed by the next up, and restored by a destroy`, () => {
            const { state, settings } = completed[name] ?? {};
            assert.deepEqual([settings?.managedLoginVersion, settings?.certificateArn], [2, certificateArn]);
            assert.equal(state?.outputs.status, "ACTIVE");
            const now = stage.settings(name);
            assert.deepEqual([now.managedLoginVersion, now.certificateArn], [1, found]);
        });
    }

    it('with onFailure "rollback", reverts only settings that still have the value its update set', () => {
        assertSays(diagnosticsOf(up, "rollback"), "error:");
        const others = { certificateArn: found, securityPolicy: "TLS_V1_3_2025" };
        assert.deepEqual(rolledBack, { managedLoginVersion: 1, ...others });
    });
});
