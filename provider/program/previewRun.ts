import * as pulumi from "@pulumi/pulumi";
import type { Reads } from "../aws/questions";
import { type DomainUse, sharedDomainNotes } from "../checks/domain";
import type { Note } from "../checks/note";
import type { AwsIdentity } from "../inputs/awsIdentity";
import { type DomainAddress, domainKey, formatId } from "../model/address";
import { messageOf } from "../model/errors";
import { getOrCreate } from "../model/objects";
import { oneLine } from "../model/plainText";
import { REPORT_FILE, ReportWriter } from "./report/report";
import { unreadAwsNativeKeys } from "./stackConfiguration";

/** Automation API programs run one after another, or side by side, in one process: each has a monitor of its own. */
const runs = new WeakMap<object, PreviewRun>();

/** The preview that this program runs in; undefined in an update, and under `pulumi.runtime.setMocks`. */
export function currentPreview(): PreviewRun | undefined {
    const monitor = pulumi.runtime.getMonitor();
    if (!pulumi.runtime.isDryRun() || !monitor || "mocks" in monitor) {
        return undefined;
    }
    return getOrCreate(runs, monitor, () => {
        wakePlugin();
        noteAwsNativeConfig();
        return new PreviewRun();
    });
}

/** State that the checks of one preview share. */
export class PreviewRun {
    /** The reads of an identity: each question is asked of AWS only once. */
    readonly reads: (identity: AwsIdentity) => Promise<Reads> = memoize(connect);
    readonly report = reportWriter();
    readonly #uses = new Map<string, DomainUse[]>();
    #count = 0;
    #pending = 0;
    #refused = 0;
    #release: () => void = () => {};

    /** Begins the check of a resource; numbers it, since two may have one name. Keeps the program from ending before the check. */
    begin(): number {
        if (this.#pending === 0) {
            this.#release = keepAlive();
        }
        this.#pending += 1;
        this.#count += 1;
        return this.#count;
    }

    /** Registers what a resource wants of a domain. */
    uses(use: DomainUse, address: DomainAddress): void {
        getOrCreate<string, DomainUse[]>(this.#uses, domainKey(address), () => []).push(use);
    }

    /** The notes on resources that manage the same domain, as far as they are registered. */
    sharedDomain(address: DomainAddress): Note[] {
        return sharedDomainNotes(formatId(address), this.#uses.get(domainKey(address)) ?? []);
    }

    /** Shows an error on the resource's row, once the engine has the resource; alone, that does not fail the preview. */
    refuse(text: string, resource: pulumi.Resource): void {
        this.#refused += 1;
        void pulumi.log.error(text, resource);
    }

    /** Ends the check of a resource. The last one fails the preview if any was refused. */
    end(): void {
        this.#pending -= 1;
        if (this.#pending > 0) {
            return;
        }
        const refused = this.#refused;
        const release = this.#release;
        // After the program's own code, which may declare more resources.
        setImmediate(() => {
            try {
                if (refused > 0 && this.#pending === 0) {
                    // Nothing awaits it: Pulumi reports it and exits with 1, even if the program has ended.
                    void Promise.reject(refusal(refused));
                }
            } finally {
                release();
            }
        });
    }
}

function refusal(count: number): pulumi.RunError {
    const error = new pulumi.RunError(count === 1 ? "1 resource was refused" : `${count} resources were refused`);
    error.stack = error.message;
    return error;
}

/** Pulumi's own, though not in its types. */
function keepAlive(): () => void {
    return (pulumi.runtime as unknown as { rpcKeepAlive(): () => void }).rpcKeepAlive();
}

function reportWriter(): ReportWriter | undefined {
    const file = process.env[REPORT_FILE];
    if (!file) {
        return undefined;
    }
    return new ReportWriter({
        file,
        project: pulumi.getProject(),
        stack: pulumi.getStack(),
        onUnwritable: (error) =>
            void pulumi.log.warn(
                oneLine(`${REPORT_FILE}: the report ${file} could not be written: ${messageOf(error)}`),
            ),
    });
}

async function connect(identity: AwsIdentity): Promise<Reads> {
    const { connectAs } = await import("../aws/connectAs.js");
    const aws = await connectAs(identity);
    return {
        describeDomain: memoize((address) => aws.describeDomain(address)),
        describeCertificate: memoize((arn) => aws.describeCertificate(arn)),
        describeUserPool: memoize((pool) => aws.describeUserPool(pool)),
        relyingPartyId: memoize((pool) => aws.relyingPartyId(pool)),
        listClients: memoize((pool, limit) => aws.listClients(pool, limit)),
        hasBranding: memoize((pool, clientId) => aws.hasBranding(pool, clientId)),
        describeClient: memoize((pool, clientId) => aws.describeClient(pool, clientId)),
        listReplicas: memoize((pool) => aws.listReplicas(pool)),
        callerAccount: memoize((region) => aws.callerAccount(region)),
    };
}

function memoize<A extends unknown[], R>(ask: (...question: A) => Promise<R>): (...question: A) => Promise<R> {
    const answers = new Map<string, Promise<R>>();
    return (...question) => getOrCreate(answers, JSON.stringify(question), () => ask(...question));
}

function noteAwsNativeConfig(): void {
    const keys = unreadAwsNativeKeys();
    if (keys.length > 0) {
        void pulumi.log.info(
            `${keys.join(", ")}: UserPoolDomainSettings does not read aws-native: config. Set the same as aws: config, or its credentials are those of the environment`,
        );
    }
}

/**
 * Starts the plugin process while AWS is queried. Otherwise the engine starts it only for the first resource. The plugin has no
 * functions and says so; that answer means nothing.
 */
function wakePlugin(): void {
    pulumi.runtime.invoke("pulumi-nodejs:index:wake", {}).catch(() => {});
}
