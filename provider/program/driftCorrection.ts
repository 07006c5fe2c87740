import * as pulumi from "@pulumi/pulumi";
import { type AwsIdentity, mergeIdentity } from "../inputs/awsIdentity";
import { containsUnknown } from "../inputs/unknown";
import { subjectOf, type Verdict } from "../inputs/verdict";
import { addressOf } from "../model/address";
import type { ObservedState } from "../model/drift";
import { messageOf } from "../model/errors";
import { oneLine } from "../model/plainText";
import { redactFor, type Subject } from "./findingsText";
import { currentUpdate, type Run } from "./previewRun";
import { stackIdentity } from "./stackConfiguration";

/** The arguments that say which domain, and as whom it is asked for. */
interface Identified {
    userPoolId: string;
    domain: string;
    region?: string;
    aws?: AwsIdentity;
    onDrift?: string;
}

/**
 * In an update, for `onDrift: "correct"`: looks at the domain, so that `diff` knows whether it was changed outside of Pulumi.
 * All at once, as in a preview. A look that fails is a warning, and the domain counts as unchanged.
 */
export function startCorrection(
    name: string,
    args: object,
    secrets: Promise<string[] | undefined>,
    { ignoreChanges = [] }: pulumi.CustomResourceOptions,
): { verdict: pulumi.Output<Verdict | undefined> } | undefined {
    const { onDrift, ...rest } = args as Identified;
    const run = onDrift === undefined || onDrift === null || onDrift === "warn" ? undefined : currentUpdate();
    if (!run) {
        return undefined;
    }
    const { userPoolId, domain, region, aws } = rest;
    const verdict = pulumi
        .output({ onDrift, userPoolId, domain, region, aws })
        .apply(async (values) =>
            correctionVerdict({ name, args: values, secret: (await secrets) ?? [] }, ignoreChanges, run),
        );
    return { verdict };
}

/** With `onDrift: "correct"`, what AWS has, for `diff`; undefined without it, and where it is not known which domain. */
export async function correctionVerdict(
    { name, args, secret }: Subject,
    ignoreChanges: string[],
    run: Run,
): Promise<Verdict | undefined> {
    const { onDrift, userPoolId, domain, region, aws } = args;
    if (onDrift !== "correct" || [userPoolId, domain, region, aws].some(containsUnknown)) {
        return undefined;
    }
    const observed = await look(name, args as unknown as Identified, secret, run);
    await run.connected();
    const isPreview = pulumi.runtime.isDryRun();
    const nothing = { findings: [], ifUnchanged: [], strict: false, others: [] };
    return { resource: name, isPreview, ...nothing, ignoreChanges, subject: subjectOf(args), observed };
}

async function look(
    name: string,
    identified: Identified,
    secrets: string[],
    run: Run,
): Promise<ObservedState | undefined> {
    const { aws, region, ...args } = identified;
    try {
        const address = addressOf({ ...args, region });
        const reads = await run.reads(mergeIdentity(stackIdentity(), aws));
        const domain = await reads.describeDomain(address);
        if (domain?.userPoolId === address.userPoolId) {
            return { status: domain.status, settings: domain.settings };
        }
        throw new Error(`the user pool ${args.userPoolId} does not have it`);
    } catch (error) {
        const text = `${name}: onDrift: whether ${args.domain} was changed outside of Pulumi could not be seen: ${messageOf(error)}`;
        void pulumi.log.warn(oneLine(redactFor({ args: { ...identified }, secret: secrets }, text)));
        return undefined;
    }
}
