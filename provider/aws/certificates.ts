import type { CertificateDetail } from "@aws-sdk/client-acm";
import { getOrCreate } from "../model/objects";
import type { ObservedCertificate } from "../model/observed";

/** For how long the answer about an issued certificate serves. */
const ISSUED_SERVES_MS = 60 * 1000;

/**
 * ACM's answers about certificates. One answer serves all who ask at the same time and, if the certificate is issued, within a
 * minute: a wildcard is asked for by hundreds.
 */
export class Certificates {
    readonly #answers = new Map<string, Promise<ObservedCertificate | undefined>>();

    constructor(private readonly ask: (arn: string) => Promise<{ Certificate?: CertificateDetail } | undefined>) {}

    /** acm:DescribeCertificate, in the Region that CloudFront takes its certificates from. */
    describe(arn: string): Promise<ObservedCertificate | undefined> {
        return getOrCreate(this.#answers, arn, () => {
            const answer = this.ask(arn).then((it) => it?.Certificate && observedCertificate(it.Certificate));
            const forget = () => void this.#answers.delete(arn);
            answer.then(
                (it) => (it?.status === "ISSUED" ? setTimeout(forget, ISSUED_SERVES_MS).unref() : forget()),
                forget,
            );
            return answer;
        });
    }
}

function observedCertificate(detail: CertificateDetail): ObservedCertificate {
    return {
        status: detail.Status ?? "unknown",
        names: namesOf(detail),
        notBefore: detail.NotBefore,
        notAfter: detail.NotAfter,
        issuedAt: detail.IssuedAt ?? detail.ImportedAt,
        keyAlgorithm: detail.KeyAlgorithm,
        type: detail.Type,
        keyPairOrigin: detail.CertificateKeyPairOrigin,
        managedBy: detail.ManagedBy,
        validationMethod: detail.DomainValidationOptions?.[0]?.ValidationMethod,
        failureReason: detail.FailureReason,
        renewalStatus: detail.RenewalSummary?.RenewalStatus,
        renewalReason: detail.RenewalSummary?.RenewalStatusReason,
        renewalEligibility: detail.RenewalEligibility,
        serial: detail.Serial,
    };
}

/** Browsers look at the subject alternative names alone, where there are any (RFC 9525; CA/B baseline requirements). */
function namesOf({ DomainName, SubjectAlternativeNames }: CertificateDetail): string[] {
    return [...new Set(SubjectAlternativeNames?.length ? SubjectAlternativeNames : [DomainName ?? ""])].filter(Boolean);
}
