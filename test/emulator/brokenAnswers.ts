import type { ServerResponse } from "node:http";
import { send, type WireAnswer } from "./protocol";

const HTML = { "content-type": "text/html" };
const PAGE = "<!doctype html><title>Proxy</title><p>Please sign in to the network.";

/** Answers that do not tell what AWS has done, though all bytes that were announced come: a proxy's page, half of the JSON, nothing. */
const UNREADABLE = {
    htmlPage: () => ({ status: 200, headers: HTML, body: PAGE }),
    redirect: () => ({
        status: 302,
        headers: { ...HTML, location: "https://proxy.example.com/sign-in" },
        body: PAGE,
    }),
    badGateway: () => ({ status: 502, headers: HTML, body: PAGE }),
    halfJson: ({ headers, body }) => ({ status: 200, headers, body: body.length > 2 ? firstHalf(body) : "{" }),
    emptyBody: ({ headers }) => ({ status: 200, headers, body: "" }),
} satisfies Record<string, (answer: WireAnswer) => WireAnswer>;

type UnreadableAnswer = keyof typeof UNREADABLE;

export const UNREADABLE_ANSWERS = Object.keys(UNREADABLE) as UnreadableAnswer[];

/** The faults that leave a request without an answer of AWS's. */
export type ConnectionFault =
    | UnreadableAnswer
    /** The connection is reset: no answer at all. */
    | "reset"
    /** No answer ever comes, and the connection stays open. */
    | "hang"
    /** The headers and half of the body come, then the connection breaks. */
    | "cutBody";

/** Breaks an answer. */
export function breakAnswer(fault: ConnectionFault, response: ServerResponse, answer: WireAnswer): void {
    switch (fault) {
        case "hang":
            return;
        case "reset":
            response.socket?.resetAndDestroy();
            return;
        case "cutBody": {
            // The length of the whole body, and half of it: an answer that can be seen to be incomplete.
            const whole = answer.body.padEnd(10);
            response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(whole) });
            response.write(firstHalf(whole), () => response.socket?.destroy());
            return;
        }
        default:
            send(response, UNREADABLE[fault](answer));
    }
}

const firstHalf = (text: string): string => text.slice(0, Math.floor(text.length / 2));
