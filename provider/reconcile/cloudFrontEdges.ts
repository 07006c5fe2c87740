import { lookup } from "node:dns/promises";
import { globalAgent } from "node:https";
import { checkServerIdentity, connect } from "node:tls";
import { messageOf } from "../model/errors";

/** The answer of one edge of the distribution. */
export type EdgeAnswer =
    | { address: string; serial: bigint; notAfter: string }
    /** A certificate that this machine does not trust for the name: it says nothing about CloudFront. */
    | { address: string; untrusted: string }
    /** No answer, though there is a way to it. */
    | { address: string; down: string }
    /** This machine has no route for the address's family: no edge that it can see. */
    | { address: string; unroutable: true };

/** Milliseconds for a TLS handshake. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

const UNROUTABLE = new Set(["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT"]);

/**
 * Asks every address that the CloudFront domain resolves to which certificate it presents for the user's domain. DNS for
 * the user's own domain need not point there yet.
 */
export async function askEdges(cloudFrontDomain: string, domain: string): Promise<EdgeAnswer[]> {
    const { host, port } = connectTo(cloudFrontDomain, 443);
    let addresses: { address: string }[];
    try {
        addresses = await lookup(host, { all: true });
    } catch (error) {
        return [{ address: host, down: messageOf(error) }];
    }
    return Promise.all(addresses.map(({ address }) => handshake(address, port, domain)));
}

function handshake(address: string, port: number, servername: string): Promise<EdgeAnswer> {
    return new Promise((resolve) => {
        // Checked below: an expired certificate tells something about CloudFront, one made by an intercepting proxy does not.
        const socket = connect({
            host: address,
            port,
            servername,
            rejectUnauthorized: false,
            ca: globalAgent.options.ca,
        });
        const answer = (it: EdgeAnswer) => {
            socket.destroy();
            resolve(it);
        };
        socket.setTimeout(HANDSHAKE_TIMEOUT_MS, () => answer({ address, down: "no answer in time" }));
        socket.once("secureConnect", () => {
            const certificate = socket.getPeerCertificate();
            const { serialNumber, valid_to: notAfter } = certificate;
            const distrust = distrustOf(socket.authorizationError, checkServerIdentity(servername, certificate));
            if (!serialNumber) {
                answer({ address, down: "it presents no certificate" });
            } else if (distrust) {
                answer({ address, untrusted: distrust });
            } else {
                answer({ address, serial: serialOf(serialNumber), notAfter });
            }
        });
        socket.once("error", (error: NodeJS.ErrnoException) =>
            answer(
                UNROUTABLE.has(error.code ?? "")
                    ? { address, unroutable: true }
                    : { address, down: error.code ?? messageOf(error) },
            ),
        );
    });
}

/** Why a certificate proves nothing; undefined if its chain is valid for the name, its expiry aside. */
function distrustOf(chain: Error | string | undefined, name: Error | undefined): string | undefined {
    const code = chain instanceof Error ? ((chain as NodeJS.ErrnoException).code ?? chain.message) : chain;
    return name ? messageOf(name) : code === "CERT_HAS_EXPIRED" ? undefined : code;
}

/** A serial number out of hexadecimal text: ACM writes it with colons, Node without. */
export function serialOf(hexadecimal: string): bigint {
    return BigInt(`0x${hexadecimal.replaceAll(":", "")}`);
}

/** True if every edge that can be seen presents the certificate, and there is one that can. */
export function allServe(answers: EdgeAnswer[], serial: bigint): boolean {
    const seen = answers.filter((answer) => !("unroutable" in answer));
    return seen.length > 0 && seen.every((answer) => "serial" in answer && answer.serial === serial);
}

/** True if some edge certainly presents another certificate. */
export function anotherIsServed(answers: EdgeAnswer[], serial: bigint): boolean {
    return answers.some((answer) => "serial" in answer && answer.serial !== serial);
}

/** The answers of the edges, in words. */
export function describeEdges(answers: EdgeAnswer[], serial: bigint): string {
    return answers
        .map((answer) => {
            if ("unroutable" in answer) {
                return `${answer.address}: no route from here`;
            }
            if ("down" in answer) {
                return `${answer.address}: ${answer.down}`;
            }
            if ("untrusted" in answer) {
                return `${answer.address}: cannot tell, since this machine does not trust the certificate that is presented (${answer.untrusted}); a proxy in between makes its own, and a private CA has to be in NODE_EXTRA_CA_CERTS`;
            }
            return answer.serial === serial
                ? `${answer.address}: serves it`
                : `${answer.address}: serves serial ${answer.serial.toString(16)}, valid to ${answer.notAfter}`;
        })
        .join("; ");
}

/** The target of a connection. */
export interface Endpoint {
    host: string;
    port: number;
}

/**
 * The host and port to connect to instead, in the manner of curl's `--connect-to`: rules
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
