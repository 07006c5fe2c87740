import { deepEqual } from "node:assert/strict";
import type { MadeCustomDomain } from "./customDomain";
import { declare, failed, hasVersion, observed, type Play, type Step, says, settled, succeeded } from "./play";

/** The promises about a custom domain, in order. */
export const customSteps = (made: MadeCustomDomain): Step[] => [
    {
        title: "custom domain, adopt: a first `pulumi up` with the current settings changes nothing",
        run: async (play) => {
            const before = await settled(play);
            declare(play, { managedLoginVersion: 1, ...certificate(made.certificate) });
            succeeded(await play.stack.pulumi(["up", "--yes", "--skip-preview"]));
            deepEqual(await settled(play), before);
        },
    },
    {
        title: "custom domain, 1 -> 2: the program names only the version; certificate and TLS policy stay",
        run: (play) => upChangesOnly(play, { managedLoginVersion: 2 }, { ManagedLoginVersion: 2 }),
    },
    {
        title: "certificate swap: the domain has the next certificate when `pulumi up` ends, and nothing else has changed",
        run: async (play) => {
            const { CustomDomainConfig } = await settled(play);
            await upChangesOnly(
                play,
                { managedLoginVersion: 2, ...certificate(made.nextCertificate) },
                { CustomDomainConfig: { ...CustomDomainConfig, CertificateArn: made.nextCertificate } },
            );
        },
    },
    {
        title: "refused certificate: one for another name fails preview and update, and nothing is written",
        run: async (play) => {
            const before = await settled(play);
            declare(play, { managedLoginVersion: 2, ...certificate(made.wrongName) });
            says(failed(await play.stack.pulumi(["preview"])), /certificate-name-mismatch/);
            says(failed(await play.stack.pulumi(["up", "--yes", "--skip-preview"])), /certificate-name-mismatch/);
            deepEqual(await settled(play), before);
        },
    },
    {
        title: "custom domain, restore: `pulumi destroy` restores the first certificate and version 1",
        run: async (play) => {
            const { CustomDomainConfig } = await settled(play);
            declare(play, { managedLoginVersion: 2, ...certificate(made.nextCertificate) });
            succeeded(await play.stack.pulumi(["destroy", "--yes", "--skip-preview"]));
            const after = await settled(play);
            hasVersion(after, 1);
            deepEqual(after.CustomDomainConfig, { ...CustomDomainConfig, CertificateArn: made.certificate });
        },
    },
];

const certificate = (certificateArn: string) => ({ customDomainConfig: { certificateArn } });

async function upChangesOnly(play: Play, settings: object, changed: object): Promise<void> {
    const before = await settled(play);
    declare(play, settings);
    succeeded(await play.stack.pulumi(["up", "--yes", "--skip-preview"]));
    // Do not wait: `pulumi up` has.
    deepEqual(await observed(play), { ...before, ...changed });
}
