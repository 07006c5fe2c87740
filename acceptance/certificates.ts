import {
    DeleteCertificateCommand,
    DescribeCertificateCommand,
    ImportCertificateCommand,
    ListCertificatesCommand,
    ListTagsForCertificateCommand,
    RequestCertificateCommand,
    ResourceInUseException,
} from "@aws-sdk/client-acm";
import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { makeCertificate } from "../test/support/tlsServer";
import { cname } from "./dnsRecords";
import { NAME_PREFIX, RUN_TAG, type Run } from "./run";

/** Requests a certificate, which then waits for its validation record. */
export async function requestCertificate({ acm, id }: Run, purpose: string, DomainName: string): Promise<string> {
    const { CertificateArn = "" } = await acm.send(
        new RequestCertificateCommand({
            DomainName,
            ValidationMethod: "DNS",
            // Without a token, ACM treats requests as repetitions of each other.
            IdempotencyToken: `${id}${purpose}`.replace(/\W/g, "").slice(-32),
            Tags: [{ Key: RUN_TAG, Value: id }],
        }),
    );
    return CertificateArn;
}

/** Imports a self-signed certificate: ACM accepts it, CloudFront should not. */
export async function importSelfSigned({ acm, id }: Run, name: string): Promise<string> {
    const { cert, key } = await makeCertificate("0a", name);
    const { CertificateArn = "" } = await acm.send(
        new ImportCertificateCommand({
            Certificate: Buffer.from(cert),
            PrivateKey: Buffer.from(key),
            Tags: [{ Key: RUN_TAG, Value: id }],
        }),
    );
    return CertificateArn;
}

/** The record that ACM needs to issue the certificate; ACM names it some seconds after the request. */
export function validationRecord(run: Run, arn: string): Promise<ResourceRecordSet> {
    const wait = { usually: "some seconds", minutes: 5, pauseMs: run.pauseMs };
    return run.progress.waitFor("ACM to name the validation record", wait, async () => {
        const { ResourceRecord } = (await detail(run, arn))?.DomainValidationOptions?.[0] ?? {};
        return ResourceRecord?.Name && ResourceRecord.Value
            ? cname(ResourceRecord.Name, ResourceRecord.Value)
            : undefined;
    });
}

/** @throws if ACM gives up on it. */
export async function waitUntilIssued(run: Run, arn: string): Promise<void> {
    const wait = { usually: "5 minutes, at most 30", minutes: 45, pauseMs: run.pauseMs };
    await run.progress.waitFor("the certificate to be ISSUED", wait, async () => {
        const certificate = await detail(run, arn);
        if (certificate?.Status !== "ISSUED" && certificate?.Status !== "PENDING_VALIDATION") {
            throw new Error(`a certificate is ${certificate?.Status} (${certificate?.FailureReason ?? "no reason"})`);
        }
        return certificate.Status === "ISSUED" ? true : undefined;
    });
}

async function detail({ acm }: Run, CertificateArn: string) {
    return (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate;
}

/** Removes the certificates with the tag of this run, or of all runs. Returns how many, and those that remain. */
export async function removeCertificates(run: Run): Promise<{ removed: number; remain: string[] }> {
    const remain: string[] = [];
    let removed = 0;
    for (const arn of await allCertificates(run)) {
        const { Tags = [] } = await run.acm.send(new ListTagsForCertificateCommand({ CertificateArn: arn }));
        const madeBy = Tags.find(({ Key }) => Key === RUN_TAG)?.Value;
        if (madeBy === undefined || !(run.sweep || madeBy === run.id)) {
            continue;
        }
        const name = `the certificate ${arn.slice(arn.lastIndexOf("/") + 1)} of ${NAME_PREFIX}${madeBy}`;
        try {
            await removeCertificate(run, arn);
            run.progress.say(`  removed ${name}`);
            removed++;
        } catch (error) {
            run.progress.say(`  ${name} could not be removed: ${(error as Error).message}`);
            remain.push(name);
        }
    }
    return { removed, remain };
}

/** A certificate stays in use for some time after its domain is deleted. */
async function removeCertificate(run: Run, CertificateArn: string): Promise<void> {
    const wait = { usually: "up to 20 minutes", minutes: 60, pauseMs: run.pauseMs * 2 };
    await run.progress.waitFor("the certificate not to be in use", wait, async () => {
        try {
            await run.acm.send(new DeleteCertificateCommand({ CertificateArn }));
            return true;
        } catch (error) {
            if (error instanceof ResourceInUseException) {
                return undefined;
            }
            throw error;
        }
    });
}

async function allCertificates({ acm }: Run): Promise<string[]> {
    const found: string[] = [];
    let NextToken: string | undefined;
    do {
        // Without keyTypes, ACM lists only RSA 1024 and 2048.
        const Includes = { keyTypes: ["RSA_2048", "EC_prime256v1"] as ("RSA_2048" | "EC_prime256v1")[] };
        const page = await acm.send(new ListCertificatesCommand({ Includes, NextToken }));
        found.push(...(page.CertificateSummaryList ?? []).map(({ CertificateArn = "" }) => CertificateArn));
        NextToken = page.NextToken;
    } while (NextToken);
    return found;
}
