import type {
    CertificateDetail,
    DeleteCertificateRequest,
    DescribeCertificateRequest,
    DescribeCertificateResponse,
    ImportCertificateResponse,
    KeyAlgorithm,
    ListCertificatesRequest,
    ListCertificatesResponse,
    ListTagsForCertificateResponse,
    RequestCertificateRequest,
    RequestCertificateResponse,
    Tag,
} from "@aws-sdk/client-acm";
import { readPem } from "./certificates";
import { letters, usersOf } from "./distributions";
import { AwsError, notFound } from "./errors";
import { addCertificate } from "./newThings";
import type { Context, Operations } from "./operation";
import type { Certificate, State } from "./state";

const ONE_CERTIFICATE = {
    CertificateArn: /^(?=.{20,2048}$)arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(\/[\w+=,.@-]+)*$/,
};

export const acmOperations: Operations = {
    ImportCertificate: { accepts: { Certificate: /./, PrivateKey: /./ }, run: importCertificate },
    RequestCertificate: { accepts: { DomainName: /^.{1,253}$/ }, run: requestCertificate },
    DescribeCertificate: { accepts: ONE_CERTIFICATE, run: describeCertificate },
    ListCertificates: { accepts: {}, run: listCertificates },
    ListTagsForCertificate: { accepts: ONE_CERTIFICATE, run: listTags },
    DeleteCertificate: { accepts: ONE_CERTIFICATE, run: deleteCertificate },
};

/** As on the wire: blobs are base64. */
interface ImportCertificateWire {
    Certificate: string;
    Tags?: Tag[];
}

function importCertificate(
    { state, account, region }: Context,
    input: ImportCertificateWire,
): ImportCertificateResponse {
    const facts = readPem(Buffer.from(input.Certificate, "base64"));
    const given = { ...facts, type: "IMPORTED", tags: tagsIn(input.Tags) } as const;
    return { CertificateArn: addCertificate(state, account, region, given) };
}

function requestCertificate(
    { state, account, region }: Context,
    input: RequestCertificateRequest,
): RequestCertificateResponse {
    const arn = addCertificate(state, account, region, {
        domainName: input.DomainName ?? "",
        status: "PENDING_VALIDATION",
        tags: tagsIn(input.Tags),
    });
    return { CertificateArn: arn };
}

function describeCertificate(context: Context, input: DescribeCertificateRequest): DescribeCertificateResponse {
    const certificate = certificateOf(context, input.CertificateArn ?? "");
    issueIfValidated(certificate, context.state);
    return { Certificate: detailOf(certificate, context.state) };
}

/** A certificate waits until all of its validation records are in Route 53, wherever their zone is. */
function issueIfValidated(certificate: Certificate, state: State): void {
    const records = [...state.hostedZones.values()].flatMap((zone) => zone.records);
    const isValidated = validationsOf(certificate)?.every(({ ResourceRecord: needed }) =>
        records.some(
            ({ Name, Type, ResourceRecords }) =>
                Name === needed?.Name && Type === "CNAME" && ResourceRecords?.[0]?.Value === needed?.Value,
        ),
    );
    if (certificate.status === "PENDING_VALIDATION" && isValidated) {
        certificate.status = "ISSUED";
    }
}

function listTags(context: Context, input: DescribeCertificateRequest): ListTagsForCertificateResponse {
    const { tags } = certificateOf(context, input.CertificateArn ?? "");
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}

const tagsIn = (tags: Tag[] = []): Record<string, string> =>
    Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value ?? ""]));

function listCertificates(
    { state, account, region }: Context,
    input: ListCertificatesRequest,
): ListCertificatesResponse {
    // ACM itself lists nothing but RSA of 1024 and 2048 bits where the request does not ask for other keys.
    const keys: readonly string[] = input.Includes?.keyTypes ?? ["RSA_1024", "RSA_2048"];
    const listed = [...state.certificates.values()].filter(
        (c) => c.account === account && c.region === region && keys.includes(c.keyAlgorithm.replace("-", "_")),
    );
    return { CertificateSummaryList: listed.map(({ arn }) => ({ CertificateArn: arn })) };
}

function deleteCertificate(context: Context, input: DeleteCertificateRequest): object {
    const { arn, account } = certificateOf(context, input.CertificateArn ?? "");
    if (usersOf(arn, context.state).length > 0) {
        throw new AwsError("ResourceInUseException", `Certificate ${arn} in account ${account} is in use.`);
    }
    context.state.certificates.delete(arn);
    return {};
}

function certificateOf({ state, account, region }: Context, arn: string): Certificate {
    const certificate = state.certificates.get(arn);
    if (!certificate || certificate.account !== account || certificate.region !== region) {
        throw notFound(`Could not find certificate ${arn}.`);
    }
    return certificate;
}

function detailOf(certificate: Certificate, state: State): CertificateDetail {
    const { type, keyPairOrigin, createdAt, serial, notBefore, notAfter } = certificate;
    const isImported = type === "IMPORTED";
    return {
        CertificateArn: certificate.arn,
        DomainName: certificate.domainName,
        SubjectAlternativeNames: certificate.subjectAlternativeNames,
        DomainValidationOptions: type === "AMAZON_ISSUED" ? validationsOf(certificate) : undefined,
        Status: certificate.status,
        Type: type,
        KeyAlgorithm: certificate.keyAlgorithm as KeyAlgorithm,
        CertificateKeyPairOrigin: keyPairOrigin ?? (isImported ? "CUSTOMER_PROVIDED" : "AWS_MANAGED"),
        ManagedBy: certificate.managedBy,
        // What only an issued certificate has.
        ...(wasIssued(certificate) && {
            Serial: serial,
            NotBefore: notBefore,
            NotAfter: notAfter,
            [isImported ? "ImportedAt" : "IssuedAt"]: createdAt,
        }),
        InUseBy: usersOf(certificate.arn, state),
        FailureReason: certificate.failureReason,
        RenewalSummary: certificate.renewalSummary,
        RenewalEligibility: isImported ? "INELIGIBLE" : "ELIGIBLE",
    };
}

/** Certificates that were issued, whatever has become of them. */
const wasIssued = ({ status }: Certificate): boolean => /^(ISSUED|EXPIRED|REVOKED|INACTIVE)$/.test(status);

function validationsOf(certificate: Certificate): CertificateDetail["DomainValidationOptions"] {
    return certificate.subjectAlternativeNames.map((name) => ({
        DomainName: name,
        ValidationMethod: "DNS",
        ResourceRecord: {
            Name: `_${letters(name, 32)}.${name.replace(/^\*\./, "")}.`,
            Type: "CNAME",
            // The same for all certificates that an account has for a name. Source: ACM User Guide, "DNS validation".
            Value: `_${letters(certificate.account + name, 32)}.acm-validations.aws.`,
        },
    }));
}
