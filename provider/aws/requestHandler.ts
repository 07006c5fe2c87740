import { readFile } from "node:fs/promises";
import { Agent } from "node:https";
import { NodeHttpHandler, type NodeHttpHandlerOptions } from "@smithy/node-http-handler";
import { getProxyForUrl } from "proxy-from-env";
import { InvalidConfigurationError, messageOf } from "../model/errors";

const TIMEOUT_MS = 20_000;

const AGENT_OPTIONS = {
    keepAlive: true,
    /** Calls in flight at once; further ones wait for a connection. */
    maxSockets: 64,
    /** Whatever NODE_TLS_REJECT_UNAUTHORIZED says: signed requests go to AWS alone. */
    rejectUnauthorized: true,
};

type Connect = import("https-proxy-agent").HttpsProxyAgent<string>["connect"];

/**
 * Sends requests over connections that are kept, through the proxy of HTTPS_PROXY if there is one. If that or AWS_CA_BUNDLE cannot be
 * used, each request fails with it.
 */
export async function requestHandlerFor(): Promise<NodeHttpHandler> {
    try {
        return directHandler({ httpsAgent: await httpsAgent() });
    } catch (error) {
        return Object.assign(directHandler(), { handle: () => Promise.reject(error) });
    }
}

/** As {@link requestHandlerFor}, without a proxy. No request may hang for ever, and none of these calls takes seconds when it succeeds. */
export function directHandler(options: NodeHttpHandlerOptions = {}): NodeHttpHandler {
    return new NodeHttpHandler({
        connectionTimeout: 5_000,
        requestTimeout: TIMEOUT_MS,
        throwOnRequestTimeout: true,
        // The other timeout ends with the answer's first byte, and the rest may never come.
        socketTimeout: TIMEOUT_MS,
        // Never: the SDK warns on the terminal about requests that wait for a socket, which is normal here.
        socketAcquisitionWarningTimeout: 24 * 60 * 60 * 1000,
        httpAgent: AGENT_OPTIONS,
        httpsAgent: AGENT_OPTIONS,
        ...options,
    });
}

/** AWS_CA_BUNDLE is read by the AWS CLI and by @pulumi/aws, not by the AWS SDK for JavaScript. */
async function caCertificates(): Promise<string | undefined> {
    const file = process.env.AWS_CA_BUNDLE;
    try {
        return file ? await readFile(file, "utf8") : undefined;
    } catch (cause) {
        const text = "the environment variable AWS_CA_BUNDLE names a file that cannot be read.";
        throw new InvalidConfigurationError(`${text} ${messageOf(cause)}`, { cause });
    }
}

async function httpsAgent(): Promise<Agent> {
    const ca = await caCertificates();
    const direct = new Agent({ ...AGENT_OPTIONS, ca });
    const proxy = proxyUrl();
    if (!proxy) {
        return direct;
    }
    // Loaded only if there is a proxy.
    const { HttpsProxyAgent } = await import("https-proxy-agent");
    class TunnelAgent extends HttpsProxyAgent<string> {
        /** Otherwise it is guessed from the stack trace, wrongly when a tunnel is returned: none would be reused. */
        override isSecureEndpoint(): boolean {
            return true;
        }

        /** The constructor's options are for the connection to the proxy, not for the one inside it. */
        override connect(...[request, options]: Parameters<Connect>): ReturnType<Connect> {
            return isDirect(options)
                ? (direct as unknown as ReturnType<Connect>)
                : super.connect(request, { ...options, rejectUnauthorized: true, ca } as Parameters<Connect>[1]);
        }
    }
    return new TunnelAgent(proxy, { ...AGENT_OPTIONS, ca });
}

/** @throws InvalidConfigurationError that copies nothing of the URL, which may have a password in it. */
function proxyUrl(): string | undefined {
    const variable = ["HTTPS_PROXY", "https_proxy"].find((it) => process.env[it]);
    const text = variable && process.env[variable];
    if (!text) {
        return undefined;
    }
    const url = text.includes("://") ? text : `http://${text}`;
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
        throw new InvalidConfigurationError(
            `the environment variable ${variable} is not the URL of an HTTP proxy (SOCKS is not supported); give one such as "http://proxy.example.com:3128"`,
        );
    }
    return url;
}

/** If NO_PROXY has the host or a domain that it is in, as Go reads it; and for this machine itself. */
function isDirect({ host = "", port }: { host?: string; port?: number | string }): boolean {
    const labels = host.split(".");
    const domains = labels.map((_, index) => labels.slice(index).join("."));
    const isLoopback = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host);
    return isLoopback || domains.some((domain) => getProxyForUrl(`https://${domain}:${port}`) === "");
}
