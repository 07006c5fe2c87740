import type { UpdateUserPoolDomainCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { type Asked, outcomeOf } from "./asking";
import type { MadeCustomDomain } from "./customDomain";
import { describe, describeSettled, updateOutsidePulumi } from "./domain";
import type { Probe } from "./probe";

type Settings = Omit<UpdateUserPoolDomainCommandInput, "UserPoolId" | "Domain">;

/** Questions about a custom domain. */
export const CUSTOM_PROBES: Probe[] = [
    {
        id: "unset-policy",
        question: "Which TLS policy has a custom domain that was created without one?",
        ask: async (asked) => customDomain(asked).created.CustomDomainConfig?.SecurityPolicy ?? "none is reported",
    },
    {
        id: "custom-updating-values",
        question: "Which values does UPDATING show of a custom domain?",
        ask: async (asked) => {
            await bring(asked, { ManagedLoginVersion: 1 });
            await updateOutsidePulumi(asked.session, customDomain(asked), { ManagedLoginVersion: 2, ...first(asked) });
            const { Status, ManagedLoginVersion = 1 } = await describe(asked.session, customDomain(asked));
            await settledCustom(asked);
            return Status === "UPDATING" ? (ManagedLoginVersion === 2 ? "new" : "old") : `${Status} at once`;
        },
    },
    {
        id: "custom-without-config",
        question: "Text for an update of a custom domain without its certificate",
        ask: (asked) => refusal(asked, { ManagedLoginVersion: 1 }),
    },
    {
        id: "omitted-policy",
        question: "What does `reset` mean?",
        ask: async (asked) => {
            await bring(asked, { CustomDomainConfig: { ...first(asked).CustomDomainConfig, ...STRICTEST } });
            await bring(asked, { ManagedLoginVersion: 2 });
            const { CustomDomainConfig } = await describe(asked.session, customDomain(asked));
            const policy = CustomDomainConfig?.SecurityPolicy;
            return policy === STRICTEST.SecurityPolicy
                ? "the TLS policy is kept"
                : `the TLS policy is reset to ${policy ?? "none that is reported"}`;
        },
    },
    {
        id: "tls-v1-version-2",
        question: "Text of InvalidInputException (TLS_V1 with version 2)",
        ask: (asked) =>
            refusal(asked, {
                ManagedLoginVersion: 2,
                CustomDomainConfig: { CertificateArn: customDomain(asked).certificate, SecurityPolicy: "TLS_V1" },
            }),
    },
    {
        id: "wrong-name",
        question: "Text for a certificate that does not cover the name",
        ask: (asked) => refusal(asked, { CustomDomainConfig: { CertificateArn: customDomain(asked).wrongName } }),
    },
    {
        id: "self-signed",
        question: "Is a certificate of a CA that nobody trusts refused, and how?",
        ask: (asked) => refusal(asked, { CustomDomainConfig: { CertificateArn: customDomain(asked).selfSigned } }),
    },
];

const STRICTEST = { SecurityPolicy: "TLS_V1_3_2025" } as const;

function customDomain({ customDomain }: Asked): MadeCustomDomain {
    if (!customDomain) {
        throw new Error("This run has no custom domain.");
    }
    return customDomain;
}

/** The domain's first certificate: an update has to name one. */
const first = (asked: Asked) => ({ CustomDomainConfig: { CertificateArn: customDomain(asked).certificate } });

const settledCustom = (asked: Asked) => describeSettled(asked.session, customDomain(asked), asked.progress);

async function bring(asked: Asked, settings: Settings): Promise<void> {
    await updateOutsidePulumi(asked.session, customDomain(asked), { ...first(asked), ...settings });
    await settledCustom(asked);
}

/** The error of an update that AWS refuses, or `accepted`; that one is reverted. */
async function refusal(asked: Asked, settings: Settings): Promise<string> {
    const answer = await outcomeOf(async () => {
        await updateOutsidePulumi(asked.session, customDomain(asked), settings);
        return "accepted";
    });
    await settledCustom(asked);
    if (answer === "accepted") {
        await bring(asked, { ManagedLoginVersion: 2 });
    }
    return answer;
}
