import type { Aws } from "../aws/awsCalls";
import { type AccountRules, assertAllowed } from "../model/accounts";
import type { DomainAddress } from "../model/address";
import { WrongAccountError } from "../model/errors";
import { answerOf, foundIn } from "../model/observed";

/**
 * Throws unless the domain is certainly gone: another account's credentials do not see it either.
 * @param accountId The account that has the domain, by the record.
 * @throws WrongAccountError, or AwsCallError if STS does not answer.
 */
export async function assertGone(
    aws: Aws,
    address: DomainAddress,
    accountId: string | undefined,
    rules: AccountRules,
): Promise<void> {
    const caller = await aws.callerAccount(address.region);
    assertAllowed(caller, rules);
    if (caller === accountId) {
        // One answer may be empty by mistake, and credentials may change between two calls: read again.
        if ((await aws.describeDomain(address))?.userPoolId === address.userPoolId) {
            throw new WrongAccountError(
                `${address.domain} was missing at the first read and present at the second: the credentials may have changed in between. Nothing was changed. Run the same command again.`,
            );
        }
        return;
    }
    const owner = accountId
        ? `the domain is in account ${accountId}: use credentials of that account`
        : "the state does not say in which account the domain was";
    throw new WrongAccountError(
        `${address.domain} was not found, but that does not prove that it is gone: the credentials belong to account ${caller}, and ${owner}. Nothing was changed. If it is gone for good, run \`pulumi state delete\` with this resource's URN (see docs/troubleshooting.md).`,
    );
}

/** Text for a domain that the user pool does not have; `owner` is the pool that does. */
export async function absenceText(aws: Aws, address: DomainAddress, owner: string | undefined): Promise<string> {
    const { userPoolId, domain, region } = address;
    if (owner) {
        return `the domain ${domain} belongs to the user pool ${owner}, not to ${userPoolId}`;
    }
    const caller = foundIn(await answerOf(() => aws.callerAccount(region)));
    return `the user pool ${userPoolId} has no domain ${domain} in ${region}${caller ? `, in account ${caller}` : ""}; if another account has it, name its profile or role in aws:profile or aws:assumeRoles`;
}
