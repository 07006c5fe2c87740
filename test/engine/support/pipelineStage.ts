import { type Emulator, startEmulator } from "../../emulator";
import { Checkout } from "./checkout";
import { killAll } from "./cli";
import { DOMAIN, REGION } from "./stage";

const DAY_MS = 24 * 60 * 60 * 1000;

/** An emulated AWS with a domain that is as its stack's config says, and a checkout of the program. */
export interface PipelineStage {
    aws: Emulator;
    checkout: Checkout;
    /** The current certificate. */
    certificateArn: string;
    /** Another certificate that fits the domain. */
    newCertificateArn: string;
    /** One for another name, which expires in 5 days. */
    unfitCertificateArn: string;
    /** The config of the stack prod, with changes. */
    prod(changes?: Record<string, string>): Record<string, string>;
}

export async function openPipelineStage(): Promise<PipelineStage> {
    const aws = await startEmulator();
    const checkout = await Checkout.create(aws);
    const certificateArn = aws.certificate({
        domainName: DOMAIN,
        notAfter: new Date(Date.now() + 96 * DAY_MS),
    });
    const newCertificateArn = aws.certificate({ domainName: DOMAIN });
    const unfitCertificateArn = aws.certificate({
        domainName: "*.internal.example.com",
        notAfter: new Date(Date.now() + 5.5 * DAY_MS),
    });
    const userPoolId = aws.userPool({ region: REGION });
    aws.client({ userPoolId, name: "web", withBranding: true });
    aws.domain({ userPoolId, domain: DOMAIN, version: 1, certificateArn, securityPolicy: "TLS_V1_2_2021" });
    const config = { userPoolId, domain: DOMAIN, certificateArn, managedLoginVersion: "1" };
    const prod = (changes: Record<string, string> = {}) => ({ ...config, ...changes });
    return { aws, checkout, certificateArn, newCertificateArn, unfitCertificateArn, prod };
}

export async function closePipelineStage({ aws, checkout }: PipelineStage): Promise<void> {
    killAll();
    await aws.close();
    await checkout.remove();
}
