import type { AwsIdentity } from "../inputs/awsIdentity";
import { Aws } from "./awsCalls";
import { credentialsOf } from "./credentials";
import { requestHandlerFor } from "./requestHandler";

/**
 * The calls as somebody.
 * @param region The Region of the first user pool, where it is known before it is asked about: roles may be assumed there.
 * @throws InvalidConfigurationError where the stack's config or the environment names a proxy or a file that cannot be used.
 */
export async function connectAs(identity: AwsIdentity, region?: string): Promise<Aws> {
    const { profile, connection = {}, allowedAccountIds, forbiddenAccountIds } = identity;
    const { endpoints, useDualstackEndpoint, useFipsEndpoint } = connection;
    const requestHandler = await requestHandlerFor(connection);
    const credentials = await credentialsOf(identity, { requestHandler, poolRegion: () => aws.poolRegion ?? region });
    const options = { profile, credentials, endpoints, useDualstackEndpoint, useFipsEndpoint, requestHandler };
    const aws: Aws = new Aws(options, Boolean(allowedAccountIds ?? forbiddenAccountIds));
    return aws;
}
