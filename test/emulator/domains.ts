import type {
    CreateUserPoolDomainRequest,
    CreateUserPoolDomainResponse,
    DeleteUserPoolDomainRequest,
    DescribeUserPoolDomainRequest,
    DescribeUserPoolDomainResponse,
    RoutingType,
    SecurityPolicyType,
    UpdateUserPoolDomainRequest,
    UpdateUserPoolDomainResponse,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Behaviour, SettingName } from "./behaviour";
import type { Shape } from "./constraints";
import { distributionOf, isCustom } from "./distributions";
import { refuseOneMoreCustomDomain, refuseUnfit } from "./domainRefusals";
import { AwsError, invalidParameter, notFound } from "./errors";
import type { Context, Operations } from "./operation";
import { begin, countDescribe, settle } from "./settling";
import type { Domain, DomainSettings, UserPool } from "./state";

/** What a custom domain gets where the request names no policy. */
const DEFAULT_SECURITY_POLICY = "TLS_V1_2_2021";

const RESERVED_WORDS = ["aws", "amazon", "cognito"];

export const USER_POOL_ID = { required: true, minLength: 1, maxLength: 55, pattern: /^[\w-]+_[0-9a-zA-Z]+$/ };

const DOMAIN = { required: true, minLength: 1, maxLength: 63, pattern: /^[a-z0-9](?:[a-z0-9\-.]{0,61}[a-z0-9])?$/ };

const SETTINGS: Shape = {
    Domain: DOMAIN,
    UserPoolId: USER_POOL_ID,
    ManagedLoginVersion: { range: [1, 2] },
    CustomDomainConfig: {
        members: {
            CertificateArn: {
                required: true,
                minLength: 20,
                maxLength: 2048,
                pattern: /^arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+){0,2}$/,
            },
            SecurityPolicy: { oneOf: ["TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"] },
        },
    },
    Routing: {
        members: {
            Failover: {
                members: {
                    SecondaryRegion: { required: true, minLength: 5, maxLength: 32 },
                    PrimaryRoute53HealthCheckId: { required: true, minLength: 1, maxLength: 64 },
                },
            },
        },
    },
};

export const domainOperations: Operations = {
    CreateUserPoolDomain: { accepts: SETTINGS, run: createUserPoolDomain },
    DescribeUserPoolDomain: { accepts: { Domain: DOMAIN }, run: describeUserPoolDomain },
    UpdateUserPoolDomain: { accepts: SETTINGS, run: updateUserPoolDomain },
    DeleteUserPoolDomain: { accepts: { Domain: DOMAIN, UserPoolId: USER_POOL_ID }, run: deleteUserPoolDomain },
};

function createUserPoolDomain(context: Context, input: CreateUserPoolDomainRequest): CreateUserPoolDomainResponse {
    const { state, account, region } = context;
    const pool = state.poolIn(account, region, input.UserPoolId ?? "");
    const domain: Domain = {
        account,
        region,
        userPoolId: pool.id,
        domain: input.Domain ?? "",
        status: "CREATING",
        settings: {},
    };
    if (isCustom(domain) !== (input.CustomDomainConfig !== undefined)) {
        throw invalidParameter(isCustom(domain) ? INVALID_PREFIX : "Custom domain is not a valid subdomain.");
    }
    const reserved = RESERVED_WORDS.find((word) => !isCustom(domain) && domain.domain.includes(word));
    if (reserved) {
        throw invalidParameter(`Domain cannot contain reserved word: ${reserved}`);
    }
    if (
        state.domains.some((d) => d.userPoolId === pool.id && d.region === region && isCustom(d) === isCustom(domain))
    ) {
        throw invalidParameter("User pool already has a domain configured.");
    }
    if (state.domains.some((d) => collides(d, domain))) {
        throw invalidParameter("Domain already associated with another user pool.");
    }
    if (isCustom(domain)) {
        refuseOneMoreCustomDomain(context, domain, pool);
    }
    const settings = mergedSettings(domain, input, "reset");
    refuseUnfit(context, domain, pool, settings);
    state.domains.push(domain);
    if (isCustom(domain)) {
        begin(domain, settings, { ...context.behaviour, outcome: "active" });
    } else {
        Object.assign(domain, { status: "ACTIVE", settings });
    }
    return answer(domain, settings);
}

/** A prefix is unique in its Region; a custom domain in the world, but for the replicas of its own pool. */
const collides = (a: Domain, b: Domain): boolean =>
    a.domain === b.domain && (isCustom(a) ? a.userPoolId !== b.userPoolId : a.region === b.region);

function describeUserPoolDomain(
    context: Context,
    input: DescribeUserPoolDomainRequest,
): DescribeUserPoolDomainResponse {
    const { state, behaviour, account, region } = context;
    const domain = state.findDomain(account, region, input.Domain ?? "");
    if (!domain) {
        if (behaviour.missingDomain === "notFound") {
            throw notFound(`Domain ${input.Domain} does not exist.`);
        }
        return { DomainDescription: {} };
    }
    settle(domain);
    countDescribe(domain);
    const shown = behaviour.whileUpdating === "new" && domain.pending?.next ? domain.pending.next : domain.settings;
    // During creation there are no old values to show.
    const reported = domain.status === "CREATING" ? (domain.pending?.next ?? shown) : shown;
    return {
        DomainDescription: {
            UserPoolId: domain.userPoolId,
            AWSAccountId: behaviour.silentAccount ? undefined : domain.account,
            Domain: domain.domain,
            S3Bucket: `aws-cognito-prod-${domain.region}-assets`,
            CloudFrontDistribution: distributionOf(domain),
            Version: "20240101000000",
            Status: domain.status,
            ...describeSettings(domain, withoutSilent(reported, behaviour.silentSettings), behaviour),
        },
    };
}

function describeSettings(domain: Domain, settings: DomainSettings, behaviour: Behaviour) {
    const silentVersion = behaviour.silentSettings.includes("managedLoginVersion");
    const unset = behaviour.unsetVersion === "one" && !silentVersion ? 1 : undefined;
    const prefixConfig = behaviour.prefixCustomDomainConfig === "empty" ? {} : undefined;
    const customConfig = {
        CertificateArn: settings.certificateArn,
        SecurityPolicy: settings.securityPolicy as SecurityPolicyType | undefined,
    };
    return {
        ManagedLoginVersion: settings.managedLoginVersion ?? unset,
        CustomDomainConfig: isCustom(domain) ? customConfig : (prefixConfig as typeof customConfig | undefined),
        Routing: routingOf(settings),
    };
}

function updateUserPoolDomain(context: Context, input: UpdateUserPoolDomainRequest): UpdateUserPoolDomainResponse {
    const { state, behaviour, account, region } = context;
    const pool = state.poolIn(account, region, input.UserPoolId ?? "");
    const domain = ownDomain(context, pool, input.Domain ?? "");
    settle(domain);
    if (domain.status !== "ACTIVE" && domain.status !== "FAILED") {
        throw new AwsError("ConcurrentModificationException", `Domain ${domain.domain} is ${domain.status}.`);
    }
    if (isCustom(domain) && !input.CustomDomainConfig) {
        throw invalidParameter("Cannot convert custom domain to prefix domain.");
    }
    if (!isCustom(domain) && input.CustomDomainConfig) {
        throw invalidParameter("Cannot convert prefix domain to custom domain.");
    }
    const next = mergedSettings(domain, input, behaviour.omittedSettings);
    refuseUnfit(context, domain, pool, next);
    begin(domain, next, behaviour);
    return answer(domain, next);
}

function deleteUserPoolDomain(context: Context, input: DeleteUserPoolDomainRequest): object {
    const pool = context.state.poolIn(context.account, context.region, input.UserPoolId ?? "");
    context.state.removeDomain(ownDomain(context, pool, input.Domain ?? ""));
    return {};
}

function ownDomain({ state, account, region }: Context, pool: UserPool, name: string): Domain {
    const domain = state.findDomain(account, region, name);
    if (domain?.userPoolId !== pool.id) {
        throw invalidParameter("No such domain or user pool exists.");
    }
    return domain;
}

/** The settings that a request asks for, and for what it leaves out the old ones or the defaults. */
function mergedSettings(
    domain: Domain,
    input: UpdateUserPoolDomainRequest,
    omitted: Behaviour["omittedSettings"],
): DomainSettings {
    const rest: DomainSettings =
        omitted === "keep"
            ? domain.settings
            : { securityPolicy: isCustom(domain) ? DEFAULT_SECURITY_POLICY : undefined };
    const failover = input.Routing?.Failover;
    const routing = failover && {
        failover: {
            secondaryRegion: failover.SecondaryRegion ?? "",
            primaryRoute53HealthCheckId: failover.PrimaryRoute53HealthCheckId ?? "",
        },
    };
    return {
        managedLoginVersion: input.ManagedLoginVersion ?? rest.managedLoginVersion,
        certificateArn: input.CustomDomainConfig?.CertificateArn ?? rest.certificateArn,
        securityPolicy: input.CustomDomainConfig?.SecurityPolicy ?? rest.securityPolicy,
        // `Routing: {}` is not left out: it asks for no failover.
        routing: input.Routing ? routing : rest.routing,
    };
}

function withoutSilent(settings: DomainSettings, silent: readonly SettingName[]): DomainSettings {
    const shown = { ...settings };
    for (const name of silent) {
        delete shown[name];
    }
    return shown;
}

const routingOf = ({ routing }: DomainSettings): RoutingType | undefined =>
    routing && {
        Failover: {
            SecondaryRegion: routing.failover.secondaryRegion,
            PrimaryRoute53HealthCheckId: routing.failover.primaryRoute53HealthCheckId,
        },
    };

/** What Create and Update answer: blank instead of a distribution for a prefix domain. */
const answer = (domain: Domain, settings: DomainSettings): UpdateUserPoolDomainResponse => ({
    ManagedLoginVersion: settings.managedLoginVersion ?? 1,
    CloudFrontDomain: isCustom(domain) ? distributionOf(domain) : "",
    Routing: routingOf(settings),
});

const INVALID_PREFIX =
    "The domain name contains an invalid character. Domain names can only contain lower-case letters, " +
    "numbers, and hyphens. Please enter a different name that follows this format: " +
    "^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$";
