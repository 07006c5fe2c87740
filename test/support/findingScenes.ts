import { sharedDomainNotes } from "../../provider/checks/domain";
import type { Request } from "../../provider/inputs/request";
import type { Finding, FindingCode, FixSource } from "../../provider/model/findings";
import type { Branding, Observed, ObservedCertificate } from "../../provider/model/observed";
import { ARN, goodCertificate, inDays, OTHER_ARN } from "./certificates";
import { FAILOVER, OTHER_POOL, seen } from "./domains";
import { FAILED, planFor } from "./plans";

/** A scene that shows one finding: what AWS has, and what the program asks for. */
interface Scene {
    observed: Observed;
    request: Partial<Request>;
}

const V1 = { managedLoginVersion: 1, certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" };

const domain = (found: Parameters<typeof seen>[0] | "absent" | "failed", request: Partial<Request> = {}): Scene => ({
    observed: {
        domain: found === "absent" ? { absent: true } : found === "failed" ? FAILED : { found: seen(found) },
    },
    request: { desired: { managedLoginVersion: 1 }, ...request },
});

const certificate = (found: Partial<ObservedCertificate> | "absent" | "failed", arn = ARN): Scene => ({
    observed: {
        domain: { found: seen({ settings: { ...V1, certificateArn: OTHER_ARN } }) },
        certificate: {
            arn,
            answer:
                found === "absent" ? { absent: true } : found === "failed" ? FAILED : { found: goodCertificate(found) },
        },
    },
    request: { desired: { certificateArn: arn } },
});

const login = (answers: Partial<Observed>, to = 2): Scene => ({
    observed: {
        domain: { found: seen({ settings: { ...V1, managedLoginVersion: 3 - to } }) },
        userPool: { found: { passkeys: true } },
        ...answers,
    },
    request: { desired: { managedLoginVersion: to } },
});

const failover = (answers: Partial<Observed>, version = 2): Scene => ({
    observed: {
        domain: { found: seen({ settings: { ...V1, managedLoginVersion: version } }) },
        replicas: { found: [] },
        userPool: { found: { passkeys: false } },
        ...answers,
    },
    request: { desired: { failover: FAILOVER } },
});

const unstyled: Branding = { asked: 1, more: false, styled: false, unstyled: [{ id: "1", name: "web" }] };

/** One scene for each finding about AWS. */
export const SCENES: Partial<Record<FindingCode, Scene>> = {
    "domain-not-found": domain("absent"),
    "domain-other-pool": domain({ userPoolId: OTHER_POOL }),
    "domain-deleting": domain({ status: "DELETING" }),
    "domain-not-active": domain({ status: "FAILED" }),
    "domain-unseen": domain("failed"),
    "account-not-allowed": domain({}, { accounts: { allowedAccountIds: ["210987654321"] } }),
    "tls-policy-too-low": domain({}, { desired: { securityPolicy: "TLS_V1" } }),
    "certificate-not-found": certificate("absent"),
    "certificate-other-account": certificate({}, ARN.replace("123456789012", "210987654321")),
    "certificate-pending-validation": certificate({ status: "PENDING_VALIDATION" }),
    "certificate-not-issued": certificate({ status: "FAILED" }),
    "certificate-expired": certificate({ status: "EXPIRED" }),
    "certificate-not-yet-valid": certificate({ notBefore: inDays(1) }),
    "certificate-expires-soon": certificate({ notAfter: inDays(3) }),
    "certificate-name-mismatch": certificate({ names: ["example.org"] }),
    "certificate-key-unusable": certificate({ keyAlgorithm: "EC-secp384r1" }),
    "certificate-key-unknown": certificate({ keyAlgorithm: "ML-DSA-44" }),
    "certificate-key-not-in-acm": certificate({ keyPairOrigin: "ACME" }),
    "certificate-managed-by-cloudfront": certificate({ managedBy: "CLOUDFRONT" }),
    "certificate-private": certificate({ type: "PRIVATE" }),
    "certificate-imported-expiring": certificate({ type: "IMPORTED", notAfter: inDays(30) }),
    "certificate-renewal-failing": certificate({ renewalStatus: "FAILED" }),
    "certificate-renewal-ineligible": {
        observed: {
            domain: { found: seen({ settings: V1 }) },
            certificate: { arn: ARN, answer: { found: goodCertificate({ renewalEligibility: "INELIGIBLE" }) } },
        },
        request: { desired: { certificateArn: ARN } },
    },
    "certificate-unseen": certificate("failed"),
    "feature-plan-lite": login({ userPool: { found: { tier: "LITE", passkeys: false } } }),
    "branding-missing": login({ branding: { found: unstyled } }),
    "passkeys-need-managed-login": login({}, 1),
    "passkey-relying-party": login({ relyingParty: { found: "example.org" } }),
    "user-pool-unseen": login({ userPool: FAILED }),
    "relying-party-unseen": login({ relyingParty: FAILED }),
    "branding-unseen": login({ branding: FAILED }),
    "replica-not-found": failover({}),
    "failover-plan-lite": failover({ userPool: { found: { tier: "LITE", passkeys: false } } }),
    "failover-classic-ui": failover({}, 1),
    "replica-inactive": failover({ replicas: { found: [{ region: FAILOVER.secondaryRegion, status: "INACTIVE" }] } }),
    "replicas-unseen": failover({ replicas: FAILED }),
    "setting-drifted": domain({ settings: V1 }, { desired: { managedLoginVersion: 2 } }),
    "overwrites-external-change": domain({ settings: V1 }, { desired: { managedLoginVersion: 2 } }),
};

/** The finding of this code in its scene. */
export function findingIn(
    code: FindingCode,
    phase: "preview" | "update",
    { fixable = [], isServed = false }: { fixable?: FixSource[]; isServed?: boolean } = {},
): Finding | undefined {
    if (code === "domain-managed-twice") {
        if (phase === "update") {
            return undefined;
        }
        const use = (name: string, managedLoginVersion: number) => ({
            name,
            desired: { managedLoginVersion },
            secret: [],
        });
        const otherNotes = sharedDomainNotes("us-west-2_AbCdEfGhI/auth.example.com", [use("auth", 1), use("login", 2)]);
        return planFor({}, { otherNotes }).findings[0];
    }
    const scene = SCENES[code];
    if (!scene) {
        return undefined;
    }
    const changed = code === "setting-drifted" ? { changed: {} } : {};
    const from = code === "overwrites-external-change" ? { changed: { managedLoginVersion: { from: 2 } } } : {};
    const action = isServed ? "none" : "update";
    const { observed, request } = scene;
    const plan = planFor(request, { observed, phase, fixable: new Set(fixable), action, ...changed, ...from });
    return plan.findings.find((it) => it.code === code);
}
