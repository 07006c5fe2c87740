import { randomBytes } from "node:crypto";
import { hostname } from "node:os";

/** What every user pool's name begins with. A prefix domain may not contain "aws", "amazon" or "cognito". */
export const NAME_PREFIX = "domain-settings-acceptance-";

/** The tag that the run's user pools carry: its value is the run's id. */
export const RUN_TAG = "pulumi-cognito-domain-settings:acceptance";

/** Which process made it, so that a sweep spares a run that goes on beside it on this machine. */
export const PROCESS_TAG = "pulumi-cognito-domain-settings:process";

/** Such as 20261124-0523-9f3c: when it began (UTC), and something random. */
export function newRunId(now: Date): string {
    const [day, time = ""] = now.toISOString().split("T");
    return `${day?.replaceAll("-", "")}-${time.slice(0, 5).replace(":", "")}-${randomBytes(2).toString("hex")}`;
}

export const tagsOf = (runId: string): Record<string, string> => ({
    [RUN_TAG]: runId,
    [PROCESS_TAG]: `${hostname().replace(/[^\w.-]/g, "-")}/${process.pid}`,
});

/** Whether the process that a tag names runs on this machine, and is another one. */
export function runsElsewhereHere(processTag: string | undefined): boolean {
    const [host, pid] = (processTag ?? "").split("/");
    if (host !== hostname().replace(/[^\w.-]/g, "-") || Number(pid) === process.pid) {
        return false;
    }
    try {
        process.kill(Number(pid), 0);
        return true;
    } catch {
        return false;
    }
}
