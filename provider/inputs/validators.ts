import { memberPath } from "./propertyPath";
import { isUnknown } from "./unknown";

/** Something wrong with an argument that can be told without asking AWS. */
export interface Problem {
    /** Its path: `customDomainConfig.certificateArn`. */
    property: string;
    /** What was seen, and the remedy. */
    message: string;
}

/** Checks one value; what is unknown is not judged. */
export type Check = (value: unknown, path: string) => Problem[];

/** A key that is ours or Pulumi's, not an argument: `__provider`, `__defaults`. */
function isInternal(key: string): boolean {
    return key.startsWith("__");
}

export function required(check: Check): Check {
    return (value, path) =>
        value === undefined || value === null
            ? [{ property: path, message: "is missing; give it a value" }]
            : check(value, path);
}

export function optional(check: Check): Check {
    return (value, path) => (value === undefined || value === null || isUnknown(value) ? [] : check(value, path));
}

export function members(checks: Record<string, Check>): Check {
    return (value, path) => {
        if (isUnknown(value)) {
            return [];
        }
        if (typeof value !== "object" || value === null || Array.isArray(value)) {
            return [
                {
                    property: path,
                    message: `is ${kindOf(value)}; give an object with ${Object.keys(checks).join(", ")}`,
                },
            ];
        }
        const given = value as Record<string, unknown>;
        const unknownKeys = Object.keys(given).filter((name) => !Object.hasOwn(checks, name) && !isInternal(name));
        return [
            ...unknownKeys.map((name) => ({
                property: memberPath(path, name),
                message: `is not known; known are ${Object.keys(checks).join(", ")}`,
            })),
            ...Object.entries(checks).flatMap(([name, check]) =>
                check(Object.hasOwn(given, name) ? given[name] : undefined, memberPath(path, name)),
            ),
        ];
    };
}

export function listOf(check: Check): Check {
    return (value, path) =>
        Array.isArray(value)
            ? value.flatMap((item, index) => check(item, memberPath(path, index)))
            : [{ property: path, message: `is ${kindOf(value)}; give a list` }];
}

export function valuesOf(check: Check): Check {
    return (value, path) =>
        typeof value === "object" && !Array.isArray(value)
            ? Object.entries(value as object).flatMap(([name, member]) => check(member, memberPath(path, name)))
            : [{ property: path, message: `is ${kindOf(value)}; give an object` }];
}

export function text(problem: (value: string) => string | undefined): Check {
    return (value, path) => {
        if (isUnknown(value)) {
            return [];
        }
        const message = typeof value === "string" ? problem(value) : `is ${kindOf(value)}; give a string`;
        return message ? [{ property: path, message }] : [];
    };
}

export function oneOf(...choices: string[]): Check {
    return (value, path) =>
        choices.some((choice) => choice === value)
            ? []
            : [{ property: path, message: `is ${kindOf(value)}; give one of ${choices.map(quote).join(", ")}` }];
}

export function wholeNumber(least: number, most: number): Check {
    return (value, path) =>
        typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
            ? []
            : [{ property: path, message: `is ${kindOf(value)}; give a whole number from ${least} to ${most}` }];
}

/** A value in a message: short, on one line. */
export function quote(value: string): string {
    const shown = value.length > 100 ? `${value.slice(0, 100)}...` : value;
    return JSON.stringify(shown);
}

export function kindOf(value: unknown): string {
    if (typeof value === "string") {
        return quote(value);
    }
    if (typeof value === "object" && value !== null) {
        return Array.isArray(value) ? "a list" : "an object";
    }
    return String(value);
}
