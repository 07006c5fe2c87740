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

/** Checks an input against its shape and throws `exception`, with all violations in one text, as AWS does. */
export function validate(input: object, shape: Shape, exception: string): void {
    const violations = violationsOf(input as Record<string, unknown>, shape);
    if (violations.length > 0) {
        throw new AwsError(exception, `${violations.length} validation errors detected: ${violations.join("; ")}`);
    }
}

function violationsOf(input: Record<string, unknown>, shape: Shape): string[] {
    return Object.entries(shape).flatMap(([name, rule]) => {
        const value = input[name] ?? undefined;
        if (value === undefined) {
            return rule.required ? [`'${name}' must not be null`] : [];
        }
        if (rule.members && typeof value === "object") {
            return violationsOf(value as Record<string, unknown>, rule.members);
        }
        return isAllowed(value, rule) ? [] : [`'${String(value)}' is not allowed for '${name}'`];
    });
}

function isAllowed(
    value: unknown,
    { minLength = 0, maxLength = 131_072, pattern, oneOf, range, members }: Rule,
): boolean {
    if (range) {
        return typeof value === "number" && value >= range[0] && value <= range[1];
    }
    if (!(minLength || pattern || oneOf)) {
        return members === undefined;
    }
    return (
        typeof value === "string" &&
        value.length >= minLength &&
        value.length <= maxLength &&
        (pattern?.test(value) ?? true) &&
        (oneOf?.includes(value) ?? true)
    );
}
