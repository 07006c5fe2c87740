import type { WireAnswer } from "./protocol";

/**
 * An answer that does not say what AWS has done: a proxy's page instead of AWS's answer, with the status 200, 302 or 502;
 * half of the JSON, though all bytes that were announced have come; or nothing at all, with status 200.
 */
export type UnreadableAnswer = "htmlPage" | "redirect" | "badGateway" | "halfJson" | "emptyBody";

export const UNREADABLE_ANSWERS: readonly UnreadableAnswer[] = [
    "htmlPage",
    "redirect",
    "badGateway",
    "halfJson",
    "emptyBody",
];

export function isUnreadable(fault: string): fault is UnreadableAnswer {
    return (UNREADABLE_ANSWERS as readonly string[]).includes(fault);
}

const HTML = { "content-type": "text/html" };
const PAGE = "<!doctype html><title>Proxy</title><p>Please sign in to the network.";

/** What arrives instead of AWS's answer. */
export function unreadable(fault: UnreadableAnswer, { headers, body }: WireAnswer): WireAnswer {
    switch (fault) {
        case "htmlPage":
            return { status: 200, headers: HTML, body: PAGE };
        case "redirect":
            return { status: 302, headers: { ...HTML, location: "https://proxy.example.com/sign-in" }, body: PAGE };
        case "badGateway":
            return { status: 502, headers: HTML, body: PAGE };
        case "halfJson":
            return { status: 200, headers, body: body.length > 2 ? body.slice(0, Math.floor(body.length / 2)) : "{" };
        case "emptyBody":
            return { status: 200, headers, body: "" };
    }
}
