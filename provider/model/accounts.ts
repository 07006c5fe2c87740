import { WrongAccountError } from "./errors";

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
