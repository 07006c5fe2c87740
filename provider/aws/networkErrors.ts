/** Of these, no request has left this machine. */
const UNREACHABLE = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH"];

/** Of these, the request may have arrived. The last two are names that the SDK gives. */
const INTERRUPTED = ["ECONNRESET", "EPIPE", "ETIMEDOUT", "TimeoutError", "NetworkingError"];

/** The TLS handshake ended before the request. Source: Node.js, "X509 certificate error codes". */
const UNTRUSTED =
    /^(CERT_(HAS_EXPIRED|NOT_YET_VALID|UNTRUSTED)|ERR_TLS_CERT_ALTNAME_INVALID)$|SELF_SIGNED_CERT|^UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)/;

/** The network failure that an error code stands for; undefined if it is AWS's or another's. */
export function networkFailure(code = ""): "unreachable" | "untrusted" | "interrupted" | undefined {
    if (UNREACHABLE.includes(code)) {
        return "unreachable";
    }
    return UNTRUSTED.test(code) ? "untrusted" : INTERRUPTED.includes(code) ? "interrupted" : undefined;
}
