import type { Finding, Ground, Severity } from "../model/findings";

/** When a judgement is made: in a preview, or by the gate right before the update. */
export type Phase = "preview" | "update";

/** A finding whose severity is not weighed yet: what the pure judges return. */
export type Judgement = Omit<Finding, "severity">;

/** The judgements as findings: how bad each is depends on when it is found. */
export function weigh(judgements: Judgement[], phase: Phase): Finding[] {
    return judgements.map((judgement) => ({ ...judgement, severity: severityOf(judgement.ground, phase) }));
}

function severityOf(ground: Ground, phase: Phase): Severity {
    switch (ground) {
        case "introduced":
            return "error";
        case "mendable":
        case "unseen":
            return phase === "update" ? "error" : "warning";
        case "advisory":
            return "warning";
    }
}
