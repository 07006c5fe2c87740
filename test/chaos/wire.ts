import { defined } from "../../provider/model/objects";
import type { Settings } from "../../provider/model/settings";
import type { DomainSettings } from "../emulator";

/** The members that a request and a description have in common. */
interface Wire {
    ManagedLoginVersion?: number;
    CustomDomainConfig?: { CertificateArn?: string; SecurityPolicy?: string };
    Routing?: { Failover?: { SecondaryRegion: string; PrimaryRoute53HealthCheckId: string } };
}

/** What a look is answered with; without a pool there is no domain. */
export interface Description extends Wire {
    UserPoolId?: string;
    Status?: string;
}

/** The settings in an UpdateUserPoolDomain request, or in a DomainDescription. A version that is not there means 1. */
export function settingsOnWire({ ManagedLoginVersion = 1, CustomDomainConfig, Routing }: Wire): Settings {
    const failover = Routing?.Failover;
    return defined({
        managedLoginVersion: ManagedLoginVersion,
        certificateArn: CustomDomainConfig?.CertificateArn,
        securityPolicy: CustomDomainConfig?.SecurityPolicy,
        failover: failover && {
            secondaryRegion: failover.SecondaryRegion,
            primaryRoute53HealthCheckId: failover.PrimaryRoute53HealthCheckId,
        },
    });
}

/** The settings that the emulator has stored. */
export function settingsStored({ managedLoginVersion = 1, routing, ...rest }: DomainSettings): Settings {
    const { certificateArn, securityPolicy } = rest;
    return defined({ managedLoginVersion, certificateArn, securityPolicy, failover: routing?.failover });
}

/** A request with the whole settings. */
export function requestFor(
    { managedLoginVersion, certificateArn, securityPolicy, failover }: Settings,
    names: { Domain: string; UserPoolId: string },
): Record<string, unknown> {
    return defined({
        ...names,
        ManagedLoginVersion: managedLoginVersion,
        CustomDomainConfig: defined({ CertificateArn: certificateArn, SecurityPolicy: securityPolicy }),
        Routing: failover && {
            Failover: {
                SecondaryRegion: failover.secondaryRegion,
                PrimaryRoute53HealthCheckId: failover.primaryRoute53HealthCheckId,
            },
        },
    });
}
