import { memberPath } from "./propertyPath";
import { isUnknown } from "./unknown";

/** Something wrong with an argument that can be told without asking AWS. */
export interface Problem {
    /** Its path: `customDomainConfig.certificateArn`. */
    property: string;
    /** The problem, with the value, and what to give instead. */
    message: string;
}

/** Checks one value; an unknown one passes. */
export type Validator = (value: unknown, path: string) => Problem[];

/** The form of a text. */
export interface TextFormat {
    isValid(value: string): boolean;
    /** The value as it was probably meant; proposed if it is valid. Blanks around it are gone already. */
    corrected?(value: string): string;
    /** The problem with the value, if there is more to say than the value itself. */
    describe?(value: string): string | undefined;
    /** The expected form: `a Region, such as "us-west-2"`. */
    expected: string;
}

export function required(validator: Validator): Validator {
    return (value, path) =>
        value === undefined || value === null ? [{ property: path, message: "is required" }] : validator(value, path);
}

export function optional(validator: Validator): Validator {
    return (value, path) => (value === undefined || value === null || isUnknown(value) ? [] : validator(value, path));
}

export function members(validators: Record<string, Validator>): Validator {
    const names = Object.keys(validators);
    return (value, path) => {
        if (isUnknown(value)) {
            return [];
        }
        if (typeof value !== "object" || value === null || Array.isArray(value)) {
            return [{ property: path, message: `must be an object with ${names.join(", ")}, got ${kindOf(value)}` }];
        }
        const given = value as Record<string, unknown>;
        const others = Object.keys(given).filter((name) => !Object.hasOwn(validators, name) && !isInternal(name));
        return [
            ...others.map((name) => ({
                property: memberPath(path, name),
                message: `is not a known property; ${insteadOf(name, names)}`,
            })),
            ...Object.entries(validators).flatMap(([name, validator]) =>
                validator(Object.hasOwn(given, name) ? given[name] : undefined, memberPath(path, name)),
            ),
        ];
    };
}

/** A key that is ours or Pulumi's, not an argument: `__provider`, `__defaults`. */
function isInternal(key: string): boolean {
    return key.startsWith("__");
}

function insteadOf(name: string, known: readonly string[]): string {
    const near = nearest(name, known);
    return near ? `did you mean ${near}?` : `expected one of ${known.join(", ")}`;
}

export function listOf(validator: Validator): Validator {
    return (value, path) =>
        Array.isArray(value)
            ? value.flatMap((item, index) => validator(item, memberPath(path, index)))
            : [{ property: path, message: `must be a list, got ${kindOf(value)}` }];
}

export function valuesOf(validator: Validator): Validator {
    return (value, path) =>
        typeof value === "object" && !Array.isArray(value)
            ? Object.entries(value as object).flatMap(([name, member]) => validator(member, memberPath(path, name)))
            : [{ property: path, message: `must be an object, got ${kindOf(value)}` }];
}

/** A text of that form, or any text. */
export function text(format?: TextFormat): Validator {
    return (value, path) => {
        if (isUnknown(value)) {
            return [];
        }
        const message =
            typeof value === "string"
                ? format && formatMessage(value, format)
                : `must be a string, got ${kindOf(value)}`;
        return message ? [{ property: path, message }] : [];
    };
}

function formatMessage(value: string, { isValid, corrected, describe, expected }: TextFormat): string | undefined {
    if (isValid(value)) {
        return undefined;
    }
    const trimmed = value.trim();
    const proposed = corrected ? corrected(trimmed) : trimmed;
    const wrong =
        value === trimmed
            ? (describe?.(value) ?? `is ${quote(value)}`)
            : `begins or ends with a blank or a line break, ${quote(value)}`;
    return `${wrong}; give ${isValid(proposed) ? quote(proposed) : expected}`;
}

/** Choices up to this number are all in the message; of more, a mistyped one is proposed. */
const MANY_CHOICES = 6;

export function oneOf(...choices: string[]): Validator {
    const format: TextFormat = {
        isValid: (value) => choices.includes(value),
        corrected: (value) => nearest(value, choices, choices.length > MANY_CHOICES ? 2 : 0) ?? value,
        expected: `one of ${choices.map(quote).join(", ")}`,
    };
    const choice = text(format);
    return (value, path) =>
        typeof value === "string"
            ? choice(value, path)
            : [{ property: path, message: `is ${kindOf(value)}; give ${format.expected}` }];
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

/** The name that was probably meant: the same in another case, or mistyped in so many places, but in no more than every third. */
function nearest(name: string, known: readonly string[], most = 2): string | undefined {
    const lower = name.toLowerCase();
    const near = known
        .map((it) => ({ it, distance: distanceOf(lower, it.toLowerCase(), most) }))
        .filter(({ it, distance }) => distance <= Math.min(most, it.length / 3))
        .sort((a, b) => a.distance - b.distance);
    return near[0]?.it;
}

/** The characters to insert, delete or replace to turn one text into the other (Levenshtein); infinite if surely more than `most`. */
function distanceOf(a: string, b: string, most: number): number {
    if (Math.abs(a.length - b.length) > most) {
        return Number.POSITIVE_INFINITY;
    }
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (const [i, character] of [...a].entries()) {
        const next = [i + 1];
        for (let j = 1; j <= b.length; j++) {
            const replaced = (row[j - 1] ?? 0) + Number(character !== b[j - 1]);
            next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}
