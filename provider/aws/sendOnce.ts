import type { FinalizeRequestMiddleware, MiddlewareStack } from "@smithy/types";

/** An error that the SDK does not know as one to retry. It is no `cause`, since the SDK looks at causes too. */
class NotRetriedError extends Error {
    constructor(readonly error: unknown) {
        super();
    }
}

/** Has the SDK send a command once, whatever comes of it. Its error is then read with {@link originalError}. */
export function sendOnce<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void {
    const middleware: FinalizeRequestMiddleware<Input, Output> = (next) => (args) =>
        next(args).catch((error: unknown) => {
            throw new NotRetriedError(error);
        });
    stack.add(middleware, { step: "finalizeRequest", name: "sendOnceMiddleware" });
}

export function originalError(error: unknown): unknown {
    return error instanceof NotRetriedError ? error.error : error;
}
