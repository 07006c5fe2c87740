import { lookup } from "node:dns/promises";
import { connect } from "node:tls";
import { messageOf } from "../model/errors";
import { connectTo } from "./connectTo";

/** What one edge of the distribution presents. */
export type EdgeAnswer =
    | { address: string; serial: bigint; notAfter: string }
    /** No answer, though there is a way to it. */
    | { address: string; down: string }
    /** This machine has no route for the address's family: no edge that it can see. */
    | { address: string; unroutable: true };

/** Milliseconds for a TLS handshake. */
const HANDSHAKE_TIMEOUT = 10_000;

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
        // The serial number says which certificate it is; whether it is trusted is another question.
        const socket = connect({ host: address, port, servername, rejectUnauthorized: false });
        const answer = (it: EdgeAnswer) => {
            socket.destroy();
            resolve(it);
        };
        socket.setTimeout(HANDSHAKE_TIMEOUT, () => answer({ address, down: "no answer in time" }));
        socket.once("secureConnect", () => {
            const { serialNumber, valid_to: notAfter } = socket.getPeerCertificate();
            answer(
                serialNumber
                    ? { address, serial: serialOf(serialNumber), notAfter }
                    : { address, down: "it presents no certificate" },
            );
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

/** A serial number out of hexadecimal text: ACM writes it with colons, Node without. */
export function serialOf(hexadecimal: string): bigint {
    return BigInt(`0x${hexadecimal.replaceAll(":", "")}`);
}

/** Whether every edge that can be seen presents the certificate, and there is one that can. */
export function allServe(answers: EdgeAnswer[], serial: bigint): boolean {
    const seen = answers.filter((answer) => !("unroutable" in answer));
    return seen.length > 0 && seen.every((answer) => "serial" in answer && answer.serial === serial);
}

/** What the edges presented, in words. */
export function describeEdges(answers: EdgeAnswer[], serial: bigint): string {
    return answers
        .map((answer) => {
            if ("unroutable" in answer) {
                return `${answer.address}: no route from here`;
            }
            if ("down" in answer) {
                return `${answer.address}: ${answer.down}`;
            }
            return answer.serial === serial
                ? `${answer.address}: serves it`
                : `${answer.address}: serves serial ${answer.serial.toString(16)}, valid to ${answer.notAfter}`;
        })
        .join("; ");
}
