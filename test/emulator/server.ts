import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { admit } from "./admission";
import type { Behaviour } from "./behaviour";
import type { Call } from "./calls";
import { CONTROL_PREFIX, control } from "./control";
import { Emulator } from "./emulator";
import { AwsError } from "./errors";
import { type ConnectionFault, FaultInjector } from "./faults";
import { accountOf } from "./identity";
import { type ParsedRequest, parseRequest, renderError, renderOutput, type WireAnswer } from "./protocol";
import { perform } from "./services";
import { callerOf } from "./sts";
import { isUnreadable, unreadable } from "./unreadable";

export interface EmulatorOptions {
    /** Default: a free one. */
    port?: number;
    /** Where it differs from the defaults, also after a reset. */
    behaviour?: Partial<Behaviour>;
}

/** Starts an emulator on this machine's loopback address. */
export async function startEmulator({ port = 0, behaviour = {} }: EmulatorOptions = {}): Promise<Emulator> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
        server.once("error", reject).listen(port, "127.0.0.1", resolve);
    });
    const stop = () =>
        new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
        });
    const aws = new Emulator(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, behaviour, stop);
    const faults = new FaultInjector();
    server.on("request", (request, response) => {
        // What is left to fail here is a client that goes away while it sends.
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
    const body = await text(request);
    if (request.url?.startsWith(CONTROL_PREFIX)) {
        send(response, answerControl(aws, request, body));
        return;
    }
    let parsed: ParsedRequest;
    try {
        parsed = parseRequest(request, body);
    } catch (error) {
        send(response, renderError("cognito-idp", asAwsError(error)));
        return;
    }
    const call = recordCall(aws, parsed);
    await aws.observer?.arrived(call);
    if (aws.behaviour.latencyMs > 0) {
        await sleep(aws.behaviour.latencyMs, undefined, { ref: false });
    }
    const { answer, broken } = await handle(aws, faults, call, parsed);
    if (broken && isUnreadable(broken)) {
        send(response, unreadable(broken, answer));
    } else if (broken) {
        breakOff(broken, response, answer);
    } else {
        send(response, answer);
    }
}

function recordCall(aws: Emulator, { service, operation, input, signature }: ParsedRequest): Call {
    const accessKeyId = signature?.accessKeyId ?? "";
    const call: Call = {
        service,
        operation,
        region: signature?.region ?? "",
        accessKeyId,
        account: accountOf(accessKeyId),
        input,
        at: new Date().toISOString(),
    };
    aws.calls.push(call);
    return call;
}

interface Handled {
    answer: WireAnswer;
    broken: ConnectionFault | undefined;
}

/** The way of every request: faults before, admission, the operation itself, faults after. */
async function handle(
    aws: Emulator,
    faults: FaultInjector,
    call: Call,
    { signature }: ParsedRequest,
): Promise<Handled> {
    const { service, operation, account, region, accessKeyId, input } = call;
    let broken: ConnectionFault | undefined;
    let failure: AwsError | undefined;
    let output: object = {};
    try {
        broken = await faults.strike(aws, call, "before");
        if (!broken) {
            const { state, behaviour } = aws;
            const caller = callerOf(accessKeyId, region, state);
            admit(call, signature, caller, behaviour, state);
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

function answerControl(aws: Emulator, { method = "GET", url = "" }: IncomingMessage, body: string): WireAnswer {
    try {
        return controlAnswer(200, control(aws, method, url, body));
    } catch (error) {
        return controlAnswer(400, { error: (error as Error).message });
    }
}

const controlAnswer = (status: number, answer: unknown): WireAnswer => ({
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(answer),
});

function send(response: ServerResponse, { status, headers, body }: WireAnswer): void {
    response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}

function breakOff(fault: ConnectionFault, response: ServerResponse, { status, headers, body }: WireAnswer): void {
    if (fault === "reset") {
        response.socket?.resetAndDestroy();
    } else if (fault === "cutBody") {
        // The length of the whole body, and half of it: an answer that can be seen to be incomplete.
        const whole = body.length > 2 ? body : `${body}${" ".repeat(10)}`;
        response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(whole) });
        response.write(whole.slice(0, Math.floor(whole.length / 2)), () => response.socket?.destroy());
    }
}
