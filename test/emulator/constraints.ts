import { AwsError } from "./errors";

/** What a service's model says of one member. */
export interface Rule {
    required?: boolean;
    minLength?: number;
    maxLength?: number;
    pattern?: RegExp;
    oneOf?: readonly string[];
    range?: readonly [number, number];
    members?: Shape;
}

/** The rules of a structure's members; members without a rule are not checked. */
export type Shape = Readonly<Record<string, Rule>>;

/** Checks an input against its shape and throws `exception` with AWS's text, all violations in one. */
export function validate(input: object, shape: Shape, exception: string): void {
    const violations = [...violationsOf(input as Record<string, unknown>, shape, "")];
    if (violations.length > 0) {
        const errors = violations.length === 1 ? "error" : "errors";
        throw new AwsError(exception, `${violations.length} validation ${errors} detected: ${violations.join("; ")}`);
    }
}

function* violationsOf(input: Record<string, unknown>, shape: Shape, parent: string): Generator<string> {
    for (const [name, rule] of Object.entries(shape)) {
        const value = input[name];
        const path = `${parent}${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
        if (value === undefined || value === null) {
            if (rule.required) {
                yield `Value null at '${path}' failed to satisfy constraint: Member must not be null`;
            }
            continue;
        }
        for (const broken of brokenConstraints(value, rule)) {
            yield `Value '${String(value)}' at '${path}' failed to satisfy constraint: Member must ${broken}`;
        }
        if (rule.members) {
            if (typeof value !== "object") {
                throw unexpected(value);
            }
            yield* violationsOf(value as Record<string, unknown>, rule.members, `${path}.`);
        }
    }
}

function* brokenConstraints(value: unknown, rule: Rule): Generator<string> {
    if (rule.range) {
        if (typeof value !== "number") {
            throw unexpected(value);
        }
        const [least, most] = rule.range;
        if (value < least) {
            yield `have value greater than or equal to ${least}`;
        } else if (value > most) {
            yield `have value less than or equal to ${most}`;
        }
        return;
    }
    if (rule.members || !(rule.pattern || rule.oneOf || rule.minLength || rule.maxLength)) {
        return;
    }
    if (typeof value !== "string") {
        throw unexpected(value);
    }
    if (rule.oneOf && !rule.oneOf.includes(value)) {
        yield `satisfy enum value set: [${rule.oneOf.join(", ")}]`;
    }
    if (rule.minLength !== undefined && value.length < rule.minLength) {
        yield `have length greater than or equal to ${rule.minLength}`;
    }
    if (rule.maxLength !== undefined && value.length > rule.maxLength) {
        yield `have length less than or equal to ${rule.maxLength}`;
    }
    if (rule.pattern && !rule.pattern.test(value)) {
        yield `satisfy regular expression pattern: ${rule.pattern.source}`;
    }
}

/** A member of the wrong type never reaches the constraints: AWS cannot read the request. */
const unexpected = (value: unknown): AwsError =>
    new AwsError("SerializationException", `${typeof value} value can not be converted`);
