import { readFileSync } from "node:fs";
import * as path from "node:path";

export const ROOT = path.join(__dirname, "../..");

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
