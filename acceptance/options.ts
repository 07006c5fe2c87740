import { parseArgs } from "node:util";

/** What the command line says. */
export interface Options {
    /** The account that everything is made in; the run refuses any other. */
    account: string;
    region: string;
    /** Remove what killed runs have left, and do nothing else. */
    sweep: boolean;
    /** Keep the answers of the emulator behind AWS_ENDPOINT_URL under this name, in the page too. */
    emulator?: string;
}

export const USAGE = `npm run acceptance -- --account 123456789012 --region us-west-2 [options]

  --account ID        required: the account to work in; the run refuses to start in any other
  --region REGION     the user pools' Region (default: AWS_REGION, AWS_DEFAULT_REGION, us-west-2)
  --sweep             only remove what killed runs have left in this account and Region
  --emulator NAME     with AWS_ENDPOINT_URL: keep its answers under this name in acceptance/emulators.json`;

/** Thrown for a run that must not start; its message is all that is to be said. */
export class Refusal extends Error {
    override readonly name = "Refusal";
}

/** Reads the command line. Throws {@link Refusal} with what is wrong. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
    const { account, region, sweep, emulator } = parse(args);
    if (!/^\d{12}$/.test(account ?? "")) {
        throw new Refusal(`--account: give the account's twelve digits, not ${account ?? "nothing"}.\n\n${USAGE}`);
    }
    if (emulator !== undefined && env.AWS_ENDPOINT_URL === undefined) {
        throw new Refusal("--emulator: what AWS itself answers is kept anyway; set AWS_ENDPOINT_URL, or leave it out.");
    }
    return {
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
                sweep: { type: "boolean" },
                emulator: { type: "string" },
            },
        }).values;
    } catch (error) {
        throw new Refusal(`${(error as Error).message}\n\n${USAGE}`);
    }
}
