import { isSameAt } from "../inputs/propertyPath";
import { currentOutputs } from "./currentOutputs";
import { inspect } from "./inspect";
import type { Inspected } from "./inspectionResult";
import type { PreviewRun } from "./previewRun";
import { PREVIEWED_NAMES } from "./registeredResource";
import { SharedDomains } from "./sharedDomains";

/**
 * The resource as the engine will update it, where `ignoreChanges` keeps other arguments than the program's: what it keeps is
 * sent, and judged by the update. The same object where it keeps none.
 */
export async function withKeptArguments(
    inspected: Inspected,
    inputs: Record<string, unknown>,
    run: PreviewRun,
): Promise<Inspected> {
    const { args, ignoreChanges, inspection } = inspected;
    const isAsJudged = [...PREVIEWED_NAMES, "aws"].every((name) => isSameAt(name, args, inputs));
    if (ignoreChanges.length === 0 || isAsJudged || inputs.preflight === "off") {
        return inspected;
    }
    const isCertificateOfProgram =
        inspected.isCertificateOfProgram && isSameAt("customDomainConfig.certificateArn", args, inputs);
    const kept = { ...inspected, args: inputs, isCertificateOfProgram };
    // What the program says of the domain is registered already.
    const found = await inspect(kept, ignoreChanges, { ...run, sharedDomains: new SharedDomains() });
    const shared = inspection.findings.filter(({ code }) => code === "domain-managed-twice");
    const before = run.report && (await currentOutputs(inputs, found, run));
    return { ...kept, inspection: { ...found, findings: [...found.findings, ...shared], before } };
}
