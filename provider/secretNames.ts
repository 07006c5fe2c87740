import * as pulumi from "@pulumi/pulumi";

/** Names of the arguments that the program marked as secret; undefined where there are none. */
export async function secretNames(args: object): Promise<string[] | undefined> {
    const marks = await Promise.all(
        Object.entries(args).map(async ([name, value]) =>
            (await pulumi.isSecret(pulumi.output(value))) ? [name] : [],
        ),
    );
    const names = marks.flat();
    return names.length > 0 ? names : undefined;
}
