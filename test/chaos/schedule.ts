import type { Behaviour, Chaos, ChaosKind, Emulator } from "../emulator";
import { CHAOS_KINDS } from "../emulator";
import { Random } from "./random";

const REGION = "us-west-2";
const SECONDARY = "us-east-2";
const DAY = 24 * 60 * 60 * 1000;

/** The kinds of certificates that a program may ask for. */
type CertificateKind = "fit" | "wildcard" | "ending" | "expired" | "pending" | "otherName" | "missing";

/** One command, or somebody else's doing between two. */
export type Step =
    | { does: "up"; args: Args; chaos: Chaos; behaviour: Partial<Behaviour> }
    | { does: "refresh"; chaos: Chaos }
    | { does: "destroy"; chaos: Chaos }
    /** Somebody changes the domain by hand. */
    | { does: "meddle"; patch: { managedLoginVersion?: number; securityPolicy?: string } };

export type Args = Record<string, unknown> & { customDomainConfig?: { certificateArn?: string } };

export interface Schedule {
    domain: string;
    clientId: string;
    steps: Step[];
}

/** Puts the scene of a seed in place and says what happens in it. */
export function scheduleOf(seed: number, aws: Emulator): Schedule {
    const random = new Random(seed);
    const domain = `auth${seed}.example.com`;
    const userPoolId = aws.userPool({
        region: REGION,
        tier: random.chance(0.1) ? "LITE" : "ESSENTIALS",
        replicas: [{ region: SECONDARY }],
    });
    const version = random.pick(1, 1, 2);
    const failover = { secondaryRegion: SECONDARY, primaryRoute53HealthCheckId: healthCheck(random) };
    aws.domain({
        userPoolId,
        domain,
        version,
        certificateArn: certificate(aws, domain, random.pick("fit", "fit", "ending")),
        securityPolicy: version === 2 ? "TLS_V1_2_2021" : random.pick("TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"),
        routing: random.chance(0.5) ? { failover } : undefined,
    });
    const clientId = aws.client({ userPoolId, withSecret: true, withBranding: true });
    aws.behaviour.omittedSettings = random.pick("reset", "keep");
    aws.behaviour.whileUpdating = random.pick("old", "new");
    const steps: Step[] = [];
    const up = () =>
        steps.push({
            does: "up",
            args: argsOf(random, aws, { userPoolId, domain, clientId }),
            chaos: chaosOf(random),
            behaviour: behaviourOf(random),
        });
    up();
    for (let count = random.whole(1, 3); count > 0; count--) {
        if (random.chance(0.3)) {
            steps.push({ does: "refresh", chaos: chaosOf(random) });
        }
        if (random.chance(0.3)) {
            const patch = random.pick({ managedLoginVersion: 1 }, { securityPolicy: "TLS_V1_3_2025" });
            steps.push({ does: "meddle", patch });
        }
        up();
    }
    if (random.chance(0.6)) {
        steps.push({ does: "destroy", chaos: chaosOf(random) });
    }
    return { domain, clientId, steps };
}

function argsOf(
    random: Random,
    aws: Emulator,
    { userPoolId, domain, clientId }: { userPoolId: string; domain: string; clientId: string },
): Args {
    const customDomainConfig = {
        ...(random.chance(0.6) && {
            certificateArn: certificate(
                aws,
                domain,
                random.chance(0.75)
                    ? random.pick("fit", "wildcard")
                    : random.pick("ending", "expired", "pending", "otherName", "missing"),
            ),
        }),
        ...(random.chance(0.2) && { securityPolicy: random.pick("TLS_V1_2_2021", "TLS_V1_3_2025") }),
    };
    const failover = { secondaryRegion: SECONDARY, primaryRoute53HealthCheckId: healthCheck(random) };
    return {
        userPoolId,
        domain,
        ...(random.chance(0.7) && { managedLoginVersion: random.pick(1, 2, 2) }),
        ...(Object.keys(customDomainConfig).length > 0 && { customDomainConfig }),
        ...(random.chance(0.2) && { routing: { failover } }),
        ...(random.chance(0.4) && { onFailure: "rollback" }),
        ...(random.chance(0.7) && { onDelete: "restore" }),
        ...(random.chance(0.2) && { verify: { clientId } }),
        waitTimeoutSeconds: 1,
    };
}

function chaosOf(random: Random): Chaos {
    const kinds: readonly ChaosKind[] = random.chance(0.7)
        ? CHAOS_KINDS
        : [random.pick("exception", "reset", "hang", "staleRead")];
    return { seed: random.whole(0, 2 ** 31), rate: random.pick(0.05, 0.15, 0.3, 0.5), kinds };
}

function behaviourOf(random: Random): Partial<Behaviour> {
    return {
        outcome: random.pick("active", "active", "active", "active", "active", "failed", "failed", "ignored"),
        settleAfterDescribes: random.whole(0, 4),
        freshCertificateRefusals: random.pick(0, 0, 2),
    };
}

function certificate(aws: Emulator, domain: string, kind: CertificateKind): string {
    switch (kind) {
        case "fit":
            return aws.certificate({ domainName: domain });
        case "wildcard":
            return aws.certificate({ domainName: "*.example.com" });
        case "ending":
            return aws.certificate({ domainName: domain, notAfter: new Date(Date.now() + 5 * DAY) });
        case "expired":
            return aws.certificate({
                domainName: domain,
                status: "EXPIRED",
                notBefore: new Date(Date.now() - 400 * DAY),
                notAfter: new Date(Date.now() - 5 * DAY),
            });
        case "pending":
            return aws.certificate({ domainName: domain, status: "PENDING_VALIDATION" });
        case "otherName":
            return aws.certificate({ domainName: "login.example.org" });
        case "missing": {
            const arn = aws.certificate({ domainName: domain });
            aws.removeCertificate(arn);
            return arn;
        }
    }
}

function healthCheck(random: Random): string {
    return `11111111-2222-3333-4444-${String(random.whole(1, 2)).repeat(12)}`;
}
