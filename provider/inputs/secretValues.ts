import { isObject } from "../model/isObject";
import { LINE_BREAKS, oneLine } from "../model/plainText";
import { recordIn } from "../model/record";
import { argumentsOf } from "../model/settings";
import { membersOf, valueAt } from "./propertyPath";
import { isUnknown } from "./unknown";

/** Characters. A text without every `1` would say nothing: what is shorter is not looked for. */
const SHORTEST_SECRET = 3;

/** Characters. A line of a secret that is shorter says little of it, and may well be a word of ours. */
const SHORTEST_LINE = 6;

/**
 * What may not stand in a text: the values at the paths, in each of some inputs and outputs and in the restore points there,
 * their parts that say as much, and all of that in the writings in which it may come back from AWS.
 */
export function secretTexts(sources: readonly object[], paths: readonly string[]): string[] {
    const roots = sources.flatMap((source) => [
        source,
        ...[recordIn(source)?.before, recordIn(source)?.desired].map((it) => argumentsOf(it ?? {})),
    ]);
    const values = paths
        .map(membersOf)
        .flatMap((path) => roots.flatMap((it) => leaves(valueAt(it, path), path.at(-1))));
    const texts = [...new Set(values)].flatMap((value) => [value, ...partsOf(value)]).flatMap(writingsOf);
    return [...new Set(texts)].filter(({ length }) => length >= SHORTEST_SECRET);
}

/** The texts and numbers in a value; of a map with keys of the program's own, such as tags, the keys as well. */
function leaves(value: unknown, name: string | undefined): string[] {
    if (isObject(value)) {
        const keys = name === "tags" ? Object.keys(value) : [];
        return [...keys, ...Object.entries(value).flatMap(([key, member]) => leaves(member, key))];
    }
    const isText = typeof value === "string" || typeof value === "number";
    return isText && !isUnknown(value) ? [String(value)] : [];
}

/** The lines of a text; the account and the resource of an ARN, which messages show alone. */
function partsOf(value: string): string[] {
    const lines = value.split(LINE_BREAKS).map((line) => line.trim());
    const [, account, resource] = /^arn:[^:]*:[^:]*:[^:]*:(\d{12})?:(.+)$/s.exec(value) ?? [];
    return [
        ...(lines.length > 1 ? lines.filter(({ length }) => length >= SHORTEST_LINE) : []),
        account ?? "",
        ...(resource ? [resource, resource.slice(resource.indexOf("/") + 1), resource.split(/[/:]/).at(-1) ?? ""] : []),
    ];
}

/** The text as it is, and as JSON, URLs, forms and HTML have it; each on one line, too. */
function writingsOf(text: string): string[] {
    const wellFormed = text.replace(/\p{Cs}/gu, "\ufffd");
    const json = inJson(text);
    const all = [
        text,
        json,
        inJson(json),
        json.replace(/[^ -~]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`),
        encodeURIComponent(wellFormed),
        encodeURI(wellFormed),
        new URLSearchParams([["", wellFormed]]).toString().slice(1),
        text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    ];
    return all.flatMap((writing) => [writing, oneLine(writing)]);
}

function inJson(text: string): string {
    return JSON.stringify(text).slice(1, -1);
}
