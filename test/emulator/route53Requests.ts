import type { Change, ResourceRecordSet } from "@aws-sdk/client-route-53";
import { AwsError } from "./errors";

const PREFIX = "/2013-04-01/";

/** Route 53 speaks REST with XML: the operation is in the path. */
export const isRoute53 = (url: string): boolean => url.startsWith(PREFIX);

/** The operation and its input, as the other services' have them. */
export function parseRoute53(
    method: string,
    url: string,
    body: string,
): { operation: string; input: Record<string, unknown> } {
    const { pathname, searchParams } = new URL(url, "http://emulator");
    const [kind, id = "", rest = ""] = pathname.slice(PREFIX.length).split("/");
    switch (`${method} ${kind} ${rest}`.trim()) {
        case "GET hostedzone":
            return { operation: "GetHostedZone", input: { Id: id } };
        case "GET hostedzone rrset":
            return {
                operation: "ListResourceRecordSets",
                input: { HostedZoneId: id, StartRecordName: searchParams.get("name") ?? "" },
            };
        case "POST hostedzone rrset":
            return {
                operation: "ChangeResourceRecordSets",
                input: { HostedZoneId: id, Changes: elements(body, "Change").map(changeIn) },
            };
        default:
            throw new AwsError("UnknownOperationException", `The emulator has no ${method} ${pathname}.`);
    }
}

function changeIn(xml: string): Change {
    const ttl = text(xml, "TTL");
    const values = elements(xml, "ResourceRecord");
    const alias = elements(xml, "AliasTarget")[0];
    const record: ResourceRecordSet = {
        Name: text(xml, "Name"),
        Type: text(xml, "Type") as ResourceRecordSet["Type"],
        ...(ttl && { TTL: Number(ttl) }),
        ...(values.length > 0 && { ResourceRecords: values.map((one) => ({ Value: text(one, "Value") })) }),
        ...(alias && {
            AliasTarget: {
                HostedZoneId: text(alias, "HostedZoneId"),
                DNSName: text(alias, "DNSName"),
                EvaluateTargetHealth: text(alias, "EvaluateTargetHealth") === "true",
            },
        }),
    };
    return { Action: text(xml, "Action") as Change["Action"], ResourceRecordSet: record };
}

/** The insides of all elements of a name, as AWS's clients write them: without attributes, and none inside another of its name. */
const elements = (xml: string, name: string): string[] =>
    [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, "gs"))].map(([, inside = ""]) => inside);

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

const text = (xml: string, name: string): string =>
    (elements(xml, name)[0] ?? "").replace(/&(\w+);/g, (_, entity) => ENTITIES[entity] ?? "");
