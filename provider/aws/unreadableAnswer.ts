import type { DeserializeMiddleware, HttpResponse, MiddlewareStack } from "@smithy/types";
import { isNetworkCode } from "./networkErrors";

type Answer = Pick<HttpResponse, "statusCode" | "headers">;

/** What came back of a request is no answer of AWS's, or not the whole of one. It may have arrived all the same. */
export class UnreadableAnswerError extends Error {
    override readonly name = "UnreadableAnswerError";
    /** Where the SDK looks for what to try again: a status of 500 and above. */
    readonly $metadata: { httpStatusCode?: number };

    constructor(
        message: string,
        /** Whether it is plain that something else than AWS has answered: a proxy, a captive portal. */
        readonly isForeign: boolean,
        { statusCode, cause }: { statusCode?: number; cause?: unknown } = {},
    ) {
        super(message, { cause });
        this.$metadata = { httpStatusCode: statusCode };
    }
}

/**
 * Lets a client of an AWS JSON protocol take for an answer only what AWS can have said: a JSON object, and with every
 * status but 200 the name of an error. The SDK itself takes an empty body for an empty answer, which would read as "there
 * is no such domain", and a redirect for an error of AWS's.
 * Source: AWS JSON 1.1 protocol, smithy.io; @smithy/core, deserialization of responses.
 */
export function requireReadableAnswers<Input extends object, Output extends object>(
    stack: MiddlewareStack<Input, Output>,
): void {
    const middleware: DeserializeMiddleware<Input, Output> = (next) => async (args) => {
        const result = await next(args).catch((error: unknown) => {
            throw isNetworkCode((error as { code?: string }).code) ? error : unreadable(error);
        });
        const response = result.response as HttpResponse;
        const body = await collect(response.body);
        response.body = body;
        assertReadable(response, body);
        return result;
    };
    // Innermost: between the SDK's own reading of the answer and the network.
    stack.add(middleware, { step: "deserialize", priority: "low", name: "readableAnswerMiddleware" });
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) {
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}

function assertReadable(answer: Answer, body: Uint8Array): void {
    const text = Buffer.from(body).toString("utf8");
    const content = objectIn(text);
    const { statusCode, headers } = answer;
    const code = headers["x-amzn-errortype"] ?? content?.__type ?? content?.code;
    if (!content || (statusCode !== 200 && !code)) {
        throw new UnreadableAnswerError(describeAnswer(answer, body.length), isForeign(answer, text), { statusCode });
    }
}

function objectIn(text: string): Record<string, unknown> | undefined {
    try {
        const value: unknown = JSON.parse(text);
        return typeof value === "object" && value !== null && !Array.isArray(value)
            ? (value as Record<string, unknown>)
            : undefined;
    } catch {
        return undefined;
    }
}

/** The handler failed with what is not of the network, such as an answer that is not HTTP. */
function unreadable(cause: unknown): UnreadableAnswerError {
    return new UnreadableAnswerError(cause instanceof Error ? cause.message : String(cause), false, { cause });
}

/** AWS redirects nobody here, asks for no proxy's password, and speaks no HTML. */
function isForeign({ statusCode, headers }: Answer, text: string): boolean {
    const isRedirect = statusCode >= 300 && statusCode < 400;
    return isRedirect || statusCode === 407 || /html/i.test(headers["content-type"] ?? "") || /^\s*</.test(text);
}

/** What can be said of an answer by anybody: nothing of the body, and of the headers only what has a form. */
export function describeAnswer({ statusCode, headers }: Answer, bytes: number): string {
    const [type = "no content type"] = /^[\w.+-]+\/[\w.+-]+/.exec(headers["content-type"] ?? "") ?? [];
    const redirect = URL.canParse(headers.location ?? "") ? ` to ${new URL(headers.location ?? "").hostname}` : "";
    return `HTTP ${statusCode}${redirect}, ${type}, ${bytes} bytes`;
}
