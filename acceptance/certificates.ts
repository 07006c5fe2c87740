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
import type { Progress } from "./progress";
import { NAME_PREFIX, PROCESS_TAG, RUN_TAG, runsElsewhereHere, tagsOf } from "./runId";
import type { Session } from "./session";

const tags = (runId: string) => Object.entries(tagsOf(runId)).map(([Key, Value]) => ({ Key, Value }));

/** Requests a certificate, which then waits for its validation record. */
export async function requestCertificate(
    { acm }: Session,
    runId: string,
    purpose: string,
    DomainName: string,
): Promise<string> {
    const { CertificateArn = "" } = await acm.send(
        new RequestCertificateCommand({
            DomainName,
            ValidationMethod: "DNS",
            // Without a token, ACM treats requests as repetitions of each other.
            IdempotencyToken: `${runId}${purpose}`.replace(/\W/g, "").slice(-32),
            Tags: tags(runId),
        }),
    );
    return CertificateArn;
}

/** Imports a self-signed certificate: ACM accepts it, CloudFront should not. */
export async function importSelfSigned({ acm }: Session, runId: string, name: string): Promise<string> {
    const { cert, key } = await makeCertificate("0a", name);
    const { CertificateArn = "" } = await acm.send(
        new ImportCertificateCommand({
            Certificate: Buffer.from(cert),
            PrivateKey: Buffer.from(key),
            Tags: tags(runId),
        }),
    );
    return CertificateArn;
}

/** The record that ACM needs to issue the certificate; ACM names it some seconds after the request. */
export function validationRecord(session: Session, progress: Progress, arn: string): Promise<ResourceRecordSet> {
    const wait = { usually: "some seconds", minutes: 5, pauseMs: session.pauseMs };
    return progress.waitFor("ACM to name the validation record", wait, async () => {
        const { ResourceRecord } = (await detail(session, arn))?.DomainValidationOptions?.[0] ?? {};
        return ResourceRecord?.Name && ResourceRecord.Value
            ? cname(ResourceRecord.Name, ResourceRecord.Value)
            : undefined;
    });
}

/** @throws if ACM gives up on it. */
export async function waitUntilIssued(session: Session, progress: Progress, arn: string): Promise<void> {
    const wait = { usually: "5 minutes, at most 30", minutes: 45, pauseMs: session.pauseMs };
    await progress.waitFor("the certificate to be ISSUED", wait, async () => {
        const certificate = await detail(session, arn);
        if (certificate?.Status !== "ISSUED" && certificate?.Status !== "PENDING_VALIDATION") {
            throw new Error(`a certificate is ${certificate?.Status} (${certificate?.FailureReason ?? "no reason"})`);
        }
        return certificate.Status === "ISSUED" ? true : undefined;
    });
}

async function detail({ acm }: Session, CertificateArn: string) {
    return (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate;
}

/** Removes the certificates with the tag of one run, or of all runs that have ended. Returns how many, and those that remain. */
export async function removeCertificates(
    session: Session,
    progress: Progress,
    runId?: string,
): Promise<{ removed: number; remain: string[] }> {
    const remain: string[] = [];
    let removed = 0;
    for (const arn of await allCertificates(session)) {
        const { Tags = [] } = await session.acm.send(new ListTagsForCertificateCommand({ CertificateArn: arn }));
        const tagged = (key: string) => Tags.find(({ Key }) => Key === key)?.Value;
        const madeBy = tagged(RUN_TAG);
        if (madeBy === undefined || (runId ?? madeBy) !== madeBy || runsElsewhereHere(tagged(PROCESS_TAG))) {
            continue;
        }
        const name = `the certificate ${arn.slice(arn.lastIndexOf("/") + 1)} of ${NAME_PREFIX}${madeBy}`;
        try {
            await removeCertificate(session, progress, arn);
            progress.say(`  removed ${name}`);
            removed++;
        } catch (error) {
            progress.say(`  ${name} could not be removed: ${(error as Error).message}`);
            remain.push(name);
        }
    }
    return { removed, remain };
}

/** A certificate stays in use for some time after its domain is deleted. */
async function removeCertificate(session: Session, progress: Progress, CertificateArn: string): Promise<void> {
    const wait = { usually: "up to 20 minutes", minutes: 60, pauseMs: session.pauseMs * 2 };
    await progress.waitFor("the certificate not to be in use", wait, async () => {
        try {
            await session.acm.send(new DeleteCertificateCommand({ CertificateArn }));
            return true;
        } catch (error) {
            if (error instanceof ResourceInUseException) {
                return undefined;
            }
            throw error;
        }
    });
}

async function allCertificates({ acm }: Session): Promise<string[]> {
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
