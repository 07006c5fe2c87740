import type { Emulator } from "../test/emulator";

/** The setup of one block of the table. */
export interface Scenario {
    /** The number of domains, each with a user pool and a resource of its own. */
    size: number;
    /** Milliseconds that each answer of AWS takes. */
    latencyMs: number;
    /** The change to every domain: from the classic hosted UI to managed login, or another certificate. */
    change: Change;
    /** One wildcard certificate for all domains, or one for each. */
    certificates: "one" | "each";
    /**
     * The share of AWS's request quotas that is free: 1, or 0.5 if another client uses the other half. Without it, there are no
     * quotas and no pacing: only the code is measured.
     */
    quotas?: number;
    /** How many are custom domains; the others are prefix domains. @default all */
    custom?: number;
}

export type Change = "version" | "certificate";

/** One resource of a program. */
export interface Resource {
    name: string;
    args: Desired & { userPoolId: string; domain: string };
}

interface Desired {
    managedLoginVersion?: number;
    customDomainConfig?: { certificateArn: string };
}

const REGION = "us-west-2";

/** Creates an account's domains as they are before the first `up`. Returns the program's resources. */
export function setScene(
    aws: Emulator,
    account: string,
    { size, change, certificates, custom = size }: Scenario,
): Resource[] {
    const wildcard = () => aws.certificate({ domainName: "*.example.com", account });
    const [oldWildcard, newWildcard] = [wildcard(), wildcard()];
    return Array.from({ length: size }, (_, index) => {
        const name = `auth${index}`;
        const domain = `${name}.example.com`;
        const userPoolId = aws.userPool({ region: REGION, account });
        aws.client({ userPoolId, withBranding: true });
        if (index >= custom) {
            aws.domain({ userPoolId, domain: name, version: 1 });
            return { name, args: { userPoolId, domain: name, managedLoginVersion: 2 } };
        }
        const own = () => aws.certificate({ domainName: domain, account });
        const [attached, other] = certificates === "one" ? [oldWildcard, newWildcard] : [own(), own()];
        aws.domain({ userPoolId, domain, version: 1, certificateArn: attached, securityPolicy: "TLS_V1_2_2021" });
        const desired: Desired =
            change === "version"
                ? { managedLoginVersion: 2, customDomainConfig: { certificateArn: attached } }
                : { customDomainConfig: { certificateArn: other } };
        return { name, args: { userPoolId, domain, ...desired } };
    });
}

/** The number of domains that differ from the program. */
export function countUndone(aws: Emulator, account: string, resources: Resource[]): number {
    const isDone = ({ args: { domain, managedLoginVersion, customDomainConfig } }: Resource) => {
        const found = aws.domainOf(domain, { account });
        return (
            found !== undefined &&
            (customDomainConfig === undefined || found.certificateArn === customDomainConfig.certificateArn) &&
            (managedLoginVersion === undefined || found.managedLoginVersion === managedLoginVersion)
        );
    };
    return resources.filter((resource) => !isDone(resource)).length;
}

export function scenarioTitle({ size, latencyMs, change, certificates, quotas, custom }: Scenario): string {
    const resources = size === 1 ? "1 resource" : `${size} resources`;
    const what = change === "version" ? "managed login" : "new certificate";
    if (quotas === undefined) {
        return `${resources}, ${what}, ${latencyMs} ms latency`;
    }
    const which = custom === undefined ? `${certificates} certificate` : `${custom} of them custom domains`;
    return `${resources}, ${which}, ${quotas === 1 ? "all" : quotas} of each quota free`;
}
