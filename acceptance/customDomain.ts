import { CreateUserPoolDomainCommand, type DomainDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import { importSelfSigned, requestCertificate, validationRecord, waitUntilIssued } from "./certificates";
import { addRecords, aliases } from "./dnsRecords";
import type { CustomName, Run } from "./run";
import { describeSettled, type MadeDomain, makeUserPool } from "./userPools";

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
export async function makeCustomDomain(run: Run, custom: CustomName): Promise<MadeCustomDomain> {
    const { domain } = custom;
    run.progress.say(`Creating two certificates for ${domain}, validated by DNS`);
    const certificate = await requestCertificate(run, "first", domain);
    const nextCertificate = await requestCertificate(run, "next", domain);
    // One record validates all of an account's certificates for a name.
    await addRecords(run, custom, [await validationRecord(run, certificate)]);
    await waitUntilIssued(run, certificate);
    await waitUntilIssued(run, nextCertificate);
    const wrongName = await importSelfSigned(run, `wrong.${domain}`);
    const selfSigned = await importSelfSigned(run, domain);
    run.progress.goOn();
    run.progress.say(`Creating a user pool with the custom domain ${domain}`);
    const userPoolId = await makeUserPool(run, "custom");
    await run.cognito.send(
        new CreateUserPoolDomainCommand({
            UserPoolId: userPoolId,
            Domain: domain,
            CustomDomainConfig: { CertificateArn: certificate },
        }),
    );
    const created = await describeSettled(run, domain);
    await addRecords(run, custom, aliases(custom, created.CloudFrontDistribution ?? ""));
    return { userPoolId, domain, certificate, nextCertificate, wrongName, selfSigned, created };
}
