import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../engine/support/engine";

/** The range of @pulumi/pulumi that package.json promises. */
export const RANGE: string = manifest(".").peerDependencies["@pulumi/pulumi"];

/** The oldest supported version, and the one that the repository uses. */
export const PULUMI = {
    oldest: RANGE.replace("^", ""),
    newest: manifest("node_modules/@pulumi/pulumi").version as string,
};

function manifest(folder: string) {
    return JSON.parse(readFileSync(join(REPOSITORY, folder, "package.json"), "utf8"));
}
