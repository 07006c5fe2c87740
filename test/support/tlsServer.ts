import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { createServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { createSecureContext } from "node:tls";
import * as x509 from "@peculiar/x509";

x509.cryptoProvider.set(webcrypto as Crypto);

const DAY_MS = 86_400_000;

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** A certificate with its key, in PEM. */
export interface TestCertificate {
    cert: string;
    key: string;
}

/** A self-signed certificate for the names, with this serial number in hexadecimal; trust it by putting `cert` among the CAs. */
export async function makeCertificate(
    serial: string,
    names: string | readonly string[],
    { notAfter = new Date(Date.now() + DAY_MS) }: { notAfter?: Date } = {},
): Promise<TestCertificate> {
    const dnsNames = [names].flat();
    const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        serialNumber: serial,
        // A subject of its own: OpenSSL finds a CA by it.
        name: `CN=${dnsNames[0]} ${serial}`,
        notBefore: new Date(Date.now() - DAY_MS),
        notAfter,
        signingAlgorithm: ALGORITHM,
        keys: keys as CryptoKeyPair,
        extensions: [
            new x509.BasicConstraintsExtension(true, undefined, true),
            new x509.SubjectAlternativeNameExtension(dnsNames.map((value) => ({ type: "dns" as const, value }))),
        ],
    });
    const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
    return {
        cert: certificate.toString("pem"),
        key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
    };
}

/** An HTTPS server on 127.0.0.1 that presents, at each handshake, the certificate that `present` answers. */
export async function startTlsServer(
    present: (servername: string) => TestCertificate,
    handler: Parameters<typeof createServer>[1] = (_request, response) => response.end("ok"),
): Promise<{ port: number; close(): Promise<void> }> {
    const options: ServerOptions = {
        SNICallback: (servername, done) => done(null, createSecureContext(present(servername))),
    };
    const server = createServer({ ...present(""), ...options }, handler);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // A test that fails before it closes the server must not keep mocha alive.
    server.unref();
    return {
        port: (server.address() as AddressInfo).port,
        close: () =>
            new Promise((resolve) => {
                server.closeAllConnections();
                server.close(() => resolve());
            }),
    };
}
