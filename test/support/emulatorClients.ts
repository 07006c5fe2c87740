import assert from "node:assert/strict";
import { ACMClient } from "@aws-sdk/client-acm";
import {
    CognitoIdentityProvider,
    type DomainDescriptionType,
    type UpdateUserPoolDomainCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { type Emulator, startEmulator } from "../emulator";

export const REGION = "us-west-2";
export const FAILOVER = {
    secondaryRegion: "us-east-2",
    primaryRoute53HealthCheckId: "11111111-2222-3333-4444-555555555555",
};
export const BAD_CERTIFICATE =
    /^The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or /;
export const custom = "auth.example.com";
export const prefix = "my-prefix";

export let aws: Emulator;
/** Clients of the emulator; nothing is tried twice. */
export let cognito: CognitoIdentityProvider;
export let acm: ACMClient;

/** Gives the suite that calls this an emulator, which every test finds empty, and clients for it. */
export function inEmulator(): void {
    before(async () => {
        aws = await startEmulator();
    });
    after(() => aws.close());

    beforeEach(() => {
        aws.reset();
        cognito = new CognitoIdentityProvider({ ...aws.clientConfig(REGION), maxAttempts: 1 });
        acm = new ACMClient({ ...aws.clientConfig("us-east-1"), maxAttempts: 1 });
    });
    afterEach(() => {
        cognito.destroy();
        acm.destroy();
    });
}

export async function describeDomain(Domain: string): Promise<DomainDescriptionType> {
    return (await cognito.describeUserPoolDomain({ Domain })).DomainDescription ?? {};
}

/** A pool with a custom domain that has every setting. */
export function customScene(tier?: "LITE" | "ESSENTIALS"): { pool: string; certificate: string } {
    const pool = aws.userPool({ region: REGION, tier, replicas: [{ region: "us-east-2", status: "INACTIVE" }] });
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

export function prefixScene(tier?: "LITE" | "ESSENTIALS"): string {
    const pool = aws.userPool({ region: REGION, tier });
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

export function refused(call: Promise<unknown>, name: string, message: RegExp = /./): Promise<void> {
    return assert.rejects(call, { name, message });
}
