import { FINDINGS, type Finding, type FindingKind, type FindingRow, PREVIEW, type Severity } from "../model/findings";
import type { Observed } from "../model/observed";
import { certificateNotes } from "./certificate";
import { domainNotes } from "./domain";
import { failoverNotes } from "./failover";
import { managedLoginNotes, securityPolicyNotes } from "./managedLogin";
import type { CheckContext, Note, Phase } from "./note";

/** Everything that AWS's answers say about an update. Pure: no I/O, no clock. */
export function checkNotes(observed: Observed, context: CheckContext): Note[] {
    return [
        ...domainNotes(observed, context),
        ...certificateNotes(observed, context),
        ...securityPolicyNotes(context),
        ...managedLoginNotes(observed, context),
        ...failoverNotes(observed, context),
    ];
}

/** The findings that notes amount to, errors first. */
export function findingsOf(notes: readonly Note[], context: CheckContext): Finding[] {
    return notes
        .map((note) => findingOf(note, context))
        .sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
}

const IF_ANOTHER_STACK =
    "; if another stack does this first, deploy that one first, or set PULUMI_COGNITO_DOMAIN_SETTINGS_PREFLIGHT=warn for this preview";

/** Severity depends on when it is found, and on what the program may fix. */
function findingOf(note: Note, { phase, willUpdate, fixable, request }: CheckContext): Finding {
    const { code, message, remedy } = note;
    const row: FindingRow = FINDINGS[code];
    // If the engine does nothing, every finding about the domain is about what is already served.
    const kind = willUpdate || row.property === PREVIEW ? (note.kind ?? row.kind) : "advisory";
    const mayBeFixed = (note.fixableBy ?? row.fixableBy ?? []).some((source) => fixable.has(source));
    const isAccepted = row.isAcceptable && request.acceptFindings.includes(code);
    const severity = isAccepted ? "warning" : severityOf(kind, phase, mayBeFixed);
    const isForOtherStack = kind === "fixable" && phase === "preview" && severity === "error";
    return {
        code,
        property: note.property ?? row.property ?? "",
        kind,
        severity,
        message,
        remedy: isForOtherStack ? `${remedy}${IF_ANOTHER_STACK}` : remedy,
        ...(isAccepted ? { accepted: true as const } : {}),
    };
}

function severityOf(kind: FindingKind, phase: Phase, mayBeFixed: boolean): Severity {
    switch (kind) {
        case "introduced":
            return "error";
        case "fixable":
            return phase === "preview" && mayBeFixed ? "warning" : "error";
        case "passing":
        case "unasked":
            return phase === "update" ? "error" : "warning";
        case "advisory":
            return "warning";
    }
}
