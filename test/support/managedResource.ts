import type { dynamic } from "@pulumi/pulumi";
import { changedIn } from "../../provider/inputs/changed";
import { freshProvider } from "./provider";

type Props = Record<string, unknown>;

/**
 * One resource as the engine keeps it: `check`, `diff`, then `create` or `update`, each run in a new plugin process. After a failed
 * create the state has the new inputs; after a failed update, the old inputs with the new outputs.
 */
export class ManagedResource {
    id: string | undefined;
    inputs: Props = {};
    outputs: Props = {};

    /** `pulumi up` with these arguments. Returns what the engine did, or the failure's message. */
    async up(args: Props): Promise<{ did: "create" | "update" | "nothing" } | { failed: string }> {
        const provider = freshProvider();
        const checked = await call(provider, "check")(this.inputs, { ...args, __provider: "text" });
        if (checked.failures?.length) {
            return { failed: checked.failures.map(({ reason }) => reason).join("\n") };
        }
        const inputs = checked.inputs as Props;
        if (this.id === undefined) {
            return this.apply("create", inputs, () => call(provider, "create")(inputs));
        }
        const { id, outputs } = this;
        const { changes } = await call(provider, "diff")(id, outputs, inputs);
        if (!changes) {
            this.inputs = inputs;
            return { did: "nothing" };
        }
        return this.apply("update", inputs, () => call(provider, "update")(id, outputs, inputs));
    }

    /** What `check` tells the program that it changed, with these arguments. */
    async changed(args: Props): Promise<Props> {
        const { inputs } = await call(freshProvider(), "check")(this.inputs, { ...args, __provider: "text" });
        return changedIn(inputs as Props) as Props;
    }

    async refresh(): Promise<void> {
        const { id, outputs } = this;
        const result = await call(freshProvider(), "read")(id ?? "", outputs);
        this.outputs = (result.props ?? {}) as Props;
        if (result.inputs) {
            this.inputs = { ...result.inputs, __provider: "text" };
        }
        if (result.id === undefined) {
            this.id = undefined;
            this.inputs = {};
        }
    }

    /** `pulumi destroy`, without a program. */
    async destroy(): Promise<void> {
        await call(freshProvider(), "delete")(this.id ?? "", this.outputs);
        this.id = undefined;
    }

    private async apply(
        did: "create" | "update",
        inputs: Props,
        operation: () => Promise<{ id?: string; outs?: Props }>,
    ): Promise<{ did: "create" | "update" } | { failed: string }> {
        try {
            const { id = this.id, outs } = await operation();
            Object.assign(this, { id, inputs, outputs: outs });
            return { did };
        } catch (error) {
            const { id, properties, message } = error as { id?: string; properties?: Props; message: string };
            if (properties) {
                Object.assign(this, { id, outputs: properties, ...(did === "create" ? { inputs } : {}) });
            }
            return { failed: message };
        }
    }
}

function call<Name extends keyof dynamic.ResourceProvider>(provider: dynamic.ResourceProvider, name: Name) {
    const method = provider[name] as (...args: unknown[]) => unknown;
    return method.bind(provider) as NonNullable<dynamic.ResourceProvider[Name]>;
}
