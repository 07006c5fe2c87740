import type { CustomName } from "./customName";
import type { Session } from "./session";

/** What the run will create, its cost and its duration, to be printed first. */
export function describePlan(
    { account, region, endpoint }: Session,
    runId: string,
    custom: CustomName | undefined,
): string {
    return [
        `Acceptance run ${runId} in account ${account}, ${region}${endpoint ? `, at ${endpoint}` : ""}.`,
        "  Creates:   4 user pools without users, tagged with the run's id, 3 of them with a prefix domain",
        ...(custom
            ? [
                  `             a user pool with the custom domain ${custom.domain}, 4 certificates in ACM (us-east-1),`,
                  `             and in the hosted zone ${custom.hostedZoneId} a validation record, the alias records and a TXT record`,
              ]
            : []),
        "  Cost:      none: user pools are billed by active users, and these have none",
        ...(custom ? ["             certificates and custom domains are free; DNS queries cost cents at most"] : []),
        custom
            ? "  Duration:  about an hour, longer if a new certificate is slow (at most an hour each)"
            : "  Duration:  about 5 minutes, longer if updates of a domain are slow",
        "  All of it is removed at the end, after a failure and after Ctrl-C; after a kill, run with --sweep.",
    ].join("\n");
}
