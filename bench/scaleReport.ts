import { leastSeconds } from "../test/emulator";
import { type Machine, machineText } from "./machine";
import type { Measurement } from "./measure";
import { markdown, seconds, totalOf } from "./report";
import { scenarioTitle } from "./scenario";

/** The results under quotas, and the number of calls by number of domains, as Markdown. */
export function scaleReport(paced: Measurement[], counted: Measurement[], machine: Machine): string {
    return [
        `Measured ${machineText(machine)}. Whole commands, once each; AWS answers after ${paced[0]?.scenario.latencyMs} ms, ` +
            "and throttles above its documented quotas: 20 reads of domains a second, 15 updates, 10 reads of " +
            "certificates. Four domains are custom ones, as many as an account can have in a Region, the others prefix domains. " +
            "Every domain goes from the classic hosted UI to managed login, and has a user pool of its own.",
        "The **bound** is the best possible time under the quotas: the calls of the busiest category at its rate. **Above floor** is " +
            "the time beyond that of a dynamic provider that does nothing (the floor). (A bucket that is full at first makes a run a " +
            "little faster.)",
        "- **ours**: this package\n- **hand**: the dynamic provider that people write by hand",
        markdown(
            ["Scenario", "Command", "Contestant", "Time", "Above floor", "Bound", "Failed", "Throttled"],
            paced.filter(isWorking).map((it) => paceRow(it, paced)),
        ),
        '"Failed" counts, for a preview, the questions that AWS did not answer; for an update, the domains that differ from the ' +
            "program at the end. The hand-written provider asks nothing in previews and refreshes; its update " +
            "stops at the first resource that AWS throttles.",
        "The number of calls, without quotas; four custom domains, the others prefix domains.",
        markdown(
            ["Domains", "Command", "Calls"],
            counted.map(({ scenario: { size }, command, last: { calls } }) => [
                String(size),
                command,
                String(totalOf(calls)),
            ]),
        ),
    ].join("\n\n");
}

/** Excludes the floor, and commands without calls to AWS. */
function isWorking({ contestant, last: { calls } }: Measurement): boolean {
    return contestant !== "floor" && totalOf(calls) > 0;
}

function paceRow(it: Measurement, all: Measurement[]): string[] {
    const { scenario, command, contestant, last } = it;
    const floor = all.find(
        (other) =>
            other.contestant === "floor" &&
            other.command === command &&
            scenarioTitle(other.scenario) === scenarioTitle(scenario),
    );
    const ms = it.ms[0] ?? 0;
    const above = ms - (floor?.ms[0] ?? 0);
    const bound = leastSeconds(last.calls, scenario.quotas ?? false) * 1000;
    const attempts = totalOf(last.calls) + last.throttled;
    const failed = command === "preview" ? last.unseen : command === "up" ? last.undone : 0;
    return [
        scenarioTitle(scenario),
        command,
        contestant,
        seconds(ms),
        // The time of a command that failed half-way means nothing.
        ...(failed === 0 ? [seconds(above), seconds(bound)] : ["", ""]),
        String(failed),
        `${((100 * last.throttled) / attempts).toFixed(1)} %`,
    ];
}
