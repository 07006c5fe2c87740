import type { dynamic } from "@pulumi/pulumi";
import type { Aws } from "../aws/awsCalls";
import { type AwsIdentity, identityFromConfig, mergeIdentity } from "../inputs/awsIdentity";
import { programIn } from "../inputs/programFacts";
import { AWS } from "../inputs/schema";
import { secretConfigValues, secretTexts } from "../inputs/secrets";
import { formatProblem, problemsIn } from "../inputs/validators";
import { InvalidConfigurationError } from "../model/errors";
import { getOrCreate } from "../model/objects";

/** How a connection to AWS is made. */
export type Connect = (identity: AwsIdentity) => Promise<Aws>;

/** One connection to AWS for each identity. */
export class Connections {
    readonly #byIdentity = new Map<string, Promise<Aws>>();
    /** The stack's. */
    config: dynamic.Config | undefined;

    /** The SDK takes a while to load, and previews do without it. */
    constructor(
        private readonly connect: Connect = async (identity) =>
            (await import("../aws/connectAs.js")).connectAs(identity),
    ) {}

    /**
     * The AWS identity: the stack's config, and the resource's own `aws` argument over it.
     * @throws InvalidConfigurationError: the state may have been edited manually.
     */
    identity(props: Record<string, unknown>): AwsIdentity {
        const [problem] = problemsIn(props.aws ?? {}, AWS, "aws");
        if (problem) {
            throw new InvalidConfigurationError(formatProblem(problem));
        }
        const stack = identityFromConfig((key) => this.config?.get(key));
        return mergeIdentity(stack, props.aws as AwsIdentity | undefined);
    }

    /** Texts that no message may show: the secrets in inputs and outputs, and the stack's config values that they name as secret. */
    secrets(...props: Record<string, unknown>[]): string[] {
        const paths = props.flatMap((it) => programIn(it).secret);
        const config = secretConfigValues(paths, (key) => this.config?.get(key));
        return secretTexts(...props, config);
    }

    to(identity: AwsIdentity): Promise<Aws> {
        return getOrCreate(this.#byIdentity, JSON.stringify(identity), () => this.connect(identity));
    }
}
