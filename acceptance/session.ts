import { createRequire } from "node:module";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { callerAccount } from "./callerIdentity";
import { type Options, Refusal } from "./options";

/** AWS as the run reaches it: in the account that the person has named, and in no other. */
export interface Session {
    account: string;
    region: string;
    cognito: CognitoIdentityProviderClient;
    /** Where an emulator is asked instead of AWS. */
    endpoint: string | undefined;
    /** Milliseconds between two looks at something that takes its time. */
    pauseMs: number;
    sdkVersion: string;
}

/** Opens the session. Throws {@link Refusal} unless STS names the account. */
export async function openSession({ account, region }: Options): Promise<Session> {
    const cognito = new CognitoIdentityProviderClient({ region, maxAttempts: 8 });
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
    return { account, region, cognito, endpoint, pauseMs: endpoint ? 100 : 5000, sdkVersion };
}
