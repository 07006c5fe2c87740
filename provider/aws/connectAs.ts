import type { AwsIdentity } from "../inputs/awsIdentity";
import { Aws } from "./awsCalls";
import { credentialsOf } from "./credentials";
import { requestHandlerFor } from "./requestHandler";

// The SDK prints seven lines about the age of Node.js 20 in every command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** The calls to AWS with the credentials of an identity. */
export async function connectAs(identity: AwsIdentity): Promise<Aws> {
    const { profile, connection = {}, allowedAccountIds, forbiddenAccountIds } = identity;
    const { endpoints, credentials, webIdentity } = connection;
    const requestHandler = await requestHandlerFor();
    const isFromConfig = Boolean(credentials ?? webIdentity?.webIdentityToken);
    const options = { profile, endpoints, requestHandler, isFromConfig };
    return new Aws(
        { ...options, credentials: credentialsOf(identity, options) },
        Boolean(allowedAccountIds ?? forbiddenAccountIds),
    );
}
