import { lookup } from "node:dns/promises";
import { globalAgent } from "node:https";
import { checkServerIdentity, connect } from "node:tls";
import { isCustomName } from "../model/address";
import { messageOf, NotConvergedError } from "../model/errors";
import { SettingsText } from "../model/settingsText";
import type { Outcome, UpdateInput } from "./operation";
import { attachedCertificate, pending, poll, type TimedContext } from "./polling";

/** Reads in a row that have to agree: CloudFront's edges change one after another, and one read may be stale. */
const READS_IN_A_ROW = 3;

/** Waits until CloudFront presents the certificate; returns the problem if it does not. Only with `wait: "served"`. */
export async function verifyServedCertificate(
    { request }: UpdateInput,
    context: TimedContext,
    { plan, settings, certificate, cloudFrontDistribution }: Outcome,
): Promise<NotConvergedError | undefined> {
    const { wait, address, waitTimeoutSeconds } = request;
    const { domain } = address;
    if (wait !== "served" || !isCustomName(domain) || !settings.certificateArn) {
        return undefined;
    }
    // Under the same ARN, CloudFront may serve the previous certificate for another day: no reason to revert anything.
    // Source: Cognito Developer Guide, "Using your own domain", on renewed and re-imported certificates.
    const isNewArn = plan.before.certificateArn !== settings.certificateArn;
    const rest = isNewArn ? "" : " If it was renewed or imported again under its ARN, that may take up to 24 h.";
    const certificateText = new SettingsText(plan.secret).all(settings, ["certificateArn"]);
    const problem = `${domain}: ACTIVE, but not seen to serve ${certificateText}`;
    const failed = (kind: "notServed" | "unverified", reason: string) =>
        new NotConvergedError(kind, `${problem}: ${reason}`, "To complete the update, run `pulumi up` again.");
    if (!cloudFrontDistribution) {
        return failed("unverified", "DescribeUserPoolDomain returned no CloudFront distribution to check.");
    }
    const { serial: text } = certificate ?? (await attachedCertificate(context.aws, settings)) ?? {};
    if (!text) {
        return failed("unverified", "acm:DescribeCertificate did not return its serial number. Allow that call.");
    }
    const serial = serialOf(text);
    let answers: EdgeAnswer[] = [];
    const presented: Presented[] = [];
    const isCertain = (what: Presented) =>
        presented.length >= READS_IN_A_ROW && presented.slice(-READS_IN_A_ROW).every((it) => it === what);
    const read = async () => {
        answers = await askEdges(cloudFrontDistribution, domain);
        presented.push(presentedBy(answers, serial));
        return isCertain("right") ? true : pending;
    };
    try {
        if (await poll(read, context, () => `${domain}: waiting for CloudFront to serve the certificate`)) {
            return undefined;
        }
    } catch (error) {
        return failed("unverified", `${messageOf(error)}.`);
    }
    const kind = isNewArn && isCertain("other") ? "notServed" : "unverified";
    const reason = `after ${waitTimeoutSeconds} s (waitTimeoutSeconds), ${edgesText(answers, serial)}.${rest}`;
    return failed(kind, reason);
}

/** The answer of one edge of the distribution. */
export interface EdgeAnswer {
    address: string;
    /** Of the certificate presented, if this machine trusts it for the name: any other says nothing about CloudFront. */
    serial?: bigint;
    /** This machine has no route for the address's family: no edge that it can see. */
    isUnroutable?: boolean;
    text: string;
}

/** Milliseconds for a TLS handshake. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

const UNROUTABLE = ["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT"];

/**
 * Asks each address of the CloudFront domain which certificate it presents for the user's domain. DNS for the user's own
 * domain need not point there yet.
 */
export async function askEdges(cloudFrontDomain: string, domain: string): Promise<EdgeAnswer[]> {
    const { host, port } = connectTo(cloudFrontDomain, 443);
    try {
        const addresses = await lookup(host, { all: true });
        return await Promise.all(addresses.map(({ address }) => handshake(address, port, domain)));
    } catch (error) {
        return [{ address: host, text: messageOf(error) }];
    }
}

function handshake(address: string, port: number, servername: string): Promise<EdgeAnswer> {
    return new Promise((resolve) => {
        // Checked below: an expired certificate tells something about CloudFront, one made by an intercepting proxy does not.
        const options = { host: address, port, servername, rejectUnauthorized: false, ca: globalAgent.options.ca };
        const socket = connect(options);
        const answer = (it: Omit<EdgeAnswer, "address">) => {
            socket.destroy();
            resolve({ address, ...it });
        };
        socket.setTimeout(HANDSHAKE_TIMEOUT_MS, () => answer({ text: "no answer in time" }));
        socket.once("secureConnect", () => {
            const certificate = socket.getPeerCertificate();
            const serial = certificate.serialNumber && serialOf(certificate.serialNumber);
            const distrust = distrustOf(socket.authorizationError, checkServerIdentity(servername, certificate));
            if (!serial) {
                answer({ text: "it presents no certificate" });
            } else if (distrust) {
                const text = `cannot tell, since this machine does not trust the certificate presented (${distrust}): it may be a proxy's; a private CA has to be in NODE_EXTRA_CA_CERTS`;
                answer({ text });
            } else {
                answer({ serial, text: `serves serial ${serial.toString(16)}, valid to ${certificate.valid_to}` });
            }
        });
        socket.once("error", ({ code, message }: NodeJS.ErrnoException) => {
            const isUnroutable = UNROUTABLE.includes(code ?? "");
            answer({ isUnroutable, text: isUnroutable ? "no route from here" : (code ?? message) });
        });
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

/** `right`: all edges that can be seen present it; `other`: one certainly presents another certificate. */
type Presented = "right" | "other" | "unclear";

/** What the edges present, given the serial number of the certificate that they should. */
export function presentedBy(answers: EdgeAnswer[], serial: bigint): Presented {
    const seen = answers.filter(({ isUnroutable }) => !isUnroutable);
    if (seen.some((answer) => answer.serial !== undefined && answer.serial !== serial)) {
        return "other";
    }
    return seen.length > 0 && seen.every((answer) => answer.serial === serial) ? "right" : "unclear";
}

function edgesText(answers: EdgeAnswer[], serial: bigint): string {
    return answers.map((it) => `${it.address}: ${it.serial === serial ? "serves it" : it.text}`).join("; ");
}

const CONNECT_TO = /^([^:]*):(\d*):(\[[0-9a-fA-F:]+\]|[^:]*):(\d*)$/;

/**
 * The host and port to connect to, or those that PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO names instead: `HOST1:PORT1:HOST2:PORT2`,
 * as curl's `--connect-to`, several separated by commas; an empty HOST1 or PORT1 matches any.
 */
export function connectTo(host: string, port: number): { host: string; port: number } {
    for (const rule of (process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO ?? "").split(",")) {
        const [, fromHost, fromPort, toHost, toPort] = CONNECT_TO.exec(rule.trim()) ?? [];
        if ((fromHost === "" || fromHost === host) && (fromPort === "" || fromPort === String(port))) {
            return { host: toHost?.replace(/^\[|\]$/g, "") || host, port: Number(toPort) || port };
        }
    }
    return { host, port };
}
