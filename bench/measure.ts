import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Workspace } from "../demo/workspace";
import type { Call, Emulator } from "../test/emulator";

/** The first domains are custom ones, as many as an account can have in a Region. Source: "Quotas in Amazon Cognito". */
const CUSTOM_DOMAINS = 4;

const REGION = "us-west-2";

/** The commands of each round, in order, on a stack that is empty at first. */
export const COMMANDS = [
    { name: "preview", description: "first preview: adopts and changes every domain", cli: ["preview"] },
    { name: "up", description: "the same as an update", cli: ["up", "--yes", "--skip-preview"] },
    { name: "up again", description: "an update with nothing to change", cli: ["up", "--yes", "--skip-preview"] },
    { name: "refresh", description: "a refresh with nothing to find", cli: ["refresh", "--yes", "--skip-preview"] },
];

export interface Scenario {
    /** The number of domains. */
    size: number;
    /** Whether AWS throttles, and this package keeps below its quotas. */
    hasQuotas: boolean;
}

/** A program to measure, and the AWS account with its domains. */
export interface Contestant {
    name: string;
    account: string;
    workspace: Workspace;
    /** The file from which the program reads its domains. */
    domainsFile: string;
}

/** The results of one contestant with one command in one scenario. */
export interface Measurement {
    scenario: Scenario;
    command: string;
    contestant: string;
    /** Milliseconds, by round; rounds are the same for all contestants. */
    ms: number[];
    /** Everything else, in the last round. AWS calls by operation, without the throttled ones. */
    calls: Record<string, number>;
    throttled: number;
    notDone: number;
}

/** One resource of a program. */
interface Domain {
    name: string;
    args: {
        userPoolId: string;
        domain: string;
        managedLoginVersion: number;
        customDomainConfig?: { certificateArn: string };
    };
}

/** A contestant with files and an AWS account of its own. */
export function enter(aws: Emulator, engine: string, name: string, account: string, hasQuotas: boolean): Contestant {
    const domainsFile = path.join(mkdtempSync(path.join(tmpdir(), "bench-")), "domains.json");
    process.once("exit", () => rmSync(path.dirname(domainsFile), { recursive: true, force: true }));
    // Without quotas, pacing would limit many domains, not this code.
    const unpaced: Record<string, string> = hasQuotas ? {} : { PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR: "1000" };
    const env = { ...aws.env(account), ...unpaced, BENCH_CONTESTANT: name, BENCH_DOMAINS: domainsFile };
    return { name, account, workspace: new Workspace(engine, env), domainsFile };
}

/**
 * Times every command for every contestant, in rounds; without quotas, after a round that is not measured. Contestants take turns at each command, in
 * rotating order, so that other load affects them alike.
 * @throws Error if a command fails, except for the hand-written provider under quotas: its failure is a result.
 */
export async function measure(
    aws: Emulator,
    contestants: Contestant[],
    scenario: Scenario,
    runs: number,
): Promise<Measurement[]> {
    const measurements = new Map<string, Measurement>();
    const warmups = scenario.hasQuotas ? 0 : 1;
    for (let round = 0; round < warmups + runs; round++) {
        aws.reset();
        aws.behaviour.quotas = scenario.hasQuotas;
        const entries = await Promise.all(
            contestants.map(async (contestant) => {
                const domains = setScene(aws, contestant.account, scenario.size);
                writeFileSync(contestant.domainsFile, JSON.stringify(domains));
                const stackName = `bench-${scenario.size}-${round}`;
                const stack = await contestant.workspace.stack(path.join(__dirname, "programs"), stackName);
                return { contestant, domains, stack };
            }),
        );
        for (const { name: command, cli } of COMMANDS) {
            const first = round % entries.length;
            for (const { contestant, domains, stack } of [...entries.slice(first), ...entries.slice(0, first)]) {
                aws.calls = [];
                const start = performance.now();
                const { code, output } = await stack.pulumi(cli);
                const ms = performance.now() - start;
                if (code !== 0 && !(scenario.hasQuotas && contestant.name === "hand")) {
                    throw new Error(`${contestant.name}: pulumi ${cli.join(" ")} ended with ${code}:\n${output}`);
                }
                const calls = aws.calls.filter((call) => !isThrottled(call));
                const key = `${command} ${contestant.name}`;
                measurements.set(key, {
                    scenario,
                    command,
                    contestant: contestant.name,
                    ms: round < warmups ? [] : [...(measurements.get(key)?.ms ?? []), ms],
                    calls: countsOf(calls),
                    throttled: aws.calls.length - calls.length,
                    notDone:
                        command === "preview"
                            ? (output.match(/-unseen\]/g)?.length ?? 0)
                            : domains.filter((domain) => !isDone(aws, contestant.account, domain)).length,
                });
            }
        }
    }
    const order = ({ contestant }: Measurement) => contestants.findIndex(({ name }) => name === contestant);
    return [...measurements.values()].sort((a, b) => order(a) - order(b));
}

/** Creates an account's domains as they are before the first `up`. Returns the program's resources. */
function setScene(aws: Emulator, account: string, size: number): Domain[] {
    return Array.from({ length: size }, (_, index) => {
        const name = `auth${index}`;
        const userPoolId = aws.userPool({ region: REGION, account });
        aws.client({ userPoolId, withBranding: true });
        if (index >= CUSTOM_DOMAINS) {
            aws.domain({ userPoolId, domain: name, version: 1 });
            return { name, args: { userPoolId, domain: name, managedLoginVersion: 2 } };
        }
        const domain = `${name}.example.com`;
        const certificate = () => aws.certificate({ domainName: domain, account });
        const certificateArn = certificate();
        aws.domain({ userPoolId, domain, version: 1, certificateArn, securityPolicy: "TLS_V1_2_2021" });
        const customDomainConfig = { certificateArn: certificate() };
        return { name, args: { userPoolId, domain, managedLoginVersion: 2, customDomainConfig } };
    });
}

function isDone(aws: Emulator, account: string, { args }: Domain): boolean {
    const found = aws.domainOf(args.domain, { account });
    const certificateArn = args.customDomainConfig?.certificateArn;
    return (
        found?.managedLoginVersion === args.managedLoginVersion &&
        (certificateArn === undefined || found.certificateArn === certificateArn)
    );
}

function isThrottled({ error }: Call): boolean {
    return error?.name === "TooManyRequestsException" || error?.name === "ThrottlingException";
}

function countsOf(calls: Call[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { operation } of calls) {
        counts[operation] = (counts[operation] ?? 0) + 1;
    }
    return counts;
}
