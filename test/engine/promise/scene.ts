import { Random } from "../../chaos/random";
import type { Behaviour, DomainSettings, Emulator } from "../../emulator";
import { madeIn } from "./program";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The settings as arguments, in AWS's terms of the program. */
export interface SceneArgs {
    [name: string]: unknown;
    userPoolId: string;
    domain: string;
}

/** One resource: what its domain is like, what the program said before, what it says now, and what others did meanwhile. */
export interface SceneResource {
    name: string;
    domain: string;
    /** What the program said at an earlier `pulumi up`; undefined where this one adopts the domain. */
    earlier: SceneArgs | undefined;
    args: SceneArgs;
    opts: { ignoreChanges?: string[] };
    /** Arguments that a transform puts in place of the program's. */
    transform?: Record<string, unknown>;
    /** What somebody changes by hand after the earlier `up`. */
    drift: DomainSettings;
    /** Whether the domain is not there at all. */
    absent: boolean;
    /** Why a preview may not know this resource's outputs. */
    unknown: boolean;
}

/** A program, its AWS, and how it is run. */
export interface Scene {
    seed: number;
    behaviour: Partial<Behaviour>;
    resources: SceneResource[];
    /** Only this resource is run; undefined: all. */
    target?: string;
    /** Whether ACM may be asked after the earlier `up`. */
    acmDenied: boolean;
}

/** Sets the scene of a seed in an empty AWS. Each resource has a domain of its own. */
export function sceneOf(seed: number, aws: Emulator): Scene {
    const random = new Random(seed);
    const behaviour: Partial<Behaviour> = {
        omittedSettings: random.pick("reset", "keep"),
        whileUpdating: random.pick("old", "new"),
        prefixCustomDomainConfig: random.pick("empty", "absent"),
        unsetVersion: random.pick("absent", "one"),
        missingDomain: random.pick("empty", "notFound"),
        certificateInForce: "trusted",
    };
    const resources = Array.from({ length: random.whole(2, 6) }, (_, index) => resourceOf(`r${index}`, random, aws));
    return {
        seed,
        behaviour,
        resources,
        target: random.chance(0.1) ? random.pick("r0", "r1") : undefined,
        acmDenied: random.chance(0.05),
    };
}

const POLICIES = ["TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"] as const;
const failoverOf = (random: Random) => ({
    secondaryRegion: "us-east-2",
    primaryRoute53HealthCheckId: random.pick("check-1", "check-2"),
});

function resourceOf(name: string, random: Random, aws: Emulator): SceneResource {
    const userPoolId = aws.userPool({
        region: "us-west-2",
        replicas: [{ region: "us-east-2" }],
    });
    const isCustom = random.chance(0.8);
    const domain = isCustom ? `${name}.example.com` : `prefix-${name}`;
    const attached = isCustom ? certificateOf(domain, random, aws, 0.05) : undefined;
    const version = random.pick(1, 2, undefined);
    const absent = random.chance(0.04);
    if (!absent) {
        aws.domain({
            userPoolId,
            domain,
            version,
            certificateArn: attached,
            securityPolicy: isCustom ? policyFor(version, random) : undefined,
            routing: random.chance(0.2) ? { failover: failoverOf(random) } : undefined,
            status: random.chance(0.04) ? "FAILED" : "ACTIVE",
        });
    }
    const earlier =
        !absent && random.chance(0.7) ? argsOf(random, aws, { userPoolId, domain }, attached, 0) : undefined;
    const changes = earlier === undefined || random.chance(0.6);
    const args = changes
        ? argsOf(random, aws, { userPoolId, domain }, attached, 0.08)
        : { ...earlier, userPoolId, domain };
    const resource: SceneResource = {
        name,
        domain,
        earlier,
        args,
        opts: random.chance(0.15)
            ? {
                  ignoreChanges: [
                      random.pick(
                          "managedLoginVersion",
                          "customDomainConfig",
                          "customDomainConfig.securityPolicy",
                          "routing",
                          "*",
                      ),
                  ],
              }
            : {},
        drift: earlier && random.chance(0.4) ? driftOf(random, aws, domain, isCustom) : {},
        absent,
        unknown: absent || args.preflight === "off",
    };
    if (random.chance(0.08)) {
        resource.transform = { managedLoginVersion: random.pick(1, 2) };
    }
    const config = args.customDomainConfig as { certificateArn?: string } | undefined;
    if (config?.certificateArn && random.chance(0.08)) {
        resource.args = { ...args, customDomainConfig: { ...config, certificateArn: madeIn(config.certificateArn) } };
        resource.unknown = true;
    }
    return resource;
}

function argsOf(
    random: Random,
    aws: Emulator,
    named: { userPoolId: string; domain: string },
    attached: string | undefined,
    unfit: number,
): SceneArgs {
    const args: SceneArgs = { ...named };
    const version = random.pick(1, 2, undefined);
    if (version) {
        args.managedLoginVersion = version;
    }
    if (attached && random.chance(0.7)) {
        const config: Record<string, string> = {};
        if (random.chance(0.7)) {
            config.certificateArn = random.chance(0.5) ? attached : certificateOf(named.domain, random, aws, unfit);
        }
        if (random.chance(0.5)) {
            // Version 2 with TLS_V1 is refused offline: a scene about that alone would say little.
            config.securityPolicy = random.pick(POLICIES[1], POLICIES[2]);
        }
        args.customDomainConfig = config;
    }
    if (random.chance(0.2)) {
        args.routing = { failover: failoverOf(random) };
    }
    if (random.chance(0.2)) {
        args.onDelete = random.pick("retain", "restore");
    }
    if (random.chance(0.1)) {
        args.onFailure = random.pick("keep", "rollback");
    }
    if (random.chance(0.1)) {
        args.preflight = random.pick("error", "warn", "off");
    }
    if (random.chance(0.1)) {
        args.waitTimeoutSeconds = random.pick(30, 60);
    }
    return args;
}

function policyFor(version: number | undefined, random: Random): string | undefined {
    return version === 2 ? random.pick(undefined, POLICIES[1], POLICIES[2]) : random.pick(undefined, ...POLICIES);
}

/** A certificate, so often (0 to 1) one that does not fit. */
function certificateOf(domain: string, random: Random, aws: Emulator, unfit: number): string {
    if (!random.chance(unfit)) {
        return aws.certificate({ domainName: random.pick(domain, "*.example.com") });
    }
    const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);
    return random.pick(
        () => aws.certificate({ domainName: domain, status: "EXPIRED", notBefore: inDays(-400), notAfter: inDays(-5) }),
        () => aws.certificate({ domainName: domain, notBefore: inDays(-195), notAfter: inDays(3) }),
        () => aws.certificate({ domainName: "other.example.org" }),
        () => aws.certificate({ domainName: domain, status: "PENDING_VALIDATION" }),
        () => aws.certificate({ domainName: domain, keyAlgorithm: "EC-secp384r1" }),
    )();
}

function driftOf(random: Random, aws: Emulator, domain: string, isCustom: boolean): DomainSettings {
    const drift: DomainSettings = {};
    if (random.chance(0.6)) {
        drift.managedLoginVersion = 1;
    }
    if (isCustom && random.chance(0.4)) {
        drift.certificateArn = aws.certificate({ domainName: domain });
    }
    if (isCustom && random.chance(0.3)) {
        drift.securityPolicy = random.pick(POLICIES[1], POLICIES[2]);
    }
    if (random.chance(0.1)) {
        drift.routing = { failover: failoverOf(random) };
    }
    return drift;
}
