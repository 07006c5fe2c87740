import { isIPv4 } from "node:net";
import type { AwsConnection } from "../inputs/awsConnection";
import { InvalidConfigurationError } from "../model/errors";

/** A proxy's URL, and where it was found; a password in it belongs into no message. */
interface Proxy {
    url: URL;
    source: string;
}

/** Through which proxies AWS is reached. */
export interface ProxySettings {
    /** For `https:` and `http:` endpoints. AWS's own have `https:`. */
    https?: Proxy;
    http?: Proxy;
    /** Hosts that are reached directly. */
    noProxy: string[];
}

/**
 * The proxies that the stack's config names, or else the environment: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in either
 * case. Undefined where there is none.
 * @throws InvalidConfigurationError for what is not the URL of an HTTP proxy.
 */
export function proxySettings({ proxy }: AwsConnection = {}, env = process.env): ProxySettings | undefined {
    const variable = (name: string) => {
        const found = [name, name.toLowerCase()].find((it) => env[it]);
        return { text: found && env[found], source: `the environment variable ${found}` };
    };
    const given = (text: string | undefined, key: string, name: string) =>
        text === undefined ? variable(name) : { text, source: `the config value ${key}` };
    const https = proxyIn(given(proxy?.https, "aws:httpsProxy", "HTTPS_PROXY"));
    const http = proxyIn(given(proxy?.http, "aws:httpProxy", "HTTP_PROXY"));
    const noProxy = (proxy?.noProxy ?? variable("NO_PROXY").text ?? "").split(/[\s,]+/).filter(Boolean);
    return https || http ? { https, http, noProxy } : undefined;
}

/** The proxy for an endpoint; undefined where it is reached directly, as this machine itself always is. */
export function proxyFor(
    { protocol, hostname, port }: { protocol: string; hostname: string; port?: number },
    { https, http, noProxy }: ProxySettings,
): URL | undefined {
    const proxy = protocol === "https:" ? https : http;
    const isDirect =
        isLoopback(hostname) || noProxy.some((entry) => matches(entry, hostname, port ?? portOf(protocol)));
    return isDirect ? undefined : proxy?.url;
}

function proxyIn({ text, source }: { text?: string; source: string }): Proxy | undefined {
    if (!text) {
        return undefined;
    }
    const withScheme = text.includes("://") ? text : `http://${text}`;
    if (!URL.canParse(withScheme) || !/^https?:$/.test(new URL(withScheme).protocol)) {
        throw new InvalidConfigurationError(
            `${source} is not the URL of an HTTP proxy; give one such as "http://proxy.example.com:3128"`,
        );
    }
    return { url: new URL(withScheme), source };
}

/** An entry of NO_PROXY: `*`, a host, a domain with or without a dot or `*.` before it; each with or without a port. */
function matches(entry: string, hostname: string, port: number): boolean {
    if (entry === "*") {
        return true;
    }
    const [, name = "", entryPort] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    const domain = name.replace(/^\*?\./, "");
    return (
        (entryPort === undefined || Number(entryPort) === port) &&
        (hostname.toLowerCase() === domain || hostname.toLowerCase().endsWith(`.${domain}`))
    );
}

function isLoopback(hostname: string): boolean {
    return hostname === "localhost" || hostname === "[::1]" || (isIPv4(hostname) && hostname.startsWith("127."));
}

function portOf(protocol: string): number {
    return protocol === "https:" ? 443 : 80;
}
