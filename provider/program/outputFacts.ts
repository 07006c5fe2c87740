import * as pulumi from "@pulumi/pulumi";
import { memberPath } from "../inputs/propertyPath";
import { UNKNOWN } from "../inputs/unknown";
import type { FixSource } from "../model/findings";
import { defined, isObject } from "../model/objects";
import { secretConfigurationKeys } from "./stackConfiguration";

/** An output whose `apply` may see values that are not, or only partly, known. It is Pulumi's own, though not in its types. */
export interface WithUnknowns {
    apply<U>(func: (value: unknown) => Promise<U>, runWithUnknowns: true): pulumi.Output<U>;
}

export function withUnknowns(output: pulumi.Output<unknown>): WithUnknowns {
    return output as unknown as WithUnknowns;
}

/** The value with Pulumi's marks for the unknown as the text that stands for them in the provider. */
export function plain(value: unknown): unknown {
    if (pulumi.isUnknown(value)) {
        return UNKNOWN;
    }
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    return isObject(value)
        ? Object.fromEntries(Object.entries(defined(value)).map(([key, member]) => [key, plain(member)]))
        : value;
}

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

/** The parts of this program that may fix a finding before the update runs: resources that arguments come from, and options. */
export async function fixSourcesOf(
    { domain, userPoolId, customDomainConfig }: Sources,
    { dependsOn, replaceWith, deletedWith }: pulumi.CustomResourceOptions & { replaceWith?: unknown[] },
): Promise<ReadonlySet<FixSource>> {
    const config = await customDomainConfig;
    const isPlain = typeof config === "object" && config !== null && !pulumi.Output.isInstance(config);
    const certificateArn = isPlain ? (config as { certificateArn?: unknown }).certificateArn : config;
    const sources: [FixSource, boolean][] = [
        ["options", (await areGiven(dependsOn)) || Boolean(replaceWith?.length) || deletedWith !== undefined],
        ["domain", await comesFromProgram(domain)],
        ["userPool", await comesFromProgram(userPoolId)],
        ["certificate", await comesFromProgram(certificateArn)],
    ];
    return new Set(sources.flatMap(([source, isGiven]) => (isGiven ? [source] : [])));
}

/** True if there are dependencies. What is not known yet counts as given; without unknowns, this would wait forever. */
function areGiven(dependencies: pulumi.CustomResourceOptions["dependsOn"]): Promise<boolean> {
    return new Promise((resolve) => {
        if (dependencies === undefined) {
            return resolve(false);
        }
        const isGiven = async (it: unknown) => resolve(Array.isArray(it) ? it.length > 0 : Boolean(it));
        withUnknowns(pulumi.output(dependencies)).apply(isGiven, true);
    });
}

/** True if a value is an output of a resource of this program. What a stack reference gives is another program's. */
async function comesFromProgram(value: unknown): Promise<boolean> {
    if (!pulumi.Output.isInstance(value)) {
        return false;
    }
    const resources = await (value as WithResources).allResources?.();
    return [...(resources ?? [])].some((it) => it.__pulumiType !== STACK_REFERENCE);
}

/**
 * The paths of the arguments that the program marked as secret, as `customDomainConfig.certificateArn`, and the stack's secret
 * `aws:` keys.
 */
export async function secretPaths(args: object): Promise<string[]> {
    return [...(await secretsAt(args, "")), ...secretConfigurationKeys()];
}

async function secretsAt(value: unknown, path: string): Promise<string[]> {
    if (isPlain(value)) {
        const members = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
        const paths = await Promise.all(members.map(([name, member]) => secretsAt(member, memberPath(path, name))));
        return paths.flat();
    }
    return isObject(value) && (await pulumi.isSecret(pulumi.output(value))) ? [path] : [];
}

/** True if the value's members may be secret each by itself. */
function isPlain(value: unknown): value is object {
    return (
        typeof value === "object" &&
        value !== null &&
        (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype)
    );
}
