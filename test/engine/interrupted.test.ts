import assert from "node:assert/strict";
import { AwsError, type Call, type Fault } from "../emulator";
import { assertSays, assertSaysNot, assertTidy, diagnosticsOf } from "./support/expect";
import { meeting } from "./support/meeting";
import { ended, processesIn, signal } from "./support/processes";
import { failed, type Project, succeeded } from "./support/project";
import { ACCEPTED, atRequests, changed, domainOf, type Stage, stages } from "./support/stage";

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
    accepted: ACCEPTED,
    awaited: { operation: "DescribeUserPoolDomain", skip: 2 },
};
const NAMES = Object.keys(STEPS);

describe("after a killed `up`, an expired session or a lost answer, the next `up` completes the update", () => {
    const open = stages();
    let stage: Stage;
    let resources: ReturnType<Stage["resource"]>[];

    before(async () => {
        stage = await open();
        resources = NAMES.map((name) => stage.resource(name, { managedLoginVersion: 1 }));
        await stage.project.declare(...resources);
        succeeded(await stage.project.up());
    });

    afterEach(() => signal(processesIn(stage.project.folder).plugin, "SIGKILL"));

    /** The program asks for the other version everywhere, and for a new certificate in `unsent`. */
    async function declareChange() {
        const { aws, project } = stage;
        const managedLoginVersion = stage.settings("unsent").managedLoginVersion === 1 ? 2 : 1;
        const certificateArn = aws.certificate({ domainName: domainOf("unsent") });
        await project.declare(
            ...resources.map((it) =>
                changed(it, {
                    managedLoginVersion,
                    ...(it.name === "unsent" && { customDomainConfig: { certificateArn } }),
                }),
            ),
        );
        aws.calls = [];
        return { managedLoginVersion, certificateArn };
    }

    async function assertCompleted(change: Awaited<ReturnType<typeof declareChange>>) {
        const { managedLoginVersion, certificateArn } = change;
        stage.aws.behaviour.faults = [];
        succeeded(await stage.project.up());
        for (const name of NAMES) {
            assert.equal(stage.settings(name).managedLoginVersion, managedLoginVersion, name);
            assert.equal(stage.aws.domainOf(domainOf(name))?.status, "ACTIVE", name);
            assert.equal(stage.sentTo(name).length, 1, `the same update was sent twice: ${name}`);
            assert.equal((await stage.project.state(name))?.outputs.status, "ACTIVE");
        }
        assert.equal(stage.settings("unsent").certificateArn, certificateArn);
    }

    for (const [accident, befall] of Object.entries(ACCIDENTS)) {
        it(`if ${accident} before a request, once it is accepted, and while it is waited for`, async () => {
            const { aws, project } = stage;
            const change = await declareChange();
            const together = meeting(NAMES.length, () => befall(project));
            aws.behaviour.faults = NAMES.map((name) => faultAt(name, change.certificateArn, together.come));
            const interrupted = await project.up();
            assert.ok(together.isOver(), interrupted.text);
            // The second Ctrl-C ends the engine under the program: calls of Pulumi's own code may then fail with a stack trace.
            assertTidy({
                ...interrupted,
                text: interrupted.text.replace(/^\s+at .*(\/node_modules\/|node:).*$/gm, ""),
            });
            if (accident === "the engine is killed") {
                // A killed engine leaves its lock on a file backend, and its plugin alive.
                succeeded(await project.cancel());
                // Counted only now: right after the engine's end, the plugin has had no time to go on.
                assert.deepEqual(stage.sentTo("unsent"), [], "an orphaned plugin wrote");
            }
            await assertCompleted(change);
        });
    }

    it("if the session expires while an update is waited for, or an answer is lost, which is no failure", async () => {
        const { aws, project } = stage;
        const change = await declareChange();
        atRequests(aws, "awaited", ACCEPTED, () =>
            atRequests(aws, "awaited", { operation: "DescribeUserPoolDomain" }, () => {
                throw new AwsError("ExpiredTokenException", "The security token is expired", 403);
            }),
        );
        atRequests(aws, "accepted", ACCEPTED, () => {
            throw new AwsError("InternalErrorException", "Something went wrong", 500);
        });
        const up = failed(await project.up("--continue-on-error"));
        assertSays(
            diagnosticsOf(up, "awaited"),
            "AWS accepted the update; its outcome is unknown",
            "`pulumi up` again",
        );
        assertSaysNot(diagnosticsOf(up, "accepted"), "error:");
        await assertCompleted(change);
    });
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
