import assert from "node:assert/strict";
import type { Fault } from "../emulator";
import { assertTidy, updates } from "./support/expect";
import { ended, processesIn, signal } from "./support/processes";
import { type Project, succeeded } from "./support/project";
import { auth, DOMAIN, type NamedDomain, type Stage, stages } from "./support/stage";

/** What happens to the run. */
const ACCIDENTS: Record<string, (project: Project) => void | Promise<void>> = {
    "the plugin is killed": ({ folder }) => signal(processesIn(folder).plugin, "SIGKILL"),
    "the engine is killed": async ({ folder }) => {
        const { engine } = processesIn(folder);
        signal(engine, "SIGKILL");
        await ended(engine);
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
    for (const [accident, befall] of Object.entries(ACCIDENTS)) {
        describe(`when ${accident}`, () => {
            const open = stages();
            let stage: Stage;
            let named: NamedDomain;

            before(async () => {
                stage = await open();
                named = stage.domain();
                await stage.project.declare(auth({ ...named, managedLoginVersion: 1 }));
                succeeded(await stage.project.up());
            });

            afterEach(() => signal(processesIn(stage.project.folder).plugin, "SIGKILL"));

            for (const [step, when] of Object.entries(STEPS)) {
                it(step, async () => {
                    const { aws, project } = stage;
                    const managedLoginVersion = aws.domainOf(DOMAIN)?.managedLoginVersion === 1 ? 2 : 1;
                    const certificateArn = aws.certificate({ domainName: DOMAIN });
                    await project.declare(
                        auth({ ...named, managedLoginVersion, customDomainConfig: { certificateArn } }),
                    );
                    let befell = false;
                    const run = async () => {
                        befell = true;
                        await befall(project);
                    };
                    aws.behaviour.faults = [{ ...when, action: { run } }];
                    aws.calls = [];
                    const interrupted = await project.up();
                    assert.ok(befell, interrupted.text);
                    assertTidy(interrupted);
                    if (accident === "the engine is killed") {
                        // A killed engine leaves its lock on a file backend, and its plugin alive.
                        succeeded(await project.cancel());
                        if (step === "before the update is sent") {
                            // Counted only now: right after the engine's end, the plugin has had no time to go on.
                            assert.equal(updates(aws).length, 0, "an orphaned plugin wrote");
                        }
                    }
                    succeeded(await project.up());
                    const inForce = aws.domainOf(DOMAIN);
                    assert.deepEqual(
                        [inForce?.managedLoginVersion, inForce?.certificateArn, inForce?.status],
                        [managedLoginVersion, certificateArn, "ACTIVE"],
                    );
                    assert.equal(updates(aws).length, 1, "the same update was sent twice");
                    assert.equal((await project.state("auth"))?.outputs.status, "ACTIVE");
                });
            }
        });
    }
});
