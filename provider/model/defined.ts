/** The object without the members that are undefined: they would make a difference to Pulumi, and to `in`. */
export function defined<T extends object>(object: T): T {
    return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
