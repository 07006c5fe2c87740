import type { dynamic } from "@pulumi/pulumi";
import type { Aws } from "../aws/awsCalls";
import type { AwsIdentity } from "../inputs/awsIdentity";
import { accountIn, assertAllowed } from "../model/accounts";
import { addressArguments, parseId } from "../model/address";
import { adoptedIn } from "../model/adoption";
import { isUnderWay } from "../model/domainStatus";
import { DomainNotFoundError } from "../model/errors";
import { fillUnreported, type SettingsArguments, settingsOf } from "../model/settings";
import { absenceText, assertGone } from "../reconcile/absence";
import { settled } from "../reconcile/adopt";
import { attachedCertificate } from "../reconcile/attachedCertificate";
import { inputsOf, outputsOf, unverifiedIn } from "./resourceOutputs";

/**
 * What AWS has now, for `pulumi refresh` and `get`: empty only where the domain's own account no longer has it.
 * @throws DomainNotFoundError of a `get`, WrongAccountError, AwsCallError.
 */
export async function readDomain(
    id: string,
    props: Record<string, unknown>,
    aws: Aws,
    identity: AwsIdentity,
): Promise<dynamic.ReadResult> {
    const address = parseId(id);
    const domain = await aws.describeDomain(address);
    if (domain?.userPoolId !== address.userPoolId) {
        // For a `get`, an empty answer would be a success with undefined outputs.
        if (props.status === undefined) {
            throw new DomainNotFoundError(absenceText(address, domain?.userPoolId));
        }
        await assertGone(aws, { address, accountId: accountIn(props), rules: identity });
        return {};
    }
    assertAllowed(domain.accountId, identity);
    const settings = fillUnreported(domain.settings, settingsOf(props as SettingsArguments));
    const { status, cloudFrontDistribution } = domain;
    const outputs = outputsOf(
        { ...addressArguments(address), ...props },
        {
            address,
            settings,
            status,
            cloudFrontDistribution,
            certificate: await attachedCertificate(aws, settings),
        },
        isUnderWay(status) ? adoptedIn(props) : settled(adoptedIn(props), settings),
        { accountId: domain.accountId ?? accountIn(props), unverified: unverifiedIn(props) },
    );
    return { id, props: outputs, inputs: inputsOf(outputs) };
}
