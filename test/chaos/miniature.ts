import { inspect } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { ConfiguredRetryStrategy } from "@smithy/core/retry";
import { Aws } from "../../provider/aws/aws";
import { DomainSettingsProvider } from "../../provider/plugin/domainSettingsProvider";
import type { Emulator } from "../emulator";

/** What no log, state or error may hold. */
export const CREDENTIALS = {
    accessKeyId: "AKIACHAOS",
    secretAccessKey: "chaos-secret-access-key-WxYz",
    sessionToken: "chaos-session-token-AbCd",
};

/** What the loader is called in a state. */
export const LOADER = "the serialized loader";

type Props = Record<string, unknown>;

/** A resource as the engine keeps it: JSON between two runs. */
export interface State {
    id: string;
    outputs: Props;
}

/** Milliseconds after which a request counts as hung. */
export const SHORT = 100;
export const LONG = 8_000;

/**
 * The Pulumi engine in miniature, with one resource: what it calls, in which order, and what it keeps. Every command has
 * a plugin process, so a provider, of its own.
 */
export class Miniature {
    state: State | undefined;
    /** Everything that somebody could read: log lines, errors with all that hangs on them, states. */
    readonly texts: string[] = [];

    constructor(private readonly emulator: Emulator) {}

    /** What went wrong, if anything. */
    async up(args: Props, requestTimeout: number): Promise<Error | undefined> {
        const provider = this.provider(requestTimeout);
        const given = JSON.parse(JSON.stringify({ ...args, __provider: LOADER }));
        return this.attempt(async () => {
            const { failures = [], inputs } = (await provider.check(this.state?.outputs ?? {}, given)) as {
                failures?: dynamic.CheckFailure[];
                inputs: Props;
            };
            if (failures.length > 0) {
                throw new Error(failures.map(({ reason }) => reason).join("; "));
            }
            if (!this.state) {
                const { id, outs } = await provider.create(inputs);
                this.keep(id, outs);
            } else if ((await provider.diff(this.state.id, this.state.outputs, inputs)).changes) {
                const { outs } = await provider.update(this.state.id, this.state.outputs, inputs);
                this.keep(this.state.id, outs);
            }
        });
    }

    /** Whether another `up` with these arguments would do anything. */
    async isStale(args: Props): Promise<boolean> {
        const given = JSON.parse(JSON.stringify(args));
        const { id = "", outputs = {} } = this.state ?? {};
        return (await this.provider(LONG).diff(id, outputs, given)).changes ?? true;
    }

    async refresh(requestTimeout: number): Promise<Error | undefined> {
        const { state } = this;
        return (
            state &&
            this.attempt(async () => {
                const { id, props } = await this.provider(requestTimeout).read(state.id, state.outputs);
                this.state = undefined;
                if (id) {
                    this.keep(id, props);
                }
            })
        );
    }

    async destroy(requestTimeout: number): Promise<Error | undefined> {
        const { state } = this;
        return (
            state &&
            this.attempt(async () => {
                await this.provider(requestTimeout).delete(state.id, state.outputs);
                this.state = undefined;
            })
        );
    }

    private async attempt(work: () => Promise<void>): Promise<Error | undefined> {
        try {
            await work();
            return undefined;
        } catch (thrown) {
            const error = thrown as Error & { id?: string; properties?: Props };
            this.texts.push(inspect(error, { depth: null }), `${error}: ${error.stack}`);
            // As the dynamic provider host does: accepted, and then something went wrong.
            if (error.id !== undefined && error.properties !== undefined) {
                this.keep(error.id, error.properties);
            }
            return error;
        }
    }

    private keep(id: string, outputs: Props): void {
        const text = JSON.stringify({ ...outputs, __provider: outputs.__provider ?? LOADER });
        this.texts.push(text);
        this.state = { id, outputs: JSON.parse(text) };
    }

    private provider(requestTimeout: number): Required<Pick<dynamic.ResourceProvider, Operation>> {
        const say = (text: string) => {
            this.texts.push(text);
        };
        return new DomainSettingsProvider({
            engine: { warn: say, info: say, status: say, alive: async () => true },
            connect: async () =>
                new Aws({
                    endpoint: this.emulator.endpoint,
                    credentials: CREDENTIALS,
                    requestHandler: { requestTimeout, throwOnRequestTimeout: true },
                    retryStrategy: new ConfiguredRetryStrategy(4, () => 1),
                }),
            pauses: { firstPauseSeconds: 0.001, longestPauseSeconds: 0.005 },
        }) as Required<Pick<dynamic.ResourceProvider, Operation>>;
    }
}

type Operation = "check" | "diff" | "create" | "read" | "update" | "delete";
