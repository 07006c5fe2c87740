import { createRequire } from "node:module";
import { ACMClient } from "@aws-sdk/client-acm";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { Route53Client } from "@aws-sdk/client-route-53";
import { callerAccount } from "./callerIdentity";
import { type Options, Refusal } from "./options";

/** AWS as the run reaches it: in the account that the person has named, and in no other. */
export interface Session {
    account: string;
    region: string;
    cognito: CognitoIdentityProviderClient;
    /** In us-east-1, where CloudFront takes certificates from. */
    acm: ACMClient;
    route53: Route53Client;
    /** Where an emulator is asked instead of AWS. */
    endpoint: string | undefined;
    /** Milliseconds between two looks at something that takes its time. */
    pauseMs: number;
    sdkVersion: string;
}

/** Opens the session. Throws {@link Refusal} unless STS names the account. */
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
                "Choose others (AWS_PROFILE), or name the account that you mean with --account.",
        );
    }
    // One service's own endpoint counts too: what an emulator says must not be taken for an answer of AWS.
    const endpoint = Object.entries(process.env).find(([name]) => name.startsWith("AWS_ENDPOINT_URL"))?.[1];
    const { version: sdkVersion } = createRequire(__filename)("@aws-sdk/client-cognito-identity-provider/package.json");
    return { account, region, cognito, acm, route53, endpoint, pauseMs: endpoint ? 100 : 5000, sdkVersion };
}
