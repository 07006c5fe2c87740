import { type Behaviour, type DomainSettings, type Emulator, startEmulator } from "../../emulator";
import { killAll } from "./cli";
import type { Declared } from "./program";
import { Project, type ProjectOptions } from "./project";

export const DOMAIN = "auth.example.com";
export const REGION = "us-west-2";

/** The domain of the resource of that name, where a program has several. */
export const domainOf = (name: string) => `${name}.example.com`;

/** An emulated AWS with one user pool, and a project that works there. */
export interface Stage {
    aws: Emulator;
    project: Project;
    userPoolId: string;
    /** Puts a domain of the pool into the scene, and gives the arguments that name it. */
    domain(settings?: DomainSettings & { version?: number; status?: "FAILED" }, name?: string): NamedDomain;
}

export interface NamedDomain {
    userPoolId: string;
    domain: string;
}

/**
 * Gives a function that opens a stage; everything that it opened is closed and removed after the suite that asked.
 * Call it in a `describe`.
 */
export function stages(): (behaviour?: Partial<Behaviour>, options?: ProjectOptions) => Promise<Stage> {
    const opened: Stage[] = [];
    after(async () => {
        killAll();
        await Promise.all(opened.flatMap(({ aws, project }) => [aws.close(), project.remove()]));
    });
    return async (behaviour = {}, options) => {
        const aws = await startEmulator();
        Object.assign(aws.behaviour, behaviour);
        const project = await Project.create(aws, options);
        const userPoolId = aws.userPool({ region: REGION, replicas: [{ region: "us-east-2" }] });
        const stage: Stage = {
            aws,
            project,
            userPoolId,
            domain: (settings = {}, name = DOMAIN) => {
                aws.domain({ userPoolId, domain: name, ...settings });
                return { userPoolId, domain: name };
            },
        };
        opened.push(stage);
        return stage;
    };
}

/** A resource named "auth" with these arguments. */
export const auth = (args: Declared["args"], opts?: Declared["opts"]): Declared => ({ name: "auth", args, opts });

export const FAILOVER = { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: "check-1" };
