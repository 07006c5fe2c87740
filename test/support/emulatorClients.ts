import {
    CognitoIdentityProvider,
    type DomainDescriptionType,
    type UpdateUserPoolDomainCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { type Emulator, startEmulator } from "../emulator";
import { DOMAIN, FAILOVER } from "./domains";

export const REGION = "us-west-2";
export const custom = DOMAIN;
export const prefix = "my-prefix";

export let aws: Emulator;
/** A client of the emulator; nothing is tried twice. */
export let cognito: CognitoIdentityProvider;

/** Gives the suite that calls this an emulator, which every test finds empty, and a client for it. */
export function inEmulator(): void {
    before(async () => {
        aws = await startEmulator();
    });
    after(() => aws.close());

    beforeEach(() => {
        aws.reset();
        cognito = new CognitoIdentityProvider({ ...aws.clientConfig(REGION), maxAttempts: 1 });
    });
    afterEach(() => {
        cognito.destroy();
    });
}

export async function describeDomain(Domain: string): Promise<DomainDescriptionType> {
    return (await cognito.describeUserPoolDomain({ Domain })).DomainDescription ?? {};
}

/** A pool with a custom domain that has every setting. */
export function customScene(): { pool: string; certificate: string } {
    const pool = aws.userPool({ region: REGION, replicas: [{ region: FAILOVER.secondaryRegion, status: "INACTIVE" }] });
    const certificate = aws.certificate({ domainName: custom });
    aws.domain({
        userPoolId: pool,
        domain: custom,
        version: 1,
        certificateArn: certificate,
        securityPolicy: "TLS_V1_3_2025",
        routing: { failover: FAILOVER },
    });
    return { pool, certificate };
}

export function prefixScene(): string {
    const pool = aws.userPool({ region: REGION });
    aws.domain({ userPoolId: pool, domain: prefix });
    return pool;
}

export function update(
    UserPoolId: string,
    CertificateArn: string,
    more: Partial<UpdateUserPoolDomainCommandInput> = {},
) {
    return cognito.updateUserPoolDomain({
        UserPoolId,
        Domain: custom,
        CustomDomainConfig: { CertificateArn },
        ...more,
    });
}
