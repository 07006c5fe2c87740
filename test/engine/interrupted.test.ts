import assert from "node:assert/strict";
import type { Call, Fault } from "../emulator";
import { assertTidy, updates } from "./support/expect";
import { meeting } from "./support/meeting";
import { ended, processesIn, signal } from "./support/processes";
import { type Project, succeeded } from "./support/project";
import { domainOf, type NamedDomain, type Stage, stages } from "./support/stage";

/** What happens to the run. */
const ACCIDENTS: Record<string, (project: Project) => void | Promise<void>> = {
    "the plugin is killed": ({ folder }) => signal(processesIn(folder).plugin, "SIGKILL"),
    "the engine is killed": async ({ folder }) => {
        const { engine } = processesIn(folder);
        signal(engine, "SIGKILL");
        await ended(engine);
    },
    "Ctrl-C is pressed twice": ({ folder }) => {
        signal(processesIn(folder).engine, "SIGINT");
        signal(processesIn(folder).engine, "SIGINT");
    },
};

/** How far the update of each resource has come: which request to AWS it falls upon. */
const STEPS: Record<string, Omit<Fault, "action"> & { operation: string }> = {
    unsent: { operation: "DescribeCertificate" },
    accepted: { operation: "UpdateUserPoolDomain", when: "after" },
    awaited: { operation: "DescribeUserPoolDomain", skip: 2 },
};
const NAMES = Object.keys(STEPS);

describe("after an interrupted `up`, the next one finishes the job", () => {
    const open = stages();
    let stage: Stage;
    let named: Record<string, NamedDomain>;

    before(async () => {
        stage = await open();
        named = Object.fromEntries(NAMES.map((name) => [name, stage.domain({ version: 1 }, domainOf(name))]));
        await declare(1);
        succeeded(await stage.project.up());
    });

    afterEach(() => signal(processesIn(stage.project.folder).plugin, "SIGKILL"));

    function declare(managedLoginVersion: number, customDomainConfig?: { certificateArn: string }): Promise<void> {
        const certificateOf = (name: string) => (name === "unsent" && customDomainConfig ? { customDomainConfig } : {});
        return stage.project.declare(
            ...NAMES.map((name) => ({
                name,
                args: { ...named[name], managedLoginVersion, ...certificateOf(name) },
            })),
        );
    }

    for (const [accident, befall] of Object.entries(ACCIDENTS)) {
        it(`if ${accident} before a request, once it is accepted, and while it is waited for`, async () => {
            const { aws, project } = stage;
            const managedLoginVersion = aws.domainOf(domainOf("unsent"))?.managedLoginVersion === 1 ? 2 : 1;
            const certificateArn = aws.certificate({ domainName: domainOf("unsent") });
            await declare(managedLoginVersion, { certificateArn });
            const together = meeting(NAMES.length, () => befall(project));
            aws.behaviour.faults = NAMES.map((name) => faultAt(name, certificateArn, together.come));
            aws.calls = [];
            const interrupted = await project.up();
            assert.ok(together.isOver(), interrupted.text);
            assertTidy(interrupted);
            aws.behaviour.faults = [];
            if (accident === "the engine is killed") {
                // A killed engine leaves its lock on a file backend, and its plugin alive.
                succeeded(await project.cancel());
                // Counted only now: right after the engine's end, the plugin has had no time to go on.
                assert.deepEqual(updates(aws, domainOf("unsent")), [], "an orphaned plugin wrote");
            }
            succeeded(await project.up());
            for (const name of NAMES) {
                const domain = aws.domainOf(domainOf(name));
                assert.deepEqual([domain?.managedLoginVersion, domain?.status], [managedLoginVersion, "ACTIVE"], name);
                assert.equal(updates(aws, domainOf(name)).length, 1, `the same update was sent twice: ${name}`);
                assert.equal((await project.state(name))?.outputs.status, "ACTIVE");
            }
            assert.equal(aws.domainOf(domainOf("unsent"))?.certificateArn, certificateArn);
        });
    }
});

/** Holds the request of a resource at which the accident happens. */
function faultAt(name: string, certificateArn: string, hold: () => Promise<void>): Fault {
    const { skip = 0, ...when } = STEPS[name] as (typeof STEPS)[string];
    let seen = 0;
    const run = (_: unknown, { input }: Call) => {
        const isOurs = input.Domain === domainOf(name) || input.CertificateArn === certificateArn;
        return isOurs && seen++ === skip ? hold() : undefined;
    };
    return { ...when, action: { run } };
}
