import { resolve4 } from "node:dns/promises";
import {
    type Change,
    ChangeResourceRecordSetsCommand,
    GetHostedZoneCommand,
    ListResourceRecordSetsCommand,
    type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { type CustomName, Refusal, RUN_TAG, type Run } from "./run";

/** The name of the TXT record that lists the run's records, since records have no tags. */
const markerName = ({ domain }: CustomName): string => `_domain-settings-acceptance.${domain}.`;

/** @throws Refusal if the name is not in the zone, or in use: the run changes only what it created. */
export async function refuseUsedName(run: Run, custom: CustomName): Promise<void> {
    const { domain, hostedZoneId } = custom;
    const zone = (await run.route53.send(new GetHostedZoneCommand({ Id: hostedZoneId }))).HostedZone?.Name ?? "";
    if (!`${domain}.`.endsWith(`.${zone}`)) {
        throw new Refusal(`--domain ${domain} is not in the hosted zone ${hostedZoneId}, which is ${zone}.`);
    }
    if ((await recordsOf(run, custom, markerName(custom))).length > 0) {
        throw new Refusal(
            `A run has made records for ${domain}, and is active or was killed. Nothing was created. Run with --sweep first.`,
        );
    }
    const [used] = await recordsOf(run, custom, `${domain}.`);
    if (used) {
        throw new Refusal(
            `--domain ${domain} has a record of type ${used.Type} already, and this run changes only what it created. Give an unused name.`,
        );
    }
    if (run.endpoint === undefined) {
        await requireParentAddress(domain);
    }
}

/** Source: Cognito Developer Guide, "Using your own domain for managed login": the parent needs an A record. */
async function requireParentAddress(domain: string): Promise<void> {
    const parent = domain.slice(domain.indexOf(".") + 1);
    await resolve4(parent).catch((error: Error) => {
        throw new Refusal(
            `${parent}, the parent of --domain ${domain}, has no A record in DNS; Cognito creates no custom domain without one (${error.message}). Nothing was created.`,
        );
    });
}

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
export async function addRecords(run: Run, custom: CustomName, records: ResourceRecordSet[]): Promise<void> {
    const made: ResourceRecordSet[] = [];
    for (const record of records) {
        const there = (await recordsOf(run, custom, record.Name ?? "")).map(describeRecord);
        if (!there.includes(describeRecord(record))) {
            made.push(record);
        }
    }
    const marker = await markerOf(run, custom);
    const lines = marker ? linesOf(marker) : [`${RUN_TAG}=${run.id}`];
    const noted: ResourceRecordSet = {
        Name: markerName(custom),
        Type: "TXT",
        TTL: TTL_SECONDS,
        ResourceRecords: [...lines, ...made.map((it) => `${MADE}${describeRecord(it)}`)].map((line) => ({
            Value: `"${line}"`,
        })),
    };
    await change(run, custom, [
        { Action: marker ? "UPSERT" : "CREATE", ResourceRecordSet: noted },
        ...made.map((record): Change => ({ Action: "CREATE", ResourceRecordSet: record })),
    ]);
}

const MADE = "made=";

/** Removes the marker and the records that it lists, if unchanged. Returns how many were removed. */
export async function removeRecords(run: Run, custom: CustomName): Promise<{ removed: number; remain: string[] }> {
    const marker = await markerOf(run, custom);
    const lines = marker ? linesOf(marker) : [];
    const madeBy = lines.find((line) => line.startsWith(`${RUN_TAG}=`))?.slice(RUN_TAG.length + 1);
    if (!marker || madeBy === undefined || !(run.sweep || madeBy === run.id)) {
        return { removed: 0, remain: [] };
    }
    const doomed: ResourceRecordSet[] = [];
    for (const description of lines.filter((line) => line.startsWith(MADE)).map((line) => line.slice(MADE.length))) {
        const there = await recordsOf(run, custom, description.split(" ")[1] ?? "");
        const same = there.find((record) => describeRecord(record) === description);
        if (same) {
            doomed.push(same);
        } else {
            run.progress.say(`  the record ${description} has changed or is gone: it is left alone`);
        }
    }
    await change(run, custom, [...doomed, marker].map(deletionOf));
    for (const record of doomed) {
        run.progress.say(`  removed the record ${describeRecord(record)}`);
    }
    return { removed: doomed.length, remain: [] };
}

async function markerOf(run: Run, custom: CustomName): Promise<ResourceRecordSet | undefined> {
    return (await recordsOf(run, custom, markerName(custom))).find(({ Type }) => Type === "TXT");
}

const linesOf = ({ ResourceRecords }: ResourceRecordSet): string[] =>
    (ResourceRecords ?? []).map(({ Value = "" }) => Value.replace(/^"|"$/g, ""));

async function change({ route53 }: Run, { hostedZoneId }: CustomName, Changes: Change[]): Promise<void> {
    const Comment = "npm run acceptance of pulumi-cognito-domain-settings";
    await route53.send(
        new ChangeResourceRecordSetsCommand({ HostedZoneId: hostedZoneId, ChangeBatch: { Changes, Comment } }),
    );
}

/** The records of exactly this name. */
async function recordsOf({ route53 }: Run, { hostedZoneId }: CustomName, name: string): Promise<ResourceRecordSet[]> {
    const page = await route53.send(
        new ListResourceRecordSetsCommand({ HostedZoneId: hostedZoneId, StartRecordName: name, MaxItems: 20 }),
    );
    return (page.ResourceRecordSets ?? []).filter((record) => record.Name === name);
}

/** A record on one line: `A auth.example.com. d111.cloudfront.net.` */
function describeRecord({ Type, Name, ResourceRecords, AliasTarget }: ResourceRecordSet): string {
    const values = AliasTarget ? [AliasTarget.DNSName] : (ResourceRecords ?? []).map(({ Value }) => Value);
    return [Type, Name, ...values].join(" ");
}

const deletionOf = (record: ResourceRecordSet): Change => ({ Action: "DELETE", ResourceRecordSet: record });
