import { judge } from "../../provider/checks/judge";
import type { Phase } from "../../provider/checks/severity";
import type { Desired } from "../../provider/model/desired";
import { AwsCallError } from "../../provider/model/errors";
import type { Finding } from "../../provider/model/findings";
import type { Observations } from "../../provider/model/observations";
import { NOW } from "./certificates";
import { CUSTOM } from "./domains";

/** What is asked for where a test says nothing else: a custom domain, and none of its settings. */
const QUESTION: Desired = {
    domain: CUSTOM.domain,
    address: CUSTOM,
    settings: {},
    minimumCertificateValidityDays: undefined,
};

export const FAILED = new AwsCallError("no permission", { code: "AccessDeniedException" });

/** What {@link judge} finds, in an update unless the test says otherwise. */
export const judged = (observed: Observations, question: Partial<Desired> = {}, phase: Phase = "update"): Finding[] =>
    judge(observed, { ...QUESTION, ...question }, phase, NOW);

/** Each finding as `code:severity`. */
export const gist = (findings: Finding[]) => findings.map(({ code, severity }) => `${code}:${severity}`);
