import {
    type Behaviour,
    type Call,
    type DomainSettings,
    type Emulator,
    type Fault,
    startEmulator,
} from "../../emulator";
import type { Domain } from "../../emulator/state";
import { killAll } from "./cli";
import type { Declared } from "./program";
import { Project } from "./project";

export const DOMAIN = "auth.example.com";
export const REGION = "us-west-2";
export const FAILOVER = { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: "check-1" };

/** The domain of the resource of that name, where a program has several. */
export const domainOf = (name: string) => `${name}.example.com`;

type DomainScene = DomainSettings & { version?: number };

/** An emulated AWS with one user pool, and a project that works there. */
export interface Stage {
    aws: Emulator;
    project: Project;
    userPoolId: string;
    /** Makes a certificate that fits the domains of all resources. */
    certificate(): string;
    /** Puts a domain of the pool into the scene, and gives the arguments that name it. */
    domain(scene?: DomainScene, name?: string): { userPoolId: string; domain: string };
    /** A resource that asks for version 2, with a domain of its own, `<name>.example.com`, that has version 1. */
    resource(name: string, args?: Declared["args"], opts?: Declared["opts"], scene?: DomainScene): Declared;
    /** The settings that AWS has for the domain of a resource. */
    settings(name: string): DomainSettings;
    /** The requests to update the domain of a resource. */
    sentTo(name: string): Record<string, unknown>[];
}

/**
 * Gives a function that opens a stage; everything that it opened is closed and removed after the suite that asked.
 * Call it in a `describe`.
 */
export function stages(): (main?: string) => Promise<Stage> {
    const opened: Stage[] = [];
    after(async () => {
        killAll();
        await Promise.all(opened.flatMap(({ aws, project }) => [aws.close(), project.remove()]));
    });
    return async (main) => {
        const aws = await startEmulator();
        const project = await Project.create(aws, main);
        const userPoolId = aws.userPool({ region: REGION, replicas: [{ region: "us-east-2" }] });
        const stage: Stage = {
            aws,
            project,
            userPoolId,
            certificate: () => aws.certificate({ domainName: "*.example.com" }),
            domain: (scene = {}, name = DOMAIN) => {
                aws.domain({ userPoolId, domain: name, ...scene });
                return { userPoolId, domain: name };
            },
            resource: (name, args, opts, scene) => {
                const named = stage.domain({ version: 1, securityPolicy: "TLS_V1_2_2021", ...scene }, domainOf(name));
                return { name, args: { ...named, managedLoginVersion: 2, ...args }, opts };
            },
            settings: (name) => {
                const { managedLoginVersion, certificateArn, securityPolicy } = aws.domainOf(domainOf(name)) ?? {};
                return { managedLoginVersion, certificateArn, securityPolicy };
            },
            sentTo: (name) => updates(aws).filter(({ Domain }) => Domain === domainOf(name)),
        };
        opened.push(stage);
        return stage;
    };
}

/** A resource named "auth" with these arguments. */
export const auth = (args: Declared["args"], opts?: Declared["opts"]): Declared => ({ name: "auth", args, opts });

/** The same resource with some arguments, and options, that are others. */
export const changed = (declared: Declared, args: Declared["args"], opts = declared.opts): Declared => ({
    ...declared,
    args: { ...declared.args, ...args },
    opts,
});

export const withCertificate = (certificateArn: Declared["args"][string]) => ({
    customDomainConfig: { certificateArn },
});

/** The UpdateUserPoolDomain requests. */
export const updates = (aws: Emulator): Record<string, unknown>[] =>
    aws.callsTo("UpdateUserPoolDomain").map(({ input }) => input);

/** Something that happens at the requests about the domain of a resource. */
export function atRequests(
    aws: Emulator,
    name: string,
    when: Omit<Fault, "action">,
    act: (domain: Domain) => void | Promise<void>,
): void {
    const run = async ({ state }: Emulator, { input }: Call) => {
        for (const domain of state.domains.filter((it) => it.domain === input.Domain && it.domain === domainOf(name))) {
            await act(domain);
        }
    };
    aws.behaviour.faults.push({ ...when, action: { run } });
}

/** AWS has accepted an update, and has not answered yet. */
export const ACCEPTED = { operation: "UpdateUserPoolDomain", when: "after" } as const;

/** How updates of a resource's domain end, until `aws.behaviour.faults` is emptied. */
export function endUpdates(aws: Emulator, name: string, outcome: Exclude<Behaviour["outcome"], "active">): void {
    atRequests(aws, name, ACCEPTED, (domain) => {
        if (outcome === "ignored") {
            Object.assign(domain, { pending: undefined, status: "ACTIVE" });
        } else {
            Object.assign(domain.pending ?? {}, outcome === "never" ? { never: true } : { next: undefined });
        }
    });
}
