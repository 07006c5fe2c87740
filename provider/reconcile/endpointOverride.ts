/** Where a connection goes. */
export interface Endpoint {
    host: string;
    port: number;
}

/**
 * Where to connect instead of the given host and port, in the manner of curl's `--connect-to`: rules
 * `HOST1:PORT1:HOST2:PORT2`, separated by commas, in PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO; an empty HOST1 or PORT1
 * matches any. For networks in which the public names are reached another way, and for tests.
 */
export function connectTo(
    host: string,
    port: number,
    rules: string = process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO ?? "",
): Endpoint {
    for (const rule of rules.split(",")) {
        const [, fromHost, fromPort, toHost, toPort] = RULE.exec(rule.trim()) ?? [];
        if ((fromHost === "" || fromHost === host) && (fromPort === "" || fromPort === String(port))) {
            return { host: toHost?.replace(/^\[|\]$/g, "") || host, port: toPort ? Number(toPort) : port };
        }
    }
    return { host, port };
}

const RULE = /^([^:]*):(\d*):(\[[0-9a-fA-F:]+\]|[^:]*):(\d*)$/;
