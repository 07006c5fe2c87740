import { baseUrl, type DomainAddress, isCustomName } from "../model/address";
import type { Desired } from "../model/desired";
import type { Branding, Lookup, ManagedLoginObservations, ObservedClient } from "../model/observations";
import { ARGUMENT_PATH, type Settings } from "../model/settings";
import type { Judgement } from "./severity";

/**
 * May the domain have the TLS policy, with the version that it has and the program does not manage? The version and the policy of
 * a program are refused offline. Pure.
 *
 * Source: Cognito API reference, CustomDomainConfigType: managed login needs TLS 1.2 or later.
 */
export function judgeSecurityPolicy(inForce: Settings, desired: Settings): Judgement[] {
    const isRefused =
        desired.securityPolicy === "TLS_V1" &&
        desired.managedLoginVersion === undefined &&
        inForce.managedLoginVersion === 2;
    return isRefused
        ? [
              {
                  code: "tls-policy-too-low",
                  ground: "introduced",
                  property: ARGUMENT_PATH.securityPolicy,
                  message:
                      "the domain has managed login (2), which needs at least TLS_V1_2_2021, and TLS_V1 is asked for",
                  remedy: "Ask for TLS_V1_2_2021 or later, or leave securityPolicy out",
              },
          ]
        : [];
}

/**
 * Will people find a working sign-in page after the managed login version has changed? Pure.
 *
 * Source: Cognito Developer Guide, "Managed login" (feature plans, branding styles) and "Passkeys" (relying party id).
 */
export function judgeManagedLogin(
    { userPool, relyingParty, branding }: ManagedLoginObservations,
    address: DomainAddress,
    version: number,
): Judgement[] {
    const found: Judgement[] = [];
    if ("failed" in userPool) {
        found.push(
            unseen(
                "user-pool-unseen",
                "the user pool's feature plan and passkeys",
                userPool.failed.message,
                "DescribeUserPool",
            ),
        );
    }
    const pool = "found" in userPool ? userPool.found : undefined;
    if (version === 2 && pool?.tier === "LITE") {
        found.push({
            code: "feature-plan-lite",
            ground: "mendable",
            property: PROPERTY,
            message: `the user pool ${address.userPoolId} has the feature plan LITE, which has no managed login (2)`,
            remedy: "Move the pool to ESSENTIALS or PLUS",
        });
    }
    if (version === 1 && pool?.passkeys) {
        found.push({
            code: "passkeys-need-managed-login",
            ground: "advisory",
            property: PROPERTY,
            message: "people sign in to this pool with passkeys, which the classic hosted UI (1) does not have",
            remedy: "Give them another way to sign in first",
        });
    }
    if (version === 2 && relyingParty) {
        found.push(...judgeRelyingParty(relyingParty, address, pool?.customDomain));
    }
    if (branding) {
        found.push(
            ...("found" in branding
                ? judgeBranding(branding.found)
                : "failed" in branding
                  ? [
                        unseen(
                            "branding-unseen",
                            "the app clients' branding styles",
                            branding.failed.message,
                            "ListUserPoolClients and DescribeManagedLoginBrandingByClient",
                        ),
                    ]
                  : []),
        );
    }
    return found;
}

const PROPERTY = "managedLoginVersion";

/**
 * Beside a custom domain the relying party id has to be that name, and is it by default; without one, the prefix domain's
 * host or a parent of it. Source: API reference of WebAuthnConfigurationType, RelyingPartyId. That of UpdateUserPoolDomain,
 * CustomDomainConfig, says besides that an id set to the prefix domain keeps its passkeys: so nothing is said of that one.
 */
function judgeRelyingParty(
    relyingParty: NonNullable<ManagedLoginObservations["relyingParty"]>,
    address: DomainAddress,
    poolsCustomDomain: string | undefined,
): Judgement[] {
    if ("failed" in relyingParty) {
        return [
            unseen(
                "relying-party-unseen",
                "the relying party of the pool's passkeys",
                relyingParty.failed.message,
                "GetUserPoolMfaConfig",
            ),
        ];
    }
    const host = new URL(baseUrl(address)).hostname;
    const customDomain = isCustomName(address.domain) ? address.domain : poolsCustomDomain;
    const id = "found" in relyingParty ? relyingParty.found : (customDomain ?? host);
    if (id === host || (!customDomain && host.endsWith(`.${id}`))) {
        return [];
    }
    if (customDomain && customDomain !== host) {
        return [
            {
                code: "passkey-relying-party",
                ground: "advisory",
                property: PROPERTY,
                message: `the pool's passkeys are for ${id}, as the pool has the custom domain ${customDomain}: nobody can use one at ${host}`,
                remedy: `Let people who have passkeys sign in at ${customDomain}`,
            },
        ];
    }
    return [
        {
            code: "passkey-relying-party",
            ground: "advisory",
            property: PROPERTY,
            message: `the pool's passkeys are for ${id}, which does not fit ${host}: nobody can use one there`,
            remedy: `Set the relying party id to ${host}${customDomain ? ", which a custom domain needs" : " or a parent of it"}; passkeys made for another one are lost`,
        },
    ];
}

const NAMED_CLIENTS = 5;

/** Source: Cognito Developer Guide, "Quotas in Amazon Cognito". */
const STYLES_A_POOL = 20;

function judgeBranding({ looked, more, unbranded }: Branding): Judgement[] {
    if (unbranded.length === 0) {
        return [];
    }
    const names = unbranded.slice(0, NAMED_CLIENTS).map(({ name }) => name);
    const others = unbranded.length > NAMED_CLIENTS ? ` and ${unbranded.length - NAMED_CLIENTS} more` : "";
    const scope = more ? ` (the first ${looked} were looked at, there are more)` : "";
    return [
        {
            code: "branding-missing",
            ground: "mendable",
            property: PROPERTY,
            message: `app clients without a branding style: ${names.join(", ")}${others}${scope}; managed login (2) shows them "Login pages unavailable"`,
            remedy: `Create one for each that people sign in with (a pool has at most ${STYLES_A_POOL}), unless this program does`,
        },
    ];
}

/** The update does not need these answers: AWS refuses by itself what it cannot do. */
function unseen(code: string, what: string, reason: string, calls: string): Judgement {
    return {
        code,
        ground: "unseen",
        property: PROPERTY,
        message: `${what} could not be checked: ${reason}`,
        remedy: `Let the preview call ${calls}, or check it yourself`,
    };
}

/** Is the app client that `verify` names there? Without it, a finished update could not be verified. Pure. */
export function judgeVerifyClient(
    client: Lookup<ObservedClient>,
    { clientId, engineWillAct, settings }: Pick<Desired, "clientId" | "engineWillAct" | "settings">,
    userPoolId: string,
): Judgement[] {
    if ("found" in client) {
        return [];
    }
    const about = { property: "verify.clientId" } as const;
    return "absent" in client
        ? [
              {
                  ...about,
                  code: "verify-client-not-found",
                  // Without an update, nothing is verified; and no way back to the classic page is ever blocked.
                  ground: engineWillAct === false || settings.managedLoginVersion === 1 ? "advisory" : "introduced",
                  message: `the user pool ${userPoolId} has no app client ${clientId}`,
                  remedy: "Give the id of one of the pool's app clients, or leave verify out",
              },
          ]
        : [
              {
                  ...about,
                  code: "verify-client-unseen",
                  ground: "advisory",
                  message: `the app client ${clientId} could not be checked: ${client.failed.message}`,
                  remedy: "Let Pulumi call DescribeUserPoolClient, or the sign-in page cannot be verified",
              },
          ];
}
