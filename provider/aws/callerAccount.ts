import type { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { HttpRequest } from "@smithy/core/transport";
import { callFailed } from "./callErrors";
import { callTo } from "./operationTable";
import { describeAnswer, UnreadableAnswerError } from "./unreadableAnswer";

/**
 * sts:GetCallerIdentity: the account of the credentials that a client calls with. Needs no permission. Sent by hand, with
 * the client's own signer and connections: the package has no STS client.
 * Source: AWS STS API reference, GetCallerIdentity; every Region has an endpoint.
 */
export async function callerAccount(
    { config }: CognitoIdentityProviderClient,
    region: string,
    endpoint: string,
): Promise<string> {
    const { protocol, hostname, port, host } = new URL(endpoint);
    const request = new HttpRequest({
        method: "POST",
        protocol,
        hostname,
        port: port ? Number(port) : undefined,
        path: "/",
        headers: { host, "content-type": "application/x-www-form-urlencoded" },
        body: "Action=GetCallerIdentity&Version=2011-06-15",
    });
    try {
        const signer = await config.signer();
        const signed = (await signer.sign(request, { signingService: "sts", signingRegion: region })) as HttpRequest;
        const { response } = await config.requestHandler.handle(signed);
        const text = await config.utf8Encoder(await config.streamCollector(response.body));
        const account = memberOf(text, "Account");
        if (response.statusCode === 200 && account) {
            return account;
        }
        const code = memberOf(text, "Code");
        if (!code) {
            const { statusCode } = response;
            throw new UnreadableAnswerError(describeAnswer(response, text.length), true, { statusCode });
        }
        throw Object.assign(new Error(memberOf(text, "Message")), {
            name: code,
            $metadata: { httpStatusCode: response.statusCode, requestId: memberOf(text, "RequestId") },
        });
    } catch (error) {
        throw callFailed(error, callTo("GetCallerIdentity", region));
    }
}

/** The text of an element of the query protocol's XML that holds nothing but text. */
function memberOf(xml: string, name: string): string | undefined {
    return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}
