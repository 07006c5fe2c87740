import { type Change, ChangeResourceRecordSetsCommand, type ResourceRecordSet } from "@aws-sdk/client-route-53";
import { type CustomName, deletionOf, describeRecord, markerName, recordsOf } from "./customName";
import type { Progress } from "./progress";
import { PROCESS_TAG, RUN_TAG, runsElsewhereHere, tagsOf } from "./runId";
import type { Session } from "./session";

const TTL_SECONDS = 60;

export const cname = (Name: string, Value: string): ResourceRecordSet => ({
    Name,
    Type: "CNAME",
    TTL: TTL_SECONDS,
    ResourceRecords: [{ Value }],
});

/** Alias records from a custom domain to its distribution. Source of the zone's id: Route 53 API reference, AliasTarget. */
export const aliases = ({ domain }: CustomName, distribution: string): ResourceRecordSet[] =>
    (["A", "AAAA"] as const).map((Type) => ({
        Name: `${domain}.`,
        Type,
        AliasTarget: { HostedZoneId: "Z2FDTNDATAQYW2", DNSName: `${distribution}.`, EvaluateTargetHealth: false },
    }));

/**
 * Creates records and lists them in the marker, in one atomic change, so that a sweep always knows which are a run's own. A record that
 * exists already is not.
 */
export async function addRecords(
    session: Session,
    custom: CustomName,
    runId: string,
    records: ResourceRecordSet[],
): Promise<void> {
    const made: ResourceRecordSet[] = [];
    for (const record of records) {
        const there = (await recordsOf(session, custom, record.Name ?? "")).map(describeRecord);
        if (!there.includes(describeRecord(record))) {
            made.push(record);
        }
    }
    const marker = await markerOf(session, custom);
    const lines = marker ? linesOf(marker) : Object.entries(tagsOf(runId)).map(([key, value]) => `${key}=${value}`);
    const noted: ResourceRecordSet = {
        Name: markerName(custom),
        Type: "TXT",
        TTL: TTL_SECONDS,
        ResourceRecords: [...lines, ...made.map((it) => `${MADE}${describeRecord(it)}`)].map((line) => ({
            Value: `"${line}"`,
        })),
    };
    await change(session, custom, [
        { Action: marker ? "UPSERT" : "CREATE", ResourceRecordSet: noted },
        ...made.map((record): Change => ({ Action: "CREATE", ResourceRecordSet: record })),
    ]);
}

const MADE = "made=";

/** Removes the marker and the records that it lists, if unchanged. Returns how many were removed. */
export async function removeRecords(
    session: Session,
    progress: Progress,
    custom: CustomName,
    runId?: string,
): Promise<number> {
    const marker = await markerOf(session, custom);
    const lines = marker ? linesOf(marker) : [];
    const noted = (key: string) => lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1);
    const madeBy = noted(RUN_TAG);
    if (!marker || madeBy === undefined || (runId ?? madeBy) !== madeBy) {
        return 0;
    }
    if (runsElsewhereHere(noted(PROCESS_TAG))) {
        progress.say(
            `  the records of ${custom.domain} are kept: their run is active (process ${noted(PROCESS_TAG)}).`,
        );
        return 0;
    }
    const doomed: ResourceRecordSet[] = [];
    for (const description of lines.filter((line) => line.startsWith(MADE)).map((line) => line.slice(MADE.length))) {
        const there = await recordsOf(session, custom, description.split(" ")[1] ?? "");
        const same = there.find((record) => describeRecord(record) === description);
        if (same) {
            doomed.push(same);
        } else {
            progress.say(`  the record ${description} has changed or is gone: it is left alone`);
        }
    }
    await change(session, custom, [...doomed, marker].map(deletionOf));
    for (const record of doomed) {
        progress.say(`  removed the record ${describeRecord(record)}`);
    }
    return doomed.length;
}

async function markerOf(session: Session, custom: CustomName): Promise<ResourceRecordSet | undefined> {
    return (await recordsOf(session, custom, markerName(custom))).find(({ Type }) => Type === "TXT");
}

const linesOf = ({ ResourceRecords }: ResourceRecordSet): string[] =>
    (ResourceRecords ?? []).map(({ Value = "" }) => Value.replace(/^"|"$/g, ""));

async function change({ route53 }: Session, { hostedZoneId }: CustomName, Changes: Change[]): Promise<void> {
    const Comment = "npm run acceptance of pulumi-cognito-domain-settings";
    await route53.send(
        new ChangeResourceRecordSetsCommand({ HostedZoneId: hostedZoneId, ChangeBatch: { Changes, Comment } }),
    );
}
