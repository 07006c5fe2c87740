import { type Emulator, startEmulator } from "../../emulator";
import { Checkout } from "./checkout";
import { killAll } from "./cli";
import { DOMAIN, REGION } from "./stage";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The name of the other stack's domain. */
export const OTHER_DOMAIN = "auth.dev.example.com";

/** An emulated AWS with two domains that are as their stacks' config says, and a checkout of the program. */
export interface PipelineStage {
    aws: Emulator;
    checkout: Checkout;
    /** The certificate in force. */
    certificateArn: string;
    /** A certificate that fits both domains. */
    newCertificateArn: string;
    /** One that fits neither, and ends in 5 days. */
    unfitCertificateArn: string;
    /** What the config of the stack prod says, with changes. */
    prod(changes?: Record<string, string>): Record<string, string>;
    dev(changes?: Record<string, string>): Record<string, string>;
}

export async function openPipelineStage(): Promise<PipelineStage> {
    const aws = await startEmulator();
    const checkout = await Checkout.create(aws);
    const subjectAlternativeNames = [DOMAIN, OTHER_DOMAIN];
    const certificateArn = aws.certificate({
        domainName: DOMAIN,
        subjectAlternativeNames,
        notAfter: new Date(Date.now() + 96 * DAY_MS),
    });
    const newCertificateArn = aws.certificate({ domainName: DOMAIN, subjectAlternativeNames });
    const unfitCertificateArn = aws.certificate({
        domainName: "*.internal.example.com",
        notAfter: new Date(Date.now() + 5.5 * DAY_MS),
    });
    const configOf = (domain: string) => {
        const userPoolId = aws.userPool({ region: REGION });
        aws.client({ userPoolId, name: "web", withBranding: true });
        aws.domain({ userPoolId, domain, version: 1, certificateArn });
        const config = { userPoolId, domain, certificateArn, managedLoginVersion: "1" };
        return (changes: Record<string, string> = {}) => ({ ...config, ...changes });
    };
    const [prod, dev] = [configOf(DOMAIN), configOf(OTHER_DOMAIN)];
    return { aws, checkout, certificateArn, newCertificateArn, unfitCertificateArn, prod, dev };
}

export async function closePipelineStage({ aws, checkout }: PipelineStage): Promise<void> {
    killAll();
    await aws.close();
    await checkout.remove();
}
