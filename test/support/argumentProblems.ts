import assert from "node:assert/strict";
import { validate } from "../../provider/inputs/schema";
import { formatProblem, type Problem } from "../../provider/inputs/validators";
import { POOL } from "./domains";

/** The least that the resource takes. */
export const GOOD = { userPoolId: POOL, domain: "auth.example.com" };

/** What is wrong with these arguments beside the least. */
export const problems = (rest: Record<string, unknown>): Problem[] => validate({ ...GOOD, ...rest });
export const lines = (rest: Record<string, unknown>): string[] => problems(rest).map(formatProblem);

/** The one problem of some arguments. */
export function only(rest: Record<string, unknown>): string {
    const [line, ...more] = lines(rest);
    assert.deepEqual(more, []);
    return line ?? "no problem";
}
