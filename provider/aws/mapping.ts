import type { CertificateDetail } from "@aws-sdk/client-acm";
import type {
    DomainDescriptionType,
    SecurityPolicyType,
    UpdateUserPoolDomainRequest,
} from "@aws-sdk/client-cognito-identity-provider";
import type { DomainAddress } from "../model/address";
import { defined } from "../model/objects";
import type { ObservedCertificate, ObservedDomain } from "../model/observed";
import type { Settings } from "../model/settings";

/**
 * DescribeUserPoolDomain's answer -> the domain. For a missing one, the description is empty or absent.
 * @param caller The account of the credentials, if the answer names none.
 */
export function observedDomain(
    description: DomainDescriptionType = {},
    caller: string | undefined,
): ObservedDomain | undefined {
    const { UserPoolId, AWSAccountId, Status = "ACTIVE", CloudFrontDistribution } = description;
    return UserPoolId
        ? {
              userPoolId: UserPoolId,
              accountId: AWSAccountId || caller,
              status: Status,
              cloudFrontDistribution: CloudFrontDistribution || undefined,
              settings: observedSettings(description),
          }
        : undefined;
}

/** Its settings. A version that is absent means 1; a prefix domain reports no certificate. */
export function observedSettings(description: DomainDescriptionType): Settings {
    const { CustomDomainConfig, Routing } = description;
    return defined({
        managedLoginVersion: description.ManagedLoginVersion ?? 1,
        certificateArn: CustomDomainConfig?.CertificateArn || undefined,
        securityPolicy: CustomDomainConfig?.SecurityPolicy || undefined,
        failover: Routing?.Failover && {
            secondaryRegion: Routing.Failover.SecondaryRegion ?? "",
            primaryRoute53HealthCheckId: Routing.Failover.PrimaryRoute53HealthCheckId ?? "",
        },
    });
}

/**
 * Settings -> the request that sets all of them. AWS does not document whether it keeps or resets what a request
 * omits, so the settings given here are always complete.
 */
export function updateRequest({ userPoolId, domain }: DomainAddress, settings: Settings): UpdateUserPoolDomainRequest {
    const { managedLoginVersion, certificateArn, securityPolicy, failover } = settings;
    return {
        Domain: domain,
        UserPoolId: userPoolId,
        ManagedLoginVersion: managedLoginVersion,
        // A certificate is what makes a domain a custom one; an empty CustomDomainConfig is refused.
        CustomDomainConfig: certificateArn
            ? { CertificateArn: certificateArn, SecurityPolicy: securityPolicy as SecurityPolicyType | undefined }
            : undefined,
        Routing: failover && {
            Failover: {
                SecondaryRegion: failover.secondaryRegion,
                PrimaryRoute53HealthCheckId: failover.primaryRoute53HealthCheckId,
            },
        },
    };
}

/** DescribeCertificate's answer -> the certificate. */
export function observedCertificate(detail: CertificateDetail): ObservedCertificate {
    const { SubjectAlternativeNames = [], DomainName } = detail;
    return {
        status: detail.Status ?? "unknown",
        // Browsers ignore the common name if there are others (RFC 9525; CA/B baseline requirements).
        names: SubjectAlternativeNames.length > 0 || !DomainName ? SubjectAlternativeNames : [DomainName],
        notBefore: detail.NotBefore,
        notAfter: detail.NotAfter,
        issuedAt: detail.IssuedAt ?? detail.ImportedAt,
        keyAlgorithm: detail.KeyAlgorithm,
        type: detail.Type,
        keyPairOrigin: detail.CertificateKeyPairOrigin,
        managedBy: detail.ManagedBy,
        validationMethod: detail.DomainValidationOptions?.[0]?.ValidationMethod,
        failureReason: detail.FailureReason,
        renewalStatus: detail.RenewalSummary?.RenewalStatus,
        renewalReason: detail.RenewalSummary?.RenewalStatusReason,
        renewalEligibility: detail.RenewalEligibility,
        serial: detail.Serial,
    };
}
