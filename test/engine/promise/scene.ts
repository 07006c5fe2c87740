import { Random } from "../../chaos/random";
import type { Behaviour, DomainSettings, Emulator } from "../../emulator";
import { madeIn, secret } from "../support/program";
import { argsOf, certificateOf, driftOf, failoverOf, laterArgs, policyFor, type SceneArgs } from "./sceneArgs";

/** One resource: what its domain is like, what the program said before, what it says now, and what others did meanwhile. */
export interface SceneResource {
    name: string;
    domain: string;
    /** What the program said at an earlier `pulumi up`; undefined where this one adopts the domain. */
    earlier: SceneArgs | undefined;
    args: Record<string, unknown> & { userPoolId: string };
    opts: { ignoreChanges?: string[] };
    /** Arguments that a transform puts in place of the program's. */
    transform?: Record<string, unknown>;
    /** What somebody changes by hand after the earlier `up`. */
    drift: DomainSettings;
    /** What came of an update of somebody's: it failed, or is under way. */
    status?: "FAILED" | "UPDATING";
    /** Whether AWS gives up on the update of the earlier `up`. */
    failing: boolean;
    /** The user pool that the domain is moved to by hand after the earlier `up`. */
    movedTo?: string;
    /** Whether the program has the resource no more. */
    removed: boolean;
    /** Whether the run is told to replace it. */
    forced?: boolean;
    /** Whether something that its outputs depend on is not known in the preview. */
    unknown: boolean;
    /** The argument, or its member, that the program marks as secret, or has marked earlier. */
    secret?: string;
}

/** A program, its AWS, and how it is run. */
export interface Scene {
    behaviour: Partial<Behaviour>;
    resources: SceneResource[];
    /** Only these resources are run; undefined: all. */
    only?: { flag: "--target" | "--exclude"; name: string };
    /** Whether ACM may be asked after the earlier `up`. */
    acmDenied: boolean;
    /** Whether preview and update refresh the state first. */
    refreshed: boolean;
    /** Whether AWS reports no TLS policy. */
    silent: boolean;
}

/** What holds for a whole program, by its seed's remainder: any eight in a row have each. */
const ONLY: Record<number, "--target" | "--exclude"> = { 2: "--target", 6: "--exclude" };
const ACM_DENIED = 5;
// Of a program that is refused, little can be compared: so the unfit come together.
const UNFIT = [3, 7];
const REFRESHED = [0, 4];
const SILENT = [1, 4];

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
    const turn = seed % 8;
    const [refreshed, silent] = [REFRESHED, SILENT].map((turns) => turns.includes(turn)) as [boolean, boolean];
    behaviour.silentSettings = silent ? ["securityPolicy"] : [];
    const unfit = UNFIT.includes(turn) ? 0.5 : 0;
    const named = Array.from({ length: random.whole(5, 12) }, (_, index) => `r${index}`);
    const resources = named.map((name) => resourceOf(name, unfit, silent, random, aws));
    const flag = ONLY[turn];
    // Pulumi itself refuses a target that nothing has made yet, or that depends on a resource outside of the targets.
    const target = resources.find((it) => it.earlier && !it.unknown);
    const only = flag && target && { flag, name: target.name };
    return { behaviour, resources, only, acmDenied: turn === ACM_DENIED, refreshed, silent };
}

/** Whether the run is about this resource. */
export function isRun({ only }: Scene, { name }: SceneResource): boolean {
    return only === undefined || (only.flag === "--target") === (only.name === name);
}

function resourceOf(name: string, unfit: number, silent: boolean, random: Random, aws: Emulator): SceneResource {
    const userPoolId = aws.userPool({ region: "us-west-2", replicas: [{ region: "us-east-2" }] });
    const isCustom = random.chance(0.8);
    const domain = isCustom ? `${name}.example.com` : `prefix-${name}`;
    const named = { userPoolId, domain };
    const attached = isCustom ? certificateOf(domain, random, aws, 0.04) : undefined;
    const version = random.pick(1, 2, undefined);
    const absent = random.chance(0.02);
    if (!absent) {
        aws.domain({
            ...named,
            version,
            certificateArn: attached,
            // With managed login, AWS refuses a TLS_V1 that nobody can see.
            securityPolicy: isCustom ? policyFor(silent ? 2 : version, random) : undefined,
            routing: random.chance(0.2) ? { failover: failoverOf(random, domain) } : undefined,
            status: random.chance(0.08) ? "FAILED" : "ACTIVE",
        });
    }
    const earlier = !absent && random.chance(0.7) ? argsOf(random, aws, named, attached, 0) : undefined;
    const failing = earlier !== undefined && isCustom && random.chance(0.12);
    if (failing) {
        // Something that is sent.
        earlier.managedLoginVersion = version === 2 ? 1 : 2;
    }
    const status = earlier && !failing && random.chance(0.12) ? random.pick("FAILED", "UPDATING") : undefined;
    const isDrifted = earlier && status !== "UPDATING" && random.chance(0.5);
    const drift = isDrifted ? driftOf(random, aws, earlier, silent) : {};
    const fresh = argsOf(random, aws, named, attached, unfit);
    const args = earlier ? laterArgs(random, earlier, drift, fresh) : fresh;
    const resource: SceneResource = {
        name,
        domain,
        earlier,
        args,
        opts: {},
        drift,
        status,
        failing,
        removed: false,
        unknown: absent || args.preflight === "off",
    };
    for (const [share, twist] of TWISTS) {
        if (random.chance(share)) {
            twist(resource, random, aws);
        }
    }
    return resource;
}

/** What makes a scene less plain, with how often (0 to 1) each comes. */
const TWISTS: [share: number, twist: (resource: SceneResource, random: Random, aws: Emulator) => void][] = [
    [0.2, ignoring],
    [0.12, transformed],
    [0.08, withUnknown],
    [0.25, withSecret],
    [0.08, moved],
    [0.05, (resource) => Object.assign(resource, { removed: resource.earlier !== undefined })],
    // A domain that has moved is replaced anyway; and a refresh drops it, so that Pulumi does not find what to replace.
    [0.05, (resource) => Object.assign(resource, { forced: resource.earlier && !resource.movedTo })],
];

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
    const { args, domain } = resource;
    resource.transform = random.pick<() => Record<string, unknown>>(
        () => ({ managedLoginVersion: random.pick(1, 2) }),
        () => ({ waitTimeoutSeconds: 45 }),
        () => ({ onDrift: "correct" }),
        () => ({ wait: "none" }),
        () =>
            domain.includes(".")
                ? { customDomainConfig: { certificateArn: certificateOf(domain, random, aws, 0.1) } }
                : {},
        () => ({ preflight: random.pick("off", "warn") }),
        () => ({ region: "us-west-2" }),
        () => ({ aws: { allowedAccountIds: ["123456789012"] } }),
        () => ({ userPoolId: args.userPoolId }),
    )();
}

/** A value that only the update makes known. */
function withUnknown(resource: SceneResource, random: Random): void {
    const paths = [
        "customDomainConfig.certificateArn",
        "customDomainConfig.securityPolicy",
        "userPoolId",
        "domain",
    ] as const;
    resource.args = wrapped(resource.args, random.pick(...paths), madeIn);
    resource.unknown ||= JSON.stringify(resource.args).includes('"$makes"');
}

/** A value that the program marks as secret, or marks no more, or only now. */
function withSecret(resource: SceneResource, random: Random): void {
    const { args, earlier, unknown } = resource;
    const ofConfig = ["customDomainConfig", "customDomainConfig.certificateArn"];
    const paths = [...ofConfig, "routing", "routing.failover.primaryRoute53HealthCheckId"];
    const isGiven = (it: string) => JSON.stringify([args, earlier]).includes(`"${it.split(".").at(-1)}"`);
    const given = paths.filter(isGiven);
    const path = random.pick("domain", ...given, ...given);
    const [isNow, wasThen] = random.pick([true, true], [true, false], [false, true]);
    if (!unknown && given.length > 0) {
        resource.args = isNow ? wrapped(args, path, secret) : args;
        resource.earlier = earlier && wasThen ? wrapped(earlier, path, secret) : earlier;
        resource.secret = path;
    }
}

/** The arguments with the part at a path, if it is there, as another value. */
function wrapped<T>(args: T, path: string, wrap: (part: string) => unknown): T {
    const [name = "", ...rest] = path.split(".");
    const { [name]: part, ...others } = args as Record<string, unknown>;
    if (part === undefined) {
        return args;
    }
    return { ...others, [name]: rest.length > 0 ? wrapped(part, rest.join("."), wrap) : wrap(part as string) } as T;
}

/** The domain goes to another user pool: it is there already, or the update comes too early. */
function moved(resource: SceneResource, random: Random, aws: Emulator): void {
    if (resource.earlier && !resource.unknown) {
        const userPoolId = aws.userPool({ region: "us-west-2", replicas: [{ region: "us-east-2" }] });
        resource.args = { ...resource.args, userPoolId };
        resource.movedTo = random.chance(0.8) ? userPoolId : undefined;
    }
}
