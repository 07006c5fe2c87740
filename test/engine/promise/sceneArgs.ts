import { certificate } from "../../chaos/programs";
import type { Random } from "../../chaos/random";
import type { DomainSettings, Emulator } from "../../emulator";

/** The settings as arguments, as the program writes them. */
export interface SceneArgs {
    [name: string]: unknown;
    userPoolId: string;
    domain: string;
}

const POLICIES = ["TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"] as const;

/** Each domain has health checks of its own, which can be told apart in texts. */
export const failoverOf = (random: Random, domain: string) => ({
    secondaryRegion: "us-east-2",
    primaryRoute53HealthCheckId: `check-${domain.replace(/\D/g, "")}-${random.pick("a", "b")}`,
});

/** What a program might say about a domain. `unfit`: how often (0 to 1) its certificate is one that does not fit. */
export function argsOf(
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
        args.routing = { failover: failoverOf(random, named.domain) };
    }
    return { ...args, ...ownArgsOf(random) };
}

/** The arguments that are no settings of the domain. */
function ownArgsOf(random: Random): Record<string, unknown> {
    return {
        onDelete: random.chance(0.2) ? random.pick("retain", "restore") : undefined,
        onFailure: random.chance(0.1) ? random.pick("keep", "rollback") : undefined,
        onDrift: random.chance(0.3) ? random.pick("warn", "correct", "correct") : undefined,
        preflight: random.chance(0.1) ? random.pick("error", "warn", "off") : undefined,
        wait: random.chance(0.1) ? random.pick("active", "none") : undefined,
        waitTimeoutSeconds: random.chance(0.1) ? random.pick(30, 60) : undefined,
    };
}

export function policyFor(version: number | undefined, random: Random): string | undefined {
    return version === 2 ? random.pick(undefined, POLICIES[1], POLICIES[2]) : random.pick(undefined, ...POLICIES);
}

/** A certificate, so often (0 to 1) one that does not fit. */
export function certificateOf(domain: string, random: Random, aws: Emulator, unfit: number): string {
    const kind = random.chance(unfit)
        ? random.pick("expired", "ending", "otherName", "pending")
        : random.pick("fit", "wildcard");
    return certificate(aws, domain, kind);
}

/** What the program says now, after an earlier `up`: the same, one argument anew, what AWS has by now, or all anew. */
export function laterArgs(random: Random, earlier: SceneArgs, drift: DomainSettings, fresh: SceneArgs): SceneArgs {
    const name = random.pick("managedLoginVersion", "customDomainConfig", "routing", "onDelete");
    const { managedLoginVersion = earlier.managedLoginVersion, routing = earlier.routing, ...config } = drift;
    const customDomainConfig = earlier.customDomainConfig && { ...(earlier.customDomainConfig as object), ...config };
    return random.pick(
        { ...earlier },
        { ...earlier },
        { ...earlier, [name]: fresh[name] },
        { ...earlier, managedLoginVersion, customDomainConfig, routing },
        fresh,
    );
}

/** What somebody changes by hand, mostly of what the program manages. */
export function driftOf(random: Random, aws: Emulator, earlier: SceneArgs, silent: boolean): DomainSettings {
    const { domain } = earlier;
    const isCustom = domain.includes(".");
    const config = (earlier.customDomainConfig ?? {}) as { certificateArn?: string; securityPolicy?: string };
    const isHit = (managed: unknown) => random.chance(managed === undefined ? 0.2 : 0.6);
    const drift: DomainSettings = {};
    if (isHit(earlier.managedLoginVersion)) {
        drift.managedLoginVersion = 1;
    }
    if (isCustom && isHit(config.certificateArn)) {
        drift.certificateArn = aws.certificate({ domainName: domain });
    }
    // Nobody can see a change of what AWS does not report.
    if (isCustom && !silent && isHit(config.securityPolicy)) {
        drift.securityPolicy = random.pick(POLICIES[1], POLICIES[2]);
    }
    if (isHit(earlier.routing)) {
        drift.routing = { failover: failoverOf(random, domain) };
    }
    return drift;
}
