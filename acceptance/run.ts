import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { ACMClient } from "@aws-sdk/client-acm";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { Route53Client } from "@aws-sdk/client-route-53";
import { STS } from "@aws-sdk/client-sts";
import { Progress } from "./progress";

/** The options on the command line. */
export interface Options {
    /** The account to work in; the run refuses any other. */
    account: string;
    region: string;
    /** Only remove what killed runs left. */
    sweep: boolean;
    /** Test a custom domain too. */
    custom?: CustomName;
}

/** The name of the custom domain, and the hosted zone for its records. */
export interface CustomName {
    domain: string;
    hostedZoneId: string;
}

/** AWS, in the account that the command line names, and one run's name and progress. */
export interface Run extends Options {
    /** In the names and tags of everything that the run creates: the start (UTC), and a random part. */
    id: string;
    cognito: CognitoIdentityProviderClient;
    /** In us-east-1, for CloudFront. */
    acm: ACMClient;
    route53: Route53Client;
    /** The endpoint of an emulator, if one is asked instead of AWS. */
    endpoint: string | undefined;
    /** Milliseconds between two reads while waiting. */
    pauseMs: number;
    sdkVersion: string;
    progress: Progress;
}

/** The beginning of every name. A prefix domain may not contain "aws", "amazon" or "cognito". */
export const NAME_PREFIX = "domain-settings-acceptance-";

/** The tag with the run's id, on everything that can have tags. */
export const RUN_TAG = "pulumi-cognito-domain-settings:acceptance";

const USAGE = `npm run acceptance -- --account 123456789012 --region us-west-2 [options]

  --account ID        required: the account to work in; the run refuses any other
  --region REGION     the user pools' Region (default: AWS_REGION, AWS_DEFAULT_REGION, us-west-2)
  --domain NAME       test a custom domain too: an unused name whose parent has an A record in DNS
  --hosted-zone ID    with --domain: the Route 53 hosted zone for its validation and alias records
  --sweep             only remove what killed runs left in this account and Region; with --domain, its records too`;

/** Thrown for a run that must not start; only its message is printed. */
export class Refusal extends Error {
    override readonly name = "Refusal";
}

/** Reads the command line. @throws Refusal that says what is wrong. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
    const { account = "", region, sweep, domain, "hosted-zone": hostedZoneId } = parse(args);
    if (!/^\d{12}$/.test(account)) {
        throw new Refusal(`--account: give the account's twelve digits, not ${account || "nothing"}.\n\n${USAGE}`);
    }
    if ((domain === undefined) !== (hostedZoneId === undefined)) {
        throw new Refusal("--domain and --hosted-zone: give both, or neither.");
    }
    if (domain !== undefined && !/^([a-z0-9-]+\.){2,}[a-z0-9-]+$/.test(domain)) {
        throw new Refusal(`--domain: give a full name with a parent, such as auth.example.com, not ${domain}.`);
    }
    return {
        account,
        region: region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? "us-west-2",
        sweep,
        custom: domain !== undefined && hostedZoneId !== undefined ? { domain, hostedZoneId } : undefined,
    };
}

function parse(args: string[]) {
    try {
        const options = {
            account: { type: "string" },
            region: { type: "string" },
            domain: { type: "string" },
            "hosted-zone": { type: "string" },
            sweep: { type: "boolean", default: false },
        } as const;
        return parseArgs({ args, options }).values;
    } catch (error) {
        throw new Refusal(`${(error as Error).message}\n\n${USAGE}`);
    }
}

/** Begins a run. @throws Refusal if the credentials are of another account. */
export async function beginRun(options: Options): Promise<Run> {
    const { account, region } = options;
    const named = await callerAccount(region);
    if (named !== account) {
        throw new Refusal(
            `These credentials are of account ${named}, not of ${account}. Nothing was created. ` +
                "Choose others (AWS_PROFILE), or name this account with --account.",
        );
    }
    const [day, time = ""] = new Date().toISOString().split("T");
    // A single service's endpoint counts too: answers of an emulator must not be recorded as AWS's.
    const endpoint = Object.entries(process.env).find(([name]) => name.startsWith("AWS_ENDPOINT_URL"))?.[1];
    return {
        ...options,
        id: `${day?.replaceAll("-", "")}-${time.slice(0, 5).replace(":", "")}-${randomBytes(2).toString("hex")}`,
        cognito: new CognitoIdentityProviderClient({ region, maxAttempts: 8 }),
        acm: new ACMClient({ region: "us-east-1", maxAttempts: 8 }),
        route53: new Route53Client({ region: "us-east-1", maxAttempts: 8 }),
        endpoint,
        pauseMs: endpoint ? 100 : 5000,
        sdkVersion: createRequire(__filename)("@aws-sdk/client-cognito-identity-provider/package.json").version,
        progress: new Progress(),
    };
}

/** The account that sts:GetCallerIdentity returns. */
async function callerAccount(region: string): Promise<string> {
    try {
        const { Account } = await new STS({ region }).getCallerIdentity({});
        if (Account === undefined) {
            throw new Error("the answer names no account");
        }
        return Account;
    } catch (error) {
        throw new Refusal(`sts:GetCallerIdentity failed: ${(error as Error).message}. Nothing was created.`);
    }
}
