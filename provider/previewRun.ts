import * as pulumi from "@pulumi/pulumi";
import { Claims } from "./claims";
import type { AwsIdentity } from "./identity";
import type { Reads } from "./observe";

/** What the preflights of one preview share. */
export interface PreviewRun {
    /** AWS reads that are each made once, whoever asks. */
    reads(identity: AwsIdentity): Promise<Reads>;
    /** Preflights that have begun: none of them waits for another resource. */
    readonly inFlight: Set<Promise<unknown>>;
    readonly claims: Claims;
}

/** Automation API programs run one after another, or side by side, in one process: each has a monitor of its own. */
const runs = new WeakMap<object, PreviewRun>();

/** The preview that this program runs in; undefined in an update, and under `pulumi.runtime.setMocks`. */
export function currentPreview(): PreviewRun | undefined {
    const monitor = pulumi.runtime.getMonitor();
    if (!pulumi.runtime.isDryRun() || !monitor || "mocks" in monitor) {
        return undefined;
    }
    let run = runs.get(monitor);
    if (!run) {
        run = {
            reads: once(connect),
            inFlight: new Set(),
            claims: new Claims(),
        };
        runs.set(monitor, run);
        wakePlugin();
    }
    return run;
}

/** The reads of one identity, each question asked of AWS only once. */
async function connect(identity: AwsIdentity): Promise<Reads> {
    const { connectAs } = await import("./aws.js");
    const aws = await connectAs(identity);
    return {
        describeDomain: once((address) => aws.describeDomain(address)),
        describeCertificate: once((arn) => aws.describeCertificate(arn)),
        describeUserPool: once((address) => aws.describeUserPool(address)),
        relyingPartyId: once((address) => aws.relyingPartyId(address)),
        listClients: once((address, limit) => aws.listClients(address, limit)),
        hasBranding: once((address, clientId) => aws.hasBranding(address, clientId)),
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
