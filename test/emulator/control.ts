import { defaultBehaviour } from "./behaviour";
import type { Emulator } from "./emulator";

/** The control paths, for other processes. All answers are JSON. */
export const CONTROL_PREFIX = "/_emulator/";

/** What POST /_emulator/scene may call. */
const SCENE_METHODS = [
    "userPool",
    "domain",
    "certificate",
    "client",
    "hostedZone",
    "domainOf",
    "patchDomain",
    "removeDomain",
    "patchCertificate",
    "removeCertificate",
    "patchUserPool",
] as const;

/** Handles one control request; throws a plain Error for one that makes no sense. */
export function control(aws: Emulator, method: string, path: string, body: string): unknown {
    const command = `${method} ${path.slice(CONTROL_PREFIX.length)}`;
    switch (command) {
        case "GET calls":
            return aws.calls;
        case "POST behaviour":
            return changeBehaviour(aws, JSON.parse(body));
        case "POST scene":
            return { result: callScene(aws, JSON.parse(body)) ?? null };
        case "POST reset":
            aws.reset();
            return {};
        default:
            throw new Error(`There is no ${method} ${path}.`);
    }
}

/** Merges plain data over the behaviour. A misspelt switch would otherwise be a test that tests nothing. */
function changeBehaviour(aws: Emulator, changes: Record<string, unknown>): unknown {
    const known = defaultBehaviour();
    const unknown = Object.keys(changes).filter((name) => !(name in known));
    if (unknown.length > 0) {
        throw new Error(`There is no switch ${unknown.join(", ")}. The switches are ${Object.keys(known).join(", ")}.`);
    }
    return Object.assign(aws.behaviour, changes);
}

/** `{"certificate": {...}}`, or with several arguments `{"patchDomain": ["auth.example.com", {...}]}`. */
function callScene(aws: Emulator, request: Record<string, unknown>): unknown {
    const [[name, argument] = [], ...more] = Object.entries(request);
    const method = SCENE_METHODS.find((known) => known === name);
    if (!method || more.length > 0) {
        throw new Error(`Name exactly one of ${SCENE_METHODS.join(", ")}.`);
    }
    const call = aws[method] as (...args: unknown[]) => unknown;
    return call.apply(aws, Array.isArray(argument) ? argument : [argument]);
}
