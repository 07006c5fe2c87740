import { isDeepStrictEqual } from "node:util";
import { UserPoolDomainSettingsError } from "../model/errors";
import { ARGUMENT_PATH } from "../model/settings";
import { isIgnored } from "./ignoreChanges";
import { PROGRAM, programFacts, programIn } from "./programFacts";
import { membersOf, overlap, startsWith, valueAt } from "./propertyPath";
import { formatProblem } from "./schema";
import { secretTexts } from "./secretValues";
import type { Problem } from "./validators";

/** What stands in place of a secret. */
export const REDACTED = "[secret]";

type Props = Record<string, unknown>;

/** The paths of the secret arguments. */
export function secretPathsIn(props: Props): readonly string[] {
    return programIn(props).secret;
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

/**
 * The text without secrets: no message ever copies one.
 *
 * What is looked for are the values at the secret paths, by themselves and in JSON, URLs and their like, without regard to
 * case; of an ARN its account and its resource, too. Values of less than 6 characters count as whole words, and those of one
 * or two characters are left. Of a setting that is secret, what AWS has or had is secret as well.
 *
 * @param sources Inputs and outputs that may hold secrets, old ones too: a rotated secret is still one.
 * @param paths Default: the paths in all of the sources.
 */
export function redact(
    text: string,
    sources: Props | readonly Props[],
    paths: readonly string[] = listOf(sources).flatMap(secretPathsIn),
): string {
    if (paths.length === 0) {
        return text;
    }
    // Not toLowerCase on the whole: that may change the length.
    const lower = inLowerCase(text);
    const secrets = secretTexts(listOf(sources), paths).map(inLowerCase);
    const ranges = [
        ...secrets.flatMap((secret) => occurrences(lower, secret)),
        ...cutOff(lower, secrets),
        ...settingForms(paths).flatMap((form) => [...text.matchAll(form)].map((it) => rangeOf(it.index, it[0]))),
    ];
    return replaceRanges(text, ranges);
}

/** The error, saying the same without the secrets. */
export function redactError(error: unknown, sources: Props | readonly Props[]): unknown {
    const rewrite = (text: string) => redact(text, sources);
    if (error instanceof UserPoolDomainSettingsError) {
        error.rephrase(rewrite);
    } else if (error instanceof Error) {
        const { message, stack } = error;
        error.message = rewrite(message);
        error.stack = stack && rewrite(stack);
    } else if (typeof error === "string") {
        return rewrite(error);
    }
    return error;
}

/** Does some work whose errors copy no secret of these inputs and outputs. */
export async function redacting<T>(props: readonly Props[], work: () => Promise<T>): Promise<T> {
    try {
        return await work();
    } catch (error) {
        throw redactError(error, props);
    }
}

/** A problem as one line; of a secret value not even what it would better be, since that is made of it. */
export function redactProblem(problem: Problem, args: Props, paths: readonly string[] = secretPathsIn(args)): string {
    const property = membersOf(problem.property);
    const secret = paths.find((path) => startsWith(property, membersOf(path)));
    if (secret === undefined) {
        return redact(formatProblem(problem), args, paths);
    }
    return formatProblem({
        // What is inside of a secret may have a secret name.
        property: membersOf(secret).length < property.length ? secret : problem.property,
        message: "cannot be used; its value is secret and not shown. Give it a value that docs/arguments.md lists",
    });
}

/** From, and up to but without. */
type Range = [from: number, to: number];

/** Characters. A shorter secret counts only as a whole word. */
const SHORTEST_PART_OF_WORD = 6;

function occurrences(text: string, secret: string): Range[] {
    const found: Range[] = [];
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length)) {
        found.push(rangeOf(at, secret));
    }
    return secret.length < SHORTEST_PART_OF_WORD ? found.filter((range) => isWord(text, range)) : found;
}

function isWord(text: string, [from, to]: Range): boolean {
    const continues = (before: number) => WITHIN_WORD.test(text.slice(before, before + 2));
    return !continues(from - 1) && !continues(to - 1);
}

const WITHIN_WORD = /^[\p{L}\p{N}_]{2}$/u;

/** Characters. */
const SHORTEST_BEGINNING = 4;

/** The beginnings of secrets that were too long for a message, which says so with three dots. */
function cutOff(text: string, secrets: readonly string[]): Range[] {
    const ranges: Range[] = [];
    for (let end = text.indexOf("..."); end >= 0; end = text.indexOf("...", end + 1)) {
        for (const secret of secrets) {
            const beginning = secret.slice(0, SHORTEST_BEGINNING);
            let at = text.indexOf(beginning, Math.max(0, end - secret.length));
            while (at >= 0 && at + beginning.length <= end) {
                if (secret.startsWith(text.slice(at, end))) {
                    ranges.push([at, end]);
                    break;
                }
                at = text.indexOf(beginning, at + 1);
            }
        }
    }
    return ranges;
}

/** How settings stand in our texts, whatever their values are. */
const SETTING_FORMS: [path: string, ...forms: RegExp[]][] = [
    [ARGUMENT_PATH.certificateArn, /arn:[\w-]+:acm:[\w-]*:\d*:certificate\/[\w-]+/gi, /\.\.\.\/[\w-]+/g],
    [ARGUMENT_PATH.securityPolicy, /\bTLS_V\w+/g],
    [ARGUMENT_PATH.failover, /\bto [\w-]+ by health check [\w-]+/g],
];

/** The forms of the settings that are secret, wholly or in part. */
function settingForms(paths: readonly string[]): RegExp[] {
    const secret = paths.map(membersOf);
    return SETTING_FORMS.filter(([path]) => secret.some((it) => overlap(it, membersOf(path)))).flatMap(
        ([, ...forms]) => forms,
    );
}

/** The text with the placeholder in place of what the ranges cover together. */
function replaceRanges(text: string, ranges: Range[]): string {
    let rest = 0;
    let result = "";
    let end = -1;
    for (const [from, to] of ranges.sort(([a], [b]) => a - b)) {
        if (from > end) {
            result += text.slice(rest, from) + REDACTED;
        }
        end = Math.max(end, to);
        rest = end;
    }
    return result + text.slice(rest);
}

function rangeOf(from: number, text: string): Range {
    return [from, from + text.length];
}

function inLowerCase(text: string): string {
    return text.replace(/[A-Z]+/g, (it) => it.toLowerCase());
}

function listOf(sources: Props | readonly Props[]): readonly Props[] {
    return Array.isArray(sources) ? sources : [sources as Props];
}
