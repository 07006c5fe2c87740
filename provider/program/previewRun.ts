import * as pulumi from "@pulumi/pulumi";
import type { Reads } from "../aws/observe";
import type { AwsIdentity } from "../inputs/awsIdentity";
import { messageOf } from "../model/errors";
import { oneLine } from "../model/plainText";
import { REPORT_FILE, ReportWriter } from "./report/writeReport";
import { SharedDomains } from "./sharedDomains";
import { whileConnected } from "./whileConnected";

/** What the looks at AWS of one run of a program share. */
export interface Run {
    /** AWS reads that are each made once, whoever asks. */
    reads(identity: AwsIdentity): Promise<Reads>;
    /** Never resolves once the engine is gone. */
    connected(): Promise<void>;
}

/** What the preflights of one preview share, too. */
export interface PreviewRun extends Run {
    /** Preflights that have begun: none of them waits for another resource. */
    readonly inFlight: Set<Promise<unknown>>;
    /** How many have begun, ever: it numbers the resources, of which two may have one name. */
    preflights: number;
    readonly sharedDomains: SharedDomains;
    /** By their number, the resources that fail the preview if the engine creates or updates them, with the findings. */
    readonly refused: Map<number, string>;
    /** Where the environment asks for a report. */
    readonly report?: ReportWriter;
}

/** Automation API programs run one after another, or side by side, in one process: each has a monitor of its own. */
const previews = new WeakMap<object, PreviewRun>();
const updates = new WeakMap<object, Run>();

/** The preview that this program runs in; undefined in an update, and under `pulumi.runtime.setMocks`. */
export function currentPreview(): PreviewRun | undefined {
    const monitor = engineMonitor();
    if (!pulumi.runtime.isDryRun() || !monitor) {
        return undefined;
    }
    let run = previews.get(monitor);
    if (!run) {
        const file = process.env[REPORT_FILE];
        run = {
            reads: once(connect),
            connected: () => whileConnected(monitor),
            inFlight: new Set(),
            refused: new Map(),
            preflights: 0,
            sharedDomains: new SharedDomains(),
            report: file ? reportWriter(file) : undefined,
        };
        previews.set(monitor, run);
        wakePlugin();
    }
    return run;
}

function reportWriter(file: string): ReportWriter {
    return new ReportWriter({
        file,
        project: pulumi.getProject(),
        stack: pulumi.getStack(),
        onUnwritable: (error) =>
            void pulumi.log.warn(
                oneLine(`${REPORT_FILE}: the report ${file} could not be written: ${messageOf(error)}`),
            ),
        onMoved: (other) =>
            void pulumi.log.warn(
                `${REPORT_FILE}: another program at the same time writes ${file}, so this one writes ${other}; {project} and {stack} in the name keep them apart`,
            ),
    });
}

/** The update that this program runs in; undefined in a preview, and under `pulumi.runtime.setMocks`. */
export function currentUpdate(): Run | undefined {
    const monitor = engineMonitor();
    if (pulumi.runtime.isDryRun() || !monitor) {
        return undefined;
    }
    const run = updates.get(monitor) ?? { reads: once(connect), connected: () => whileConnected(monitor) };
    updates.set(monitor, run);
    return run;
}

/** The engine's end of this program; undefined under `pulumi.runtime.setMocks`. */
function engineMonitor(): object | undefined {
    const monitor = pulumi.runtime.getMonitor();
    return monitor && !("mocks" in monitor) ? monitor : undefined;
}

/** The reads of one identity, each question asked of AWS only once. */
async function connect(identity: AwsIdentity): Promise<Reads> {
    const { connectAs } = await import("../aws/connectAs.js");
    const aws = await connectAs(identity);
    return {
        describeDomain: once((address) => aws.describeDomain(address)),
        // It keeps the answers itself.
        describeCertificate: (arn) => aws.describeCertificate(arn),
        describeUserPool: once((address) => aws.describeUserPool(address)),
        relyingPartyId: once((address) => aws.relyingPartyId(address)),
        listClients: once((address, limit) => aws.listClients(address, limit)),
        hasBranding: once((address, clientId) => aws.hasBranding(address, clientId)),
        describeClient: once((address, clientId) => aws.describeClient(address, clientId)),
        listReplicas: once((address) => aws.listReplicas(address)),
    };
}

function once<A extends unknown[], R>(ask: (...question: A) => Promise<R>): (...question: A) => Promise<R> {
    const answers = new Map<string, Promise<R>>();
    return (...question) => {
        const key = JSON.stringify(question);
        const answer = answers.get(key) ?? ask(...question);
        answers.set(key, answer);
        return answer;
    };
}

/**
 * Starts the plugin now, beside the looks at AWS: the engine starts it for the first resource, whose inputs wait for them.
 * The plugin has no functions and says so; that answer means nothing.
 */
function wakePlugin(): void {
    pulumi.runtime.invoke("pulumi-nodejs:index:wake", {}).catch(() => {});
}
