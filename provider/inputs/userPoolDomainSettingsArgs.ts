import type * as pulumi from "@pulumi/pulumi";

/** The certificate and TLS policy of a custom domain. Source: Cognito API, CustomDomainConfigType. */
export interface CustomDomainConfigArgs {
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
export interface RoutingArgs {
    failover: pulumi.Input<FailoverArgs>;
}

/** Source: Cognito API, FailoverType. */
export interface FailoverArgs {
    /** The Region of the user pool's replica: `us-east-2`. */
    secondaryRegion: pulumi.Input<string>;
    /** The id of the Route 53 health check that decides for the primary Region. */
    primaryRoute53HealthCheckId: pulumi.Input<string>;
}

/**
 * As whom AWS is called, where that is not what the stack's `aws:` config and the environment say. No credentials: name a
 * profile or a role.
 */
export interface AwsIdentityArgs {
    /** A profile of the AWS configuration files; the roles of the stack's config are not assumed then. */
    profile?: pulumi.Input<string>;
    /** The Region in which roles are assumed. The calls themselves go to the user pool's. */
    region?: pulumi.Input<string>;
    /** Roles to assume, each with the credentials of the one before it. */
    assumeRoles?: pulumi.Input<pulumi.Input<AssumeRoleArgs>[]>;
    /** The accounts in which this resource may work; in any other it changes nothing. */
    allowedAccountIds?: pulumi.Input<pulumi.Input<string>[]>;
    /** The accounts in which it may not. */
    forbiddenAccountIds?: pulumi.Input<pulumi.Input<string>[]>;
}

/** A role to assume, as in @pulumi/aws. */
export interface AssumeRoleArgs {
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

/** The arguments of UserPoolDomainSettings. What is left out stays as it is in AWS. */
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
    customDomainConfig?: pulumi.Input<CustomDomainConfigArgs>;
    /** Failover to a replica of the user pool in another Region. */
    routing?: pulumi.Input<RoutingArgs>;
    /**
     * The Region to work in.
     * @default the one in the user pool's id; give it only for a replica
     */
    region?: pulumi.Input<string>;
    /**
     * What a preview does with what it finds wrong in AWS: `error` fails it where the update is certain to fail, `warn`
     * only says it, `off` does not look (but for `onDrift: "correct"`). The check right before an update is made in any case.
     * @default "error"
     */
    preflight?: pulumi.Input<"error" | "warn" | "off">;
    /**
     * Codes of findings (docs/findings.md) that are reported and fail neither previews nor updates. Findings about the domain
     * itself, its account, and a certificate's Region and account cannot be accepted.
     * @default none
     */
    acceptFindings?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * A new certificate with fewer whole days left than this is refused; for the one attached it is a warning.
     * @default 14, or a third of the certificate's lifetime where that is less
     */
    minimumCertificateValidityDays?: pulumi.Input<number>;
    /**
     * `active`: done when Cognito says ACTIVE and reports the desired values. `served`: done when, besides, every CloudFront
     * edge that this machine can see presents the certificate, which may take up to an hour longer, and up to 24 hours where
     * it was renewed or imported again under its ARN. `none`: done when AWS accepts the update; nothing is verified then, and what
     * AWS makes of it later shows as drift.
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
     * What a `pulumi up` does about a managed setting that somebody changed outside of Pulumi, where the program did not
     * change: `warn` leaves it, and every preview says so; `correct` puts it back, for one more read of AWS an update.
     * @default "warn"
     */
    onDrift?: pulumi.Input<"warn" | "correct">;
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
    aws?: pulumi.Input<AwsIdentityArgs>;
}
