import * as pulumi from "@pulumi/pulumi";
import { memberPath } from "../inputs/propertyPath";
import { secretConfigurationKeys } from "./stackConfiguration";

/**
 * The paths of the arguments that the program marked as secret, as `customDomainConfig.certificateArn`, and the stack's secret
 * `aws:` keys; undefined where there are none.
 */
export async function secretPaths(args: object): Promise<string[] | undefined> {
    const paths = [...(await secretsAt(args, "")), ...secretConfigurationKeys()];
    return paths.length > 0 ? paths : undefined;
}

async function secretsAt(value: unknown, path: string): Promise<string[]> {
    if (isPlain(value)) {
        const members = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
        const paths = await Promise.all(members.map(([name, member]) => secretsAt(member, memberPath(path, name))));
        return paths.flat();
    }
    return (await pulumi.isSecret(pulumi.output(value))) ? [path] : [];
}

/** Whether the value's members may be secret each by itself. */
function isPlain(value: unknown): value is object {
    return (
        typeof value === "object" &&
        value !== null &&
        (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype)
    );
}
