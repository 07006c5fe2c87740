import * as pulumi from "@pulumi/pulumi";
import type { FixSource } from "../plan/plan";
import { withUnknowns } from "./unknownOutputs";

/** Pulumi's own, though not in its types: the resources that an output, and all within it, comes from. */
interface WithResources {
    allResources?(): Promise<Set<{ __pulumiType?: string }>>;
}

const STACK_REFERENCE = "pulumi:pulumi:StackReference";

interface Sources {
    domain?: unknown;
    userPoolId?: unknown;
    customDomainConfig?: unknown;
}

/** What of this program may fix a finding before the update runs: the resources that arguments come from, and the options. */
export async function fixSourcesOf(
    { domain, userPoolId, customDomainConfig }: Sources,
    { dependsOn, replaceWith, deletedWith }: pulumi.CustomResourceOptions & { replaceWith?: unknown[] },
): Promise<ReadonlySet<FixSource>> {
    const config = await customDomainConfig;
    const isPlain = typeof config === "object" && config !== null && !pulumi.Output.isInstance(config);
    const certificateArn = isPlain ? (config as { certificateArn?: unknown }).certificateArn : config;
    const hasDependencies = await new Promise<boolean>((resolve) => {
        // What is not known yet counts as given; without unknowns, this would wait forever.
        withUnknowns(pulumi.output(dependsOn)).apply(
            async (it) => resolve(Array.isArray(it) ? it.length > 0 : Boolean(it)),
            true,
        );
    });
    const sources: [FixSource, boolean][] = [
        ["options", hasDependencies || Boolean(replaceWith?.length) || deletedWith !== undefined],
        ["domain", await comesFromProgram(domain)],
        ["userPool", await comesFromProgram(userPoolId)],
        ["certificate", await comesFromProgram(certificateArn)],
    ];
    return new Set(sources.flatMap(([source, isGiven]) => (isGiven ? [source] : [])));
}

/** Whether a value is an output of a resource of this program. What a stack reference gives is another program's. */
async function comesFromProgram(value: unknown): Promise<boolean> {
    const resources = await (pulumi.output(value) as WithResources).allResources?.();
    return [...(resources ?? [])].some((it) => it.__pulumiType !== STACK_REFERENCE);
}
