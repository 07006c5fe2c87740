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
