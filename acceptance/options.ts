import { parseArgs } from "node:util";
import type { CustomName } from "./customName";

/** The options on the command line. */
export interface Options {
    /** The account to work in; the run refuses any other. */
    account: string;
    region: string;
    /** Only remove what killed runs left. */
    sweep: boolean;
    /** Test a custom domain too, with records in this hosted zone. */
    custom?: CustomName;
    /** Record the answers of the emulator at AWS_ENDPOINT_URL under this name. */
    emulator?: string;
}

export const USAGE = `npm run acceptance -- --account 123456789012 --region us-west-2 [options]

  --account ID        required: the account to work in; the run refuses any other
  --region REGION     the user pools' Region (default: AWS_REGION, AWS_DEFAULT_REGION, us-west-2)
  --domain NAME       test a custom domain too: an unused name whose parent has an A record in DNS
  --hosted-zone ID    with --domain: the Route 53 hosted zone for its validation and alias records
  --sweep             only remove what killed runs left in this account and Region; with --domain, its records too
  --emulator NAME     with AWS_ENDPOINT_URL: record its answers under this name in acceptance/emulators.json`;

/** Thrown for a run that must not start; only its message is printed. */
export class Refusal extends Error {
    override readonly name = "Refusal";
}

/** Reads the command line. @throws Refusal that says what is wrong. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
    const { account, region, sweep, emulator, domain, "hosted-zone": hostedZoneId } = parse(args);
    if (!/^\d{12}$/.test(account ?? "")) {
        throw new Refusal(`--account: give the account's twelve digits, not ${account ?? "nothing"}.\n\n${USAGE}`);
    }
    if (emulator !== undefined && env.AWS_ENDPOINT_URL === undefined) {
        throw new Refusal(
            "--emulator: needs AWS_ENDPOINT_URL; without an emulator, set AWS_ENDPOINT_URL or leave the option out.",
        );
    }
    if ((domain === undefined) !== (hostedZoneId === undefined)) {
        throw new Refusal("--domain and --hosted-zone: give both, or neither.");
    }
    if (domain !== undefined && !/^([a-z0-9-]+\.){2,}[a-z0-9-]+$/.test(domain)) {
        throw new Refusal(`--domain: give a full name with a parent, such as auth.example.com, not ${domain}.`);
    }
    return {
        custom: domain !== undefined && hostedZoneId !== undefined ? { domain, hostedZoneId } : undefined,
        account: account as string,
        region: region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? "us-west-2",
        sweep: sweep ?? false,
        emulator,
    };
}

function parse(args: string[]) {
    try {
        return parseArgs({
            args,
            options: {
                account: { type: "string" },
                region: { type: "string" },
                domain: { type: "string" },
                "hosted-zone": { type: "string" },
                sweep: { type: "boolean" },
                emulator: { type: "string" },
            },
        }).values;
    } catch (error) {
        throw new Refusal(`${(error as Error).message}\n\n${USAGE}`);
    }
}
