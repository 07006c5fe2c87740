import { judge } from "../../provider/checks/judge";
import type { Phase } from "../../provider/checks/severity";
import type { Desired } from "../../provider/model/desired";
import { AwsCallError } from "../../provider/model/errors";
import type { Finding } from "../../provider/model/findings";
import type {
    Branding,
    ManagedLoginObservations,
    Observations,
    ObservedCertificate,
} from "../../provider/model/observations";
import { ARN, goodCertificate, inDays, NOW, OTHER_ARN } from "./certificates";
import { CUSTOM, FAILOVER, OTHER_POOL, seen } from "./domains";

/** One finding of each code that a scene has shown. */
const TEXTS = new Map<string, Finding>();

/** One finding of each code that a judge of AWS gives. */
export function findingsByCode(): Map<string, Finding> {
    judged();
    return TEXTS;
}

/** One scene for each code. A new finding needs one here, and a row in the page. */
export function judged(): [code: string, row: string][] {
    const failed = { failed: new AwsCallError("no permission", { code: "AccessDeniedException" }) };
    const code = (
        name: string,
        observed: Observations,
        question: Partial<Desired> = {},
        property = "domain",
    ): [string, string] => {
        const cells = (["preview", "update"] as const).map((phase) => severityOf(name, observed, question, phase));
        return [name, [property, ...cells].join(" | ")];
    };
    const certificate = (name: string, look: Partial<ObservedCertificate> | "failed" | "absent", arn = ARN) => {
        const answer = look === "failed" ? failed : look === "absent" ? { absent: true as const } : undefined;
        const certificate = { arn, look: answer ?? { found: goodCertificate(look as object) } };
        const cells = (["preview", "update"] as const).map((phase) =>
            [OTHER_ARN, arn]
                .map((attached) =>
                    severityOf(
                        name,
                        { domain: { found: seen({ settings: { certificateArn: attached } }) }, certificate },
                        { settings: { certificateArn: arn } },
                        phase,
                    ),
                )
                .join(" / "),
        );
        return [name, ["customDomainConfig.certificateArn", ...cells].join(" | ")] as [string, string];
    };
    // The gate before an update asks neither about managed login nor about replicas.
    const previewOnly = (name: string, property: string, observed: Observations, question: Partial<Desired>) =>
        [name, [property, severityOf(name, observed, question, "preview"), "-"].join(" | ")] as [string, string];
    const login = (name: string, managedLogin: Partial<ManagedLoginObservations>, managedLoginVersion = 2) =>
        previewOnly(
            name,
            "managedLoginVersion",
            { managedLogin: { userPool: { found: { passkeys: true } }, ...managedLogin } },
            { settings: { managedLoginVersion } },
        );
    const replica = (name: string, replicas: Observations["replicas"]) =>
        previewOnly(name, "routing.failover.secondaryRegion", { replicas }, { settings: { failover: FAILOVER } });
    const lite = { replicas: { found: [] }, replicatedPool: { found: { tier: "LITE", passkeys: false } } };
    const client = (name: string, verifyClient: Observations["verifyClient"]) =>
        ["verify.clientId"]
            .concat(
                (["preview", "update"] as const).map((phase) =>
                    severityOf(name, { verifyClient }, { clientId: "web" }, phase),
                ),
            )
            .join(" | ");
    const unbranded: Branding = { looked: 1, more: false, unbranded: [{ id: "1", name: "web" }] };
    return [
        code("domain-not-found", { domain: { absent: true } }),
        code("domain-other-pool", { domain: { found: seen({ userPoolId: OTHER_POOL }) } }),
        code("domain-deleting", { domain: { found: seen({ status: "DELETING" }) } }),
        code("domain-not-active", { domain: { found: seen({ status: "FAILED" }) } }),
        code("domain-unseen", { domain: failed }),
        // It is about the program, not about AWS: sharedDomain.test.ts, and the engine's tests.
        ["domain-managed-twice", "domain | warning | -"],
        // So are these: test/engine/transforms.test.ts, driftInPreview.test.ts, wayBack.test.ts, failClosed.test.ts.
        ["not-preflighted", "the argument | warning | -"],
        ["setting-drifted", "the setting | warning | -"],
        ["no-way-back", "onFailure or onDelete | warning | -"],
        ["config-unreadable", "preflight | error | -"],
        ["preflight-failed", "preflight | error | -"],
        code("account-not-allowed", { domain: { found: seen() } }, { allowedAccountIds: ["210987654321"] }),
        certificate("certificate-not-found", "absent"),
        certificate("certificate-other-account", {}, ARN.replace("123456789012", "210987654321")),
        certificate("certificate-pending-validation", { status: "PENDING_VALIDATION" }),
        certificate("certificate-not-issued", { status: "FAILED" }),
        certificate("certificate-expired", { status: "EXPIRED" }),
        certificate("certificate-not-yet-valid", { notBefore: inDays(1) }),
        certificate("certificate-expires-soon", { notAfter: inDays(3) }),
        certificate("certificate-name-mismatch", { names: ["example.org"] }),
        certificate("certificate-key-unusable", { keyAlgorithm: "EC-secp384r1" }),
        certificate("certificate-key-unknown", { keyAlgorithm: "ML-DSA-44" }),
        certificate("certificate-key-not-in-acm", { keyPairOrigin: "ACME" }),
        certificate("certificate-managed-by-cloudfront", { managedBy: "CLOUDFRONT" }),
        certificate("certificate-private", { type: "PRIVATE" }),
        certificate("certificate-imported-expiring", { type: "IMPORTED", notAfter: inDays(30) }),
        certificate("certificate-renewal-failing", { renewalStatus: "FAILED" }),
        certificate("certificate-renewal-ineligible", { renewalEligibility: "INELIGIBLE" }),
        certificate("certificate-unseen", "failed"),
        code(
            "tls-policy-too-low",
            { domain: { found: seen({ settings: { managedLoginVersion: 2 } }) } },
            { settings: { securityPolicy: "TLS_V1" } },
            "customDomainConfig.securityPolicy",
        ),
        login("feature-plan-lite", { userPool: { found: { tier: "LITE", passkeys: false } } }),
        login("branding-missing", { branding: { found: unbranded } }),
        login("passkeys-need-managed-login", {}, 1),
        login("passkey-relying-party", { relyingParty: { found: "example.org" } }),
        login("user-pool-unseen", { userPool: failed }),
        login("relying-party-unseen", { relyingParty: failed }),
        login("branding-unseen", { branding: failed }),
        previewOnly("failover-plan-lite", "routing.failover.secondaryRegion", lite, {
            settings: { failover: FAILOVER },
        }),
        previewOnly(
            "failover-classic-ui",
            "routing.failover.secondaryRegion",
            { replicas: { found: [] } },
            { settings: { failover: FAILOVER, managedLoginVersion: 1 } },
        ),
        ["verify-client-not-found", client("verify-client-not-found", { absent: true })],
        ["verify-client-unseen", client("verify-client-unseen", failed)],
        replica("replica-not-found", { found: [] }),
        replica("replica-inactive", { found: [{ region: FAILOVER.secondaryRegion, status: "INACTIVE" }] }),
        replica("replicas-unseen", failed),
    ];
}

function severityOf(code: string, observed: Observations, question: Partial<Desired>, phase: Phase): string {
    const whole = {
        domain: CUSTOM.domain,
        address: CUSTOM,
        settings: {},
        minimumCertificateValidityDays: undefined,
        ...question,
    };
    const finding = judge(observed, whole, phase, NOW).find((it: Finding) => it.code === code);
    if (finding) {
        TEXTS.set(code, TEXTS.get(code) ?? finding);
    }
    return finding?.severity ?? "-";
}
