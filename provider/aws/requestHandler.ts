import { readFile } from "node:fs/promises";
import type { Agent } from "node:https";
import { NodeHttpHandler, type NodeHttpHandlerOptions } from "@smithy/node-http-handler";
import type { HttpHandlerOptions, HttpRequest } from "@smithy/types";
import type { AwsConnection } from "../inputs/awsConnection";
import { InvalidConfigurationError, messageOf } from "../model/errors";
import { type ProxySettings, proxyFor, proxySettings } from "./proxySettings";

/** No request may hang for ever, and none of these calls takes seconds when it succeeds. */
const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 20_000;

/** Calls in flight at once; further ones wait for a connection. */
const MAX_SOCKETS = 64;

/** The SDK then warns on the terminal of requests that wait for a socket: here they may. */
const SOCKET_WARNING_MS = 24 * 60 * 60 * 1000;

/** Whatever NODE_TLS_REJECT_UNAUTHORIZED says: what is signed goes to AWS alone. */
const TLS_OPTIONS = { rejectUnauthorized: true };

const AGENT_OPTIONS = { maxSockets: MAX_SOCKETS, keepAlive: true, ...TLS_OPTIONS };

type Connect = Parameters<import("https-proxy-agent").HttpsProxyAgent<string>["connect"]>;

/** How requests to AWS are sent. */
export type RequestHandler = Pick<
    NodeHttpHandler,
    "handle" | "destroy" | "metadata" | "updateHttpClientConfig" | "httpHandlerConfigs"
>;

/**
 * Sends requests over connections that are kept, through a proxy where one is set.
 * @throws InvalidConfigurationError where the proxy or the file of CA certificates cannot be used.
 */
export async function requestHandlerFor(connection: AwsConnection = {}): Promise<RequestHandler> {
    const ca = await caCertificates(connection);
    const direct = directHandler(ca);
    const settings = proxySettings(connection);
    return settings ? new ProxyingHandler(direct, await proxyHandlers(settings, ca), settings) : direct;
}

/** As {@link requestHandlerFor}, without proxies. Tests give another time. */
export function directHandler(ca?: string, timeoutMs = REQUEST_TIMEOUT_MS): RequestHandler {
    return handlerWith({ httpAgent: AGENT_OPTIONS, httpsAgent: { ...AGENT_OPTIONS, ca } }, timeoutMs);
}

function handlerWith(
    agents: Pick<NodeHttpHandlerOptions, "httpAgent" | "httpsAgent">,
    timeoutMs = REQUEST_TIMEOUT_MS,
): NodeHttpHandler {
    return new NodeHttpHandler({
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        requestTimeout: timeoutMs,
        throwOnRequestTimeout: true,
        // The other one ends with the answer's first byte, and half an answer may be all that comes.
        socketTimeout: timeoutMs,
        socketAcquisitionWarningTimeout: SOCKET_WARNING_MS,
        ...agents,
    });
}

/** AWS_CA_BUNDLE is read by the AWS CLI and by @pulumi/aws, not by the AWS SDK for JavaScript. */
async function caCertificates({ customCaBundle }: AwsConnection): Promise<string | undefined> {
    const file = customCaBundle ?? process.env.AWS_CA_BUNDLE;
    if (!file) {
        return undefined;
    }
    try {
        return await readFile(file, "utf8");
    } catch (cause) {
        const source = customCaBundle
            ? "the config value aws:customCaBundle"
            : "the environment variable AWS_CA_BUNDLE";
        throw new InvalidConfigurationError(`${source} names a file that cannot be read. ${messageOf(cause)}`, {
            cause,
        });
    }
}

/** A handler for each proxy, by its URL. The library is loaded only where there is a proxy. */
async function proxyHandlers(
    { https, http }: ProxySettings,
    ca: string | undefined,
): Promise<ReadonlyMap<string, RequestHandler>> {
    const { HttpsProxyAgent } = await import("https-proxy-agent");
    class TunnelAgent extends HttpsProxyAgent<string> {
        constructor(
            url: string,
            private readonly isSecure: boolean,
        ) {
            super(url, { ...AGENT_OPTIONS, ca });
        }

        /** Else it is guessed by the stack trace, wrongly when a tunnel is given back: none would be used again. */
        override isSecureEndpoint(): boolean {
            return this.isSecure;
        }

        /** The options of the constructor are for the connection with the proxy, not for the one within. */
        override connect(request: Connect[0], options: Connect[1]) {
            return super.connect(request, { ...options, ...TLS_OPTIONS, ca } as Connect[1]);
        }
    }
    const urls = new Set([https, http].flatMap((proxy) => (proxy ? [proxy.url.href] : [])));
    return new Map(
        [...urls].map((url) => {
            const httpsAgent = new TunnelAgent(url, true) as unknown as Agent;
            return [url, handlerWith({ httpAgent: new TunnelAgent(url, false), httpsAgent })];
        }),
    );
}

/** Sends each request through the proxy for its endpoint, where there is one. */
class ProxyingHandler implements RequestHandler {
    readonly metadata = { handlerProtocol: "http/1.1" };

    constructor(
        private readonly direct: RequestHandler,
        private readonly proxied: ReadonlyMap<string, RequestHandler>,
        private readonly settings: ProxySettings,
    ) {}

    handle(request: HttpRequest, options?: HttpHandlerOptions) {
        const proxy = proxyFor(request, this.settings);
        const handler = (proxy && this.proxied.get(proxy.href)) ?? this.direct;
        return handler.handle(request as Parameters<RequestHandler["handle"]>[0], options);
    }

    destroy(): void {
        for (const handler of this.all()) {
            handler.destroy();
        }
    }

    updateHttpClientConfig(...change: Parameters<RequestHandler["updateHttpClientConfig"]>): void {
        for (const handler of this.all()) {
            handler.updateHttpClientConfig(...change);
        }
    }

    httpHandlerConfigs(): NodeHttpHandlerOptions {
        return this.direct.httpHandlerConfigs();
    }

    private all(): RequestHandler[] {
        return [this.direct, ...this.proxied.values()];
    }
}
