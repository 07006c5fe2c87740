import type { Request } from "../../provider/inputs/request";
import { AwsCallError } from "../../provider/model/errors";
import type { Finding } from "../../provider/model/findings";
import type { Observed, ObservedCertificate } from "../../provider/model/observed";
import type { PlanInput } from "../../provider/plan/plan";
import { makePreviewPlan, type PreviewPlan } from "../../provider/plan/previewPlan";
import { ARN, goodCertificate, NOW } from "./certificates";
import { CUSTOM, seen } from "./domains";

/** AWS did not answer. */
export const FAILED = { failed: new AwsCallError("no permission", { code: "AccessDeniedException" }) };

/** What a program asks for that names nothing: a custom domain, with the defaults. */
export function requestFor(rest: Partial<Request> = {}): Request {
    return {
        address: CUSTOM,
        domain: CUSTOM.domain,
        desired: {},
        unknown: [],
        ignored: [],
        secret: [],
        accounts: {},
        acceptFindings: [],
        preflight: "error",
        wait: "active",
        waitTimeoutSeconds: 60,
        onDrift: "warn",
        onFailure: "keep",
        onDelete: "retain",
        ...rest,
    };
}

/** The plan of a program that has just named everything it asks for, unless the test gives something else. */
export function planFor(request: Partial<Request>, rest: Partial<PlanInput> = {}): PreviewPlan {
    const desired = request.desired ?? {};
    return makePreviewPlan({
        request: requestFor(request),
        changed: Object.fromEntries(Object.keys(desired).map((name) => [name, {}])),
        observed: { domain: { found: seen() } },
        action: "update",
        phase: "update",
        now: NOW,
        ...rest,
    });
}

/** The findings about a certificate that an update attaches, or about the one that the domain has. */
export function certificateFindings(
    certificate: Partial<ObservedCertificate> | Observed["certificate"],
    { introduced = true, ...rest }: { introduced?: boolean } & Partial<Request> = {},
    input: Partial<PlanInput> = {},
): Finding[] {
    const answer = certificate && "answer" in certificate ? certificate : undefined;
    const arn = answer?.arn ?? ARN;
    const attached = introduced ? `${arn}0` : arn;
    const domain = { found: seen({ settings: { managedLoginVersion: 1, certificateArn: attached } }) };
    const found = { arn, answer: { found: goodCertificate(certificate as Partial<ObservedCertificate>) } };
    const observed = { domain, certificate: answer ?? found };
    return planFor({ desired: { certificateArn: arn }, ...rest }, { observed, ...input }).findings;
}

/** Each finding as `code:severity`. */
export const gist = (findings: readonly Finding[]) => findings.map(({ code, severity }) => `${code}:${severity}`);
