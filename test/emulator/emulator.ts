import { Behaviour } from "./behaviour";
import type { Call } from "./calls";
import { accessKeyOf, DEFAULT_ACCOUNT } from "./identity";
import { Scene } from "./scene";
import { State } from "./state";

/** Is told of every request, whatever becomes of its answer. */
export interface Observer {
    /** Nothing has been done yet; what this does comes between the request before and this one. */
    arrived(call: Call): void | Promise<void>;
    /** Has the operation carried out by `run`, and gives its output back. */
    performs(call: Call, run: () => object): object;
}

/** A running emulator: the scene it plays, what it has been asked, and how to reach it. */
export class Emulator extends Scene {
    /** How it behaves. Assign to it, or to its fields, at any time. */
    behaviour: Behaviour;
    /** Every request, in the order of arrival. */
    calls: Call[] = [];
    observer?: Observer;
    readonly #initial: Partial<Behaviour>;
    readonly #stop: () => Promise<void>;

    constructor(
        readonly endpoint: string,
        initial: Partial<Behaviour>,
        stop: () => Promise<void>,
    ) {
        super();
        this.#initial = initial;
        this.#stop = stop;
        this.behaviour = Object.assign(new Behaviour(), initial);
    }

    /** The requests for some operations, e.g. `callsTo("UpdateUserPoolDomain")`. */
    callsTo(...operations: string[]): Call[] {
        return this.calls.filter((call) => operations.includes(call.operation));
    }

    /** The environment with which another process's AWS clients come here, as this account. */
    env(account: string = DEFAULT_ACCOUNT): Record<string, string> {
        return {
            AWS_ENDPOINT_URL: this.endpoint,
            AWS_ACCESS_KEY_ID: accessKeyOf(account),
            AWS_SECRET_ACCESS_KEY: "emulator",
            // Never ask the machine that the tests run on for credentials.
            AWS_EC2_METADATA_DISABLED: "true",
        };
    }

    /** The same for an SDK client of this process: `new ACMClient(aws.clientConfig("us-east-1"))`. */
    clientConfig(region: string, account: string = DEFAULT_ACCOUNT) {
        return {
            endpoint: this.endpoint,
            region,
            credentials: { accessKeyId: accessKeyOf(account), secretAccessKey: "emulator" },
        };
    }

    /** Back to an empty AWS that behaves as it did at the start, with no calls. */
    reset(): void {
        this.state = new State();
        this.calls = [];
        this.behaviour = Object.assign(new Behaviour(), this.#initial);
    }

    /** Stops at once: open connections, hanging ones too, are cut. */
    close(): Promise<void> {
        return this.#stop();
    }
}
