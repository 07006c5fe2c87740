import * as pulumi from "@pulumi/pulumi";
import { CHANGED } from "../inputs/changed";
import { PROGRAM, programFacts } from "../inputs/programFacts";
import type {
    CustomDomainConfigArgs,
    RoutingArgs,
    UserPoolDomainSettingsArgs,
} from "../inputs/userPoolDomainSettingsArgs";
import { defined } from "../model/objects";
import { RECORD } from "../model/record";
import { PROVIDER_LOADER } from "./loader";
import { secretPaths } from "./outputFacts";
import { PREVIEWED, Preview } from "./preview";
import { refuseOptions } from "./refusedOptions";

/** The input in which Pulumi's dynamic provider host finds the provider. */
const PROVIDER = "__provider";

/** The type token of the resource. */
const TYPE = "pulumi-nodejs:dynamic/cognito:UserPoolDomainSettings";

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
    /** The version in force: 1 classic hosted UI, 2 managed login. */
    declare readonly managedLoginVersion: pulumi.Output<1 | 2>;
    /** The certificate and TLS policy in force; undefined for a prefix domain. */
    declare readonly customDomainConfig: pulumi.Output<pulumi.Unwrap<CustomDomainConfigArgs> | undefined>;
    /** The failover routing in force, if any. */
    declare readonly routing: pulumi.Output<pulumi.Unwrap<RoutingArgs> | undefined>;
    /** The CloudFront distribution that the domain's alias record must point to; undefined for a prefix domain. */
    declare readonly cloudFrontDomain: pulumi.Output<string>;
    /** The hosted zone id of CloudFront, for an alias record in Route 53; undefined for a prefix domain. */
    declare readonly cloudFrontHostedZoneId: pulumi.Output<string>;
    /** Where the sign-in pages are: `https://auth.example.com`, without a slash at the end. */
    declare readonly baseUrl: pulumi.Output<string>;
    /** The domain's status, `ACTIVE` when all is well. */
    declare readonly status: pulumi.Output<string>;
    /** When the attached certificate ends, as RFC 3339; undefined for a prefix domain, or where ACM may not be asked. */
    declare readonly certificateExpiry: pulumi.Output<string | undefined>;

    /**
     * @param name The resource's name in the program.
     * @param args The domain, and the settings to manage.
     * @param opts Pulumi's options. `provider` is refused: see the argument `aws`. So is `import`: the resource adopts.
     * @throws Error naming the option and what to write instead.
     */
    constructor(name: string, args: UserPoolDomainSettingsArgs, opts: pulumi.CustomResourceOptions = {}) {
        refuseOptions(name, args, opts);
        // What is given as undefined would be unknown in a preview that exports the whole resource.
        const given = defined(args);
        const facts = programFactsOf(given, opts);
        const preview = Preview.start(name, given, facts, opts);
        // Pulumi takes four stack traces of every property for its leak detection, source maps and all: with a hundred of
        // these resources they cost more than all of the checks.
        const { stackTraceLimit } = Error;
        Error.stackTraceLimit = 0;
        try {
            super(
                TYPE,
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
            if (error instanceof Error) {
                Error.captureStackTrace(error);
            }
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
     * Looks up the settings of a domain, and manages nothing.
     * @param name The resource's name in the program.
     * @param id `<userPoolId>/<domain>`: `us-west-2_AbCdEfGhI/auth.example.com`; `<region>/` before it for a replica.
     */
    static get(
        name: string,
        id: pulumi.Input<pulumi.ID>,
        opts: pulumi.CustomResourceOptions = {},
    ): UserPoolDomainSettings {
        return new UserPoolDomainSettings(name, {} as UserPoolDomainSettingsArgs, { ...opts, id });
    }
}

/** The outputs that programs may use. */
const PUBLIC_OUTPUTS = {
    userPoolId: undefined,
    domain: undefined,
    managedLoginVersion: undefined,
    customDomainConfig: undefined,
    routing: undefined,
    cloudFrontDomain: undefined,
    cloudFrontHostedZoneId: undefined,
    baseUrl: undefined,
    status: undefined,
    certificateExpiry: undefined,
};

/** What a preview reads of the registered resource, whether the program gives it or not. */
const PREVIEW_PROPERTIES = Object.fromEntries([CHANGED, ...PREVIEWED].map((name) => [name, undefined]));

async function programFactsOf(args: object, { ignoreChanges = [] }: pulumi.CustomResourceOptions) {
    return { secret: (await secretPaths(args)) ?? [], ignoreChanges };
}

/**
 * What the provider cannot see by itself. Pulumi encrypts the record if an input of that name is secret; with `ignoreChanges` the
 * state may keep a secret that the program no longer has.
 */
function hiddenInputs(facts: ReturnType<typeof programFactsOf>): Record<string, Promise<unknown>> {
    return {
        [PROGRAM]: facts.then(programFacts),
        [RECORD]: facts.then(({ secret, ignoreChanges }) =>
            secret.length > 0 || ignoreChanges.length > 0 ? pulumi.secret(true) : undefined,
        ),
    };
}
