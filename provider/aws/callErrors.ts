import { isThrottlingError } from "@smithy/core/retry";
import type { InitializeMiddleware, Pluggable, SdkError as SmithyError } from "@smithy/types";
import { AwsCallError, messageOf } from "../model/errors";
import { defined } from "../model/objects";
import { type FailureKind, KINDS, TEXTS } from "./failureTexts";
import { type AwsOperation, type Call, callTo, OPERATIONS, type OperationName, RateLimits } from "./operations";

/** No credentials were found, so the call was not sent. */
export class NoCredentialsError extends Error {
    override readonly name = "NoCredentialsError";
}

/** The members of AWS SDK errors beyond those of Error. */
interface SdkError {
    name?: string;
    code?: string;
    message?: string;
    $fault?: string;
    $metadata?: { requestId?: string; httpStatusCode?: number };
}

/**
 * An SDK error as one sentence that says what to do, with the AWS request id; the SDK's own error is the `cause`. If a call to STS for
 * the credentials failed, the message is about that one: the call itself was not sent. `lost`: AWS may have acted on the request. It has
 * not if the answer is a refusal in its own words, with a status of 400 to 499.
 */
export function callFailed(cause: unknown, call: Call): AwsCallError {
    if (cause instanceof AwsCallError) {
        return new AwsCallError(cause.message, { code: cause.code, transient: cause.transient, cause: cause.cause });
    }
    const error = (cause ?? {}) as SdkError;
    const { name = "Error", code = name, $metadata = {} } = error;
    const message = messageOf(error);
    const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];
    const known = kinds.find((it) => KINDS[it].test(`${code}: ${message}`)) ?? "other";
    const kind: FailureKind = isThrottlingError(error as SmithyError) ? "throttled" : known;
    // With a status below 400, the SDK failed to read the answer.
    const { httpStatusCode: status = 400, requestId } = $metadata;
    const isOfServer = error.$fault === "server" || status < 400 || status >= 500;
    const lost = kind === "interrupted" || kind === "unreadable" || (kind !== "throttled" && isOfServer);
    const transient = lost || kind === "throttled" || kind === "unreachable" || kind === "conflict";
    const text = TEXTS[kind]({
        ...{ ...call, code, message, status: $metadata.httpStatusCode },
        what: `${call.action} in ${call.region}`,
        said: `AWS said: ${message}`,
    });
    const suffix = requestId ? ` (AWS request id ${requestId})` : "";
    return new AwsCallError(`${text}${suffix}`, { code, transient, lost, cause });
}

/** The members of requests that name their target. */
type RequestInput = Partial<Record<"RoleArn" | "CertificateArn" | "UserPoolId", string>>;

/** A plugin for the middleware of any client. */
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
                    const unreadable = { name: "Unknown", $metadata: { httpStatusCode: 200 } };
                    throw Object.assign(new Error("no member"), unreadable);
                }
                return result;
            } catch (error) {
                // Cognito and ACM both use it for "not there".
                if ((error as SdkError)?.name === "ResourceNotFoundException" && !isUpdate) {
                    return { response: {}, output: {} };
                }
                const call = callTo(operation, region, RoleArn ?? CertificateArn ?? UserPoolId);
                throw callFailed(error, { ...call, isFromConfig });
            }
        };
    return { applyToStack: (stack) => stack.add(middleware, { step: "initialize", priority: "high" }) };
}
