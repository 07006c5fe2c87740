/** The object without members that are undefined, or null as JavaScript programs have it: to Pulumi, and to `in`, they are there. */
export function defined<T extends object>(object: T): T {
    return Object.fromEntries(Object.entries(object).filter(([, value]) => (value ?? undefined) !== undefined)) as T;
}

/** True if a value has members: an object or a list. */
export function isObject(value: unknown): value is object {
    return typeof value === "object" && value !== null;
}

/** The value of a key; created and kept where there is none yet. A promise is kept as such: who asks later waits for it too. */
export function getOrCreate<K, V extends object>(
    cache: { get(key: K): V | undefined; set(key: K, value: V): unknown },
    key: K,
    create: () => V,
): V {
    const value = cache.get(key) ?? create();
    cache.set(key, value);
    return value;
}
