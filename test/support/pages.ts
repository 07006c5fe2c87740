import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

export const ROOT = path.join(__dirname, "../..");

/** The workflows that the repository runs, and the one that users copy. */
export const workflows = () => [
    ...readdirSync(path.join(ROOT, ".github/workflows")).map((name) => `.github/workflows/${name}`),
    "examples/pr-pipeline/pulumi.yml",
];

/** A file of the repository. */
export function read(file: string): string {
    return readFileSync(path.join(ROOT, file), "utf8");
}

/** The rows of every table in a page, as their cells without backticks. */
export function rowsOf(page: string): string[][] {
    return read(page)
        .split("\n")
        .filter((line) => line.startsWith("| `"))
        .map((line) => line.split("|").slice(1, -1))
        .map((cells) => cells.map((cell) => cell.trim().replaceAll("`", "")));
}
