import * as pulumi from "@pulumi/pulumi";
import { CHANGED } from "../inputs/changed";
import { PROGRAM, type ProgramFacts, programFacts } from "../inputs/programFacts";
import type { UserPoolDomainSettingsArgs } from "../inputs/userPoolDomainSettingsArgs";
import { defined, isObject } from "../model/objects";
import { OUTPUT_NAMES } from "../model/outputs";
import { oneLine } from "../model/plainText";
import { RECORD } from "../model/record";
import { PROVIDER_LOADER } from "./loader";
import { secretPaths } from "./outputFacts";
import { Preview } from "./preview";
import { currentPreview } from "./previewRun";
import { PREVIEWED } from "./registeredResource";

/** The input in which Pulumi's dynamic provider host finds the provider. */
const PROVIDER = "__provider";

/** The certificate and TLS policy of a custom domain. */
export interface UserPoolDomainSettingsCustomDomainConfig {
    certificateArn: string;
    /** Undefined if Cognito does not report it. */
    securityPolicy?: string;
}

/** The failover routing of a domain. */
export interface UserPoolDomainSettingsRouting {
    failover: UserPoolDomainSettingsFailover;
}

/** The Region that takes over, and the health check of the primary one. */
export interface UserPoolDomainSettingsFailover {
    secondaryRegion: string;
    primaryRoute53HealthCheckId: string;
}

/** An output that may be undefined. Its members are outputs as well, as Pulumi lifts them, and undefined with it. */
type OptionalOutput<T> = pulumi.Output<T | undefined> & {
    readonly [K in keyof T]-?: NonNullable<T[K]> extends object
        ? OptionalOutput<NonNullable<T[K]>>
        : pulumi.Output<T[K] | undefined>;
};

/**
 * The settings of an Amazon Cognito user pool domain that exists: managed login version, certificate, TLS policy,
 * failover. It adopts the domain, changes what the arguments say, and leaves everything else as it is in AWS; it never
 * creates, renames or deletes a domain.
 *
 * @example
 * const auth = new UserPoolDomainSettings("auth", {
 *     userPoolId: pool.id,
 *     domain: "auth.example.com",
 *     managedLoginVersion: 2,
 *     customDomainConfig: { certificateArn: certificate.arn },
 * });
 * export const cloudFrontDomain = auth.cloudFrontDomain;
 */
export class UserPoolDomainSettings extends pulumi.CustomResource {
    /** The user pool's id. */
    declare readonly userPoolId: pulumi.Output<string>;
    /** The domain as the program names it: a full name, or a prefix alone. */
    declare readonly domain: pulumi.Output<string>;
    /** The current version: 1 classic hosted UI, 2 managed login. */
    declare readonly managedLoginVersion: pulumi.Output<number>;
    /** The current certificate and TLS policy; undefined for a prefix domain. */
    declare readonly customDomainConfig: OptionalOutput<UserPoolDomainSettingsCustomDomainConfig>;
    /** The current failover routing, if any. */
    declare readonly routing: OptionalOutput<UserPoolDomainSettingsRouting>;
    /** What the domain's alias record must point to: `d111111abcdef8.cloudfront.net`. A prefix domain has none: undefined. */
    declare readonly cloudFrontDomain: pulumi.Output<string>;
    /** CloudFront's hosted zone id, for an alias record in Route 53. A prefix domain has none: undefined. */
    declare readonly cloudFrontHostedZoneId: pulumi.Output<string>;
    /** The URL of the sign-in pages: `https://auth.example.com`, without a slash at the end. */
    declare readonly baseUrl: pulumi.Output<string>;
    /** The domain's status, `ACTIVE` when all is well. */
    declare readonly status: pulumi.Output<string>;
    /** When the attached certificate expires, as RFC 3339; undefined for a prefix domain, and if ACM could not be asked. */
    declare readonly certificateExpiry: pulumi.Output<string | undefined>;

    /**
     * @param name The resource's name in the program.
     * @param args The domain, and the settings to manage.
     * @param opts Pulumi's options. `provider` is refused: see the argument `aws`. So is `import`: the resource adopts.
     * @throws Error naming the option and what to write instead.
     */
    constructor(name: string, args: UserPoolDomainSettingsArgs, opts: pulumi.CustomResourceOptions = {}) {
        const refusal = refusalOf(args, opts);
        if (refusal) {
            throw new Error(`${oneLine(`UserPoolDomainSettings "${name}"`)}: ${refusal}`);
        }
        // An explicit undefined would be unknown in a preview that exports the whole resource.
        const given = defined(args);
        const facts = secretPaths(given).then((secret) => ({ secret, ignoreChanges: opts.ignoreChanges ?? [] }));
        const run = opts.id === undefined ? currentPreview() : undefined;
        const preview = run && new Preview(run, name, given, facts, opts);
        // Pulumi takes four stack traces of every property for its leak detection, source maps and all: with a hundred of
        // these resources they cost more than all of the checks.
        const { stackTraceLimit } = Error;
        Error.stackTraceLimit = 0;
        try {
            super(
                "pulumi-nodejs:dynamic/cognito:UserPoolDomainSettings",
                name,
                {
                    ...PUBLIC_OUTPUTS,
                    ...(preview && PREVIEW_PROPERTIES),
                    ...given,
                    ...(opts.id === undefined && hiddenInputs(facts)),
                    [PROVIDER]: PROVIDER_LOADER,
                },
                opts,
            );
        } catch (error) {
            Error.stackTraceLimit = stackTraceLimit;
            Error.captureStackTrace(error as Error);
            throw error;
        } finally {
            Error.stackTraceLimit = stackTraceLimit;
        }
        preview?.complete(this, opts.additionalSecretOutputs ?? []);
        // Pulumi has made outputs of all inputs: a program that exports the whole resource should not export these.
        const internal = Object.keys(PREVIEW_PROPERTIES).filter((it) => !(it in given) && !(it in PUBLIC_OUTPUTS));
        for (const property of [CHANGED, PROGRAM, RECORD, PROVIDER, ...internal]) {
            delete (this as Record<string, unknown>)[property];
        }
    }

    /**
     * Reads the settings of a domain, and manages nothing.
     * @param name The resource's name in the program.
     * @param id `<userPoolId>/<domain>`: `us-west-2_AbCdEfGhI/auth.example.com`; `<region>/` before it for a replica.
     * @param state `aws`: the AWS identity to read with, if it is not the stack's.
     */
    static get(
        name: string,
        id: pulumi.Input<pulumi.ID>,
        state: Pick<UserPoolDomainSettingsArgs, "aws"> = {},
        opts: pulumi.CustomResourceOptions = {},
    ): UserPoolDomainSettings {
        return new UserPoolDomainSettings(name, state as UserPoolDomainSettingsArgs, { ...opts, id });
    }
}

const undefinedFor = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, undefined]));

/** The outputs that programs may use. */
const PUBLIC_OUTPUTS = undefinedFor(["userPoolId", "domain", ...OUTPUT_NAMES]);

/** The properties that a preview reads from the registered resource, whether the program gives them or not. */
const PREVIEW_PROPERTIES = undefinedFor([CHANGED, ...PREVIEWED]);

/** Options that Pulumi would accept, but not do what they say. */
const REFUSED_OPTIONS = {
    provider:
        "another package's provider cannot manage this resource. Credentials come from the stack's aws: config and the environment; to use others, set the argument aws.",
    import: "the first update adopts the domain, and the preview shows what that changes. Remove import. To read settings without managing them, use UserPoolDomainSettings.get.",
    customTimeouts: "Pulumi does not pass it on. Set waitTimeoutSeconds instead.",
};

/** Why the resource is refused at once, and what to write instead. */
function refusalOf(args: unknown, opts: pulumi.CustomResourceOptions): string | undefined {
    if (!isObject(args)) {
        return "the arguments are required; give an object with at least userPoolId and domain";
    }
    if (pulumi.Output.isInstance(args) || args instanceof Promise) {
        return "the arguments are one Output or Promise; give an object, whose members may be Outputs";
    }
    // Pulumi refuses as well, and asks for an explicit provider, which is refused below.
    if (/"(\*|pulumi-nodejs)"/.test(pulumi.runtime.getConfig("pulumi:disable-default-providers") ?? "")) {
        return 'pulumi:disable-default-providers disables all dynamic resources, which cannot have an explicit provider. List the packages to disable instead of "*", without "pulumi-nodejs".';
    }
    const refused = Object.entries(REFUSED_OPTIONS).find(([name]) => Object(opts)[name] !== undefined);
    return refused && `opts.${refused[0]} is not supported: ${refused[1]}`;
}

/**
 * Inputs with facts that the provider cannot see by itself. A secret input `__record` makes Pulumi encrypt the output of that name; with
 * `ignoreChanges` the state may keep a secret that the program no longer has.
 */
function hiddenInputs(facts: Promise<ProgramFacts>): Record<string, Promise<unknown>> {
    return {
        [PROGRAM]: facts.then(programFacts),
        [RECORD]: facts.then(({ secret, ignoreChanges }) =>
            secret.length > 0 || ignoreChanges.length > 0 ? pulumi.secret(true) : undefined,
        ),
    };
}
