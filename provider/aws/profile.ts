import { loadSharedConfigFiles } from "@smithy/core/config";

/** The AWS configuration files, where they are not the usual ones. */
export interface ProfileFiles {
    configFilepath?: string;
    filepath?: string;
}

/** A profile that the stack's config, or the `aws` argument, names and no file has. */
export class ProfileNotFoundError extends Error {
    override readonly name = "ProfileNotFoundError";

    constructor(profile: string) {
        super(
            `the profile ${JSON.stringify(profile)} (config value aws:profile, or argument aws.profile) is in neither AWS configuration file; ` +
                'add it with "aws configure", or name another',
        );
    }
}

/**
 * The AWS SDK goes on where a profile is missing, to others' credentials: those of the EC2 instance. @pulumi/aws stops.
 * @throws ProfileNotFoundError
 */
export async function assertProfile(profile: string, files: ProfileFiles): Promise<void> {
    const { configFile, credentialsFile } = await loadSharedConfigFiles({ ...files, ignoreCache: true });
    if (!configFile[profile] && !credentialsFile[profile]) {
        throw new ProfileNotFoundError(profile);
    }
}
