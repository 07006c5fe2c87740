import { request } from "node:https";
import { baseUrl, type DomainAddress, isCustomName } from "../model/address";
import { messageOf } from "../model/errors";
import type { ObservedClient } from "../model/observations";
import { connectTo } from "./endpointOverride";

/** What became of asking for a page. */
export type PageAnswer = { status: number; body: string } | { unreachable: string };

/** What the page proves: sign-in is served, definitely not, or it cannot be told. */
export type PageVerdict =
    | { page: "served" }
    /** `mayBeOld`: a change that is still on its way looks like that, too. */
    | { page: "notServed"; reason: string; mayBeOld?: true }
    | { page: "cannotTell"; reason: string };

/** The pages are not an API: of managed login nothing is documented, of the classic hosted UI the customizable CSS classes. */
const CLASSIC_MARKS = /class="[^"]*-customizable\b|cognitoSignInForm/;
const UNAVAILABLE = /login pages unavailable/i;

/**
 * Judges a `/login` page. Pure. Source for the classic marks: Cognito Developer Guide, "Customizing hosted UI (classic)
 * branding"; for the 403: seen, with a domain of version 2 and an app client without a branding style.
 */
export function judgePage(answer: PageAnswer, version: number): PageVerdict {
    if ("unreachable" in answer) {
        return { page: "cannotTell", reason: answer.unreachable };
    }
    const { status, body } = answer;
    if (status === 403 && UNAVAILABLE.test(body)) {
        return {
            page: "notServed",
            reason: 'it says "Login pages unavailable": the app client has no branding style for managed login',
        };
    }
    if (status !== 200) {
        return { page: "cannotTell", reason: `it answers with HTTP ${status}` };
    }
    const classic = CLASSIC_MARKS.test(body);
    if (version === 2) {
        return classic
            ? { page: "notServed", reason: "it still shows the classic hosted UI", mayBeOld: true }
            : { page: "served" };
    }
    return classic
        ? { page: "served" }
        : { page: "cannotTell", reason: "it does not look like the classic hosted UI, for whatever reason" };
}

/** The path of the sign-in page of an app client. Source: Cognito Developer Guide, "Login endpoint". */
export function loginPath(clientId: string, client: ObservedClient): string {
    const query = new URLSearchParams({
        client_id: clientId,
        response_type: client.flows.includes("code") || !client.flows.includes("implicit") ? "code" : "token",
    });
    if (client.scopes.length > 0) {
        query.set("scope", client.scopes.join(" "));
    }
    if (client.redirectUri) {
        query.set("redirect_uri", client.redirectUri);
    }
    return `/login?${query}`;
}

/** A sign-in page is small, and quick. */
const PAGE_TIMEOUT_MS = 10_000;
const PAGE_SIZE_BYTES = 512 * 1024;

/**
 * Asks the domain itself for a page, TLS verified: a custom domain through its CloudFront domain, since its own DNS
 * record may not be there yet.
 */
export function askPage(
    address: DomainAddress,
    cloudFrontDomain: string | undefined,
    path: string,
): Promise<PageAnswer> {
    const { hostname } = new URL(baseUrl(address));
    const { host, port } = connectTo(isCustomName(address.domain) ? (cloudFrontDomain ?? hostname) : hostname, 443);
    return new Promise((resolve) => {
        const call = request(
            {
                host,
                port,
                path,
                servername: hostname,
                headers: { host: hostname, accept: "text/html" },
                timeout: PAGE_TIMEOUT_MS,
                // Whatever the environment says: what is not verified proves nothing.
                rejectUnauthorized: true,
            },
            (response) => {
                let body = "";
                response.setEncoding("utf8");
                response.on("data", (chunk: string) => {
                    body += chunk;
                    if (body.length > PAGE_SIZE_BYTES) {
                        response.destroy();
                    }
                });
                response.on("close", () =>
                    resolve(
                        response.complete
                            ? { status: response.statusCode ?? 0, body }
                            : { unreachable: "the page did not arrive as a whole" },
                    ),
                );
            },
        );
        call.on("timeout", () => call.destroy(new Error("no answer in time")));
        call.on("error", (error) => resolve({ unreachable: messageOf(error) }));
        call.end();
    });
}
