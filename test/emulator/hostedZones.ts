import type {
    Change,
    GetHostedZoneRequest,
    ListResourceRecordSetsRequest,
    ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { AwsError } from "./errors";
import type { Context, Operations } from "./operation";

/** A hosted zone with its records, of which no two have the same name and type. */
export interface HostedZone {
    id: string;
    account: string;
    /** With a dot at the end, as all names here. */
    name: string;
    records: ResourceRecordSet[];
}

export const hostedZoneOperations: Operations = {
    GetHostedZone: { accepts: { Id: { required: true } }, run: getHostedZone },
    ListResourceRecordSets: { accepts: { HostedZoneId: { required: true } }, run: listResourceRecordSets },
    ChangeResourceRecordSets: { accepts: { HostedZoneId: { required: true } }, run: changeResourceRecordSets },
};

function getHostedZone(context: Context, input: GetHostedZoneRequest): object {
    const { id, name, records } = zoneOf(context, input.Id);
    return { HostedZone: { Id: `/hostedzone/${id}`, Name: name, ResourceRecordSetCount: records.length } };
}

/** From a name (and type) on, in the order of names read from the right, as Route 53 sorts. */
function listResourceRecordSets(context: Context, input: ListResourceRecordSetsRequest): object {
    const { records } = zoneOf(context, input.HostedZoneId);
    const from = `${sortKey(input.StartRecordName ?? "")} ${input.StartRecordType ?? ""}`;
    const sorted = records
        .map((record) => ({ record, key: `${sortKey(record.Name)} ${record.Type}` }))
        .filter(({ key }) => !input.StartRecordName || key >= from)
        .sort((a, b) => (a.key < b.key ? -1 : 1));
    const most = Number(input.MaxItems ?? 300);
    return {
        ResourceRecordSets: { ResourceRecordSet: sorted.slice(0, most).map(({ record }) => wire(record)) },
        IsTruncated: sorted.length > most,
        MaxItems: most,
    };
}

const sortKey = (name = ""): string => withDot(name).split(".").reverse().join(".");

/** All changes, or none. */
function changeResourceRecordSets(context: Context, input: { HostedZoneId: string; Changes: Change[] }): object {
    const zone = zoneOf(context, input.HostedZoneId);
    zone.records = input.Changes.reduce((records, change) => changed(records, change, zone), zone.records);
    return { ChangeInfo: { Id: "/change/C1", Status: "PENDING", SubmittedAt: new Date() } };
}

function changed(records: ResourceRecordSet[], { Action, ResourceRecordSet: given }: Change, zone: HostedZone) {
    const record: ResourceRecordSet = { ...given, Name: withDot(given?.Name), Type: given?.Type };
    const what = `resource record set [name='${record.Name}', type='${record.Type}']`;
    const existing = records.find(({ Name, Type }) => Name === record.Name && Type === record.Type);
    if (!record.Name?.endsWith(zone.name)) {
        throw invalidBatch(`RRSet with DNS name ${record.Name} is not permitted in zone ${zone.name}`);
    }
    if (Action === "CREATE" && existing) {
        throw invalidBatch(`Tried to create ${what} but it already exists`);
    }
    if (Action === "DELETE" && JSON.stringify(existing) !== JSON.stringify(record)) {
        const why = existing ? "the values provided do not match the current values" : "it was not found";
        throw invalidBatch(`Tried to delete ${what} but ${why}`);
    }
    const others = records.filter((it) => it !== existing);
    return Action === "DELETE" ? others : [...others, record];
}

function zoneOf({ state, account }: Context, id = ""): HostedZone {
    const zone = state.hostedZones.get(id.replace("/hostedzone/", ""));
    if (zone?.account !== account) {
        throw new AwsError("NoSuchHostedZone", `No hosted zone found with ID: ${id}`, 404);
    }
    return zone;
}

/** Records as the protocol nests them. */
const wire = ({ ResourceRecords, ...record }: ResourceRecordSet): object => ({
    ...record,
    ResourceRecords: ResourceRecords && { ResourceRecord: ResourceRecords },
});

export const withDot = (name = ""): string => (name.endsWith(".") ? name : `${name}.`);

const invalidBatch = (message: string): AwsError => new AwsError("InvalidChangeBatch", `[${message}]`);
