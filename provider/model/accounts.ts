import { WrongAccountError } from "./errors";

/** The AWS accounts in which a program may work; any, unless one of the lists says otherwise. */
export interface AccountRules {
    allowedAccountIds?: readonly string[];
    forbiddenAccountIds?: readonly string[];
}

/** The rule that an account breaks, in words; undefined if it is allowed. */
export function brokenAccountRule(accountId: string, rules: AccountRules): string | undefined {
    const { allowedAccountIds, forbiddenAccountIds } = rules;
    if (forbiddenAccountIds?.includes(accountId)) {
        return `forbiddenAccountIds has ${forbiddenAccountIds.join(", ")}`;
    }
    if (allowedAccountIds?.length && !allowedAccountIds.includes(accountId)) {
        return `allowedAccountIds has ${allowedAccountIds.join(", ")}`;
    }
    return undefined;
}

/** @throws WrongAccountError if the program may not work in the account. */
export function assertAllowed(accountId: string | undefined, rules: AccountRules): void {
    const broken = accountId && brokenAccountRule(accountId, rules);
    if (broken) {
        throw new WrongAccountError(
            `the AWS account is ${accountId}; ${broken}. Nothing was changed. Use the credentials of an allowed account, or allow this one.`,
        );
    }
}
