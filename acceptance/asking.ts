import type { DomainDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import type { MadeCustomDomain } from "./customDomain";
import type { CustomName } from "./customName";
import { describe, describeSettled, updateOutsidePulumi } from "./domain";
import type { MadeDomain } from "./made";
import type { Progress } from "./progress";
import type { Session } from "./session";

/** What a probe works with: the run's prefix domain, and in some runs a custom one. */
export interface Asked {
    session: Session;
    progress: Progress;
    runId: string;
    made: MadeDomain;
    /** The run's custom domain, if it has one. */
    customDomain?: MadeCustomDomain;
    custom?: CustomName;
}

/** Reads in a row, right after an update was accepted. */
const QUICK_READS = 8;

/** Replaces what differs from run to run, and the account. */
export function withoutNames(
    text: string,
    { session, runId, custom }: { session: Session; runId: string; custom?: CustomName },
): string {
    const named = custom
        ? text.replaceAll(custom.domain, "<domain>").replaceAll(custom.hostedZoneId, "<hosted zone>")
        : text;
    return named
        .replace(/certificate\/[0-9a-f-]{36}/g, "certificate/<id>")
        .replace(/\bd[0-9a-z]{12,14}\.cloudfront\.net/g, "<distribution>")
        .replace(new RegExp(`${session.region}_\\w+`, "g"), "<userPoolId>")
        .replaceAll(runId, "<run>")
        .replaceAll(session.account, "<account>");
}

export const settled = ({ session, made, progress }: Asked): Promise<DomainDescriptionType> =>
    describeSettled(session, made, progress);

/** Sets the version, and waits until the domain has it. */
export async function setVersion(asked: Asked, version: 1 | 2): Promise<void> {
    if (((await settled(asked)).ManagedLoginVersion ?? 1) !== version) {
        await updateOutsidePulumi(asked.session, asked.made, { ManagedLoginVersion: version });
        await settled(asked);
    }
}

/** Several DescribeUserPoolDomain results in a row, right after an update was accepted. */
export async function readQuickly({ session, made, progress }: Asked): Promise<DomainDescriptionType[]> {
    const reads: DomainDescriptionType[] = [];
    while (reads.length < QUICK_READS) {
        reads.push(await describe(session, made));
    }
    await describeSettled(session, made, progress);
    return reads;
}

/** The error of an update that AWS refuses, or `accepted`; waits until the domain is settled. */
export async function refusalOf(asked: Asked, settings: Parameters<typeof updateOutsidePulumi>[2]): Promise<string> {
    const answer = await outcomeOf(async () => {
        await updateOutsidePulumi(asked.session, asked.made, settings);
        return "accepted";
    });
    await settled(asked);
    return answer;
}

export async function failoverTo(asked: Asked, SecondaryRegion: string): Promise<string> {
    const Failover = { SecondaryRegion, PrimaryRoute53HealthCheckId: "00000000-0000-4000-8000-000000000000" };
    const answer = await refusalOf(asked, { ManagedLoginVersion: 2, Routing: { Failover } });
    return withoutNames(answer, asked).replaceAll(SecondaryRegion, "<region>");
}

/** The answer, or the exception's name and message. */
export async function outcomeOf(action: () => Promise<string>): Promise<string> {
    try {
        return await action();
    } catch (error) {
        return `${(error as Error).name}: ${(error as Error).message}`;
    }
}
