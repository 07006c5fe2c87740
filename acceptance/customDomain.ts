import { CreateUserPoolDomainCommand, type DomainDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import { importSelfSigned, requestCertificate, validationRecord, waitUntilIssued } from "./certificates";
import type { CustomName } from "./customName";
import { addRecords, aliases } from "./dnsRecords";
import { describeSettled } from "./domain";
import { type MadeDomain, makeUserPool } from "./made";
import type { Progress } from "./progress";
import type { Session } from "./session";

/** A custom domain of the run, and certificates that it can and cannot use. */
export interface MadeCustomDomain extends MadeDomain {
    /** The ARN of the domain's first certificate. */
    certificate: string;
    /** Another one for the same name. */
    nextCertificate: string;
    /** A self-signed one for another name. */
    wrongName: string;
    /** A self-signed one for this name. */
    selfSigned: string;
    /** DescribeUserPoolDomain right after the creation. */
    created: DomainDescriptionType;
}

/** Creates certificates, a user pool with the custom domain, and its records. */
export async function makeCustomDomain(
    session: Session,
    progress: Progress,
    runId: string,
    custom: CustomName,
): Promise<MadeCustomDomain> {
    const { domain } = custom;
    progress.say(`Creating two certificates for ${domain}, validated by DNS`);
    const certificate = await requestCertificate(session, runId, "first", domain);
    const nextCertificate = await requestCertificate(session, runId, "next", domain);
    // One record validates all of an account's certificates for a name.
    await addRecords(session, custom, runId, [await validationRecord(session, progress, certificate)]);
    await waitUntilIssued(session, progress, certificate);
    await waitUntilIssued(session, progress, nextCertificate);
    const wrongName = await importSelfSigned(session, runId, `wrong.${domain}`);
    const selfSigned = await importSelfSigned(session, runId, domain);
    progress.goOn();
    progress.say(`Creating a user pool with the custom domain ${domain}`);
    const userPoolId = await makeUserPool(session, runId, "custom", "ESSENTIALS");
    await session.cognito.send(
        new CreateUserPoolDomainCommand({
            UserPoolId: userPoolId,
            Domain: domain,
            CustomDomainConfig: { CertificateArn: certificate },
        }),
    );
    const created = await describeSettled(session, { userPoolId, domain }, progress);
    await addRecords(session, custom, runId, aliases(custom, created.CloudFrontDistribution ?? ""));
    return { userPoolId, domain, certificate, nextCertificate, wrongName, selfSigned, created };
}
