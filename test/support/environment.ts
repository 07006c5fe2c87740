/** Runs the work with other environment variables; one that is undefined is not set. */
export async function withEnvironment<T>(
    changes: Record<string, string | undefined>,
    work: () => T | Promise<T>,
): Promise<T> {
    const before = Object.keys(changes).map((name) => [name, process.env[name]] as const);
    set(Object.entries(changes));
    try {
        return await work();
    } finally {
        set(before);
    }
}

function set(variables: (readonly [name: string, value: string | undefined])[]): void {
    for (const [name, value] of variables) {
        if (value === undefined) {
            delete process.env[name];
        } else {
            process.env[name] = value;
        }
    }
}
