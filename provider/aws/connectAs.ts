import { loadConfig, NODE_REGION_CONFIG_OPTIONS } from "@smithy/core/config";
import type { AwsIdentity } from "../inputs/awsIdentity";
import { Aws } from "./awsCalls";
import { credentialsOf } from "./credentials";
import { requestHandlerFor } from "./requestHandler";
import { Sts } from "./sts";

/** If nothing names a Region, and ACM is asked before any user pool: that is in us-east-1. */
const FALLBACK_STS_REGION = "us-east-1";

// The SDK prints seven lines about the age of Node.js 20 in every command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/**
 * The calls to AWS with the credentials of an identity.
 * @param poolRegion The Region of the first user pool, if it is known before it is asked about: roles may be assumed there.
 */
export async function connectAs(identity: AwsIdentity, poolRegion?: string): Promise<Aws> {
    const { profile, stsRegion, connection = {}, allowedAccountIds, forbiddenAccountIds } = identity;
    const { endpoints } = connection;
    const requestHandler = await requestHandlerFor();
    const found = loadConfig(
        {
            ...NODE_REGION_CONFIG_OPTIONS,
            // As in the SDK for Go, and so in @pulumi/aws.
            environmentVariableSelector: (env) => env.AWS_REGION || env.AWS_DEFAULT_REGION,
            default: async () => aws.poolRegion ?? poolRegion ?? FALLBACK_STS_REGION,
        },
        { profile },
    );
    const isFromConfig = Boolean(connection.credentials ?? connection.webIdentity?.webIdentityToken);
    const sts = new Sts({ endpoint: endpoints?.sts, requestHandler }, async () => stsRegion ?? found(), isFromConfig);
    const options = { profile, endpoints, requestHandler, credentials: credentialsOf(identity, sts) };
    const aws: Aws = new Aws(options, {
        needsAccount: Boolean(allowedAccountIds ?? forbiddenAccountIds),
        isFromConfig,
    });
    return aws;
}
