import * as pulumi from "@pulumi/pulumi";
import { plainLines } from "../model/plainText";

export type LogLevel = "warn" | "info";

/** Logs on the row of one resource. */
export type Log = (level: LogLevel, text: string) => void;

/**
 * Logs on a resource's own row. `pulumi.log` waits for the resource's URN, and makes all later messages wait with it: so it
 * is called only once that is there.
 */
export function logOn(resource: pulumi.Resource, level: LogLevel, text: string): void {
    resource.urn.apply(() => void pulumi.log[level](plainLines(text), resource));
}

/** For a message to arrive: one of the program's own may hold it up for as long as it likes. */
const DELIVERY_TIMEOUT_MS = 1000;

/**
 * Logs what fails a resource, and resolves once the engine has it. The engine stops at the first resource that fails its
 * check: so every one is named before any is checked. Without the resource, whose row shows nothing where its check fails;
 * as a warning, since an error would also fail a run with `--target` on others.
 */
export async function logBeforeChecks(text: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
        pulumi.log.warn(plainLines(text)),
        new Promise<void>((resolve) => {
            timer = setTimeout(resolve, DELIVERY_TIMEOUT_MS);
        }),
    ]);
    clearTimeout(timer);
}
