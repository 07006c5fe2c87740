import { isThrottlingError } from "@smithy/core/retry";
import type { FinalizeRequestMiddleware, MiddlewareStack } from "@smithy/types";
import { getOrCreate } from "../model/objects";
import {
    type AwsOperation,
    CALLS_PER_SECOND,
    CALLS_PER_SECOND_ON_ONE_POOL,
    OPERATIONS,
    type OperationName,
} from "./operationTable";
import { Pacer } from "./pacer";

/** The one call that changes something: whoever makes it has acquired its turn already. */
const UPDATE = "UpdateUserPoolDomain" satisfies OperationName;

/** How often a throttled call takes its turn again, in a queue that slows down each time. */
const MAX_ATTEMPTS = 40;

/**
 * Keeps the calls of one identity in one Region under the account's quotas, all resources of the process together. A
 * throttled call takes its turn again here, inside of the SDK's own retries, which would run out of tokens.
 */
export class Quotas {
    readonly #pacers = new Map<string, Pacer>();
    /**
     * The first call, which goes alone: it finds the credentials and connects, which takes long enough for those behind
     * it to pile up and arrive all at once.
     */
    #first: Promise<void> | undefined;

    constructor(private readonly factor: number = factorForTests()) {}

    /** Puts every call of a client, whose middleware stack this is, under the quotas. */
    addTo<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void {
        const middleware: FinalizeRequestMiddleware<Input, Output> = (next, context) => (args) => {
            const operation = (context.commandName ?? "").replace(/Command$/, "");
            const pacers = this.pacersOf(operation, args.input);
            const send = () =>
                operation === UPDATE
                    ? reportThrottling(pacers, () => next(args))
                    : retryThrottled(pacers, () => next(args));
            if (this.#first) {
                return this.#first.then(send);
            }
            const call = send();
            const done = () => {};
            this.#first = call.then(done, done);
            return call;
        };
        stack.addRelativeTo(middleware, {
            name: "quotasMiddleware",
            relation: "after",
            // Before the signing: signatures get stale while a call waits for its turn.
            toMiddleware: "retryMiddleware",
        });
    }

    /**
     * Waits for the turn of an update of a user pool's domain. Its caller waits before it looks at the domain, since what
     * is sent has to fit what is there: so an update is neither held back nor repeated between that look and the request.
     */
    acquireUpdate(userPoolId: string): Promise<void> {
        return acquireAll(this.pacersOf(UPDATE, { UserPoolId: userPoolId }));
    }

    /** The quotas that a call counts against; what it waits longer for comes first. */
    private pacersOf(name: string, input: object): Pacer[] {
        const operation = (OPERATIONS as Record<string, AwsOperation>)[name];
        if (!operation?.category) {
            return [];
        }
        const ofAccount = this.pacer(operation.category, CALLS_PER_SECOND[operation.category]);
        const pool = (input as { UserPoolId?: string }).UserPoolId;
        return operation.isLimitedOnOnePool && pool !== undefined
            ? [this.pacer(`${name} ${pool}`, CALLS_PER_SECOND_ON_ONE_POOL), ofAccount]
            : [ofAccount];
    }

    private pacer(name: string, rate: number): Pacer {
        return getOrCreate(this.#pacers, name, () => new Pacer(rate * this.factor));
    }
}

/** Makes a call when it is its turn, again where it is throttled. */
async function retryThrottled<T>(pacers: readonly Pacer[], call: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
        await acquireAll(pacers);
        try {
            return await reportThrottling(pacers, call);
        } catch (error) {
            if (pacers.length === 0 || attempt === MAX_ATTEMPTS || !isThrottled(error)) {
                throw error;
            }
        }
    }
}

async function acquireAll(pacers: readonly Pacer[]): Promise<void> {
    for (const pacer of pacers) {
        await pacer.acquire();
    }
}

/** Makes a call at once; the pacers learn where it is throttled. */
async function reportThrottling<T>(pacers: readonly Pacer[], call: () => Promise<T>): Promise<T> {
    try {
        return await call();
    } catch (error) {
        if (isThrottled(error)) {
            for (const pacer of pacers) {
                pacer.throttled();
            }
        }
        throw error;
    }
}

function isThrottled(error: unknown): boolean {
    return isThrottlingError(error as Parameters<typeof isThrottlingError>[0]);
}

/** How many times AWS's quotas there are, for tests against an emulator without any: AWS's own are not adjustable. */
function factorForTests(): number {
    const factor = Number(process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR);
    return factor > 0 ? factor : 1;
}
