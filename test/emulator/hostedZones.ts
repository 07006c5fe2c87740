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
    GetHostedZone: { accepts: {}, run: getHostedZone },
    ListResourceRecordSets: { accepts: {}, run: listResourceRecordSets },
    ChangeResourceRecordSets: { accepts: {}, run: changeResourceRecordSets },
};

function getHostedZone(context: Context, input: GetHostedZoneRequest): object {
    const { id, name, records } = zoneOf(context, input.Id);
    return { HostedZone: { Id: `/hostedzone/${id}`, Name: name, ResourceRecordSetCount: records.length } };
}

/** From a name on, in the order of names read from the right, as Route 53 sorts. */
function listResourceRecordSets(context: Context, input: ListResourceRecordSetsRequest): object {
    const sortKey = ({ Name, Type }: Partial<ResourceRecordSet>) => `${Name?.split(".").reverse().join(".")} ${Type}`;
    const from = sortKey({ Name: input.StartRecordName, Type: "A" });
    const listed = zoneOf(context, input.HostedZoneId)
        .records.filter((record) => sortKey(record) >= from)
        .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
    return { ResourceRecordSets: { ResourceRecordSet: listed.map(wire) }, IsTruncated: false };
}

/** All changes, or none. */
function changeResourceRecordSets(context: Context, input: { HostedZoneId: string; Changes: Change[] }): object {
    const zone = zoneOf(context, input.HostedZoneId);
    zone.records = input.Changes.reduce((records, change) => changed(records, change, zone), zone.records);
    return { ChangeInfo: { Id: "/change/C1", Status: "PENDING", SubmittedAt: new Date() } };
}

function changed(records: ResourceRecordSet[], { Action, ResourceRecordSet: given }: Change, zone: HostedZone) {
    const record = given as ResourceRecordSet;
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
    const zone = state.hostedZones.get(id);
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

const invalidBatch = (message: string): AwsError => new AwsError("InvalidChangeBatch", `[${message}]`);
