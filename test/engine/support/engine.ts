import { engineFolder as findEngine } from "../../../demo/shell";
import { ROOT } from "../../../demo/workspace";

/** The repository: the package under test is its dist/. */
export const REPOSITORY = ROOT;

let folder: Promise<string> | undefined;

/** The folder that holds a working `pulumi`, found or built once a process. */
export function engineFolder(): Promise<string> {
    folder ??= findEngine(REPOSITORY);
    return folder;
}
