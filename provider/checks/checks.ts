import type { Request } from "../inputs/request";
import type { Finding, FindingKind, Severity } from "../model/findings";
import { FINDINGS, type FindingCode, type FindingRow, type FixSource } from "../model/findingTable";
import type { Observed } from "../model/observed";
import type { SettingName, Settings } from "../model/settings";
import { certificateNotes } from "./certificate";
import { domainNotes } from "./domain";
import { failoverNotes } from "./failover";
import { managedLoginNotes, securityPolicyNotes } from "./managedLogin";
import type { Note } from "./note";

export type { FixSource } from "../model/findingTable";

/** When the checks are made: in a preview, or right before the request. */
export type Phase = "preview" | "update";

/** What the checks are about. */
export interface CheckContext {
    request: Request;
    phase: Phase;
    /** False: the engine leaves the resource as it is, so that every finding is about what is already served. */
    willUpdate: boolean;
    /** The settings that the update changes. */
    changes: readonly SettingName[];
    /** The complete settings after the update. */
    target: Settings;
    /** Whether a request is sent. */
    isSent: boolean;
    /** What this program may fix before the update. */
    fixable: ReadonlySet<FixSource>;
    now: Date;
}

/** Everything wrong with an update, errors first. Pure: no I/O, no clock. */
export function findingsOf(observed: Observed, context: CheckContext): Finding[] {
    const notes = [
        ...domainNotes(observed, context),
        ...certificateNotes(observed, context),
        ...securityPolicyNotes(context),
        ...managedLoginNotes(observed, context),
        ...failoverNotes(observed, context),
    ];
    return notes
        .map((note) => findingOf(note, context))
        .sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
}

const IF_ANOTHER_STACK =
    "; if another stack does this first, deploy that one first, or set PULUMI_COGNITO_DOMAIN_SETTINGS_PREFLIGHT=warn for this preview";

/** The finding that a note amounts to: how bad it is depends on when it is found, and what the program may fix. */
export function findingOf(note: Note, { phase, willUpdate, fixable, request }: CheckContext): Finding {
    const { code, message, remedy } = note;
    const row: FindingRow = FINDINGS[code as FindingCode];
    // About what is served, or with nothing to be sent, nothing is certain to fail.
    const kind = willUpdate ? (note.kind ?? row.kind) : "advisory";
    const mayBeFixed = (note.fixableBy ?? row.fixableBy ?? []).some((source) => fixable.has(source));
    const isAccepted = row.isAcceptable && request.acceptFindings.includes(code);
    const severity = isAccepted ? "warning" : severityOf(kind, phase, mayBeFixed);
    const isForOtherStack = kind === "fixable" && phase === "preview" && severity === "error";
    return {
        code,
        property: row.property ?? "",
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
