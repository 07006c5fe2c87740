/** The object without members that are undefined, or null as in JavaScript programs: Pulumi, and `in`, would count them as present. */
export function defined<T extends object>(object: T): T {
    return Object.fromEntries(Object.entries(object).filter(([, value]) => (value ?? undefined) !== undefined)) as T;
}

/** True if a value has members: an object or a list. */
export function isObject(value: unknown): value is object {
    return typeof value === "object" && value !== null;
}

/** The value of a key, created if there is none. A promise is stored itself, so later callers await the same one. */
export function getOrCreate<K, V extends object>(
    cache: { get(key: K): V | undefined; set(key: K, value: V): unknown },
    key: K,
    create: () => V,
): V {
    const value = cache.get(key) ?? create();
    cache.set(key, value);
    return value;
}
