import { randomBytes, randomUUID } from "node:crypto";
import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import { colonSeparated } from "./certificates";
import type { Certificate, State, UserPool } from "./state";

// New pools, clients and certificates with ids in AWS's form, made the same way for the API and for scenes.

export function addUserPool(state: State, account: string, region: string, given: Partial<UserPool>): UserPool {
    const pool: UserPool = {
        id: `${region}_${randomText(9)}`,
        account,
        region,
        name: "pool",
        replicas: [],
        tags: {},
        clients: new Map(),
        brandings: new Map(),
        ...given,
    };
    state.pools.set(pool.id, pool);
    return pool;
}

export function addAppClient(pool: UserPool, given: UserPoolClientType, withSecret = false): UserPoolClientType {
    const ClientId = randomText(26).toLowerCase();
    const ClientSecret = withSecret ? randomText(51).toLowerCase() : undefined;
    const client = { ...given, UserPoolId: pool.id, ClientId, ClientSecret };
    pool.clients.set(ClientId, client);
    return client;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** By default issued by Amazon yesterday, or 396 days before a given end, for 13 months and the domain name alone. */
export type NewCertificate = Partial<Certificate> & { domainName: string };

/** Adds a certificate and returns its ARN. */
export function addCertificate(state: State, account: string, region: string, given: NewCertificate): string {
    const now = Date.now();
    const certificate: Certificate = {
        arn: `arn:aws:acm:${region}:${account}:certificate/${randomUUID()}`,
        account,
        region,
        status: "ISSUED",
        type: "AMAZON_ISSUED",
        keyAlgorithm: "RSA-2048",
        subjectAlternativeNames: [given.domainName],
        serial: colonSeparated(randomBytes(16).toString("hex")),
        notBefore: new Date(Math.min(now - DAY_MS, (given.notAfter?.getTime() ?? now + 395 * DAY_MS) - 396 * DAY_MS)),
        notAfter: new Date(now + 395 * DAY_MS),
        createdAt: new Date(now),
        tags: {},
        ...given,
    };
    state.certificates.set(certificate.arn, certificate);
    return certificate.arn;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const randomText = (length: number): string =>
    [...randomBytes(length)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
