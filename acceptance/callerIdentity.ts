import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { Refusal } from "./options";

/**
 * The account that sts:GetCallerIdentity returns. A Cognito client signs the request, since an STS client is not among this package's
 * dependencies. Source: STS API, GetCallerIdentity.
 */
export async function callerAccount(region: string): Promise<string> {
    const endpoint = new URL(
        process.env.AWS_ENDPOINT_URL_STS ?? process.env.AWS_ENDPOINT_URL ?? `https://sts.${region}.amazonaws.com`,
    );
    const body = "Action=GetCallerIdentity&Version=2011-06-15";
    try {
        const client = new CognitoIdentityProviderClient({ region });
        const signer = await client.config.signer({
            name: "sigv4",
            signingName: "sts",
            signingRegion: region,
            properties: {},
        });
        const { headers } = await signer.sign({
            method: "POST",
            protocol: endpoint.protocol,
            hostname: endpoint.hostname,
            path: "/",
            headers: { host: endpoint.host, "content-type": "application/x-www-form-urlencoded" },
            body,
            query: {},
        });
        const answer = await fetch(new URL("/", endpoint), { method: "POST", headers, body });
        const text = await answer.text();
        const account = /<Account>(\d{12})<\/Account>/.exec(text)?.[1];
        if (account === undefined) {
            throw new Error(/<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? `HTTP ${answer.status}`);
        }
        return account;
    } catch (error) {
        throw new Refusal(`sts:GetCallerIdentity failed: ${(error as Error).message}. Nothing was created.`);
    }
}
