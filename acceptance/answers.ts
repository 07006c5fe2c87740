import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Answered } from "./probe";
import { NOT_ASKED, PROBES } from "./probes";
import type { Session } from "./session";

/** AWS's own answers; the file exists once someone has run this on AWS. */
export const ANSWERS = path.join(__dirname, "answers.json");

/** The answers of emulators, by name. */
export const EMULATORS = path.join(__dirname, "emulators.json");

export const PAGE = path.join(__dirname, "..", "docs", "what-aws-does.md");

/** An answer from AWS, with the date, the Region and the version of the SDK. */
export interface Recorded {
    answer: string;
    date: string;
    region: string;
    sdk: string;
}

export type AwsAnswers = Record<string, Recorded>;
export type EmulatorAnswers = Record<string, Record<string, string>>;

export const readAnswers = (): AwsAnswers => readIfThere(ANSWERS);
export const readEmulators = (): EmulatorAnswers => readIfThere(EMULATORS);

/**
 * Writes a run's answers, and the page: AWS's answers to answers.json, those of an emulator that has a name to emulators.json.
 * Returns the file, or undefined if nothing was written.
 */
export function keepAnswers(
    { endpoint, region, sdkVersion }: Session,
    answers: Answered[],
    emulator?: string,
): string | undefined {
    const had = answers.filter(({ answer }) => !answer.startsWith("error:"));
    if (had.length === 0 || (endpoint !== undefined && emulator === undefined)) {
        return undefined;
    }
    const file = endpoint === undefined ? ANSWERS : EMULATORS;
    if (endpoint === undefined) {
        const date = new Date().toISOString().slice(0, "2026-11-24".length);
        const recorded = had.map(({ id, answer }) => [id, { answer, date, region, sdk: sdkVersion }]);
        write(file, { ...readAnswers(), ...Object.fromEntries(recorded) });
    } else {
        const named = Object.fromEntries(answers.map(({ id, answer }) => [id, answer]));
        const known = readEmulators();
        write(file, { ...known, [emulator as string]: { ...known[emulator as string], ...named } });
    }
    writeFileSync(PAGE, page(readAnswers(), readEmulators()));
    return path.relative(process.cwd(), file);
}

/** The answers in which an emulator differs from AWS, one line each. Pure. */
export function differences(aws: AwsAnswers, emulator: Record<string, string>): string[] {
    return Object.entries(aws).flatMap(([id, { answer, date, region }]) =>
        emulator[id] === answer
            ? []
            : [`${id}: AWS answered "${answer}" (${region}, ${date}), the emulator "${emulator[id] ?? "nothing"}"`],
    );
}

/** The page docs/what-aws-does.md. Pure. */
export function page(aws: AwsAnswers, emulators: EmulatorAnswers): string {
    const recorded = Object.keys(aws).length;
    const differing = differingProbes(emulators);
    const rows = [
        ["Probe", "Question", "AWS", "Emulators"],
        ...PROBES.map(({ id, question }) => {
            const answer = aws[id];
            const asked = answer
                ? `${answer.answer} (${answer.region}, ${answer.date}, SDK ${answer.sdk})`
                : "not asked yet";
            return [`\`${id}\``, question, asked, differing.includes(id) ? "differ" : "agree"];
        }),
    ].map((cells) => cells.map((cell) => asText(cell)));
    const [head = [], ...body] = rows;
    const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
    const table = [line(head), line(head.map(() => "---")), ...body.map(line)].join("\n");
    return `${INTRODUCTION}
## What AWS answers

${
    recorded > 0
        ? `${recorded} of ${PROBES.length} questions have an answer from AWS.`
        : "**No answer from AWS has been recorded yet**: nobody has run this on AWS and sent in the file."
}
The last column says whether two emulators agree (\`acceptance/emulators.json\`).

${table}

## What is not asked

${Object.entries(NOT_ASKED)
    .map(([question, reason]) => `- ${question} (${reason})`)
    .join("\n")}
`;
}

/** The questions that the emulators answer differently. */
function differingProbes(emulators: EmulatorAnswers): string[] {
    const all = Object.values(emulators);
    const differing = PROBES.filter(({ id }) => new Set(all.map((answers) => answers[id])).size > 1);
    return differing.map(({ id }) => id);
}

/** A pipe would end the cell, and a regular expression in an error text would be a link. */
const asText = (cell: string): string => cell.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("](", "]&#40;");

const INTRODUCTION = `# What AWS does

<!-- Written by npm run acceptance. The text is in acceptance/answers.ts. -->

AWS's documentation does not say everything that this package relies on. Anyone with an AWS account can find out with one
command, which also tests this package's promises on real AWS:

    npm run acceptance -- --account 123456789012 --region us-west-2

It refuses to start unless STS returns that account. It creates four user pools without users, runs the steps with the real Pulumi
engine (adopt, preview, 1 -> 2 -> 1, drift, correction, a refused certificate, restore), asks the questions below, and removes
everything at the end, after a failure, and after Ctrl-C. It costs nothing and takes about five minutes.

With \`--domain auth.example.com --hosted-zone Z0123456789ABC\` it also tests a custom domain, which takes about an hour. The name must be
unused, in a Route 53 hosted zone of that account, and its parent needs an A record. It also creates four certificates, and in the
zone the validation record, the alias records, and a TXT record that names what it created. DNS queries cost cents at most.

Administrator credentials for a test account are enough. \`--sweep\`, added to the same command, removes what a killed run left: only what
shows to be from such a run, if it is unchanged.

The answers go to \`acceptance/answers.json\` and into the table below; \`acceptance/results/\` has a file for each run, without
the account and names, to attach to an issue. With \`AWS_ENDPOINT_URL\` it asks an emulator instead, and records nothing as AWS's.
`;

function readIfThere<T extends object>(file: string): T {
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : ({} as T);
}

const write = (file: string, value: object): void => writeFileSync(file, `${JSON.stringify(value, undefined, 4)}\n`);
