import { isObject } from "../model/objects";
import { oneLine } from "../model/plainText";
import { memberPath } from "./propertyPath";
import { isUnknown } from "./unknown";

/** What is wrong with the argument at a path, with the value, and what to give instead. */
export interface Problem {
    property: string;
    message: string;
    /** The form of the value that would be right, if it has one. */
    expected?: string;
}

/** The form of a value, as JSON Schema has it, in terms that messages can use. */
export type Schema = Format | { listOf: Schema } | { valuesOf: Schema } | ObjectSchema;

/** The form of a value that is neither an object nor a list. */
export interface Format {
    isValid(value: unknown): boolean;
    /** The expected form: `a Region, such as "us-west-2"`. */
    expected: string;
    /** The text as it was probably meant; proposed if it is valid. The argument is trimmed. */
    corrected?(text: string): string;
}

export interface ObjectSchema {
    members: Record<string, Schema>;
    required?: readonly string[];
}

/** The problems with a value; what is unknown passes. Takes whatever JSON can hold. */
export function problemsIn(value: unknown, schema: Schema, path = ""): Problem[] {
    if (isUnknown(value)) {
        return [];
    }
    if ("isValid" in schema) {
        const { expected } = schema;
        return schema.isValid(value) ? [] : [{ property: path, message: formatMessage(value, schema), expected }];
    }
    if ("listOf" in schema) {
        return Array.isArray(value)
            ? [...value].flatMap((item, index) => problemsIn(item, schema.listOf, memberPath(path, index)))
            : [{ property: path, message: `must be a list, got ${kindOf(value)}` }];
    }
    if (!isObject(value) || Array.isArray(value)) {
        const names = "members" in schema ? ` with ${Object.keys(schema.members).join(", ")}` : "";
        return [{ property: path, message: `must be an object${names}, got ${kindOf(value)}` }];
    }
    return "members" in schema
        ? problemsInMembers(value, schema, path)
        : Object.entries(value).flatMap(([name, it]) => problemsIn(it, schema.valuesOf, memberPath(path, name)));
}

function problemsInMembers(object: object, { members, required }: ObjectSchema, path: string): Problem[] {
    const given = new Map(Object.entries(object));
    const schemas = new Map(Object.entries(members));
    return [...new Set([...schemas.keys(), ...given.keys()])].flatMap((name) => {
        const property = memberPath(path, name);
        const schema = schemas.get(name);
        const value = given.get(name) ?? undefined;
        if (!schema) {
            const names = [...schemas.keys()];
            const meant = inOtherCase(name, names);
            const instead = meant ? `did you mean ${meant}?` : `expected one of ${names.join(", ")}`;
            const message = `is not a known property; ${instead}`;
            // Two underscores: ours or Pulumi's, such as `__provider`.
            return name.startsWith("__") ? [] : [{ property, message }];
        }
        if (value === undefined) {
            return required?.includes(name) ? [{ property, message: "is required" }] : [];
        }
        return problemsIn(value, schema, property);
    });
}

/** The known name that differs only in upper and lower case. */
export function inOtherCase(name: string, known: readonly string[]): string | undefined {
    return known.find((it) => it.toLowerCase() === name.toLowerCase());
}

function formatMessage(value: unknown, { isValid, corrected, expected }: Format): string {
    if (typeof value !== "string") {
        return `is ${kindOf(value)}; give ${expected}`;
    }
    const trimmed = value.trim();
    const proposed = corrected ? corrected(trimmed) : trimmed;
    const wrong = value === trimmed ? "is" : "begins or ends with a space or a line break,";
    return `${wrong} ${quote(value)}; give ${isValid(proposed) ? quote(proposed) : expected}`;
}

/** A value in a message: short, on one line. */
export function quote(value: string): string {
    return JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}...` : value);
}

function kindOf(value: unknown): string {
    if (typeof value === "string") {
        return quote(value);
    }
    if (isObject(value)) {
        return Array.isArray(value) ? "a list" : "an object";
    }
    return String(value);
}

/** A problem as one line. */
export function formatProblem({ property, message }: Problem): string {
    return oneLine(`${property} ${message}`);
}
