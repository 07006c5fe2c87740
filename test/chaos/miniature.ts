import assert, { AssertionError } from "node:assert/strict";
import { inspect } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { ConfiguredRetryStrategy } from "@smithy/core/retry";
import { Aws } from "../../provider/aws/awsCalls";
import { changedIn, isReason } from "../../provider/inputs/changed";
import type { DomainAddress } from "../../provider/model/address";
import { recordIn } from "../../provider/model/record";
import { DomainSettingsProvider } from "../../provider/plugin/domainSettingsProvider";
import { accessKeyOf } from "../emulator";
import { byClock } from "./clock";
import type { Command } from "./command";

/** What no log, state or error may hold. */
export const CREDENTIALS = {
    secretAccessKey: "chaos-secret-access-key-WxYz",
    sessionToken: "chaos-session-token-AbCd",
};

/** What the loader is called in a state. */
export const LOADER = "the serialized loader";

type Props = Record<string, unknown>;
type Operation = "check" | "diff" | "create" | "read" | "update" | "delete";

/** A plugin process. */
export type Plugin = Required<Pick<dynamic.ResourceProvider, Operation>>;

/** A resource as the engine keeps it: JSON between two runs. */
export interface State {
    id: string;
    inputs: Props;
    outputs: Props;
}

/** Where the commands run. */
export interface World {
    endpoint: string;
    /** Called after each wait for a turn under the quotas. */
    onTurn(command: Command): Promise<void>;
}

/** Starts a plugin process, which tells its user and asks for its engine as the command has it. */
export function startPlugin({ endpoint, onTurn }: World, command: Command): Plugin {
    class PacedAws extends Aws {
        override async acquireUpdate(address: DomainAddress): Promise<void> {
            await super.acquireUpdate(address);
            await onTurn(command);
        }
    }
    const say = (text: string) => {
        command.said.push(text);
    };
    return new DomainSettingsProvider({
        engine: {
            warn: say,
            info: say,
            status: say,
            alive: async () => command.diedAt === undefined,
            runsProgram: async () => false,
        },
        connect: async () =>
            new PacedAws({
                endpoint,
                // Looked up anew for every call, as ones that are about to expire.
                credentials: async () => ({
                    accessKeyId: accessKeyOf(command.account),
                    ...CREDENTIALS,
                    expiration: new Date(0),
                }),
                requestHandler: { requestTimeout: command.requestTimeoutMs, throwOnRequestTimeout: true },
                retryStrategy: new ConfiguredRetryStrategy(4, () => 1),
            }),
        pauseFactor: 0.001,
    }) as Plugin;
}

/** The Pulumi engine in miniature, with one resource: what it calls, in which order, and what it keeps. */
export class Miniature {
    state: State | undefined;
    /** Everything that somebody could read: log lines, errors with all that hangs on them, states. */
    readonly texts: string[] = [];

    constructor(private readonly world: World) {}

    /** What went wrong, if anything. Every command has a plugin process of its own, unless it is given one. */
    async up(args: Props, command: Command, plugin: Plugin = this.plugin(command)): Promise<Error | undefined> {
        const given = copy({ ...args, __provider: LOADER });
        return this.attempt(
            command,
            async () => {
                const { failures = [], inputs } = (await plugin.check(this.state?.inputs ?? {}, given)) as {
                    failures?: dynamic.CheckFailure[];
                    inputs: Props;
                };
                if (failures.length > 0) {
                    throw new Error(failures.map(({ reason }) => reason).join("; "));
                }
                if (!this.state) {
                    const { id, outs } = await plugin.create(inputs);
                    this.keep(command, id, outs, inputs);
                } else if ((await plugin.diff(this.state.id, this.state.outputs, inputs)).changes) {
                    assertForeseen(inputs, this.state.outputs);
                    const { outs } = await plugin.update(this.state.id, this.state.outputs, inputs);
                    this.keep(command, this.state.id, outs, inputs);
                } else {
                    this.keep(command, this.state.id, this.state.outputs, inputs);
                }
            },
            given,
        );
    }

    /** Whether another `up` with these arguments would do anything. */
    async isStale(args: Props, command: Command): Promise<boolean> {
        if (!this.state) {
            return true;
        }
        const { id, inputs, outputs } = this.state;
        const plugin = this.plugin(command);
        const checked = await plugin.check(inputs, copy({ ...args, __provider: LOADER }));
        return (await plugin.diff(id, outputs, checked.inputs)).changes ?? true;
    }

    async refresh(command: Command): Promise<Error | undefined> {
        const { state } = this;
        return (
            state &&
            this.attempt(command, async () => {
                const { id, props, inputs } = await this.plugin(command).read(state.id, state.outputs);
                this.forget(command);
                if (id) {
                    this.keep(command, id, props, inputs ? { ...inputs, __provider: LOADER } : state.inputs);
                }
            })
        );
    }

    async destroy(command: Command): Promise<Error | undefined> {
        const { state } = this;
        return (
            state &&
            this.attempt(command, async () => {
                await this.plugin(command).delete(state.id, state.outputs);
                this.forget(command);
            })
        );
    }

    private plugin(command: Command): Plugin {
        return startPlugin(this.world, command);
    }

    private async attempt(command: Command, work: () => Promise<void>, given: Props = {}): Promise<Error | undefined> {
        try {
            await byClock(command.clock, work);
            return undefined;
        } catch (thrown) {
            if (thrown instanceof AssertionError) {
                throw thrown;
            }
            const error = thrown as Error & { id?: string; properties?: Props };
            command.said.push(error.message);
            this.texts.push(inspect(error, { depth: null }), `${error}: ${error.stack}`);
            // As the dynamic provider host does: accepted, and then something went wrong.
            if (error.id !== undefined && error.properties !== undefined) {
                // To a result the host adds the loader, but not to this.
                assert.equal(
                    error.properties.__provider,
                    LOADER,
                    "the state of a failed command cannot be loaded again",
                );
                // After a failed create the engine stores the new inputs, after a failed update it keeps the old ones.
                this.keep(command, error.id, error.properties, this.state?.inputs ?? given);
            }
            return error;
        } finally {
            this.texts.push(...command.said);
        }
    }

    /** What an engine has been told that is gone is lost. */
    private keep(command: Command, id: string, outputs: Props, inputs: Props): void {
        const text = JSON.stringify({ ...outputs, __provider: LOADER });
        this.texts.push(text);
        if (command.diedAt === undefined) {
            this.state = { id, inputs: copy(inputs), outputs: JSON.parse(text) };
        }
    }

    private forget(command: Command): void {
        if (command.diedAt === undefined) {
            this.state = undefined;
        }
    }
}

/** A preview does not see the record: without a reason in what the program changed, it says that the last update did not complete. */
function assertForeseen(inputs: Props, outputs: Props): void {
    const isResumed = recordIn(outputs)?.open !== undefined || outputs.status === "FAILED";
    assert.ok(isReason(changedIn(inputs)) || isResumed, "an update for which a preview has no reason");
}

function copy(props: Props): Props {
    return JSON.parse(JSON.stringify(props));
}
