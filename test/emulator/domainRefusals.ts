import { isFit } from "./certificates";
import { AwsError, invalidParameter } from "./errors";
import type { Context } from "./operation";
import type { Domain, DomainSettings, UserPool } from "./state";

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
    // Failover goes to a replica, whatever its status: to the same one in whichever Region the domain, which both share, is updated.
    const secondary = next.routing?.failover.secondaryRegion;
    if (secondary !== undefined && !pool.replicas.some(({ region }) => region === secondary)) {
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
