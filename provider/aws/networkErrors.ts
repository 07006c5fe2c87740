/** Of these, no request has left this machine. */
const UNREACHABLE = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH"];

/** Neither of these: the TLS handshake ends before the request. Source: Node.js, "X509 certificate error codes". */
const UNTRUSTED = [
    "CERT_HAS_EXPIRED",
    "CERT_NOT_YET_VALID",
    "CERT_UNTRUSTED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_GET_ISSUER_CERT",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
];

/** Of these, the request may have arrived. The last two are names that the SDK gives. */
const INTERRUPTED = ["ECONNRESET", "EPIPE", "ETIMEDOUT", "TimeoutError", "NetworkingError"];

const NOT_SENT = new Set([...UNREACHABLE, ...UNTRUSTED]);
const UNTRUSTED_CODES = new Set(UNTRUSTED);
const NETWORK = new Set([...NOT_SENT, ...INTERRUPTED]);

/** Whether a code of an error is of the network, not of AWS. */
export function isNetworkCode(code: string | undefined): code is string {
    return code !== undefined && NETWORK.has(code);
}

/** Whether it says that no request has left this machine. */
export function isNotSent(code: string): boolean {
    return NOT_SENT.has(code);
}

/** Whether it says that the certificate which answered is not to be trusted. */
export function isUntrusted(code: string): boolean {
    return UNTRUSTED_CODES.has(code);
}
