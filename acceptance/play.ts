import { writeFileSync } from "node:fs";
import type { DomainDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import type { Ran } from "../demo/shell";
import type { Stack } from "../demo/workspace";
import { describe, describeSettled } from "./domain";
import type { MadeDomain } from "./made";
import type { Progress } from "./progress";
import type { Session } from "./session";

/** What every step works with. */
export interface Play {
    session: Session;
    progress: Progress;
    stack: Pick<Stack, "pulumi">;
    /** The file from which the program reads its arguments. */
    argumentsFile: string;
    made: MadeDomain;
}

export interface Step {
    title: string;
    run: (play: Play) => Promise<void>;
}

/** DescribeUserPoolDomain, once no update is running. */
export const settled = async ({ session, made, progress }: Play): Promise<DomainDescriptionType> =>
    settingsIn(await describeSettled(session, made, progress));

/** DescribeUserPoolDomain at once: a command that has ended leaves nothing to wait for. */
export const observed = async ({ session, made }: Play): Promise<DomainDescriptionType> =>
    settingsIn(await describe(session, made));

/** Leaves out what AWS itself changes: its application's version, and the place of its files. */
const settingsIn = ({ Version, S3Bucket, ...rest }: DomainDescriptionType): DomainDescriptionType => rest;

/** Writes the program's arguments. */
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
        throw new Error(`pulumi succeeded, but should have failed:\n${ran.output}`);
    }
    return ran;
}

export function says({ output }: Ran, what: RegExp): void {
    if (!what.test(output)) {
        throw new Error(`pulumi's output does not match ${what}:\n${output}`);
    }
}
