import * as pulumi from "@pulumi/pulumi";
import { memberPath } from "../inputs/propertyPath";
import { isUnknown, UNKNOWN } from "../inputs/unknown";
import type { FixSource } from "../model/findings";
import { defined, isObject } from "../model/objects";

/** `apply` that also runs with unknown or partly known values. It is Pulumi's own, though not in its types. */
export function applyAlways<U>(output: pulumi.Output<unknown>, func: (value: unknown) => Promise<U>): pulumi.Output<U> {
    const { apply } = output as unknown as { apply(run: typeof func, runWithUnknowns: true): pulumi.Output<U> };
    return apply.call(output, func, true);
}

/** The value of inputs or outputs, as the provider gets it: unknown parts are UNKNOWN. */
export function propsOf(inputs: Record<string, unknown>): Promise<Record<string, unknown>> {
    return new Promise((resolve) => {
        applyAlways(pulumi.output(inputs), async (value) => resolve(plain(value) as Record<string, unknown>));
    });
}

function plain(value: unknown): unknown {
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

/** The parts of this program that may fix a finding before the update runs: resources that arguments come from, and options. */
export async function fixSourcesOf(
    args: { domain?: unknown; userPoolId?: unknown; customDomainConfig?: unknown },
    { dependsOn, replaceWith, deletedWith }: pulumi.CustomResourceOptions & { replaceWith?: unknown[] },
): Promise<ReadonlySet<FixSource>> {
    const config = await args.customDomainConfig;
    const certificateArn = pulumi.Output.isInstance(config) ? config : Object(config).certificateArn;
    // A list that is not known yet counts as given.
    const isGiven = (it: unknown) => (Array.isArray(it) ? it.length > 0 : Boolean(it));
    const sources: [FixSource, boolean][] = [
        ["options", [dependsOn, replaceWith, deletedWith].some(isGiven)],
        ["domain", await comesFromProgram(args.domain)],
        ["userPool", await comesFromProgram(args.userPoolId)],
        ["certificate", await comesFromProgram(certificateArn)],
    ];
    return new Set(sources.flatMap(([source, isSource]) => (isSource ? [source] : [])));
}

/** True if a value is an output of a resource of this program; a stack reference's outputs are another program's. */
async function comesFromProgram(value: unknown): Promise<boolean> {
    // Pulumi's own, though not in its types.
    const output = value as { allResources?(): Promise<Set<{ __pulumiType?: string }>> };
    const resources = pulumi.Output.isInstance(value) ? await output.allResources?.() : undefined;
    return [...(resources ?? [])].some((it) => it.__pulumiType !== "pulumi:pulumi:StackReference");
}

/**
 * The paths of the arguments that the program marked as secret, as `customDomainConfig.certificateArn`, and the stack's secret
 * `aws:` keys: messages may hold their values, such as the roles that are assumed.
 */
export async function secretPaths(args: object): Promise<string[]> {
    // Not in Pulumi's types, though it is exported.
    const { isConfigSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };
    const keys = Object.keys(pulumi.runtime.allConfig());
    return [...(await secretsAt(args, "")), ...keys.filter((key) => key.startsWith("aws:") && isConfigSecret?.(key))];
}

async function secretsAt(value: unknown, path: string): Promise<string[]> {
    // Each member may be secret by itself.
    if (isObject(value) && (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype)) {
        const members = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
        const paths = await Promise.all(members.map(([name, member]) => secretsAt(member, memberPath(path, name))));
        return paths.flat();
    }
    return isObject(value) && (await pulumi.isSecret(pulumi.output(value))) ? [path] : [];
}

/** The paths of what is unknown in a value. */
export function unknownPaths(value: unknown, path = ""): string[] {
    if (isUnknown(value)) {
        return [path];
    }
    if (!isObject(value)) {
        return [];
    }
    const members = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    return members.flatMap(([name, member]) => unknownPaths(member, memberPath(path, name)));
}
