import { FINDINGS, type Finding, type FindingRow, PREVIEW } from "../model/findings";
import type { Observed } from "../model/observed";
import { certificateNotes } from "./certificate";
import { domainNotes } from "./domain";
import { failoverNotes } from "./failover";
import { managedLoginNotes, securityPolicyNotes } from "./managedLogin";
import type { CheckContext, Note } from "./note";

/** The notes of all checks of an update, from AWS's answers. Pure: no I/O, no clock. */
export function checkNotes(observed: Observed, context: CheckContext): Note[] {
    return [
        ...domainNotes(observed, context),
        ...certificateNotes(observed, context),
        ...securityPolicyNotes(context),
        ...managedLoginNotes(observed, context),
        ...failoverNotes(observed, context),
    ];
}

/** The findings for some notes, errors first. */
export function findingsOf(notes: readonly Note[], context: CheckContext): Finding[] {
    return notes
        .map((note) => findingOf(note, context))
        .sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
}

const IF_ANOTHER_STACK =
    "; if another stack does this first, deploy that one first, or set PULUMI_COGNITO_DOMAIN_SETTINGS_PREFLIGHT=warn for this preview";

/** Severity depends on the phase, and on what the program may fix. */
function findingOf(note: Note, { phase, willUpdate, fixable, request }: CheckContext): Finding {
    const { code, message, remedy } = note;
    const row: FindingRow = FINDINGS[code];
    // If the engine does nothing, every finding about the domain is about what is already served.
    const kind = willUpdate || row.property === PREVIEW ? (note.kind ?? row.kind) : "advisory";
    const mayBeFixed = (note.fixableBy ?? row.fixableBy ?? []).some((source) => fixable?.has(source));
    const isAccepted = row.isAcceptable && request.acceptFindings.includes(code);
    const isCertain = kind === "introduced" || (kind === "fixable" && !mayBeFixed);
    const isError = !isAccepted && (phase === "update" ? kind !== "advisory" : isCertain);
    const isForOtherStack = isError && kind === "fixable" && phase === "preview";
    return {
        code,
        property: note.property ?? row.property ?? "",
        kind,
        severity: isError ? "error" : "warning",
        message,
        remedy: isForOtherStack ? `${remedy}${IF_ANOTHER_STACK}` : remedy,
        ...(isAccepted ? { accepted: true as const } : {}),
    };
}
