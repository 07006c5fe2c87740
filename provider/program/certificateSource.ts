import * as pulumi from "@pulumi/pulumi";

/** Pulumi's own, though not in its types: the resources that an output, and all within it, comes of. */
interface WithResources {
    allResources?(): Promise<Set<{ __pulumiType?: string }>>;
}

const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** Whether the certificate's ARN is an output of a resource of this program. What a stack reference gives is another program's. */
export async function isCertificateOfProgram(args: { customDomainConfig?: unknown }): Promise<boolean> {
    const config = await args.customDomainConfig;
    const isInClear = typeof config === "object" && config !== null && !pulumi.Output.isInstance(config);
    const arn: WithResources = pulumi.output(
        isInClear ? (config as { certificateArn?: unknown }).certificateArn : config,
    );
    const resources = await arn.allResources?.();
    return [...(resources ?? [])].some((it) => it.__pulumiType !== STACK_REFERENCE);
}
