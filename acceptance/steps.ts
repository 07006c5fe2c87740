import { deepEqual } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import type { DomainDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import type { MadeCustomDomain } from "./customDomain";
import type { Run } from "./run";
import { describe, describeSettled, type MadeDomain, updateOutsidePulumi } from "./userPools";

/** What the steps of one domain work with. */
export interface Scene {
    run: Run;
    made: MadeDomain;
    /** Runs `pulumi` on the domain's stack. */
    pulumi: (...args: string[]) => Promise<{ code: number; output: string }>;
    /** The file from which the program reads its arguments. */
    argumentsFile: string;
}

export interface Step {
    title: string;
    play: (scene: Scene) => Promise<void>;
}

/** A valid ARN that no certificate has. */
export const NO_CERTIFICATE = (account: string) =>
    `arn:aws:acm:us-east-1:${account}:certificate/00000000-0000-4000-8000-000000000000`;

/** The promises about a prefix domain, in order: each step begins where the previous one ended. */
export const PREFIX_STEPS: Step[] = [
    {
        title: "adopt: a first `pulumi up` with the current settings changes nothing",
        play: (scene) => upChanges(scene, { managedLoginVersion: 1 }, {}),
    },
    {
        title: "preview: it shows managed login 1 -> 2, and writes nothing",
        play: async (scene) => {
            const before = await settled(scene);
            declare(scene, { managedLoginVersion: 2 });
            await succeeds(scene, ["preview"], /managed login 1 -> 2/);
            deepEqual(await settled(scene), before);
        },
    },
    {
        title: "1 -> 2: the domain has managed login when `pulumi up` ends, and nothing else has changed",
        play: (scene) => upChanges(scene, { managedLoginVersion: 2 }, { ManagedLoginVersion: 2 }),
    },
    {
        title: "2 -> 1: and back",
        play: (scene) => upChanges(scene, { managedLoginVersion: 1 }, { ManagedLoginVersion: 1 }),
    },
    {
        title: "drift: preview and refresh report a change made outside Pulumi, and `pulumi up` leaves it",
        play: async (scene) => {
            await updateOutsidePulumi(scene.run, scene.made, { ManagedLoginVersion: 2 });
            const changed = await settled(scene);
            deepEqual(changed.ManagedLoginVersion, 2);
            await succeeds(scene, ["preview"], /setting-drifted/);
            await succeeds(scene, UP);
            await succeeds(scene, ["refresh", "--yes", "--diff"], /managedLoginVersion\s*: 1 => 2/);
            deepEqual(await settled(scene), changed);
        },
    },
    {
        title: "correction: the next `pulumi up` sends the program's value",
        play: (scene) => upChanges(scene, { managedLoginVersion: 1 }, { ManagedLoginVersion: 1 }),
    },
    {
        title: "refused: a certificate for a prefix domain fails preview and update, and nothing is written",
        play: (scene) =>
            isRefused(scene, NO_CERTIFICATE(scene.run.account), { managedLoginVersion: 1 }, /customDomainConfig/),
    },
    {
        title: "restore: `pulumi destroy` restores the settings from the beginning",
        play: async (scene) => {
            await upChanges(scene, { managedLoginVersion: 2 }, { ManagedLoginVersion: 2 });
            await succeeds(scene, DESTROY);
            deepEqual((await settled(scene)).ManagedLoginVersion, 1);
        },
    },
];

/** The promises about a custom domain, in order. */
export const customSteps = (made: MadeCustomDomain): Step[] => [
    {
        title: "custom domain, adopt: a first `pulumi up` with the current settings changes nothing",
        play: (scene) => upChanges(scene, { managedLoginVersion: 1, ...withCertificate(made.certificate) }, {}),
    },
    {
        title: "custom domain, 1 -> 2: the program names only the version; certificate and TLS policy stay",
        play: (scene) => upChanges(scene, { managedLoginVersion: 2 }, { ManagedLoginVersion: 2 }),
    },
    {
        title: "certificate swap: the domain has the next certificate when `pulumi up` ends, and nothing else has changed",
        play: async (scene) => {
            const { CustomDomainConfig } = await settled(scene);
            await upChanges(
                scene,
                { managedLoginVersion: 2, ...withCertificate(made.nextCertificate) },
                { CustomDomainConfig: { ...CustomDomainConfig, CertificateArn: made.nextCertificate } },
            );
        },
    },
    {
        title: "refused certificate: one for another name fails preview and update, and nothing is written",
        play: (scene) => isRefused(scene, made.wrongName, { managedLoginVersion: 2 }, /certificate-name-mismatch/),
    },
    {
        title: "custom domain, restore: `pulumi destroy` restores the first certificate and version 1",
        play: async (scene) => {
            const before = await settled(scene);
            declare(scene, { managedLoginVersion: 2, ...withCertificate(made.nextCertificate) });
            await succeeds(scene, DESTROY);
            const CustomDomainConfig = { ...before.CustomDomainConfig, CertificateArn: made.certificate };
            deepEqual(await settled(scene), { ...before, ManagedLoginVersion: 1, CustomDomainConfig });
        },
    },
];

const UP = ["up", "--yes", "--skip-preview"];
const DESTROY = ["destroy", "--yes", "--skip-preview"];

const withCertificate = (certificateArn: string) => ({ customDomainConfig: { certificateArn } });

/** Writes the program's arguments. */
function declare({ argumentsFile, made: { userPoolId, domain } }: Scene, settings: object): void {
    writeFileSync(argumentsFile, JSON.stringify({ userPoolId, domain, onDelete: "restore", ...settings }));
}

/** `pulumi up` with these settings changes this in AWS, and nothing else. */
async function upChanges(scene: Scene, settings: object, changed: DomainDescriptionType): Promise<void> {
    const before = await settled(scene);
    declare(scene, settings);
    await succeeds(scene, UP);
    // Do not wait: `pulumi up` has.
    deepEqual(comparable(await describe(scene.run, scene.made.domain)), { ...before, ...changed });
}

/** The certificate fails preview and update, and nothing is written. */
async function isRefused(scene: Scene, certificateArn: string, settings: object, says: RegExp): Promise<void> {
    const before = await settled(scene);
    declare(scene, { ...settings, ...withCertificate(certificateArn) });
    for (const command of [["preview"], UP]) {
        const { code, output } = await scene.pulumi(...command);
        if (code === 0 || !says.test(output)) {
            throw new Error(
                `pulumi ${command[0]} exited with ${code}, and should have failed with ${says}:\n${output}`,
            );
        }
    }
    deepEqual(await settled(scene), before);
}

async function succeeds(scene: Scene, command: string[], says = /(?:)/): Promise<void> {
    const { code, output } = await scene.pulumi(...command);
    if (code !== 0 || !says.test(output)) {
        throw new Error(`pulumi ${command[0]} exited with ${code}, and should have succeeded with ${says}:\n${output}`);
    }
}

/** DescribeUserPoolDomain, once no update is running. */
const settled = async ({ run, made }: Scene): Promise<DomainDescriptionType> =>
    comparable(await describeSettled(run, made.domain));

/** Leaves out what AWS itself changes (its application's version, the place of its files); absent means version 1. */
function comparable({ Version, S3Bucket, ManagedLoginVersion = 1, ...rest }: DomainDescriptionType) {
    return { ...rest, ManagedLoginVersion };
}
