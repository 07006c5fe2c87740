/** As much of JSON Schema (draft 7) as the schema of the report uses. */
interface Schema {
    $ref?: string;
    type?: "object" | "array" | "string" | "boolean" | "number";
    const?: unknown;
    enum?: unknown[];
    required?: string[];
    properties?: Record<string, Schema>;
    items?: Schema;
    definitions?: Record<string, Schema>;
}

/** In what a value breaks a schema. A member that the schema does not name counts too, where it names members at all. */
export function violations(value: unknown, schema: object, root: object = schema, path = "$"): string[] {
    const { $ref, ...rest } = schema as Schema;
    if ($ref) {
        const target = (root as Schema).definitions?.[$ref.replace("#/definitions/", "")];
        return target ? violations(value, target, root, path) : [`${path}: ${$ref} is not there`];
    }
    const found: string[] = [];
    if (rest.type !== undefined && typeOf(value) !== rest.type) {
        return [`${path}: ${typeOf(value)}, not ${rest.type}`];
    }
    const allowed = "const" in rest ? [rest.const] : rest.enum;
    if (allowed && !allowed.includes(value)) {
        found.push(`${path}: ${JSON.stringify(value)} is none of ${JSON.stringify(allowed)}`);
    }
    if (Array.isArray(value)) {
        const { items = {} } = rest;
        return [...found, ...value.flatMap((item, index) => violations(item, items, root, `${path}[${index}]`))];
    }
    if (typeof value === "object" && value !== null) {
        const members = value as Record<string, unknown>;
        found.push(...(rest.required ?? []).filter((it) => !(it in members)).map((it) => `${path}.${it}: missing`));
        for (const [name, member] of Object.entries(rest.properties ? members : {})) {
            const known = rest.properties?.[name];
            found.push(
                ...(known
                    ? violations(member, known, root, `${path}.${name}`)
                    : [`${path}.${name}: not in the schema`]),
            );
        }
    }
    return found;
}

function typeOf(value: unknown): string {
    if (value === null) {
        return "null";
    }
    return Array.isArray(value) ? "array" : typeof value;
}
