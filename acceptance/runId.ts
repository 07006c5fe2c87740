import { randomBytes } from "node:crypto";
import { hostname } from "node:os";

/** The beginning of every user pool's name. A prefix domain may not contain "aws", "amazon" or "cognito". */
export const NAME_PREFIX = "domain-settings-acceptance-";

/** The tag of the run's user pools; its value is the run's id. */
export const RUN_TAG = "pulumi-cognito-domain-settings:acceptance";

/** The tag with the process, so that a sweep spares an active run on this machine. */
export const PROCESS_TAG = "pulumi-cognito-domain-settings:process";

/** `20261124-0523-9f3c`: the start (UTC), and a random part. */
export function newRunId(now: Date): string {
    const [day, time = ""] = now.toISOString().split("T");
    return `${day?.replaceAll("-", "")}-${time.slice(0, 5).replace(":", "")}-${randomBytes(2).toString("hex")}`;
}

export const tagsOf = (runId: string): Record<string, string> => ({
    [RUN_TAG]: runId,
    [PROCESS_TAG]: `${hostname().replace(/[^\w.-]/g, "-")}/${process.pid}`,
});

/** Whether the tag names another process that runs on this machine. */
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
