import * as pulumi from "@pulumi/pulumi";

/** The paths of the arguments that the program marked as secret, as `customDomainConfig.certificateArn`; undefined where there are none. */
export async function secretPaths(args: object): Promise<string[] | undefined> {
    const paths = await secretsAt(args, []);
    return paths.length > 0 ? paths.map((path) => path.join(".")) : undefined;
}

async function secretsAt(value: unknown, path: string[]): Promise<string[][]> {
    if (isPlain(value)) {
        const members = Object.entries(value).map(([name, member]) => secretsAt(member, [...path, name]));
        return (await Promise.all(members)).flat();
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
