// Adds up the mocha reports of the last `npm test` and prints one line: `N passed, N failed`.
import { existsSync, readdirSync, readFileSync } from "node:fs";

const folder = new URL("../test/reports/", import.meta.url);
const reports = (existsSync(folder) ? readdirSync(folder) : []).map((name) =>
    JSON.parse(readFileSync(new URL(name, folder), "utf8")),
);
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
const skipped = sum("pending");
console.log(`${sum("passes")} passed, ${sum("failures")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
