import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { admit } from "./admission";
import type { Behaviour } from "./behaviour";
import { breakAnswer, type ConnectionFault } from "./brokenAnswers";
import type { Call } from "./calls";
import { Emulator } from "./emulator";
import { AwsError } from "./errors";
import { FaultInjector } from "./faults";
import { accountOf } from "./identity";
import { type ParsedRequest, parseRequest, renderError, renderOutput, send, type WireAnswer } from "./protocol";
import { perform } from "./services";
import { callerOf } from "./sts";

export interface EmulatorOptions {
    /** Where it differs from the defaults, also after a reset. */
    behaviour?: Partial<Behaviour>;
}

/** Starts an emulator on a free port of this machine's loopback address. */
export async function startEmulator({ behaviour = {} }: EmulatorOptions = {}): Promise<Emulator> {
    const server = createServer();
    await new Promise<void>((resolve) => {
        server.listen(0, "127.0.0.1", resolve);
    });
    const stop = () =>
        new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
        });
    const aws = new Emulator(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, behaviour, stop);
    const faults = new FaultInjector();
    server.on("request", (request, response) => {
        // What is left to fail here is a client that goes away while it sends, and what is no request of AWS's.
        serve(aws, faults, request, response).catch((error: Error) => response.destroy(error));
    });
    return aws;
}

async function serve(
    aws: Emulator,
    faults: FaultInjector,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    const parsed = parseRequest(request, await text(request));
    const call = recordCall(aws, parsed);
    await aws.observer?.arrived(call);
    if (aws.behaviour.latencyMs > 0) {
        await sleep(aws.behaviour.latencyMs, undefined, { ref: false });
    }
    const { answer, broken } = await handle(aws, faults, call);
    if (broken) {
        breakAnswer(broken, response, answer);
    } else {
        send(response, answer);
    }
}

function recordCall(aws: Emulator, { service, operation, input, signature }: ParsedRequest): Call {
    const { accessKeyId = "", region = "" } = signature ?? {};
    const at = new Date().toISOString();
    const call: Call = { service, operation, region, accessKeyId, account: accountOf(accessKeyId), input, at };
    aws.calls.push(call);
    return call;
}

/** The way of every request: faults before, admission, the operation itself, faults after. */
async function handle(
    aws: Emulator,
    faults: FaultInjector,
    call: Call,
): Promise<{ answer: WireAnswer; broken: ConnectionFault | undefined }> {
    const { service, operation, account, region, accessKeyId, input } = call;
    let broken: ConnectionFault | undefined;
    let failure: AwsError | undefined;
    let output: object = {};
    try {
        broken = await faults.strike(aws, call, "before");
        if (!broken) {
            const { state, behaviour } = aws;
            const caller = callerOf(accessKeyId, state);
            admit(call, caller, behaviour, state);
            const context = { state, behaviour, account, region, caller, accessKeyId };
            const run = () => perform(service, operation, context, input);
            output = faults.stale(aws, call, aws.observer?.performs(call, run) ?? run());
        }
    } catch (error) {
        failure = asAwsError(error);
    }
    try {
        broken ??= await faults.strike(aws, call, "after");
    } catch (error) {
        failure = asAwsError(error);
    }
    if (failure) {
        call.error = { name: failure.name, message: failure.message };
        return { answer: renderError(service, failure), broken };
    }
    if (!broken) {
        call.output = structuredClone(output);
    }
    return { answer: renderOutput(service, operation, output), broken };
}

/** A mistake of the emulator's, or of a `run` hook's, shows as one: nobody should take it for AWS's answer. */
const asAwsError = (error: unknown): AwsError =>
    error instanceof AwsError ? error : new AwsError("EmulatorFailure", String((error as Error).stack), 501);
