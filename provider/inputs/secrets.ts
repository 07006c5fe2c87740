import { isDeepStrictEqual } from "node:util";
import { UserPoolDomainSettingsError } from "../model/errors";
import { isObject } from "../model/objects";
import { oneLine } from "../model/plainText";
import { recordIn } from "../model/record";
import { ARGUMENT_PATH, argumentsOf, SETTING_NAMES, type SettingName } from "../model/settings";
import { SECRET } from "../model/settingsText";
import { isIgnored, PROGRAM, programIn } from "./programFacts";
import { membersOf, overlap, startsWith, valueAt } from "./propertyPath";
import { isUnknown } from "./unknown";
import { formatProblem, type Problem } from "./validators";

type Props = Record<string, unknown>;

/** The settings that are secret, wholly or in part. What AWS has in their place is secret as well: their text is `[secret]`. */
export function secretSettings(props: Props): SettingName[] {
    const secret = programIn(props).secret.map(membersOf);
    return SETTING_NAMES.filter((name) => secret.some((path) => overlap(path, membersOf(ARGUMENT_PATH[name]))));
}

/**
 * The inputs, with the secret marks of the old ones whose values are still there: `ignoreChanges` keeps a secret that the program
 * no longer has, and so does not mark.
 */
export function withInheritedSecrets(inputs: Props, olds: Props): Props {
    const { secret, ignoreChanges } = programIn(inputs);
    const inherited = programIn(olds).secret.filter((path) => {
        const [old, value] = [olds, inputs].map((props) => valueAt(props, membersOf(path)));
        return !secret.includes(path) && isIgnored(path, ignoreChanges) && isDeepStrictEqual(old, value);
    });
    return inherited.length > 0
        ? { ...inputs, [PROGRAM]: { secret: [...secret, ...inherited], ignoreChanges } }
        : inputs;
}

/** The values at all secret paths, in inputs, outputs and their records; in old ones too: a rotated secret is still secret. */
export function secretTexts(...sources: Props[]): string[] {
    const paths = sources.flatMap((it) => programIn(it).secret);
    const records = sources.flatMap((it) => recordIn(it) ?? []);
    const recorded = records.flatMap(({ before, desired, earlier = {} }) => [before, desired, earlier]);
    const roots = [...sources, ...recorded.map(argumentsOf)];
    return paths.map(membersOf).flatMap((path) => roots.flatMap((root) => leavesOf(valueAt(root, path))));
}

function leavesOf(value: unknown): string[] {
    if (isObject(value)) {
        return Object.values(value).flatMap(leavesOf);
    }
    const isText = typeof value === "string" || typeof value === "number";
    return isText && !isUnknown(value) ? [String(value)] : [];
}

/** The values of the `aws:` keys among some secret paths, by key, for {@link secretTexts}; JSON is parsed. */
export function secretConfigValues(paths: readonly string[], get: (key: string) => string | undefined): Props {
    const keys = paths.filter((path) => path.startsWith("aws:"));
    return Object.fromEntries(keys.map((key) => [key, parsed(get(key) ?? "")]));
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

/** Characters. Shorter secrets are not replaced: a text without any `1` would be unreadable. */
const SHORTEST_SECRET = 3;

/** Text from AWS or about the program, with `[secret]` in place of each secret. */
export function hide(text: string, secrets: readonly string[]): string {
    const forms = secrets.flatMap((secret) => [secret, oneLine(secret), ...partsOfArn(secret)]);
    // In one pass, the longest first, so that no secret is found in another one, or in a placeholder.
    const patterns = forms
        .filter(({ length }) => length >= SHORTEST_SECRET)
        .sort((a, b) => b.length - a.length)
        .map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
    return patterns.length > 0 ? text.replace(new RegExp(patterns.join("|"), "g"), SECRET) : text;
}

/** The account and the last part, which messages show by themselves. */
function partsOfArn(text: string): string[] {
    const [, account = "", resource = ""] = /^arn:[^:]*:[^:]*:[^:]*:(\d{12})?:(.+)$/.exec(text) ?? [];
    return [account, resource.split("/").at(-1) ?? ""];
}

/** Does some work, and hides secrets in its errors. */
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

/** A problem as one line. */
export function formatProblemOf(problem: Problem, args: Props): string {
    const property = membersOf(problem.property);
    const secret = programIn(args).secret.find((path) => startsWith(property, membersOf(path)));
    if (secret === undefined) {
        return hide(formatProblem(problem), secretTexts(args));
    }
    // Neither a name inside it nor the proposed value, which is made from it.
    const message = "cannot be used; its value is secret and not shown. Give it a value that docs/arguments.md lists";
    return formatProblem({ property: secret, message });
}
