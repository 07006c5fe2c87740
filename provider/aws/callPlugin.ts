import type { InitializeMiddleware, Pluggable } from "@smithy/types";
import { defined } from "../model/objects";
import { callFailed, IncompleteAnswerError, isNotFound } from "./callErrors";
import { type AwsOperation, callTo, OPERATIONS, type OperationName, RateLimits } from "./operations";

/** The members of requests that name what they are about. */
type RequestInput = Partial<Record<"RoleArn" | "CertificateArn" | "UserPoolId", string>>;

/** A part of the middleware of a client, whichever it is. */
// biome-ignore lint/suspicious/noExplicitAny: each client has a type of its own for it
export type Plugin = Pluggable<any, any>;

/**
 * Makes every call wait for its turn (except for an update, whose turn comes before the read that it is planned on) and fail with an
 * AwsCallError that says what to do. A read of what is not there returns an empty answer.
 */
export function callPlugin(region: string, isFromConfig = false, limits = new RateLimits()): Plugin {
    const middleware: InitializeMiddleware<RequestInput, object> =
        (next, { commandName = "" }) =>
        async (args) => {
            const operation = commandName.replace(/Command$/, "") as OperationName;
            const isUpdate = operation === "UpdateUserPoolDomain";
            const { RoleArn, CertificateArn, UserPoolId } = args.input;
            const { hasAnswer }: AwsOperation = OPERATIONS[operation];
            try {
                if (!isUpdate) {
                    await limits.acquire(operation, region, UserPoolId);
                }
                const result = await next(args);
                // The SDK's own member is $metadata.
                if (hasAnswer && !Object.keys(defined(result.output)).some((member) => /^[A-Z]/.test(member))) {
                    throw new IncompleteAnswerError("no member");
                }
                return result;
            } catch (error) {
                if (isNotFound(error) && !isUpdate) {
                    return { response: {}, output: {} };
                }
                const call = callTo(operation, region, RoleArn ?? CertificateArn ?? UserPoolId);
                throw callFailed(error, { ...call, isFromConfig });
            }
        };
    return { applyToStack: (stack) => stack.add(middleware, { step: "initialize", priority: "high" }) };
}
