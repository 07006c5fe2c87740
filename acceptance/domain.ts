import {
    DescribeUserPoolDomainCommand,
    type DomainDescriptionType,
    UpdateUserPoolDomainCommand,
    type UpdateUserPoolDomainCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { MadeDomain } from "./made";
import type { Progress } from "./progress";
import type { Session } from "./session";

/** DescribeUserPoolDomain, through the AWS SDK. */
export async function describe({ cognito }: Session, { domain }: MadeDomain): Promise<DomainDescriptionType> {
    return (await cognito.send(new DescribeUserPoolDomainCommand({ Domain: domain }))).DomainDescription ?? {};
}

/** The same, once no update is running. */
export function describeSettled(
    session: Session,
    made: MadeDomain,
    progress: Progress,
): Promise<DomainDescriptionType> {
    // A new certificate takes at most an hour. Source: API reference, UpdateUserPoolDomain.
    const wait = { usually: "up to 5 minutes", minutes: 75, pauseMs: session.pauseMs };
    return progress.waitFor(`${made.domain} to be ACTIVE`, wait, async () => {
        const description = await describe(session, made);
        return description.Status === "ACTIVE" || description.Status === "FAILED" ? description : undefined;
    });
}

/** Updates the domain outside Pulumi, as in the console. */
export async function updateOutsidePulumi(
    { cognito }: Session,
    { userPoolId, domain }: MadeDomain,
    settings: Omit<UpdateUserPoolDomainCommandInput, "UserPoolId" | "Domain">,
): Promise<void> {
    await cognito.send(new UpdateUserPoolDomainCommand({ UserPoolId: userPoolId, Domain: domain, ...settings }));
}
