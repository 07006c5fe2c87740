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
import type { Behaviour } from "./behaviour";
import { distributionOf, isCustom } from "./distributions";
import { refuseUnfit } from "./domainRefusals";
import { AwsError, invalidParameter, notFound } from "./errors";
import { type Context, type Operations, poolOf, type Shape } from "./operation";
import { begin, settle } from "./settling";
import type { Domain, DomainSettings, UserPool } from "./state";

/** What a custom domain gets where the request names no policy. */
const DEFAULT_SECURITY_POLICY = "TLS_V1_2_2021";

export const USER_POOL_ID = /^(?=.{1,55}$)[\w-]+_[0-9a-zA-Z]+$/;

const DOMAIN = /^[a-z0-9](?:[a-z0-9\-.]{0,61}[a-z0-9])?$/;

const SETTINGS: Shape = {
    Domain: DOMAIN,
    UserPoolId: USER_POOL_ID,
    "ManagedLoginVersion?": [1, 2],
    "CustomDomainConfig?": {
        CertificateArn:
            /^(?=.{20,2048}$)arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+){0,2}$/,
        "SecurityPolicy?": ["TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"],
    },
    "Routing?": {
        "Failover?": { SecondaryRegion: /^.{5,32}$/, PrimaryRoute53HealthCheckId: /^.{1,64}$/ },
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
    const pool = poolOf(context, input);
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
    const { pending, settings, status } = domain;
    if (pending) {
        pending.describesLeft--;
    }
    // During creation there are no old values to show.
    const showsNew = behaviour.whileUpdating === "new" || status === "CREATING";
    return {
        DomainDescription: {
            UserPoolId: domain.userPoolId,
            AWSAccountId: behaviour.silentAccount ? undefined : domain.account,
            Domain: domain.domain,
            CloudFrontDistribution: distributionOf(domain),
            Status: status,
            ...describeSettings(domain, (showsNew && pending?.next) || settings, behaviour),
        },
    };
}

function describeSettings(domain: Domain, settings: DomainSettings, behaviour: Behaviour) {
    const { silentSettings, unsetVersion, prefixCustomDomainConfig } = behaviour;
    const unset = unsetVersion === "one" ? 1 : undefined;
    const reported: DomainSettings = { ...settings, managedLoginVersion: settings.managedLoginVersion ?? unset };
    for (const name of silentSettings) {
        delete reported[name];
    }
    const customConfig = {
        CertificateArn: reported.certificateArn,
        SecurityPolicy: reported.securityPolicy as SecurityPolicyType | undefined,
    };
    const prefixConfig = prefixCustomDomainConfig === "empty" ? {} : undefined;
    return {
        ManagedLoginVersion: reported.managedLoginVersion,
        CustomDomainConfig: isCustom(domain) ? customConfig : (prefixConfig as typeof customConfig | undefined),
        Routing: routingOf(reported),
    };
}

function updateUserPoolDomain(context: Context, input: UpdateUserPoolDomainRequest): UpdateUserPoolDomainResponse {
    const { behaviour } = context;
    const pool = poolOf(context, input);
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
    const pool = poolOf(context, input);
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
