import type { DomainDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import type { MadeCustomDomain } from "./customDomain";
import type { CustomName } from "./customName";
import { describe, describeSettled, updateByHand } from "./domainInForce";
import type { MadeDomain } from "./made";
import type { Progress } from "./progress";
import type { Session } from "./session";

/** What a probe works with: a prefix domain of its own run, ACTIVE, and in some runs a custom one. */
export interface Asked {
    session: Session;
    progress: Progress;
    runId: string;
    made: MadeDomain;
    /** Where the run has one: its custom domain, ACTIVE. */
    customDomain?: MadeCustomDomain;
    custom?: CustomName;
}

/** Describes in a row, right after an update was accepted. */
const QUICK_LOOKS = 8;

/** What differs from run to run says nothing about AWS, and the account is nobody's business. */
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

/** Brings the domain to this version, and waits until it is there. */
export async function inForce(asked: Asked, version: 1 | 2): Promise<void> {
    if (((await settled(asked)).ManagedLoginVersion ?? 1) !== version) {
        await updateByHand(asked.session, asked.made, { ManagedLoginVersion: version });
        await settled(asked);
    }
}

/** What Describe says from right after an update was accepted until it is ACTIVE with version 2, or for some looks. */
export async function lookQuickly({ session, made, progress }: Asked): Promise<DomainDescriptionType[]> {
    const looks: DomainDescriptionType[] = [];
    while (looks.length < QUICK_LOOKS) {
        looks.push(await describe(session, made));
    }
    await describeSettled(session, made, progress);
    return looks;
}

/** What an update is refused with; the domain is settled afterwards, whatever became of it. */
export async function refusalOf(asked: Asked, settings: Parameters<typeof updateByHand>[2]): Promise<string> {
    const answer = await outcomeOf(async () => {
        await updateByHand(asked.session, asked.made, settings);
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

/** The answer, or the name and the text of the exception. */
export async function outcomeOf(action: () => Promise<string>): Promise<string> {
    try {
        return await action();
    } catch (error) {
        return `${(error as Error).name}: ${(error as Error).message}`;
    }
}
