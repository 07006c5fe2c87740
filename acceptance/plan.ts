import type { CustomName } from "./customName";
import type { Session } from "./session";

/** What the run will make, what that costs and how long it takes: said before anything is made. */
export function describePlan(
    { account, region, endpoint }: Session,
    runId: string,
    custom: CustomName | undefined,
): string {
    return [
        `Acceptance run ${runId} in account ${account}, ${region}${endpoint ? `, at ${endpoint}` : ""}.`,
        "  It makes:  4 user pools without users, tagged with the run's id, 3 of them with a prefix domain",
        ...(custom
            ? [
                  `             a user pool with the custom domain ${custom.domain}, 4 certificates in ACM (us-east-1),`,
                  `             and in the hosted zone ${custom.hostedZoneId} a validation record, the alias records and a TXT record`,
              ]
            : []),
        "  It costs:  nothing: user pools are billed by their active users, and these have none",
        ...(custom
            ? ["             certificates and custom domains are free; DNS queries cost cents at the most"]
            : []),
        custom
            ? "  It takes:  about an hour, longer where a new certificate takes its time (an hour at the most, each)"
            : "  It takes:  about 5 minutes, longer where updates of a domain take their time",
        "  It removes all of it at the end, after a failure and after Ctrl-C; after a kill, run it with --sweep.",
    ].join("\n");
}
