import { parseCertificateArn } from "./certificateArn";
import type { DomainOutputs } from "./domainOutputs";
import { WrongAccountError } from "./errors";

/** The output with the account that has the domain: with another account's credentials it looks as if it were gone. */
export const ACCOUNT = "__account";

/** The account that has the domain, as far as some outputs tell: an attached certificate is always in the same one. */
export function accountIn(outputs: object): string | undefined {
    const { [ACCOUNT]: accountId, customDomainConfig } = outputs as DomainOutputs & { [ACCOUNT]?: string };
    return accountId ?? parseCertificateArn(customDomainConfig?.certificateArn ?? "")?.accountId;
}

/** The AWS accounts in which a program may work; in any where neither list says otherwise. */
export interface AccountRules {
    allowedAccountIds?: readonly string[];
    forbiddenAccountIds?: readonly string[];
}

/** Which of the rules an account breaks, in words; `undefined` where it may be worked in. */
export function brokenAccountRule(
    accountId: string,
    { allowedAccountIds, forbiddenAccountIds }: AccountRules,
): string | undefined {
    if (forbiddenAccountIds?.includes(accountId)) {
        return `forbiddenAccountIds has ${forbiddenAccountIds.join(", ")}`;
    }
    if (allowedAccountIds && !allowedAccountIds.includes(accountId)) {
        return `allowedAccountIds has ${allowedAccountIds.join(", ")}`;
    }
    return undefined;
}

/** @throws WrongAccountError where the program may not work in the account. */
export function assertAllowed(accountId: string | undefined, rules: AccountRules): void {
    const broken = accountId && brokenAccountRule(accountId, rules);
    if (broken) {
        throw new WrongAccountError(
            `the AWS account is ${accountId}; ${broken}. Nothing was changed. Use the credentials of an allowed account, or allow this one.`,
        );
    }
}
