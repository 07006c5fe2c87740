import { writeFileSync } from "node:fs";
import type { DomainDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import type { Ran } from "../demo/shell";
import type { Stack } from "../demo/workspace";
import { describe, describeSettled } from "./domainInForce";
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
    /** Why it cannot be played here, if so. */
    skip?: (play: Play) => string | undefined;
    run: (play: Play) => Promise<void>;
}

/** What AWS says of the domain once no update is under way. */
export const settled = async ({ session, made, progress }: Play): Promise<DomainDescriptionType> =>
    settingsIn(await describeSettled(session, made, progress));

/** What AWS says of the domain at this moment: where a command has ended, it has to be so. */
export const observed = async ({ session, made }: Play): Promise<DomainDescriptionType> =>
    settingsIn(await describe(session, made));

/** Without what AWS changes by itself: the version of its own application, and where its files are. */
const settingsIn = ({ Version, S3Bucket, ...rest }: DomainDescriptionType): DomainDescriptionType => rest;

/** Writes down what the program is to ask for. */
export function declare({ argumentsFile, made: { userPoolId, domain } }: Play, settings: object): void {
    writeFileSync(argumentsFile, JSON.stringify({ userPoolId, domain, onDelete: "restore", ...settings }));
}

export function hasVersion({ ManagedLoginVersion = 1, Status }: DomainDescriptionType, version: 1 | 2): void {
    if (Status !== "ACTIVE" || ManagedLoginVersion !== version) {
        throw new Error(`AWS says ${Status} with version ${ManagedLoginVersion}, not ACTIVE with version ${version}.`);
    }
}

export function succeeded(ran: Ran): Ran {
    if (ran.code !== 0) {
        throw new Error(`pulumi exited with ${ran.code}:\n${ran.output}`);
    }
    return ran;
}

export function failed(ran: Ran): Ran {
    if (ran.code === 0) {
        throw new Error(`pulumi succeeded where it had to fail:\n${ran.output}`);
    }
    return ran;
}

export function says({ output }: Ran, what: RegExp): void {
    if (!what.test(output)) {
        throw new Error(`pulumi did not say ${what}:\n${output}`);
    }
}
