import { deepEqual } from "node:assert/strict";
import { updateOutsidePulumi } from "./domain";
import { declare, failed, hasVersion, observed, type Play, type Step, says, settled, succeeded } from "./play";

/** A valid ARN that no certificate has. */
export const NO_CERTIFICATE = (account: string) =>
    `arn:aws:acm:us-east-1:${account}:certificate/00000000-0000-4000-8000-000000000000`;

/** The promises, in order: each step begins where the previous one ended. */
export const STEPS: Step[] = [
    {
        title: "adopt: a first `pulumi up` with the current settings changes nothing",
        run: async (play) => {
            const before = await settled(play);
            declare(play, { managedLoginVersion: 1 });
            succeeded(await play.stack.pulumi(["up", "--yes", "--skip-preview"]));
            deepEqual(await settled(play), before);
        },
    },
    {
        title: "preview: it shows managed login 1 -> 2, and writes nothing",
        run: async (play) => {
            const before = await observed(play);
            declare(play, { managedLoginVersion: 2 });
            says(succeeded(await play.stack.pulumi(["preview"])), /managed login 1 -> 2/);
            deepEqual(await settled(play), before);
        },
    },
    {
        title: "1 -> 2: the domain has managed login when `pulumi up` ends, and nothing else has changed",
        run: (play) => upChangesOnlyVersionTo(play, 2),
    },
    {
        title: "2 -> 1: and back",
        run: (play) => upChangesOnlyVersionTo(play, 1),
    },
    {
        title: "drift: preview and refresh report a change made outside Pulumi, and `pulumi up` leaves it",
        run: async (play) => {
            await updateOutsidePulumi(play.session, play.made, { ManagedLoginVersion: 2 });
            const changed = await settled(play);
            hasVersion(changed, 2);
            says(succeeded(await play.stack.pulumi(["preview"])), /setting-drifted/);
            succeeded(await play.stack.pulumi(["up", "--yes", "--skip-preview"]));
            deepEqual(await settled(play), changed);
            says(succeeded(await play.stack.pulumi(["refresh", "--yes", "--diff"])), /managedLoginVersion\s*: 1 => 2/);
            deepEqual(await settled(play), changed);
        },
    },
    {
        title: "correction: the next `pulumi up` sends the program's value",
        run: (play) => upChangesOnlyVersionTo(play, 1),
    },
    {
        title: "refused: a certificate for a prefix domain fails preview and update, and nothing is written",
        run: async (play) => {
            const before = await settled(play);
            const certificateArn = NO_CERTIFICATE(play.session.account);
            declare(play, { managedLoginVersion: 1, customDomainConfig: { certificateArn } });
            says(failed(await play.stack.pulumi(["preview"])), /customDomainConfig/);
            says(failed(await play.stack.pulumi(["up", "--yes", "--skip-preview"])), /customDomainConfig/);
            deepEqual(await settled(play), before);
        },
    },
    {
        title: "restore: `pulumi destroy` restores the settings from the beginning",
        run: async (play) => {
            await upChangesOnlyVersionTo(play, 2);
            succeeded(await play.stack.pulumi(["destroy", "--yes", "--skip-preview"]));
            hasVersion(await settled(play), 1);
        },
    },
];

async function upChangesOnlyVersionTo(play: Play, version: 1 | 2): Promise<void> {
    const before = await settled(play);
    declare(play, { managedLoginVersion: version });
    succeeded(await play.stack.pulumi(["up", "--yes", "--skip-preview"]));
    // Do not wait: `pulumi up` has.
    const after = await observed(play);
    hasVersion(after, version);
    deepEqual({ ...after, ManagedLoginVersion: 0 }, { ...before, ManagedLoginVersion: 0 });
}
