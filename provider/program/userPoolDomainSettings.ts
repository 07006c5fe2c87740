import * as pulumi from "@pulumi/pulumi";
import { SECRET } from "../inputs/redaction";
import { DELETED_WITH, REPLACE_WITH, refuseOptions, resourceOptionsOf } from "../inputs/resourceOptions";
import type {
    CustomDomainConfigArgs,
    RoutingArgs,
    UserPoolDomainSettingsArgs,
} from "../inputs/userPoolDomainSettingsArgs";
import { REPLACES, VERDICT } from "../inputs/verdict";
import { ACCOUNT } from "../model/accounts";
import { ADOPTED } from "../model/adoption";
import { PROVIDER_LOADER } from "./loader";
import { startPreflight } from "./preflight";
import { PREVIEWED_NAMES } from "./registeredResource";
import { secretPaths } from "./secretPaths";

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
        refuseOptions(name, opts);
        const secrets = secretPaths(args);
        const preflight = startPreflight(name, args, secrets, opts);
        // Pulumi takes four stack traces of every property for its leak detection, source maps and all: with a hundred of
        // these resources they cost more than all of the preflight.
        const { stackTraceLimit } = Error;
        Error.stackTraceLimit = 0;
        try {
            const verdict = preflight && { [VERDICT]: preflight.verdict };
            const secret = opts.id === undefined && { [SECRET]: secrets };
            super(
                TYPE,
                name,
                {
                    ...(preflight?.reportOn && PREVIEWED),
                    ...UNKNOWN_OUTPUTS,
                    ...args,
                    ...secret,
                    ...resourceOptionsOf(opts),
                    ...verdict,
                    [PROVIDER]: PROVIDER_LOADER,
                },
                { ...opts, additionalSecretOutputs: [...(opts.additionalSecretOutputs ?? []), ...SECRET_OUTPUTS] },
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
        preflight?.reportOn?.(this);
        // Pulumi has made outputs of all inputs: a program that exports the whole resource should not export these.
        const left = Object.keys(PREVIEWED).filter((name) => !(name in args) && !(name in PUBLIC_OUTPUTS));
        for (const internal of [SECRET, DELETED_WITH, REPLACE_WITH, VERDICT, PROVIDER, ...left]) {
            delete (this as Record<string, unknown>)[internal];
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

/** Outputs that an argument may not give, `get` above all: the SDK makes output properties of what it finds here. */
const UNKNOWN_OUTPUTS = { ...PUBLIC_OUTPUTS, [ADOPTED]: undefined };

/** What a preview reads of the registered resource, whether the program gives it or not: a transform may. */
const PREVIEWED = Object.fromEntries([...PREVIEWED_NAMES, ADOPTED, REPLACES].map((name) => [name, undefined]));

/**
 * Pulumi encrypts an output where the input of that name is a secret. These have no such input, and may hold what was, or is in
 * AWS, where the program says that it is secret: so they are always encrypted.
 */
const SECRET_OUTPUTS = [ADOPTED, ACCOUNT];
