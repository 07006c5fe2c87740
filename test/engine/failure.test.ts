import assert from "node:assert/strict";
import { PROVIDER_LOADER } from "../../provider/program/loader";
import type { Call, Emulator } from "../emulator";
import type { Run } from "./support/cli";
import { endUpdates, mayNotBeDescribed } from "./support/domainFaults";
import { assertSays, assertTidy, diagnosticsOf, updates } from "./support/expect";
import { failed, type ResourceState, succeeded } from "./support/project";
import { auth, DOMAIN, domainOf, type Stage, stages } from "./support/stage";

/** How an update fails, with what it says. */
const WAYS = {
    failed: ["AWS gave up (FAILED, no reason given)", "Still served: managed login 1"],
    late: ["after 2 s (waitTimeoutSeconds)", "status UPDATING", "run `pulumi up` again"],
    unseen: ["AWS accepted the update; its end could not be seen", "run `pulumi up` again"],
};
const NAMES = Object.keys(WAYS) as (keyof typeof WAYS)[];

describe("an update that AWS accepted and that failed afterwards", () => {
    const open = stages();
    let stage: Stage;
    let certificates: string[];
    let up: Run;
    let settingsAfter: Record<string, unknown>;
    let stateAfterFailure: Record<string, ResourceState | undefined>;
    let stateAtLast: Record<string, ResourceState | undefined>;
    let sentAtFirst: number;

    const stateNow = async () =>
        Object.fromEntries(
            await Promise.all(NAMES.map(async (name) => [name, await stage.project.state(name)] as const)),
        );
    const settingsNow = () =>
        Object.fromEntries(
            NAMES.map((name) => {
                const { managedLoginVersion, certificateArn } = stage.aws.domainOf(domainOf(name)) ?? {};
                return [name, { managedLoginVersion, certificateArn }];
            }),
        );

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        certificates = [1, 2].map(() => aws.certificate({ domainName: "*.example.com" }));
        const [certificateArn, fresh] = certificates;
        endUpdates(aws, domainOf("failed"), "failed");
        endUpdates(aws, domainOf("late"), "never");
        const hide = ({ behaviour }: Emulator, { input }: Call) => {
            if (input.Domain === domainOf("unseen")) {
                behaviour.faults.push(mayNotBeDescribed(domainOf("unseen")));
            }
        };
        aws.behaviour.faults.push({ operation: "UpdateUserPoolDomain", when: "after", action: { run: hide } });
        const declarations = NAMES.map((name) => ({
            name,
            args: {
                ...domain({ version: 1, certificateArn }, domainOf(name)),
                managedLoginVersion: 2,
                customDomainConfig: { certificateArn: fresh },
                waitTimeoutSeconds: 2,
                onDelete: "restore",
            },
        }));
        await project.declare(...declarations);
        up = failed(await project.up("--continue-on-error"));
        sentAtFirst = updates(aws).length;
        stateAfterFailure = await stateNow();

        // The causes are gone.
        aws.behaviour.faults = [];
        aws.patchDomain(domainOf("late"), { status: "ACTIVE" });
        succeeded(await project.up());
        settingsAfter = settingsNow();
        stateAtLast = await stateNow();
        succeeded(await project.destroy());
    });

    for (const name of NAMES) {
        it(`says what is served, and what to do: ${name}`, () => {
            assertSays(diagnosticsOf(up, name), ...WAYS[name]);
            assertTidy(diagnosticsOf(up, name));
        });

        it(`keeps all that is known in the state: ${name}`, () => {
            const { id, inputs, outputs } = stateAfterFailure[name] ?? {};
            const { userPoolId } = stage;
            const [certificateArn, fresh] = certificates;
            assert.equal(id, `${userPoolId}/${domainOf(name)}`);
            assert.equal(inputs?.__provider, PROVIDER_LOADER);
            assert.equal(outputs?.__provider, PROVIDER_LOADER);
            assert.deepEqual(outputs?.__record, {
                before: { managedLoginVersion: 1, certificateArn },
                desired: { managedLoginVersion: 2, certificateArn: fresh },
                account: "123456789012",
                open: true,
            });
            const { domain, waitTimeoutSeconds, onDelete, baseUrl } = outputs ?? {};
            assert.deepEqual(
                [outputs?.userPoolId, domain, waitTimeoutSeconds, onDelete, baseUrl],
                [userPoolId, domainOf(name), 2, "restore", `https://${domainOf(name)}`],
            );
        });

        it(`is completed by the next up, and restored by a destroy: ${name}`, () => {
            const [certificateArn, fresh] = certificates;
            assert.deepEqual(settingsAfter[name], { managedLoginVersion: 2, certificateArn: fresh });
            assert.equal(stateAtLast[name]?.outputs.status, "ACTIVE");
            assert.deepEqual(settingsNow()[name], { managedLoginVersion: 1, certificateArn });
        });
    }

    it("is not sent twice in one up", () => {
        assert.equal(sentAtFirst, NAMES.length);
    });

    it("is recognized if its answer was lost, and restored to what was there before", async () => {
        const { aws, project, domain } = await open({ settleAfterDescribes: 1 });
        const named = domain({ version: 1 });
        await project.declare(auth({ ...named, managedLoginVersion: 2, onDelete: "restore" }));
        aws.behaviour.faults = [{ operation: "UpdateUserPoolDomain", when: "after", times: 1, action: "reset" }];
        succeeded(await project.up());
        assert.equal(updates(aws).length, 1);
        succeeded(await project.destroy());
        assert.equal(updates(aws).at(-1)?.ManagedLoginVersion, 1);
    });

    it("of an existing resource: refresh sees the old values, and the next up writes again", async () => {
        const { aws, project, domain } = await open();
        const named = domain({ version: 1 });
        await project.declare(auth({ ...named, managedLoginVersion: 1 }));
        succeeded(await project.up());
        aws.behaviour.outcome = "failed";
        await project.declare(auth({ ...named, managedLoginVersion: 2 }));
        failed(await project.up());
        succeeded(await project.refresh());
        const { outputs } = (await project.state("auth")) ?? {};
        assert.equal(outputs?.managedLoginVersion, 1);
        assert.equal(outputs?.status, "FAILED");
        aws.behaviour.outcome = "active";
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
        assert.equal((await project.state("auth"))?.outputs.status, "ACTIVE");
    });
});
