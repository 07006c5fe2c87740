import assert from "node:assert/strict";
import { PROVIDER_LOADER } from "../../provider/program/loader";
import { AwsError, type Call, type Emulator, type Fault } from "../emulator";
import type { Run } from "./support/cli";
import { endUpdates, mayNotBeDescribed } from "./support/domainFaults";
import { assertSays, assertSaysNot, assertTidy, diagnosticsOf, updates } from "./support/expect";
import type { Declared } from "./support/program";
import { failed, type ResourceState, succeeded } from "./support/project";
import { domainOf, type Stage, stages } from "./support/stage";

/** How an update fails after AWS has accepted it, and what the user reads. */
const WAYS = {
    failed: ["AWS gave up (FAILED, no reason given)", "Still served: managed login 1"],
    late: ["after 2 s (waitTimeoutSeconds is 2)", "status UPDATING", "run `pulumi up` again"],
    ignored: [
        "AWS accepted the update",
        "status ACTIVE",
        "Still served: managed login 1",
        "Not arrived: managed login 2",
    ],
    unseen: ["AWS accepted the update; its end could not be seen", "run `pulumi up` again"],
};
const NAMES = Object.keys(WAYS) as (keyof typeof WAYS)[];

/** Resources whose last update fails too, and that are destroyed then. */
const DESTROYED = ["keep", "rollback", "arrived", "stuck"] as const;

describe("an update that AWS accepted", () => {
    const open = stages();
    let stage: Stage;
    let certificates: string[];
    let up: Run;
    let sent: Record<string, number>;
    let settingsAfter: Record<string, unknown>;
    let stateAfterFailure: Record<string, ResourceState | undefined>;
    let stateAtLast: Record<string, ResourceState | undefined>;
    let destroyOfFailed: Run;
    let updatesOfDestroy: ReturnType<typeof updates>;

    const stateNow = async () =>
        Object.fromEntries(
            await Promise.all(NAMES.map(async (name) => [name, await stage.project.state(name)] as const)),
        );
    const settingsNow = () =>
        Object.fromEntries(
            [...NAMES, ...DESTROYED, "lost"].map((name) => {
                const { managedLoginVersion, certificateArn } = stage.aws.domainOf(domainOf(name)) ?? {};
                return [name, { managedLoginVersion, certificateArn }];
            }),
        );

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        certificates = [1, 2, 3].map(() => aws.certificate({ domainName: "*.example.com" }));
        const [certificateArn, second, third] = certificates;
        const resource = (name: string, args: Declared["args"] = {}): Declared => ({
            name,
            args: {
                ...domain({ version: 1, certificateArn }, domainOf(name)),
                managedLoginVersion: 2,
                customDomainConfig: { certificateArn: second },
                waitTimeoutSeconds: 2,
                onDelete: "restore",
                ...args,
            },
        });
        const existing = [
            resource("keep"),
            resource("rollback", { onFailure: "rollback" }),
            resource("arrived"),
            resource("stuck", { waitTimeoutSeconds: 3 }),
        ];
        await project.declare(...existing);
        succeeded(await project.up());

        endUpdates(aws, domainOf("keep"), "failed");
        endUpdates(aws, domainOf("rollback"), "failed", "active");
        endUpdates(aws, domainOf("arrived"), "never");
        endUpdates(aws, domainOf("failed"), "failed");
        endUpdates(aws, domainOf("late"), "never");
        endUpdates(aws, domainOf("ignored"), "ignored");
        aws.behaviour.faults.push(afterUpdateOf("unseen", hide), afterUpdateOf("lost", loseAnswer));
        const changed = existing.slice(0, 3).map(({ name, args }) => ({
            name,
            args: { ...args, customDomainConfig: { certificateArn: third } },
        }));
        const fresh = [...NAMES, "lost"].map((name) => resource(name));
        await project.declare(...changed, ...existing.slice(3), ...fresh);
        aws.calls = [];
        up = failed(await project.up("--continue-on-error"));
        sent = Object.fromEntries([...NAMES, "lost"].map((name) => [name, updates(aws, domainOf(name)).length]));
        stateAfterFailure = await stateNow();

        // The causes are gone.
        aws.behaviour.faults = [];
        aws.patchDomain(domainOf("late"), { status: "ACTIVE" });
        aws.patchDomain(domainOf("arrived"), { certificateArn: third, status: "ACTIVE" });
        endUpdates(aws, domainOf("stuck"), "never");
        aws.calls = [];
        const targets = DESTROYED.flatMap((name) => ["--target", project.urn(name)]);
        destroyOfFailed = failed(await project.destroy("--continue-on-error", ...targets));
        updatesOfDestroy = updates(aws);

        aws.behaviour.faults = [];
        aws.patchDomain(domainOf("stuck"), { status: "ACTIVE" });
        await project.declare(...fresh);
        succeeded(await project.up());
        settingsAfter = settingsNow();
        stateAtLast = await stateNow();
        succeeded(await project.destroy());
    });

    for (const name of NAMES) {
        it(`and that failed (${name}) says what is served and what to do, and is sent once`, () => {
            assertSays(diagnosticsOf(up, name), ...WAYS[name]);
            assertTidy(diagnosticsOf(up, name));
            assert.equal(sent[name], 1);
        });

        it(`and that failed (${name}) keeps all that is known in the state`, () => {
            const { id, inputs, outputs } = stateAfterFailure[name] ?? {};
            const { userPoolId } = stage;
            const [certificateArn, second] = certificates;
            assert.equal(id, `${userPoolId}/${domainOf(name)}`);
            assert.equal(inputs?.__provider, PROVIDER_LOADER);
            assert.equal(outputs?.__provider, PROVIDER_LOADER);
            assert.deepEqual(outputs?.__record, {
                before: { managedLoginVersion: 1, certificateArn },
                desired: { managedLoginVersion: 2, certificateArn: second },
                account: "123456789012",
                open: "create",
            });
            const { domain, waitTimeoutSeconds, onDelete, baseUrl } = outputs ?? {};
            assert.deepEqual(
                [outputs?.userPoolId, domain, waitTimeoutSeconds, onDelete, baseUrl],
                [userPoolId, domainOf(name), 2, "restore", `https://${domainOf(name)}`],
            );
        });

        it(`and that failed (${name}) is completed by the next up, and restored by a destroy`, () => {
            const [certificateArn, second] = certificates;
            assert.deepEqual(settingsAfter[name], { managedLoginVersion: 2, certificateArn: second });
            assert.equal(stateAtLast[name]?.outputs.status, "ACTIVE");
            assert.deepEqual(settingsNow()[name], { managedLoginVersion: 1, certificateArn });
        });
    }

    it("and whose answer was lost is recognized, sent once, and restored to what was there before", () => {
        const [certificateArn, second] = certificates;
        assertSaysNot(diagnosticsOf(up, "lost"), "error:");
        assert.equal(sent.lost, 1);
        assert.deepEqual(settingsAfter.lost, { managedLoginVersion: 2, certificateArn: second });
        assert.deepEqual(settingsNow().lost, { managedLoginVersion: 1, certificateArn });
    });

    it("and that failed, was rolled back, or arrived after its timeout: a destroy restores what was there before", () => {
        const [certificateArn] = certificates;
        for (const name of ["keep", "rollback", "arrived"]) {
            assertSays(diagnosticsOf(up, name), "error:");
            assertSaysNot(diagnosticsOf(destroyOfFailed, name), "error:");
            assert.equal(updatesOfDestroy.filter(({ Domain }) => Domain === domainOf(name)).length, 1);
            assert.deepEqual(settingsNow()[name], { managedLoginVersion: 1, certificateArn });
        }
    });

    it("for a destroy, and whose end was not seen, says what to run, and keeps the resource", () => {
        assertSays(
            diagnosticsOf(destroyOfFailed, "stuck"),
            "the settings from before were not restored (onDelete)",
            "after 3 s (waitTimeoutSeconds is 3)",
            "run the same command again",
        );
    });
});

/** Does something once AWS has accepted an update of this domain. */
function afterUpdateOf(name: string, act: (aws: Emulator, name: string) => void): Fault {
    const run = (aws: Emulator, { input }: Call) => {
        if (input.Domain === domainOf(name)) {
            act(aws, name);
        }
    };
    return { operation: "UpdateUserPoolDomain", when: "after", action: { run } };
}

function hide({ behaviour }: Emulator, name: string): void {
    behaviour.faults.push(mayNotBeDescribed(domainOf(name)));
}

/** As an error of a server in between, after AWS has accepted the update. */
function loseAnswer(): void {
    throw new AwsError("InternalErrorException", "Something went wrong", 500);
}
