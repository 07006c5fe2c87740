import { isFit } from "./certificates";
import { isCustom } from "./distributions";
import { AwsError, invalidParameter } from "./errors";
import type { Context } from "./operation";
import type { Domain, DomainSettings, UserPool } from "./state";

const CUSTOM_DOMAINS_A_REGION = 4;

/**
 * What an account can have, and a pool with a replica. Source: Cognito Developer Guide, "Quotas in Amazon Cognito" and
 * "Multi-Region replication for user pools".
 */
export function refuseOneMoreCustomDomain({ state }: Context, domain: Domain, pool: UserPool): void {
    const others = state.domains.filter((d) => isCustom(d) && d.account === domain.account);
    if (others.filter((d) => d.region === domain.region).length >= CUSTOM_DOMAINS_A_REGION) {
        throw new AwsError(
            "LimitExceededException",
            `Maximum number of custom domains (${CUSTOM_DOMAINS_A_REGION}) is reached.`,
        );
    }
    if (domain.region !== pool.region && others.some((d) => d.userPoolId === pool.id && d.domain !== domain.domain)) {
        throw invalidParameter("The primary user pool has another custom domain.");
    }
}

/** Every reason that AWS has to refuse these settings for this domain. */
export function refuseUnfit(context: Context, domain: Domain, pool: UserPool, next: DomainSettings): void {
    if (next.certificateArn !== undefined) {
        refuseUnfitCertificate(context, domain, next.certificateArn);
    }
    if (next.managedLoginVersion === 2 && pool.tier === "LITE") {
        throw new AwsError(
            "FeatureUnavailableInTierException",
            "The following features need to be disabled for the LITE pricing tier configured: Managed Login",
        );
    }
    if (next.managedLoginVersion === 2 && next.securityPolicy === "TLS_V1") {
        throw new AwsError(
            "InvalidInputException",
            "Managed login requires a security policy of at least TLS_V1_2_2021.",
        );
    }
    const secondary = next.routing?.failover.secondaryRegion;
    if (secondary !== undefined && !hasReplicaIn(pool, secondary)) {
        throw invalidParameter(`User pool ${pool.id} has no replica in ${secondary}.`);
    }
}

function refuseUnfitCertificate(context: Context, domain: Domain, arn: string): void {
    const { state, behaviour, account } = context;
    const isNew = arn !== domain.settings.certificateArn;
    if (!isNew && behaviour.certificateInForce === "trusted") {
        return;
    }
    const fresh = isNew && state.freshCertificateRefusals < behaviour.freshCertificateRefusals;
    if (fresh) {
        state.freshCertificateRefusals++;
    }
    if (fresh || !isFit(state, account, arn, domain.domain, new Date())) {
        throw invalidParameter(
            "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, " +
                "or doesn't include a valid certificate chain.",
        );
    }
}

/** Failover goes to a replica, whatever its status: to the same one wherever the domain, which both share, is updated. */
const hasReplicaIn = (pool: UserPool, secondary: string): boolean =>
    pool.replicas.some((r) => r.region === secondary && r.status !== "DELETING");
