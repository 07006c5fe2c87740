import { resolve4 } from "node:dns/promises";
import {
    type Change,
    GetHostedZoneCommand,
    ListResourceRecordSetsCommand,
    type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { Refusal } from "./options";
import type { Session } from "./session";

/** The custom domain that the run may create, and its hosted zone. */
export interface CustomName {
    domain: string;
    hostedZoneId: string;
}

/** The name of the TXT record that lists the run's records, since records have no tags. */
export const markerName = ({ domain }: CustomName): string => `_domain-settings-acceptance.${domain}.`;

/** @throws Refusal if the name is not in the zone, or in use: the run changes only what it created. */
export async function refuseUsedName(session: Session, custom: CustomName): Promise<void> {
    const { domain, hostedZoneId } = custom;
    const zone = (await session.route53.send(new GetHostedZoneCommand({ Id: hostedZoneId }))).HostedZone?.Name ?? "";
    if (!`${domain}.`.endsWith(`.${zone}`)) {
        throw new Refusal(`--domain ${domain} is not in the hosted zone ${hostedZoneId}, which is ${zone}.`);
    }
    if ((await recordsOf(session, custom, markerName(custom))).length > 0) {
        throw new Refusal(
            `A run has made records for ${domain}, and is active or was killed. Nothing was created. Run with --sweep first.`,
        );
    }
    const [used] = await recordsOf(session, custom, `${domain}.`);
    if (used) {
        throw new Refusal(
            `--domain ${domain} has a record of type ${used.Type} already, and this run changes only what it created. Give an unused name.`,
        );
    }
    if (session.endpoint === undefined) {
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

/** The records of exactly this name. */
export async function recordsOf(
    { route53 }: Session,
    { hostedZoneId }: CustomName,
    name: string,
): Promise<ResourceRecordSet[]> {
    const page = await route53.send(
        new ListResourceRecordSetsCommand({ HostedZoneId: hostedZoneId, StartRecordName: name, MaxItems: 20 }),
    );
    return (page.ResourceRecordSets ?? []).filter((record) => record.Name === name);
}

/** A record on one line: `A auth.example.com. d111.cloudfront.net.` */
export function describeRecord({ Type, Name, ResourceRecords, AliasTarget }: ResourceRecordSet): string {
    const values = AliasTarget ? [AliasTarget.DNSName] : (ResourceRecords ?? []).map(({ Value }) => Value);
    return [Type, Name, ...values].join(" ");
}

export const deletionOf = (record: ResourceRecordSet): Change => ({ Action: "DELETE", ResourceRecordSet: record });
