import { REDACTED } from "../../inputs/redaction";
import { CERTIFICATE, titleOf, valueText } from "./commentTable";
import { code, prose } from "./markdown";
import type { ReportEntry } from "./report";

/** What the gate before an update looks at itself. */
const CHECKED_IN_UPDATE = ["domain-unseen", "certificate-unseen"];

const MAX_DRIFTED_SETTINGS = 4;
const MAX_OUTPUTS = 12;

/** The table has what becomes of them. */
const SETTINGS = ["managedLoginVersion", "customDomainConfig", "routing"];

/** As the program gives them, in the table, or nobody's concern. */
const SAID_ELSEWHERE = ["userPoolId", "domain", "status", ...SETTINGS];

/** What was changed outside of Pulumi. */
export function driftLine(it: ReportEntry): string[] {
    const parts = it.drift.map(
        ({ setting, desired, observed }) =>
            `${code(setting)} is ${code(valueText(observed))}, the program says ${code(valueText(desired))}`,
    );
    const remedy = `This ${code("up")} leaves it; ${code("pulumi up --refresh")} puts it back.`;
    return parts.length > 0
        ? [
              `- **changed outside of Pulumi** ${titleOf(it)}: ${parts.slice(0, MAX_DRIFTED_SETTINGS).join("; ")}. ${remedy}`,
          ]
        : [];
}

/** What a replacement does to the domain that it leaves. */
export function leavingLine(it: ReportEntry): string[] {
    return it.restores
        ? [
              `- **restored** ${code(it.restores)}: the program moves away from it. What it had before comes back on the live domain (${code("onDelete")}), but not with ${code("retainOnDelete")}, nor what somebody has changed since or another resource manages.`,
          ]
        : [];
}

/** What the program has to say again for what is in force now. */
export function undoLine(it: ReportEntry): string[] {
    const { changes, verdict, wayBack } = it;
    if (changes.length === 0 || verdict === "refused") {
        return [];
    }
    const isOver = ({ setting }: ReportEntry["changes"][number]) => setting === CERTIFICATE && hasEnded(it);
    const back = changes.filter((change) => change.from !== undefined && !isOver(change));
    const added = changes.filter(({ from }) => from === undefined).map(({ setting }) => code(setting));
    const values = back.map(({ setting, from }) => `${code(setting)} to ${code(valueText(from))}`).join(", ");
    const parts = [
        ...(back.length > 0 ? [`set ${values}, and run ${code("pulumi up")}`] : []),
        ...(changes.some(isOver) ? ["the former certificate has expired, and would be refused"] : []),
        ...(added.length > 0 ? [`AWS cannot take away again: ${added.join(", ")}`] : []),
        ...(wayBack?.argument === "onDelete"
            ? []
            : [`taking it out of the program puts nothing back, unless ${code("onDelete")} is ${code('"restore"')}`]),
    ];
    return [`- **undo** ${titleOf(it)}: ${parts.join("; ")}.`];
}

/** Whether the certificate that the domain has now has expired. */
function hasEnded({ before }: ReportEntry): boolean {
    const end = before?.certificateExpiry;
    return typeof end === "string" && Date.parse(end) <= Date.now();
}

/** What nobody could look at, and who will. */
export function uncheckedLine(it: ReportEntry): string[] {
    const unseen = it.findings.map(({ code }) => code).filter((id) => id.endsWith("-unseen"));
    const later = unseen.filter((id) => CHECKED_IN_UPDATE.includes(id));
    const never = unseen.filter((id) => !later.includes(id));
    const subjects = (ids: string[]) =>
        ids.map((id) => prose(id.replace(/-unseen$/, "").replaceAll("-", " "))).join(", ");
    const parts = [
        ...(later.length > 0
            ? [`${subjects(later)}: not seen, checked in the update, which is refused if that fails`]
            : []),
        ...(never.length > 0 ? [`${subjects(never)}: not seen; the update does not depend on it`] : []),
    ];
    return parts.length > 0 ? [`- **not checked** ${titleOf(it)}: ${parts.join("; ")}.`] : [];
}

/** The outputs that others will see with another value than today. */
export function outputsLine(it: ReportEntry): string[] {
    if (it.action === "none" || it.verdict === "refused") {
        return [];
    }
    const changes = changedOutputs(it).map(([name, from, to]) =>
        [code(name), ...(from === undefined ? [] : [code(from), "→"]), code(to)].join(" "),
    );
    const isSeen = Object.keys(it.outputs).length > 0;
    const later = it.unknown.filter((name) => !(isSeen && SETTINGS.includes(name))).map((name) => code(name));
    const parts = [
        ...changes.slice(0, MAX_OUTPUTS),
        ...(later.length > 0 ? [`known only then: ${later.slice(0, MAX_OUTPUTS).join(", ")}`] : []),
    ];
    if (parts.length === 0) {
        return [];
    }
    const text = parts.join("; ");
    if (it.action !== "adopt") {
        return [`- **outputs that change** ${titleOf(it)}: ${text}.`];
    }
    const what = it.before ? `the domain exists, and Pulumi's ${code("create")} only takes its settings over. ` : "";
    return [`- **new resource** ${titleOf(it)}: ${what}Outputs: ${text}.`];
}

/**
 * Name, value so far and value to be. All are new where the resource is. Where it is not known what the domain has, only the
 * certificate's end is taken to change, and only with the certificate: an update moves no distribution.
 */
function changedOutputs({ action, changes, outputs, before }: ReportEntry): [string, string | undefined, string][] {
    const movesEnd = changes.some(({ setting }) => setting === CERTIFICATE);
    return Object.entries(outputs).flatMap(([name, to]): [string, string | undefined, string][] => {
        if (typeof to !== "string" || SAID_ELSEWHERE.includes(name)) {
            return [];
        }
        if (action !== "update") {
            return [[name, undefined, to]];
        }
        const from = before?.[name];
        const isKnown = typeof from === "string" && from !== REDACTED;
        const isChanged = isKnown ? from !== to : movesEnd && name === "certificateExpiry";
        return isChanged ? [[name, isKnown ? from : undefined, to]] : [];
    });
}
