import { namesIn, type Settings, sameSetting } from "../../provider/model/settings";
import type { Emulator } from "../emulator";
import { isFit } from "../emulator/certificates";
import type { Command } from "./command";
import { settingsStored } from "./wire";

/** The default of `minimumCertificateValidityDays` for the certificates here. */
const MINIMUM_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether an update may bring this certificate in: for a program its end has to be far enough, for a way back not. */
export function isFitFor(aws: Emulator, domain: string, arn: string, { desired }: Command): boolean {
    const days = arn === desired.certificateArn ? MINIMUM_DAYS : 0;
    const { account = "" } = aws.domainOf(domain) ?? {};
    return isFit(aws.state, account, arn, domain, new Date(Date.now() + days * DAY_MS - 60_000));
}

/** Why a healthy update has to be refused, as the scene has it. */
export function reasonToRefuse(aws: Emulator, domain: string, desired: Settings): string | undefined {
    const { certificateArn, managedLoginVersion } = desired;
    const stored = aws.domainOf(domain);
    const inForce = settingsStored(stored ?? {});
    const pool = aws.state.pools.get(stored?.userPoolId ?? "");
    if (certificateArn !== undefined && certificateArn !== inForce.certificateArn) {
        const end = new Date(Date.now() + MINIMUM_DAYS * DAY_MS);
        if (!isFit(aws.state, stored?.account ?? "", certificateArn, domain, end)) {
            return "the certificate is unfit";
        }
    }
    // A failed domain is sent its settings again.
    const isFailed = stored?.status === "FAILED";
    const writes = namesIn(desired).some((name) => isFailed || !sameSetting(inForce[name], desired[name]));
    return writes && (managedLoginVersion ?? inForce.managedLoginVersion) === 2 && pool?.tier === "LITE"
        ? "the plan is LITE"
        : undefined;
}
