import { invalidParameter } from "./errors";

export interface Page<Item> {
    items: Item[];
    nextToken: string | undefined;
}

/** One page of a list. The token is opaque to the caller; here it is the place of the next item. */
export function pageOf<Item>(all: readonly Item[], size: number, token: string | undefined): Page<Item> {
    const start = token === undefined ? 0 : Number(Buffer.from(token, "base64url").toString());
    if (!Number.isInteger(start) || start < 0) {
        throw invalidParameter("Invalid pagination token provided.");
    }
    const end = start + size;
    return {
        items: all.slice(start, end),
        nextToken: end < all.length ? Buffer.from(String(end)).toString("base64url") : undefined,
    };
}
