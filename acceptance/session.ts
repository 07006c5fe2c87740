import { createRequire } from "node:module";
import { ACMClient } from "@aws-sdk/client-acm";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { Route53Client } from "@aws-sdk/client-route-53";
import { callerAccount } from "./callerIdentity";
import { type Options, Refusal } from "./options";

/** AWS, in the account that the command line names and in no other. */
export interface Session {
    account: string;
    region: string;
    cognito: CognitoIdentityProviderClient;
    /** In us-east-1, for CloudFront. */
    acm: ACMClient;
    route53: Route53Client;
    /** The endpoint of an emulator, if one is asked instead of AWS. */
    endpoint: string | undefined;
    /** Milliseconds between two reads while waiting. */
    pauseMs: number;
    sdkVersion: string;
}

/** Opens the session. @throws Refusal if STS returns another account. */
export async function openSession({ account, region }: Options): Promise<Session> {
    const cognito = new CognitoIdentityProviderClient({ region, maxAttempts: 8 });
    const [acm, route53] = [
        new ACMClient({ region: "us-east-1", maxAttempts: 8 }),
        new Route53Client({ region: "us-east-1", maxAttempts: 8 }),
    ];
    const named = await callerAccount(region);
    if (named !== account) {
        throw new Refusal(
            `These credentials are of account ${named}, not of ${account}. Nothing was created. ` +
                "Choose others (AWS_PROFILE), or name this account with --account.",
        );
    }
    // A single service's endpoint counts too: answers of an emulator must not be recorded as AWS's.
    const endpoint = Object.entries(process.env).find(([name]) => name.startsWith("AWS_ENDPOINT_URL"))?.[1];
    const { version: sdkVersion } = createRequire(__filename)("@aws-sdk/client-cognito-identity-provider/package.json");
    return { account, region, cognito, acm, route53, endpoint, pauseMs: endpoint ? 100 : 5000, sdkVersion };
}
