import type { Change } from "@aws-sdk/client-route-53";
import { AwsError } from "./errors";
import { parseXml, type XmlElement } from "./xml";

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
                input: {
                    HostedZoneId: id,
                    StartRecordName: searchParams.get("name") ?? undefined,
                    StartRecordType: searchParams.get("type") ?? undefined,
                    MaxItems: searchParams.get("maxitems") ?? undefined,
                },
            };
        case "POST hostedzone rrset":
            return { operation: "ChangeResourceRecordSets", input: { HostedZoneId: id, Changes: changesIn(body) } };
        default:
            throw new AwsError("UnknownOperationException", `The emulator has no ${method} ${pathname}.`);
    }
}

function changesIn(body: string): Change[] {
    const [batch] = parseXml(body).ChangeBatch ?? [];
    const [changes] = children(batch, "Changes");
    return children(changes, "Change").map((change) => {
        const [record] = children(change, "ResourceRecordSet");
        const [alias] = children(record, "AliasTarget");
        const values = children(children(record, "ResourceRecords")[0], "ResourceRecord");
        const ttl = text(record, "TTL");
        return {
            Action: text(change, "Action") as Change["Action"],
            ResourceRecordSet: {
                Name: text(record, "Name"),
                Type: text(record, "Type") as "A",
                ...(ttl && { TTL: Number(ttl) }),
                ...(values.length > 0 && { ResourceRecords: values.map((one) => ({ Value: text(one, "Value") })) }),
                ...(alias && {
                    AliasTarget: {
                        HostedZoneId: text(alias, "HostedZoneId"),
                        DNSName: text(alias, "DNSName"),
                        EvaluateTargetHealth: text(alias, "EvaluateTargetHealth") === "true",
                    },
                }),
            },
        };
    });
}

const children = (element: XmlElement | undefined, name: string): XmlElement[] =>
    typeof element === "object" ? (element[name] ?? []) : [];

const text = (element: XmlElement | undefined, name: string): string => String(children(element, name)[0] ?? "");
