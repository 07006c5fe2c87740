import { baseUrl, type DomainAddress, isCustomName } from "../model/address";
import { foundIn, type Observed } from "../model/observed";
import { isTooLow } from "../model/settings";
import { type CheckContext, cannotAsk, type Note, note } from "./note";

/**
 * Checks the TLS policy against the version that the domain keeps. A program that names both is refused offline. Pure.
 * Source: Cognito API reference, CustomDomainConfigType: managed login needs TLS 1.2 or later.
 */
export function securityPolicyNotes({ changes, target }: CheckContext): Note[] {
    const isRefused = changes.includes("securityPolicy") && isTooLow(target);
    const message = "the domain has managed login (2), which needs at least TLS_V1_2_2021; the program asks for TLS_V1";
    const remedy = "Use TLS_V1_2_2021 or later, or remove securityPolicy";
    return isRefused ? note("tls-policy-too-low", message, remedy) : [];
}

/**
 * Checks that people find working sign-in pages after the version changes. Pure.
 * Source: Cognito Developer Guide, "Managed login" (feature plans, branding styles) and "Passkeys" (relying party id).
 */
export function managedLoginNotes(observed: Observed, { request, changes, target }: CheckContext): Note[] {
    const { userPool } = observed;
    const { address } = request;
    if (!userPool || !address || !changes.includes("managedLoginVersion")) {
        return [];
    }
    const pool = foundIn(userPool);
    const notes: Note[] = [];
    if ("failed" in userPool) {
        const remedy = "Allow DescribeUserPool, or check it yourself";
        notes.push(...cannotAsk("user-pool-unseen", "the user pool's feature plan and passkeys", userPool, remedy));
    }
    if (target.managedLoginVersion === 1) {
        const message = "this pool lets people sign in with passkeys, which the classic hosted UI (1) does not support";
        const remedy = "Give them another way to sign in first";
        return pool?.passkeys ? note("passkeys-need-managed-login", message, remedy) : notes;
    }
    if (pool?.tier === "LITE") {
        const message = `the user pool ${address.userPoolId} has the feature plan LITE, which does not include managed login (2)`;
        notes.push(...note("feature-plan-lite", message, "Move the pool to ESSENTIALS or PLUS"));
    }
    return [...notes, ...relyingPartyNotes(observed, address), ...brandingNotes(observed)];
}

/**
 * With a custom domain, the relying party id has to be that name, which is the default; without one, the prefix domain's
 * host or a parent of it. Source: API reference of WebAuthnConfigurationType, RelyingPartyId. An id set to the prefix domain
 * keeps that domain's passkeys (UpdateUserPoolDomain, CustomDomainConfig).
 */
function relyingPartyNotes({ relyingParty, userPool }: Observed, address: DomainAddress): Note[] {
    if (!relyingParty) {
        return [];
    }
    if ("failed" in relyingParty) {
        const remedy = "Allow GetUserPoolMfaConfig, or check it yourself";
        return cannotAsk("relying-party-unseen", "the relying party of the pool's passkeys", relyingParty, remedy);
    }
    const host = new URL(baseUrl(address)).hostname;
    const customDomain = isCustomName(address.domain) ? address.domain : foundIn(userPool)?.customDomain;
    const id = foundIn(relyingParty) ?? customDomain ?? host;
    if (id === host || (!customDomain && host.endsWith(`.${id}`))) {
        return [];
    }
    const why = customDomain ? ", which a custom domain needs" : " or a parent of it";
    return note(
        "passkey-relying-party",
        `the pool's passkeys are for ${id}, which does not match ${host}: they do not work there`,
        customDomain && customDomain !== host
            ? `Let people who have passkeys sign in at the pool's custom domain ${customDomain}`
            : `Set the relying party id to ${host}${why}; passkeys registered for another id stop working`,
    );
}

/** Certain to switch sign-in off only if no client that uses the sign-in pages has a style. */
function brandingNotes({ branding }: Observed): Note[] {
    if (branding && "failed" in branding) {
        const remedy = "Allow ListUserPoolClients and DescribeManagedLoginBrandingByClient, or check it yourself";
        return cannotAsk("branding-unseen", "the app clients' branding styles", branding, remedy);
    }
    const found = foundIn(branding);
    if (!found || found.unstyled.length === 0) {
        return [];
    }
    const { asked, more, styled, unstyled } = found;
    const names = unstyled.slice(0, 5).map(({ id, name }) => (name === id ? id : `${name} (${id})`));
    const others = unstyled.length > 5 ? ` and ${unstyled.length - 5} more` : "";
    const scope = more ? ` (the first ${asked} of the pool's clients were checked)` : "";
    return note(
        "branding-missing",
        `app clients without a branding style: ${names.join(", ")}${others}${scope}; managed login (2) shows them "Login pages unavailable"`,
        "Create one for each client that people sign in with; if this program does, add dependsOn: [branding]",
        styled || more ? "advisory" : undefined,
    );
}
