import { CreateUserPoolDomainCommand, type DomainDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import { importSelfSigned, requestCertificate, validationRecord, waitUntilIssued } from "./certificates";
import type { CustomName } from "./customName";
import { addRecords, aliases } from "./dnsRecords";
import { describeSettled } from "./domainInForce";
import { type MadeDomain, makeUserPool } from "./made";
import type { Progress } from "./progress";
import type { Session } from "./session";

/** A custom domain of the run, with what can be put on it and what cannot. */
export interface MadeCustomDomain extends MadeDomain {
    /** The ARN of the certificate that the domain was made with. */
    certificate: string;
    /** The ARN of another one for the same name. */
    nextCertificate: string;
    /** The ARN of one for another name; its CA is nobody's either. */
    wrongName: string;
    /** The ARN of one for this name that nobody's CA has signed. */
    selfSigned: string;
    /** What Describe said when it was made. */
    created: DomainDescriptionType;
}

/** Makes certificates, a user pool with the custom domain, and its records, each with a line. */
export async function makeCustomDomain(
    session: Session,
    progress: Progress,
    runId: string,
    custom: CustomName,
): Promise<MadeCustomDomain> {
    const { domain } = custom;
    progress.say(`Making two certificates for ${domain}, validated by DNS`);
    const certificate = await requestCertificate(session, runId, "first", domain);
    const nextCertificate = await requestCertificate(session, runId, "next", domain);
    // One record validates all certificates that an account has for a name.
    await addRecords(session, custom, runId, [await validationRecord(session, progress, certificate)]);
    await waitUntilIssued(session, progress, certificate);
    await waitUntilIssued(session, progress, nextCertificate);
    const wrongName = await importSelfSigned(session, runId, `wrong.${domain}`);
    const selfSigned = await importSelfSigned(session, runId, domain);
    progress.goOn();
    progress.say(`Making a user pool with the custom domain ${domain}`);
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
