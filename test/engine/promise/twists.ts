import type { Random } from "../../chaos/random";
import type { Emulator } from "../../emulator";
import { madeIn, secret } from "../support/program";
import type { SceneResource } from "./scene";
import { certificateOf } from "./sceneArgs";

type Twist = (resource: SceneResource, random: Random, aws: Emulator) => void;

/** What makes a scene less plain, with how often (0 to 1) each comes. */
const TWISTS: [share: number, twist: Twist][] = [
    [0.2, ignoring],
    [0.12, transformed],
    [0.08, withUnknown],
    [0.05, withSecret],
    [0.08, moved],
    [0.05, (resource) => Object.assign(resource, { removed: resource.earlier !== undefined })],
    [0.05, (resource) => Object.assign(resource, { forced: resource.earlier !== undefined })],
];

export function twist(resource: SceneResource, random: Random, aws: Emulator): void {
    for (const [share, change] of TWISTS) {
        if (random.chance(share)) {
            change(resource, random, aws);
        }
    }
}

function ignoring({ opts }: SceneResource, random: Random): void {
    opts.ignoreChanges = [
        random.pick(
            "managedLoginVersion",
            "customDomainConfig",
            "customDomainConfig.securityPolicy",
            "customDomainConfig.certificateArn",
            "routing",
            "routing.failover.primaryRoute53HealthCheckId",
            "domain",
            "userPoolId",
            "*",
        ),
    ];
}

/** A transform gives other values than the program. */
function transformed(resource: SceneResource, random: Random, aws: Emulator): void {
    const { args, domain, isCustom } = resource;
    resource.transform = random.pick<() => Record<string, unknown>>(
        () => ({ managedLoginVersion: random.pick(1, 2) }),
        () => ({ waitTimeoutSeconds: 45 }),
        () => ({ onDrift: "correct" }),
        () => ({ wait: "none" }),
        () => (isCustom ? { customDomainConfig: { certificateArn: certificateOf(domain, random, aws, 0.1) } } : {}),
        () => ({ preflight: random.pick("off", "warn") }),
        () => ({ region: "us-west-2" }),
        () => ({ aws: { allowedAccountIds: ["123456789012"] } }),
        () => ({ userPoolId: args.userPoolId }),
    )();
}

/** A value that only the update makes known. */
function withUnknown(resource: SceneResource, random: Random): void {
    const { args } = resource;
    const config = args.customDomainConfig as { certificateArn?: string; securityPolicy?: string } | undefined;
    const { certificateArn, securityPolicy } = config ?? {};
    const choices: Record<string, unknown>[] = [
        ...(certificateArn ? [{ customDomainConfig: { ...config, certificateArn: madeIn(certificateArn) } }] : []),
        ...(securityPolicy ? [{ customDomainConfig: { ...config, securityPolicy: madeIn(securityPolicy) } }] : []),
        { userPoolId: madeIn(args.userPoolId) },
        { domain: madeIn(resource.domain) },
    ];
    resource.args = { ...args, ...random.pick(choices[0] ?? {}, ...choices.slice(1)) };
    resource.unknown = true;
}

/** A value that the program marks as secret. */
function withSecret(resource: SceneResource, random: Random): void {
    const { args } = resource;
    const name = random.pick("customDomainConfig", "domain");
    if (args[name] !== undefined && !resource.unknown) {
        resource.args = { ...args, [name]: secret(args[name] as string) };
        resource.secret = true;
    }
}

/** The domain goes to another user pool: it is there already, or the update comes too early. */
function moved(resource: SceneResource, random: Random, aws: Emulator): void {
    if (resource.earlier && !resource.unknown && !resource.absent) {
        const userPoolId = aws.userPool({ region: "us-west-2", replicas: [{ region: "us-east-2" }] });
        resource.args = { ...resource.args, userPoolId };
        resource.movedTo = random.chance(0.8) ? userPoolId : undefined;
    }
}
