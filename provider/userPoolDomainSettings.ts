import * as pulumi from "@pulumi/pulumi";
import { PROVIDER_LOADER } from "./loader";
import { SECRET } from "./masked";
import { startPreflight } from "./preflight";
import { secretPaths } from "./secretPaths";
import { VERDICT } from "./verdict";

/** The certificate and TLS policy of a custom domain. Source: Cognito API, CustomDomainConfigType. */
export interface CustomDomainConfig {
    /**
     * The ARN of the ACM certificate, in us-east-1 and in the domain's account. Before a new one is put on the domain,
     * ACM is asked whether it is fit: issued, valid now, covering the domain, with a key that CloudFront serves.
     * @default what the domain has
     */
    certificateArn?: pulumi.Input<string>;
    /**
     * The oldest TLS that visitors may use. Managed login needs at least `TLS_V1_2_2021`.
     * @default what the domain has; `TLS_V1_2_2021` where that is TLS_V1 and the version is 2
     */
    securityPolicy?: pulumi.Input<"TLS_V1" | "TLS_V1_2_2021" | "TLS_V1_3_2025">;
}

/** When another Region answers for the sign-in pages. Source: Cognito API, RoutingType. */
export interface Routing {
    failover: pulumi.Input<Failover>;
}

/** Source: Cognito API, FailoverType. */
export interface Failover {
    /** The Region of the user pool's replica: `us-east-2`. */
    secondaryRegion: pulumi.Input<string>;
    /** The id of the Route 53 health check that decides for the primary Region. */
    primaryRoute53HealthCheckId: pulumi.Input<string>;
}

/**
 * As whom AWS is called, where that is not what the stack's `aws:` config and the environment say. No credentials: name a
 * profile or a role.
 */
export interface Aws {
    /** A profile of the AWS configuration files; the roles of the stack's config are not assumed then. */
    profile?: pulumi.Input<string>;
    /** The Region in which roles are assumed. The calls themselves go to the user pool's. */
    region?: pulumi.Input<string>;
    /** Roles to assume, each with the credentials of the one before it. */
    assumeRoles?: pulumi.Input<pulumi.Input<AssumeRole>[]>;
    /** The accounts in which this resource may work; in any other it changes nothing. */
    allowedAccountIds?: pulumi.Input<pulumi.Input<string>[]>;
}

/** A role to assume, as in @pulumi/aws. */
export interface AssumeRole {
    roleArn: pulumi.Input<string>;
    externalId?: pulumi.Input<string>;
    /** @default "pulumi" */
    sessionName?: pulumi.Input<string>;
    /** `1h`, `30m`. @default what the role says */
    duration?: pulumi.Input<string>;
    /** A session policy, as JSON. */
    policy?: pulumi.Input<string>;
    /** Managed session policies. */
    policyArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Session tags. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** The tags that go on to the next role. */
    transitiveTagKeys?: pulumi.Input<pulumi.Input<string>[]>;
    sourceIdentity?: pulumi.Input<string>;
}

/** Which sign-in page proves that people can sign in. */
export interface Verify {
    /** The id of an app client of the user pool. */
    clientId: pulumi.Input<string>;
}

/** The arguments of {@link UserPoolDomainSettings}. What is left out stays as it is in AWS. */
export interface UserPoolDomainSettingsArgs {
    /** The user pool's id, which also names its Region: `us-west-2_AbCdEfGhI`. */
    userPoolId: pulumi.Input<string>;
    /** The full name of a custom domain (`auth.example.com`), or the prefix alone of a prefix domain. */
    domain: pulumi.Input<string>;
    /**
     * 1: classic hosted UI. 2: managed login, which needs a feature plan above LITE.
     * @default what the domain has
     */
    managedLoginVersion?: pulumi.Input<1 | 2>;
    /** The certificate and TLS policy of a custom domain; not for a prefix domain. */
    customDomainConfig?: pulumi.Input<CustomDomainConfig>;
    /** Failover to a replica of the user pool in another Region. */
    routing?: pulumi.Input<Routing>;
    /**
     * The Region to work in.
     * @default the one in the user pool's id; give it only for a replica
     */
    region?: pulumi.Input<string>;
    /**
     * What a preview does with what it finds wrong in AWS: `error` fails it where the update is certain to fail, `warn`
     * only says it, `off` does not look. The check right before an update is made in any case.
     * @default "error"
     */
    preflight?: pulumi.Input<"error" | "warn" | "off">;
    /**
     * A new certificate with fewer whole days left than this is refused; for the one attached it is a warning.
     * @default 14
     */
    minimumCertificateValidityDays?: pulumi.Input<number>;
    /**
     * `active`: done when Cognito says ACTIVE and reports the wanted values. `served`: done when, besides, every CloudFront
     * edge that this machine can see presents the certificate, which may take up to an hour longer. `none`: done when AWS
     * accepts the update; nothing is verified then.
     * @default "active"
     */
    wait?: pulumi.Input<"active" | "served" | "none">;
    /**
     * Seconds for the whole update; a rollback has as long again. When they are over, the update fails, the state keeps what is known, and the next
     * `pulumi up` goes on from there.
     * @default 300 for a prefix domain, 3600 for a custom domain
     */
    waitTimeoutSeconds?: pulumi.Input<number>;
    /**
     * An app client whose sign-in page is asked for after the update, from the domain itself. An update after which the
     * page is definitely not served fails; where that cannot be told, it warns.
     * @default no page is asked for
     */
    verify?: pulumi.Input<Verify>;
    /**
     * What happens when AWS accepted an update and it then ends in FAILED, does not arrive in time, or is definitely not
     * served: `keep` leaves it as it is, `rollback` puts back what was in force. The update fails either way.
     * @default "keep"
     */
    onFailure?: pulumi.Input<"keep" | "rollback">;
    /**
     * What a destroy does to the settings that this resource manages: `retain` leaves them as they are, `restore` puts
     * back what they were when it began to manage them. The domain itself is never deleted.
     * @default "retain"
     */
    onDelete?: pulumi.Input<"retain" | "restore">;
    /**
     * As whom AWS is called.
     * @default the stack's `aws:` config (`aws:profile`, `aws:assumeRoles`, ...), then the AWS default chain
     */
    aws?: pulumi.Input<Aws>;
}

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
    declare readonly customDomainConfig: pulumi.Output<pulumi.Unwrap<CustomDomainConfig> | undefined>;
    /** The failover routing in force, if any. */
    declare readonly routing: pulumi.Output<pulumi.Unwrap<Routing> | undefined>;
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
     * @param opts Pulumi's options. `provider` is refused: see the argument `aws`.
     */
    constructor(name: string, args: UserPoolDomainSettingsArgs, opts: pulumi.CustomResourceOptions = {}) {
        refuseProvider(name, opts);
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
                { ...UNKNOWN_OUTPUTS, ...args, ...secret, ...verdict, [PROVIDER]: PROVIDER_LOADER },
                opts,
            );
        } finally {
            Error.stackTraceLimit = stackTraceLimit;
        }
        // Pulumi has made outputs of all inputs: a program that exports the whole resource should not export these.
        for (const internal of [SECRET, VERDICT, PROVIDER]) {
            delete (this as Record<string, unknown>)[internal];
        }
        preflight?.reportOn(this);
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

/** Outputs that an argument may not give, `get` above all: the SDK makes output properties of what it finds here. */
const UNKNOWN_OUTPUTS = {
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

/** A provider of another package would send this resource to that package's plugin, which does not know it. */
function refuseProvider(name: string, { provider }: pulumi.CustomResourceOptions): void {
    if (provider) {
        throw new Error(
            `UserPoolDomainSettings "${name}": opts.provider is not for this resource: it would go to another package's plugin. ` +
                "It takes its AWS credentials from the stack's aws: config and the environment; give the argument aws instead.",
        );
    }
}
