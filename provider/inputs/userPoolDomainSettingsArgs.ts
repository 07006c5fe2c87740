import type * as pulumi from "@pulumi/pulumi";

/** One of these values. Any string compiles, such as one from the stack's config; `check` refuses others, naming those that are right. */
type OneOf<T extends string> = T | (string & {});

/** The certificate and TLS policy of a custom domain. Source: Cognito API, CustomDomainConfigType. */
export interface UserPoolDomainSettingsCustomDomainConfigArgs {
    /**
     * The ARN of the ACM certificate, in us-east-1 and in the domain's account. Before a new one is attached, it must be issued, valid
     * now, cover the domain, and have a key that CloudFront serves. @default the domain's current value
     */
    certificateArn?: pulumi.Input<string | undefined>;
    /**
     * The oldest TLS version for visitors. Managed login needs at least `TLS_V1_2_2021`.
     * @default the domain's current value; `TLS_V1_2_2021` if that is TLS_V1 and the version is 2
     */
    securityPolicy?: pulumi.Input<OneOf<"TLS_V1" | "TLS_V1_2_2021" | "TLS_V1_3_2025"> | undefined>;
}

/** When another Region answers for the sign-in pages. Source: Cognito API, RoutingType. */
export interface UserPoolDomainSettingsRoutingArgs {
    failover: pulumi.Input<UserPoolDomainSettingsFailoverArgs>;
}

/** Source: Cognito API, FailoverType. */
export interface UserPoolDomainSettingsFailoverArgs {
    /** The Region of the user pool's replica: `us-east-2`. */
    secondaryRegion: pulumi.Input<string>;
    /** The id of the Route 53 health check of the primary Region. */
    primaryRoute53HealthCheckId: pulumi.Input<string>;
}

/** The AWS identity for this resource. It takes no credentials: name a profile or a role. */
export interface UserPoolDomainSettingsAwsArgs {
    /** A profile in the AWS configuration files; the roles of the stack's config are not assumed then. */
    profile?: pulumi.Input<string | undefined>;
    /** The Region in which roles are assumed. The calls themselves go to the user pool's Region. */
    stsRegion?: pulumi.Input<string | undefined>;
    /** Roles to assume, each with the credentials of the one before it. */
    assumeRoles?: pulumi.Input<pulumi.Input<UserPoolDomainSettingsAssumeRoleArgs>[] | undefined>;
    /** The accounts in which this resource may work; in any other it changes nothing. */
    allowedAccountIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /** The accounts in which it may not work. */
    forbiddenAccountIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
}

/** A role to assume, as in @pulumi/aws. */
export interface UserPoolDomainSettingsAssumeRoleArgs {
    roleArn: pulumi.Input<string>;
    externalId?: pulumi.Input<string | undefined>;
    /** @default "pulumi" */
    sessionName?: pulumi.Input<string | undefined>;
    /** How long each session lasts: `1h30m`. @default 1h */
    duration?: pulumi.Input<string | undefined>;
    /** A session policy, as JSON. */
    policy?: pulumi.Input<string | undefined>;
    /** Managed session policies. */
    policyArns?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /** Session tags. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>> | undefined>;
    /** The tags that are passed on to the next role. */
    transitiveTagKeys?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    sourceIdentity?: pulumi.Input<string | undefined>;
}

/** The arguments of UserPoolDomainSettings. Omitted settings keep their current value in AWS. */
export interface UserPoolDomainSettingsArgs {
    /** The user pool's id, which also names its Region: `us-west-2_AbCdEfGhI`. */
    userPoolId: pulumi.Input<string>;
    /** The full name of a custom domain (`auth.example.com`), or the prefix alone of a prefix domain. */
    domain: pulumi.Input<string>;
    /** 1: classic hosted UI. 2: managed login, which needs a plan above LITE. @default the domain's current value */
    managedLoginVersion?: pulumi.Input<number | undefined>;
    /** Not for a prefix domain. */
    customDomainConfig?: pulumi.Input<UserPoolDomainSettingsCustomDomainConfigArgs | undefined>;
    /** Failover to a replica of the user pool in another Region. */
    routing?: pulumi.Input<UserPoolDomainSettingsRoutingArgs | undefined>;
    /** The Region to work in: for a replica only. @default the one in the user pool's id */
    region?: pulumi.Input<string | undefined>;
    /**
     * What a preview does with findings: `error` fails it if the update is certain to fail, `warn` only reports them, `off` reads
     * nothing from AWS (except for `onDrift: "correct"`). The check right before an update is always made. @default "error"
     */
    preflight?: pulumi.Input<OneOf<"error" | "warn" | "off"> | undefined>;
    /**
     * Codes of findings (docs/findings.md) that never fail a preview or an update. Not accepted are those about the domain itself, its
     * account, and a certificate's Region and account. @default none
     */
    acceptFindings?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * A new certificate with fewer whole days left is refused; for the one attached it is a warning.
     * @default 14, or a third of the certificate's lifetime if that is less
     */
    minimumCertificateValidityDays?: pulumi.Input<number | undefined>;
    /**
     * When an update is done. `active`: Cognito reports ACTIVE and the desired values. `served`: every reachable CloudFront edge presents
     * the certificate as well: up to an hour later, or 24 hours for one renewed or imported again under its ARN. `none`: AWS accepts it,
     * unverified; if AWS gives up later, that shows as drift. @default "active"
     */
    wait?: pulumi.Input<OneOf<"active" | "served" | "none"> | undefined>;
    /**
     * Seconds for the whole update; a rollback has as long again. After that, the update fails, and the next `pulumi up` resumes it.
     * @default 300 for a prefix domain, 3600 for a custom domain
     */
    waitTimeoutSeconds?: pulumi.Input<number | undefined>;
    /**
     * What `pulumi up` does with a setting that was changed outside Pulumi and not in the program: `warn` leaves and reports it,
     * `correct` sends the program's value, for one more read of AWS. @default "warn"
     */
    onDrift?: pulumi.Input<OneOf<"warn" | "correct"> | undefined>;
    /**
     * What happens if an accepted update ends in FAILED, does not arrive in time, or is definitely not served: `keep` leaves it,
     * `rollback` restores the previous values. One that took effect late is kept. @default "keep"
     */
    onFailure?: pulumi.Input<OneOf<"keep" | "rollback"> | undefined>;
    /**
     * What `pulumi destroy` does with the settings that this resource manages: `retain` leaves them, `restore` restores the values
     * from before it began to manage them. The domain itself is never deleted. @default "retain"
     */
    onDelete?: pulumi.Input<OneOf<"retain" | "restore"> | undefined>;
    /** @default the stack's `aws:` config (`aws:profile`, `aws:assumeRoles`, ...), then the environment */
    aws?: pulumi.Input<UserPoolDomainSettingsAwsArgs | undefined>;
}
