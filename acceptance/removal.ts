import { removeCertificates } from "./certificates";
import type { CustomName } from "./customName";
import { removeRecords } from "./dnsRecords";
import { removeMade } from "./made";
import type { Progress } from "./progress";
import type { Session } from "./session";

/** How much was removed, and the names of what remains. */
export interface Removed {
    pools: number;
    certificates: number;
    records: number;
    remain: string[];
}

/**
 * Removes everything of one run, or of all runs that have ended: user pools with their domains first, since they use the
 * certificates; records last, since a domain that still answers should resolve.
 */
export async function removeAllMade(
    session: Session,
    progress: Progress,
    { custom, runId }: { custom?: CustomName; runId?: string },
): Promise<Removed> {
    const remain: string[] = [];
    const attempt = async <T>(what: string, remove: () => Promise<T>): Promise<T | undefined> => {
        try {
            return await remove();
        } catch (error) {
            progress.say(`  ${what} could not be read: ${(error as Error).message}`);
            remain.push(what);
            return undefined;
        }
    };
    const pools = await attempt("user pools", () => removeMade(session, progress, runId));
    const certificates =
        custom || runId === undefined
            ? await attempt("certificates", () => removeCertificates(session, progress, runId))
            : undefined;
    const records = custom ? await attempt("records", () => removeRecords(session, progress, custom, runId)) : 0;
    return {
        pools: pools?.removed ?? 0,
        certificates: certificates?.removed ?? 0,
        records: records ?? 0,
        remain: [...remain, ...(pools?.remain ?? []), ...(certificates?.remain ?? [])],
    };
}

/** `2 user pools, 3 certificates, 0 records`. */
export const describeRemoved = ({ pools, certificates, records }: Removed): string =>
    `${pools} user pools, ${certificates} certificates, ${records} records`;
