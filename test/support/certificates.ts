import type { ObservedCertificate } from "../../provider/model/observed";

export const DAY = 24 * 60 * 60 * 1000;

/** So many days from now on. */
export const days = (count: number) => new Date(Date.now() + count * DAY);

/** A certificate that expired yesterday, for the emulator. */
export const EXPIRED = { status: "EXPIRED", notAfter: days(-1) } as const;
export const NOW = new Date("2026-06-15T12:00:00Z");
export const ACCOUNT = "123456789012";
export const ARN = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/11111111-2222-3333-4444-555555555555`;
export const OTHER_ARN = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/99999999-2222-3333-4444-555555555555`;

/** The moment that many days after NOW. */
export function inDays(days: number): Date {
    return new Date(NOW.getTime() + days * DAY);
}

/** A certificate that nothing is wrong with. */
export function goodCertificate(rest: Partial<ObservedCertificate> = {}): ObservedCertificate {
    return {
        status: "ISSUED",
        names: ["auth.example.com"],
        notBefore: inDays(-300),
        notAfter: inDays(300),
        keyAlgorithm: "RSA-2048",
        type: "AMAZON_ISSUED",
        ...rest,
    };
}
