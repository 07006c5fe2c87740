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
export type Validator = (value: unknown, path: string) => Problem[];

/** A key that is ours or Pulumi's, not an argument: `__provider`, `__defaults`. */
function isInternal(key: string): boolean {
    return key.startsWith("__");
}

export function required(validator: Validator): Validator {
    return (value, path) =>
        value === undefined || value === null
            ? [{ property: path, message: "is missing; give it a value" }]
            : validator(value, path);
}

export function optional(validator: Validator): Validator {
    return (value, path) => (value === undefined || value === null || isUnknown(value) ? [] : validator(value, path));
}

export function members(validators: Record<string, Validator>): Validator {
    return (value, path) => {
        if (isUnknown(value)) {
            return [];
        }
        if (typeof value !== "object" || value === null || Array.isArray(value)) {
            return [
                {
                    property: path,
                    message: `is ${kindOf(value)}; give an object with ${Object.keys(validators).join(", ")}`,
                },
            ];
        }
        const given = value as Record<string, unknown>;
        const unknownKeys = Object.keys(given).filter((name) => !Object.hasOwn(validators, name) && !isInternal(name));
        return [
            ...unknownKeys.map((name) => ({
                property: memberPath(path, name),
                message: `is not known; known are ${Object.keys(validators).join(", ")}`,
            })),
            ...Object.entries(validators).flatMap(([name, validator]) =>
                validator(Object.hasOwn(given, name) ? given[name] : undefined, memberPath(path, name)),
            ),
        ];
    };
}

export function listOf(validator: Validator): Validator {
    return (value, path) =>
        Array.isArray(value)
            ? value.flatMap((item, index) => validator(item, memberPath(path, index)))
            : [{ property: path, message: `is ${kindOf(value)}; give a list` }];
}

export function valuesOf(validator: Validator): Validator {
    return (value, path) =>
        typeof value === "object" && !Array.isArray(value)
            ? Object.entries(value as object).flatMap(([name, member]) => validator(member, memberPath(path, name)))
            : [{ property: path, message: `is ${kindOf(value)}; give an object` }];
}

export function text(problem: (value: string) => string | undefined): Validator {
    return (value, path) => {
        if (isUnknown(value)) {
            return [];
        }
        const message = typeof value === "string" ? problem(value) : `is ${kindOf(value)}; give a string`;
        return message ? [{ property: path, message }] : [];
    };
}

export function oneOf(...choices: string[]): Validator {
    return (value, path) =>
        choices.some((choice) => choice === value)
            ? []
            : [{ property: path, message: `is ${kindOf(value)}; give one of ${choices.map(quote).join(", ")}` }];
}

export function wholeNumber(least: number, most: number): Validator {
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
