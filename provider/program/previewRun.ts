import * as pulumi from "@pulumi/pulumi";
import type { Reads } from "../aws/questions";
import { type DomainUse, sharedDomainNotes } from "../checks/domain";
import type { Note } from "../checks/note";
import { type AwsIdentity, mergeIdentity } from "../inputs/awsIdentity";
import { containsUnknown } from "../inputs/unknown";
import { type DomainAddress, domainKey, formatId } from "../model/address";
import { messageOf } from "../model/errors";
import { getOrCreate } from "../model/objects";
import { oneLine } from "../model/plainText";
import { REPORT_FILE, ReportWriter } from "./report/report";
import { logUnreadConfiguration, readConfiguration } from "./stackConfiguration";

/** Automation API programs run one after another, or side by side, in one process: each has a monitor of its own. */
const runs = new WeakMap<object, PreviewRun>();

/** The preview that this program runs in; undefined in an update, and under `pulumi.runtime.setMocks`. */
export function currentPreview(): PreviewRun | undefined {
    const monitor = pulumi.runtime.getMonitor();
    if (!pulumi.runtime.isDryRun() || !monitor || "mocks" in monitor) {
        return undefined;
    }
    return getOrCreate(runs, monitor, () => {
        // Start the plugin process while AWS is queried. Otherwise the engine starts it only for the first resource. The plugin
        // answers that it has no functions, which does not matter.
        pulumi.runtime.invoke("pulumi-nodejs:index:wake", {}).catch(() => {});
        logUnreadConfiguration();
        return new PreviewRun();
    });
}

/** State that the checks of one preview share. */
export class PreviewRun {
    readonly configuration = readConfiguration();
    readonly report = reportWriter();
    readonly #reads = new Map<string, Promise<Reads>>();
    readonly #uses = new Map<string, DomainUse[]>();
    #count = 0;
    #pending = 0;
    #refused = 0;
    #release: () => void = () => {};

    /** Begins the check of a resource; numbers it, since two may have one name. Keeps the program from ending before the check. */
    begin(): number {
        if (this.#pending === 0) {
            // Pulumi's own, though not in its types.
            this.#release = (pulumi.runtime as unknown as { rpcKeepAlive(): () => void }).rpcKeepAlive();
        }
        this.#pending += 1;
        this.#count += 1;
        return this.#count;
    }

    /** Undefined while the credentials are not known: another identity could see something different. */
    identityFor({ aws }: Record<string, unknown>): AwsIdentity | undefined {
        const { identity } = this.configuration;
        return identity && !containsUnknown(aws) ? mergeIdentity(identity, aws as AwsIdentity | undefined) : undefined;
    }

    /** The reads of an identity: each question is asked of AWS only once. */
    reads(identity: AwsIdentity): Promise<Reads> {
        return getOrCreate(this.#reads, JSON.stringify(identity), async () => {
            const { connectAs } = await import("../aws/connectAs.js");
            return memoized(await connectAs(identity));
        });
    }

    /** Registers the settings that a resource asks for. */
    uses(use: DomainUse, address: DomainAddress): void {
        getOrCreate<string, DomainUse[]>(this.#uses, domainKey(address), () => []).push(use);
    }

    /** The notes on resources that manage the same domain, as far as they are registered. */
    sharedDomain(address: DomainAddress): Note[] {
        return sharedDomainNotes(formatId(address), this.#uses.get(domainKey(address)) ?? []);
    }

    /** Counts a refused resource: the error on its row alone does not fail the preview. */
    refuse(): void {
        this.#refused += 1;
    }

    /** Ends the check of a resource. The last one fails the preview if any was refused. */
    end(): void {
        this.#pending -= 1;
        if (this.#pending > 0) {
            return;
        }
        const release = this.#release;
        // After the program's own code, which may declare more resources.
        setImmediate(() => {
            if (this.#refused > 0 && this.#pending === 0) {
                const count = this.#refused === 1 ? "1 resource was" : `${this.#refused} resources were`;
                const error = new pulumi.RunError(`${count} refused`);
                error.stack = error.message;
                // Nothing awaits it: Pulumi reports it and exits with 1, even if the program has ended.
                void Promise.reject(error);
            }
            release();
        });
    }
}

function reportWriter(): ReportWriter | undefined {
    const file = process.env[REPORT_FILE];
    const onUnwritable = (error: unknown) =>
        void pulumi.log.warn(oneLine(`${REPORT_FILE}: the report ${file} could not be written: ${messageOf(error)}`));
    return file
        ? new ReportWriter({ file, project: pulumi.getProject(), stack: pulumi.getStack(), onUnwritable })
        : undefined;
}

/** The calls of an object, each made only once for the same arguments. */
function memoized<T extends object>(target: T): T {
    const answers = new Map<string, object>();
    return new Proxy(target, {
        get: (_, name) => {
            const call = Reflect.get(target, name);
            return typeof call !== "function"
                ? call
                : (...question: unknown[]) =>
                      getOrCreate(answers, JSON.stringify([name, question]), () => call.apply(target, question));
        },
    });
}
