import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Note {
    id: number;
    body: string;
    author: { id: number };
}

/** The user that the token belongs to. */
export const TOKEN_USER = 42;

/** So that few notes are many pages. */
const PAGE_SIZE = 2;

const NOTES = /^\/api\/v4\/projects\/1\/merge_requests\/7\/notes(?:\/(\d+))?$/;

/** Stands in for GitLab's API: keeps the notes of the merge request 7 in the project 1. */
export class GitLab {
    notes: Note[] = [];
    readonly #server: Server;
    #lastId = 100;

    constructor() {
        this.#server = createServer((request, response) => {
            this.#answer(request).then(({ status, value, next }) => {
                const headers = { "content-type": "application/json", "x-next-page": next ?? "" };
                response.writeHead(status, headers).end(JSON.stringify(value));
            });
        });
    }

    /** What the variables of a pipeline say of it. */
    async env(): Promise<Record<string, string>> {
        await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
        const { port } = this.#server.address() as AddressInfo;
        return {
            CI_API_V4_URL: `http://127.0.0.1:${port}/api/v4`,
            CI_PROJECT_ID: "1",
            CI_MERGE_REQUEST_IID: "7",
            CI_COMMIT_SHA: "0123456789abcdef0123456789abcdef01234567",
            GITLAB_TOKEN: "token",
        };
    }

    close(): void {
        this.#server.close();
        this.#server.closeAllConnections();
    }

    async #answer(request: IncomingMessage): Promise<{ status: number; value: unknown; next?: string }> {
        const { pathname, searchParams } = new URL(request.url ?? "", "http://gitlab");
        const [isNotes, id] = NOTES.exec(pathname) ?? [];
        if (request.headers["private-token"] !== "token") {
            return { status: 401, value: { message: "401 Unauthorized" } };
        }
        if (request.method === "GET" && pathname === "/api/v4/user") {
            return { status: 200, value: { id: TOKEN_USER } };
        }
        if (request.method === "GET" && isNotes) {
            const page = Number(searchParams.get("page") ?? 1);
            const value = this.notes.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
            return { status: 200, value, next: this.notes.length > page * PAGE_SIZE ? String(page + 1) : undefined };
        }
        if (request.method === "POST" && isNotes && !id) {
            const note = { id: ++this.#lastId, body: await bodyOf(request), author: { id: TOKEN_USER } };
            this.notes.push(note);
            return { status: 201, value: note };
        }
        const note = this.notes.find((it) => it.id === Number(id));
        if (request.method === "PUT" && note) {
            note.body = await bodyOf(request);
            return { status: 200, value: note };
        }
        return { status: 404, value: { message: "404 Not found" } };
    }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
    const { body } = JSON.parse(Buffer.concat(await request.toArray()).toString("utf8")) as { body: string };
    return body;
}
