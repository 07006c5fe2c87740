import type { Behaviour } from "./behaviour";
import { AwsError } from "./errors";
import type { State, UserPool } from "./state";

/** What an operation may look at. */
export interface Context {
    state: State;
    behaviour: Behaviour;
    account: string;
    region: string;
    /** The ARN of the caller. */
    caller: string;
    accessKeyId: string;
}

/** The user pool that a request names, as its Region sees it. */
export const poolOf = ({ state, account, region }: Context, { UserPoolId = "" }: { UserPoolId?: string }): UserPool =>
    state.poolIn(account, region, UserPoolId);

/** An operation: what it accepts, and what it does. `never` lets every operation type its own input. */
export interface Operation {
    accepts: Shape;
    run: (context: Context, input: never) => object;
}

export type Operations = Readonly<Record<string, Operation>>;

/**
 * The rules for an input's members, by name; a name that ends with `?` may be missing. A rule is a pattern for a text, all values
 * that are allowed, or the rules for the member's own members. Members without a rule are not checked.
 */
export interface Shape {
    readonly [name: string]: RegExp | readonly unknown[] | Shape;
}

/** Checks an input against its shape and throws `exception`, with all violations in one text, as AWS does. */
export function validate(input: object, shape: Shape, exception: string): void {
    const violations = violationsOf(input as Record<string, unknown>, shape);
    if (violations.length > 0) {
        throw new AwsError(exception, `${violations.length} validation errors detected: ${violations.join("; ")}`);
    }
}

function violationsOf(input: Record<string, unknown>, shape: Shape): string[] {
    return Object.entries(shape).flatMap(([key, rule]) => {
        const name = key.replace("?", "");
        const value = input[name] ?? undefined;
        if (value === undefined) {
            return name === key ? [`'${name}' must not be null`] : [];
        }
        if (!(rule instanceof RegExp || Array.isArray(rule))) {
            return violationsOf(value as Record<string, unknown>, rule as Shape);
        }
        const isAllowed = rule instanceof RegExp ? typeof value === "string" && rule.test(value) : rule.includes(value);
        return isAllowed ? [] : [`'${String(value)}' is not allowed for '${name}'`];
    });
}
