import { InvalidConfigurationError } from "../model/errors";

/** Reads the text of a config value by its whole key: `aws:profile`. */
export type GetConfig = (key: string) => string | undefined;

/** A config value that cannot be used. The text copies nothing of the value, which may be a secret. */
export function invalidConfig(key: string, problem: string): InvalidConfigurationError {
    return new InvalidConfigurationError(`the config value ${key} ${problem}`);
}

/** The values of the `aws:` keys among some secret paths, by key, for messages to hide; what is JSON is taken apart. */
export function secretConfigValues(paths: readonly string[], get: GetConfig): Record<string, unknown> {
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

/** A config value as `pulumi config set --path` writes it: JSON. An empty one is left out. */
export function jsonIn<T>(get: GetConfig, key: string): T | undefined {
    const text = get(key);
    if (!text) {
        return undefined;
    }
    try {
        return JSON.parse(text) as T;
    } catch {
        // The message of JSON.parse quotes the text.
        throw invalidConfig(key, 'is not JSON: set it with "pulumi config set --path"');
    }
}

export function listIn<T>(get: GetConfig, key: string): T[] | undefined {
    const list = jsonIn<T[]>(get, key);
    if (list !== undefined && !Array.isArray(list)) {
        throw invalidConfig(key, 'is not a list: set it with "pulumi config set --path"');
    }
    return list;
}

export function booleanIn(get: GetConfig, key: string): boolean | undefined {
    const text = get(key);
    if (!text) {
        return undefined;
    }
    if (!/^(true|false)$/i.test(text)) {
        throw invalidConfig(key, "is neither true nor false; give one of them");
    }
    return text.toLowerCase() === "true";
}

/** A URL, where the value is one. */
export function urlIn(key: string, text: string | undefined): string | undefined {
    if (text && !URL.canParse(text)) {
        throw invalidConfig(key, 'is not a URL; give one such as "https://example.com"');
    }
    return text || undefined;
}
