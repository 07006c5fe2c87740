import { findEngine, keep, withProjects, writeSection } from "./environment";
import { describeMachine } from "./machine";
import { type Measurement, measure } from "./measure";
import { HELP, readOptions } from "./options";
import { report } from "./report";
import { scenarioTitle } from "./scenario";

/** `npm run bench`: whole commands of the real engine, against the emulated AWS in this process. */
async function main(): Promise<void> {
    const options = readOptions(process.argv.slice(2));
    if (options === "help") {
        console.log(HELP);
        return;
    }
    const engine = findEngine();
    const machine = describeMachine(engine);
    const measurements = await withProjects(options.contestants, engine, async (aws, entries) => {
        const all: Measurement[] = [];
        for (const scenario of options.scenarios) {
            const say = (text: string) => console.error(`${scenarioTitle(scenario)}: ${text}`);
            all.push(...(await measure(aws, entries, scenario, options, say)));
        }
        return all;
    });
    const text = report(measurements, options, machine);
    console.log(text);
    keep(machine, measurements);
    if (options.writeDocs) {
        writeSection("Whole commands", `\`npm run bench -- ${process.argv.slice(2).join(" ")}\`\n\n${text}`);
    }
}

main().catch((error: unknown) => {
    console.error(`bench: ${(error as Error).message}`);
    process.exitCode = 1;
});
