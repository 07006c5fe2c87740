import type { IncomingMessage } from "node:http";

/** Far more than any request to Cognito, ACM or STS has. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** The body as text; undefined where it is longer than MAX_BODY_BYTES, of which no more is kept then. */
export async function boundedBody(request: IncomingMessage): Promise<string | undefined> {
    if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) {
        return undefined;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    // Without destroying the request: its socket still has to carry the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
        size += chunk.length;
        if (size > MAX_BODY_BYTES) {
            return undefined;
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
}

/**
 * Why a control request is refused, if it is. A page in a browser on this machine can send requests here too: what it sends
 * carries an Origin, or, where the page's own name was made to resolve to 127.0.0.1, that name as Host.
 */
export function controlRefusal({ headers, socket }: IncomingMessage): string | undefined {
    if (headers.origin !== undefined) {
        return "Control paths are not for web pages: send no Origin.";
    }
    const hosts = [`127.0.0.1:${socket.localPort}`, `localhost:${socket.localPort}`];
    return hosts.includes(headers.host ?? "") ? undefined : `Control paths are served as ${hosts.join(" or ")} only.`;
}
