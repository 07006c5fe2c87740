import { subjectOf, type Verdict } from "../../provider/inputs/verdict";
import type { Finding, Severity } from "../../provider/model/findings";
import { ARN } from "./certificates";
import { POOL } from "./domains";

/** A finding about an argument, an error unless the test says otherwise. */
export const finding = (property: string, severity: Severity = "error"): Finding => ({
    code: "some-code",
    property,
    ground: "introduced" as const,
    severity,
    message: "m",
    remedy: "R",
});

export const ARGS = { userPoolId: POOL, domain: "auth.example.com", customDomainConfig: { certificateArn: ARN } };
export const CERTIFICATE = finding("customDomainConfig.certificateArn");

/** A verdict of a preview on {@link ARGS}. */
export const verdict = (findings: Finding[], rest: Partial<Verdict> = {}): Verdict => ({
    resource: "auth",
    isPreview: true,
    subject: subjectOf(rest.args ?? ARGS),
    args: ARGS,
    findings,
    ifUnchanged: [],
    strict: false,
    others: [],
    ignoreChanges: [],
    ...rest,
});

/** Each finding as `code property`. */
export const codes = (findings: Finding[]) => findings.map(({ code, property }) => `${code} ${property}`);
