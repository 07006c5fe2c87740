import type { Emulator } from "../test/emulator";

/** What one block of the table is measured on. Scale, quotas and faults are further fields of it. */
export interface Scenario {
    /** How many domains, each with a resource. */
    size: number;
    /** Milliseconds that every answer of AWS's takes. */
    latencyMs: number;
    /** A user pool for each domain, as AWS wants it for custom domains, or one for all. */
    pools: "own" | "shared";
}

/** One resource of a program. */
export interface Resource {
    name: string;
    args: Record<string, unknown>;
}

const REGION = "us-west-2";

/**
 * Puts an account's domains there as they are before the first `up`: classic hosted UI, all with one wildcard
 * certificate. The answer is what a program asks for: managed login.
 */
export function setScene(aws: Emulator, account: string, { size, pools }: Scenario): Resource[] {
    const certificateArn = aws.certificate({ domainName: "*.example.com", account });
    const makePool = () => {
        const userPoolId = aws.userPool({ region: REGION, account });
        aws.client({ userPoolId, withBranding: true });
        return userPoolId;
    };
    const sharedPool = pools === "shared" ? makePool() : undefined;
    return Array.from({ length: size }, (_, index) => {
        const userPoolId = sharedPool ?? makePool();
        const domain = aws.domain({
            userPoolId,
            domain: `auth${index}.example.com`,
            version: 1,
            certificateArn,
            securityPolicy: "TLS_V1_2_2021",
        });
        return {
            name: `auth${index}`,
            args: { userPoolId, domain, managedLoginVersion: 2, customDomainConfig: { certificateArn } },
        };
    });
}

export function scenarioTitle({ size, latencyMs, pools }: Scenario): string {
    const resources = size === 1 ? "1 resource" : `${size} resources`;
    return `${resources}, ${latencyMs} ms latency${pools === "shared" && size > 1 ? ", one user pool" : ""}`;
}
