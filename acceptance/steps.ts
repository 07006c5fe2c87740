import { deepEqual } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import type { DomainDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import type { Ran } from "../demo/shell";
import type { Stack } from "../demo/workspace";
import { describe, describeSettled, updateByHand } from "./domainInForce";
import type { MadeDomain } from "./made";
import type { Progress } from "./progress";
import type { Session } from "./session";

/** What every step works with. */
export interface Play {
    session: Session;
    progress: Progress;
    stack: Pick<Stack, "pulumi">;
    /** The file that the program takes its arguments from. */
    argumentsFile: string;
    made: MadeDomain;
}

export interface Step {
    title: string;
    run: (play: Play) => Promise<void>;
}

/** An ARN in the right form that no certificate has. */
export const NO_CERTIFICATE = (account: string) =>
    `arn:aws:acm:us-east-1:${account}:certificate/00000000-0000-4000-8000-000000000000`;

/** The promises, in the order in which they are played: each step begins where the one before ended. */
export const STEPS: Step[] = [
    {
        title: "adopt: a first `pulumi up` that asks for what is in force changes nothing",
        run: async (play) => {
            const before = await settled(play);
            declare(play, { managedLoginVersion: 1 });
            succeeded(await play.stack.pulumi(["up", "--yes", "--skip-preview"]));
            deepEqual(await settled(play), before);
        },
    },
    {
        title: "preview: it says managed login 1 -> 2, and writes nothing",
        run: async (play) => {
            const before = await describe(play.session, play.made);
            declare(play, { managedLoginVersion: 2 });
            says(succeeded(await play.stack.pulumi(["preview"])), /managed login 1 -> 2/);
            deepEqual(await settled(play), before);
        },
    },
    {
        title: "1 -> 2: managed login is in force when `pulumi up` ends, and nothing else has changed",
        run: (play) => upChangesOnlyVersionTo(play, 2),
    },
    {
        title: "2 -> 1: and back",
        run: (play) => upChangesOnlyVersionTo(play, 1),
    },
    {
        title: "drift: somebody changes it by hand, and `pulumi refresh` shows it without writing",
        run: async (play) => {
            await updateByHand(play.session, play.made, { ManagedLoginVersion: 2 });
            const changed = await settled(play);
            hasVersion(changed, 2);
            says(succeeded(await play.stack.pulumi(["refresh", "--yes", "--diff"])), /managedLoginVersion\s*: 1 => 2/);
            deepEqual(await settled(play), changed);
        },
    },
    {
        title: "refreshed: the next `pulumi up` puts it back",
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
        title: "restore: `pulumi destroy` puts back what was in force at the beginning",
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
    // No patience here: when `pulumi up` has ended, it is so.
    const after = await describe(play.session, play.made);
    hasVersion(after, version);
    deepEqual({ ...after, ManagedLoginVersion: 0 }, { ...before, ManagedLoginVersion: 0 });
}

const settled = ({ session, made, progress }: Play): Promise<DomainDescriptionType> =>
    describeSettled(session, made, progress);

function declare({ argumentsFile, made }: Play, settings: object): void {
    writeFileSync(argumentsFile, JSON.stringify({ ...made, onDelete: "restore", ...settings }));
}

function hasVersion({ ManagedLoginVersion = 1, Status }: DomainDescriptionType, version: 1 | 2): void {
    if (Status !== "ACTIVE" || ManagedLoginVersion !== version) {
        throw new Error(`AWS says ${Status} with version ${ManagedLoginVersion}, not ACTIVE with version ${version}.`);
    }
}

function succeeded(ran: Ran): Ran {
    if (ran.code !== 0) {
        throw new Error(`pulumi exited with ${ran.code}:\n${ran.output}`);
    }
    return ran;
}

function failed(ran: Ran): Ran {
    if (ran.code === 0) {
        throw new Error(`pulumi succeeded where it had to fail:\n${ran.output}`);
    }
    return ran;
}

function says({ output }: Ran, what: RegExp): void {
    if (!what.test(output)) {
        throw new Error(`pulumi did not say ${what}:\n${output}`);
    }
}
