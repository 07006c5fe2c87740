import { Random } from "../../chaos/random";
import type { Behaviour, DomainSettings, Emulator } from "../../emulator";
import { argsOf, certificateOf, driftOf, failoverOf, policyFor, type SceneArgs } from "./sceneArgs";
import { twist } from "./twists";

/** One resource: what its domain is like, what the program said before, what it says now, and what others did meanwhile. */
export interface SceneResource {
    name: string;
    domain: string;
    isCustom: boolean;
    /** What the program said at an earlier `pulumi up`; undefined where this one adopts the domain. */
    earlier: SceneArgs | undefined;
    args: Record<string, unknown> & { userPoolId: string };
    opts: { ignoreChanges?: string[] };
    /** Arguments that a transform puts in place of the program's. */
    transform?: Record<string, unknown>;
    /** What somebody changes by hand after the earlier `up`. */
    drift: DomainSettings;
    /** The user pool that the domain is moved to by hand after the earlier `up`. */
    movedTo?: string;
    /** Whether the domain is not there at all. */
    absent: boolean;
    /** Whether the program has the resource no more. */
    removed: boolean;
    /** Whether the run is told to replace it. */
    forced: boolean;
    /** Whether something that its outputs depend on is not known in the preview. */
    unknown: boolean;
    /** Whether one of its arguments is secret. */
    secret: boolean;
}

/** A program, its AWS, and how it is run. */
export interface Scene {
    seed: number;
    behaviour: Partial<Behaviour>;
    resources: SceneResource[];
    /** Only these resources are run; undefined: all. */
    only?: { flag: "--target" | "--exclude"; name: string };
    /** Whether ACM may be asked after the earlier `up`. */
    acmDenied: boolean;
}

/** What holds for a whole program, by its seed's remainder: any eight in a row have each. */
const TURNS = 8;
const ONLY: Record<number, "--target" | "--exclude"> = { 2: "--target", 6: "--exclude" };
const ACM_DENIED = 5;
// Of a program that is refused, little can be compared: so the unfit come together.
const UNFIT = [3, 7];

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
    const turn = seed % TURNS;
    const unfit = UNFIT.includes(turn) ? 0.5 : 0;
    const resources = Array.from({ length: random.whole(5, 12) }, (_, index) =>
        resourceOf(`r${index}`, unfit, random, aws),
    );
    const flag = ONLY[turn];
    const only = flag && { flag, name: random.pick("r0", "r1") };
    return { seed, behaviour, resources, only, acmDenied: turn === ACM_DENIED };
}

/** Whether the run is about this resource. */
export function isRun({ only }: Scene, { name }: SceneResource): boolean {
    return only === undefined || (only.flag === "--target") === (only.name === name);
}

function resourceOf(name: string, unfit: number, random: Random, aws: Emulator): SceneResource {
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
            securityPolicy: isCustom ? policyFor(version, random) : undefined,
            routing: random.chance(0.2) ? { failover: failoverOf(random) } : undefined,
            status: random.chance(0.04) ? "FAILED" : "ACTIVE",
        });
    }
    const earlier = !absent && random.chance(0.7) ? argsOf(random, aws, named, attached, 0) : undefined;
    const changes = earlier === undefined || random.chance(0.5);
    const args = changes ? argsOf(random, aws, named, attached, unfit) : { ...earlier, ...named };
    const resource: SceneResource = {
        name,
        domain,
        isCustom,
        earlier,
        args,
        opts: {},
        drift: earlier && random.chance(changes ? 0.3 : 0.7) ? driftOf(random, aws, { domain, isCustom, earlier }) : {},
        absent,
        removed: false,
        forced: false,
        unknown: absent || args.preflight === "off",
        secret: false,
    };
    twist(resource, random, aws);
    return resource;
}
