import { isDeepStrictEqual } from "node:util";
import { UserPoolDomainSettingsError } from "../model/errors";
import { isObject } from "../model/objects";
import { oneLine } from "../model/plainText";
import { recordIn } from "../model/record";
import { ARGUMENT_PATH, argumentsOf, SETTING_NAMES, type SettingName } from "../model/settings";
import { SECRET } from "../model/settingsText";
import { isIgnored, PROGRAM, programFacts, programIn } from "./programFacts";
import { membersOf, overlap, startsWith, valueAt } from "./propertyPath";
import { formatProblem } from "./schema";
import { isUnknown } from "./unknown";
import type { Problem } from "./validators";

type Props = Record<string, unknown>;

/** The paths of the secret arguments. */
export function secretPathsIn(props: Props): readonly string[] {
    return programIn(props).secret;
}

/** The settings that are secret, wholly or in part. What AWS has in their place is secret as well: their text is `[secret]`. */
export function secretSettings(props: Props): SettingName[] {
    const secret = secretPathsIn(props).map(membersOf);
    return SETTING_NAMES.filter((name) => secret.some((path) => overlap(path, membersOf(ARGUMENT_PATH[name]))));
}

/**
 * The inputs, with the secret marks of the old ones whose values are still there: `ignoreChanges` keeps a secret that the program
 * no longer has, and so does not mark.
 */
export function withInheritedSecrets(inputs: Props, olds: Props): Props {
    const { secret, ignoreChanges } = programIn(inputs);
    const inherited = secretPathsIn(olds).filter(
        (path) =>
            !secret.includes(path) &&
            isIgnored(path, ignoreChanges) &&
            isDeepStrictEqual(valueAt(olds, membersOf(path)), valueAt(inputs, membersOf(path))),
    );
    return inherited.length > 0
        ? { ...inputs, [PROGRAM]: programFacts({ secret: [...secret, ...inherited], ignoreChanges }) }
        : inputs;
}

/** Characters. A text without every `1` would say nothing: what is shorter is not replaced. */
const SHORTEST_SECRET = 3;

/**
 * The values at the secret paths, in inputs, outputs and their records, for {@link hide}; of an ARN also the account and the last
 * part, which messages show alone.
 * @param sources Inputs and outputs, old ones too: a rotated secret is still one.
 * @param paths Default: the paths in all of the sources.
 */
export function secretTexts(
    sources: readonly Props[],
    paths: readonly string[] = sources.flatMap(secretPathsIn),
): string[] {
    if (paths.length === 0) {
        return [];
    }
    const records = sources.flatMap((it) => recordIn(it) ?? []);
    const roots = [
        ...sources,
        ...records.flatMap(({ before, desired }) => [argumentsOf(before), argumentsOf(desired)]),
    ];
    const values = paths.map(membersOf).flatMap((path) => roots.flatMap((root) => leavesOf(valueAt(root, path))));
    return textsOf(values);
}

/** The texts in which values may stand in messages, the longest first. */
export function textsOf(values: readonly string[]): string[] {
    const texts = values.flatMap((value) => [value, oneLine(value), ...partsOf(value)]);
    return [...new Set(texts)].filter(({ length }) => length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length);
}

function leavesOf(value: unknown): string[] {
    if (isObject(value)) {
        return Object.values(value).flatMap(leavesOf);
    }
    const isText = typeof value === "string" || typeof value === "number";
    return isText && !isUnknown(value) ? [String(value)] : [];
}

function partsOf(value: string): string[] {
    const [, account = "", resource = ""] = /^arn:[^:]*:[^:]*:[^:]*:(\d{12})?:(.+)$/.exec(value) ?? [];
    return [account, resource.split("/").at(-1) ?? ""];
}

/** Text from AWS or about the program, with `[secret]` in place of each secret. */
export function hide(text: string, secrets: readonly string[]): string {
    // In one pass, so that no secret is found in a placeholder. The longest come first.
    const patterns = secrets.map((secret) => secret.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
    return patterns.length > 0 ? text.replace(new RegExp(patterns.join("|"), "g"), SECRET) : text;
}

/** Does some work whose errors copy no secret. */
export async function hiding<T>(secrets: readonly string[], work: () => Promise<T>): Promise<T> {
    try {
        return await work();
    } catch (error) {
        if (error instanceof UserPoolDomainSettingsError) {
            error.rephrase((text) => hide(text, secrets));
        } else if (error instanceof Error) {
            const { message, stack } = error;
            error.message = hide(message, secrets);
            error.stack = stack && hide(stack, secrets);
        }
        throw error;
    }
}

/** A problem as one line; for a secret value not even the proposed one, which is made from it. */
export function formatProblemOf(problem: Problem, args: Props): string {
    const property = membersOf(problem.property);
    const secret = secretPathsIn(args).find((path) => startsWith(property, membersOf(path)));
    if (secret === undefined) {
        return hide(formatProblem(problem), secretTexts([args]));
    }
    return formatProblem({
        // A name inside a secret may be secret as well.
        property: membersOf(secret).length < property.length ? secret : problem.property,
        message: "cannot be used; its value is secret and not shown. Give it a value that docs/arguments.md lists",
    });
}
