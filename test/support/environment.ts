/** Sets environment variables, or unsets those that are undefined. Returns the function that restores them. */
export function setEnvironment(changes: Record<string, string | undefined>): () => void {
    const before = Object.fromEntries(Object.keys(changes).map((name) => [name, process.env[name]]));
    for (const [name, value] of Object.entries(changes)) {
        if (value === undefined) {
            delete process.env[name];
        } else {
            process.env[name] = value;
        }
    }
    return () => void setEnvironment(before);
}

/** Runs the work with other environment variables. */
export async function withEnvironment<T>(
    changes: Record<string, string | undefined>,
    work: () => T | Promise<T>,
): Promise<T> {
    const restore = setEnvironment(changes);
    try {
        return await work();
    } finally {
        restore();
    }
}
