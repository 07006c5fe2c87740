import * as pulumi from "@pulumi/pulumi";
import { secretPathsIn } from "../inputs/redaction";
import { containsUnknown } from "../inputs/unknown";
import { OUTPUT_NAMES } from "../model/domainOutputs";
import type { ExpectedOutputs } from "./expectedOutputs";
import { redactFor } from "./findingsText";
import type { Inspected } from "./inspectionResult";
import { type LogLevel, logOn } from "./previewLog";
import type { PreviewRun } from "./previewRun";
import { engineAction, isLeftOut, REGISTERED_NAMES, type Registered } from "./registeredResource";
import { withFindings } from "./report/reportEntry";
import { previewUnchanged } from "./unchangedPreview";
import { plain, withUnknowns } from "./unknownOutputs";
import { previewUpdate } from "./updatePreview";

/**
 * Once the engine has the resource, logs on its row what the run does with it, and gives its outputs the values that they
 * will have. Pulumi knows no outputs of a dynamic resource that is about to change: that they are unknown tells that it is.
 */
export function publish(resource: pulumi.CustomResource, inspected: Promise<Inspected>, run: PreviewRun): void {
    const outputs = resource as unknown as Record<string, pulumi.Output<unknown>>;
    const registered = pulumi.output(Object.fromEntries(REGISTERED_NAMES.map((name) => [name, outputs[name]])));
    // What goes wrong in it fails the outputs, and so the program: nobody waits for ever, and nothing is said to be fine.
    const expected = new Promise<ExpectedOutputs | undefined>((resolve, reject) => {
        withUnknowns(registered).apply(async (values) => {
            await preview(resource, await inspected, plain(values) as Registered, run).then(resolve, reject);
        }, true);
    });
    for (const name of OUTPUT_NAMES) {
        const real = outputs[name] as pulumi.Output<unknown>;
        outputs[name] = withUnknowns(real).apply(async (value) => {
            const known = await expected;
            const state = pulumi.isUnknown(value) ? undefined : value;
            if (known && !known.has(name)) {
                return pulumi.unknown;
            }
            return (known ? known.get(name) : state) ?? inputOf(name, await inspected);
        }, true);
    }
}

/**
 * What an output without a value is in an `up`: where `ignoreChanges` keeps an argument out, Pulumi's SDK gives what the
 * program says. Source: `resolveOutputs` of @pulumi/pulumi.
 */
function inputOf(name: string, { args, secret }: Inspected): unknown {
    const input = containsUnknown(args[name]) ? pulumi.unknown : args[name];
    return secret.some((path) => path.startsWith(name)) ? pulumi.secret(input) : input;
}

/** The outputs that the resource will have; undefined where it keeps those of the state. */
async function preview(
    resource: pulumi.CustomResource,
    program: Inspected,
    registered: Registered,
    run: PreviewRun,
): Promise<ExpectedOutputs | undefined> {
    const secret = [...program.secret, ...secretPathsIn(registered)];
    const inspected: Inspected = { ...program, secret, report: (complete) => program.report(complete, secret) };
    const { args, report } = inspected;
    const log = (level: LogLevel, text: string) => logOn(resource, level, redactFor(inspected, text));
    if (isLeftOut(registered, args)) {
        report((entry) => withFindings(entry, []));
        return new Map();
    }
    const action = engineAction(registered, args);
    if (action === "none") {
        await previewUnchanged(inspected, registered, run, log);
        return undefined;
    }
    return previewUpdate(inspected, registered, action, run, log);
}
