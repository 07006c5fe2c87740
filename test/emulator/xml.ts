import { AwsError } from "./errors";

/** An element of a request: its text, or its children by name, in order. Attributes carry nothing here. */
export type XmlElement = string | { [name: string]: XmlElement[] };

const TOKEN = /<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g;

/** Reads an XML document as AWS's clients write it, and gives its root's children. */
export function parseXml(text: string): { [name: string]: XmlElement[] } {
    const root: Open = { name: "", text: "", children: {} };
    const open: Open[] = [root];
    for (const [, closing, name, empty, chars] of text.replace(/<\?.*?\?>/gs, "").matchAll(TOKEN)) {
        const parent = open.at(-1) ?? root;
        if (chars !== undefined) {
            parent.text += chars;
        } else if (closing) {
            if (parent.name !== name || open.length < 2) {
                throw new AwsError("MalformedXML", `</${name}> closes what is not open.`);
            }
            open.pop();
            add(open.at(-1) ?? root, parent);
        } else if (empty) {
            add(parent, { name: name ?? "", text: "", children: {} });
        } else {
            open.push({ name: name ?? "", text: "", children: {} });
        }
    }
    const [document] = Object.values(root.children);
    const element = document?.[0];
    if (open.length > 1 || element === undefined) {
        throw new AwsError("MalformedXML", "The request body is not an XML document.");
    }
    return typeof element === "string" ? {} : element;
}

interface Open {
    name: string;
    text: string;
    children: { [name: string]: XmlElement[] };
}

function add(parent: Open, { name, text, children }: Open): void {
    const element = Object.keys(children).length > 0 ? children : withoutEntities(text.trim());
    parent.children[name] = [...(parent.children[name] ?? []), element];
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

const withoutEntities = (text: string): string =>
    text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => ENTITIES[name] ?? "");

/** An output as XML: a list repeats the name that it has. */
export function toXml(value: unknown): string {
    if (value instanceof Date) {
        return value.toISOString();
    }
    if (typeof value === "object" && value !== null) {
        return Object.entries(value)
            .filter(([, member]) => member !== undefined)
            .flatMap(([key, member]) => (Array.isArray(member) ? member : [member]).map((one) => [key, one]))
            .map(([key, member]) => `<${key}>${toXml(member)}</${key}>`)
            .join("");
    }
    return String(value).replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c] ?? c);
}
