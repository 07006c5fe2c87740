import assert from "node:assert/strict";
import type { Fault } from "../emulator";
import { assertTidy, updates } from "./support/expect";
import { engineEnded, processesIn, signal } from "./support/processes";
import { type Project, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

/** What happens to the run. */
const ACCIDENTS: Record<string, (project: Project) => void | Promise<void>> = {
    "the plugin is killed": ({ folder }) => signal(processesIn(folder).plugin, "SIGKILL"),
    "the engine is killed": async ({ folder }) => {
        signal(processesIn(folder).engine, "SIGKILL");
        // A busy machine takes a while to end it: before that, its socket still answers.
        await engineEnded(folder);
    },
    "Ctrl-C is pressed once": ({ folder }) => signal(processesIn(folder).engine, "SIGINT"),
    "Ctrl-C is pressed twice": ({ folder }) => {
        signal(processesIn(folder).engine, "SIGINT");
        signal(processesIn(folder).engine, "SIGINT");
    },
};

/** When it happens: which request to AWS it falls upon. */
const STEPS: Record<string, Omit<Fault, "action">> = {
    "before the update is sent": { operation: "DescribeCertificate", times: 1 },
    "once the update is accepted": { operation: "UpdateUserPoolDomain", times: 1, when: "after" },
    "while the update is waited for": { operation: "DescribeUserPoolDomain", skip: 1, times: 1 },
};

describe("an interrupted update is finished by the next `up`", () => {
    const open = stages();

    for (const [accident, befall] of Object.entries(ACCIDENTS)) {
        for (const [step, when] of Object.entries(STEPS)) {
            it(`when ${accident} ${step}`, async () => {
                const { aws, project, domain } = await open();
                const named = domain();
                await project.declare(auth({ ...named, managedLoginVersion: 1 }));
                succeeded(await project.up());
                const certificateArn = aws.certificate({ domainName: DOMAIN });
                const desired = { ...named, managedLoginVersion: 2, customDomainConfig: { certificateArn } };
                await project.declare(auth(desired as never));
                let befell = false;
                aws.behaviour.faults = [
                    {
                        ...when,
                        action: {
                            run: async () => {
                                befell = true;
                                await befall(project);
                            },
                        },
                    },
                ];
                const interrupted = await project.up();
                assert.ok(befell, interrupted.text);
                assertTidy(interrupted);
                const soFar = updates(aws).length;
                if (accident === "the engine is killed") {
                    // A killed engine leaves its lock on a file backend, and its plugin alive.
                    succeeded(await project.cancel());
                    if (step === "before the update is sent") {
                        assert.equal(soFar, 0, "an orphaned plugin wrote");
                    }
                }
                succeeded(await project.up());
                const { managedLoginVersion, certificateArn: inForce, status } = aws.domainOf(DOMAIN) ?? {};
                assert.deepEqual(
                    { managedLoginVersion, inForce, status },
                    { managedLoginVersion: 2, inForce: certificateArn, status: "ACTIVE" },
                );
                assert.equal(updates(aws).length, 1, "the same update was sent twice");
                assert.equal((await project.state("auth"))?.outputs.status, "ACTIVE");
                signal(processesIn(project.folder).plugin, "SIGKILL");
            });
        }
    }
});
