import type { dynamic } from "@pulumi/pulumi";
import { argumentsIn } from "../inputs/arguments";
import { leavesDomain } from "../inputs/movedDomain";
import { redacting, withKeptSecrets } from "../inputs/redaction";
import { REPLACES, VERDICT } from "../inputs/verdict";
import { accountIn } from "../model/accounts";
import { addressOf, type DomainAddress, domainKey, formatId, parseId } from "../model/address";
import { PartialUpdateError } from "../model/errors";
import { namesIn, SETTING_NAMES } from "../model/settings";
import { adopt } from "../reconcile/adopt";
import { attachedCertificate } from "../reconcile/attachedCertificate";
import type { Engine } from "../reconcile/engine";
import type { OperationContext } from "../reconcile/operation";
import type { Pauses } from "../reconcile/polling";
import { planRestore, restore, restoreOnLeaving, warnOfRestorePoint } from "../reconcile/restore";
import { reasonToLeave, warnOfUnrestored } from "../reconcile/unrestored";
import { checkInputs } from "./check";
import { CheckedResources } from "./checkedResources";
import { type Connect, Connections } from "./connections";
import { currentEngine } from "./currentEngine";
import { diffOf, undoneBy } from "./diff";
import { ManagedSettings } from "./managedSettings";
import { OneAtATime } from "./oneAtATime";
import { operationOf } from "./operationOf";
import { readDomain } from "./readDomain";
import { redactedEngine } from "./redactedEngine";
import { ReplacedAdoptions } from "./replacedAdoptions";
import { Replacements, replacementMarker } from "./replacements";
import { type Outputs, outputsOf, unverifiedBy } from "./resourceOutputs";

type Props = Record<string, unknown>;

/** What the provider works with, where that is not what Pulumi runs it with: in tests. */
export interface Dependencies {
    engine?: Engine;
    connect?: Connect;
    pauses?: Pauses;
}

/** The provider behind `UserPoolDomainSettings`: check, diff, create, update, read and delete. */
export class DomainSettingsProvider implements dynamic.ResourceProvider {
    readonly #engine: Engine;
    readonly #connections: Connections;
    readonly #domains = new OneAtATime();

    /** What the program still manages, by all that this process has been told: a delete leaves that alone. */
    readonly #managed = new ManagedSettings();

    readonly #replacedAdoptions = new ReplacedAdoptions();
    readonly #replacements = new Replacements();

    /** The resources, by id, that the program moves to another domain. */
    readonly #left = new Set<string>();

    /** The domains of new resources: what these do not name, whoever managed it before, is taken out of the program, and stays. */
    readonly #adopted = new Set<string>();

    readonly #checked = new CheckedResources();

    constructor(private readonly dependencies: Dependencies = {}) {
        this.#engine = dependencies.engine ?? currentEngine();
        this.#connections = new Connections(dependencies.connect);
    }

    /** Kept at once: the host uses the provider before this is awaited. */
    async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
        this.#connections.configure(config);
    }

    /** Offline: shapes, enumerations, contradictions, and what the preflight in the program has found. */
    async check(olds: Props, { [VERDICT]: verdict, ...news }: Props): Promise<dynamic.CheckResult> {
        const inputs = withKeptSecrets(news, olds);
        this.#managed.add(inputs);
        const { failures, notes, seen } = checkInputs(verdict, inputs, olds);
        for (const note of notes) {
            this.#engine.info(note);
        }
        if (failures.length === 0) {
            this.#checked.keep(inputs, seen);
        }
        // A failure that names a property prints that property's value in clear, secrets too: the path is in the reason.
        const replaced = this.#replacements.note(verdict, olds);
        const marker = replaced ? { [REPLACES]: replacementMarker(replaced, inputs) } : {};
        return { inputs: { ...inputs, ...marker }, failures: failures.map((reason) => ({ property: "", reason })) };
    }

    async diff(id: string, olds: Props, news: Props): Promise<dynamic.DiffResult> {
        // A destroy without a program diffs what depends on its targets: that is no sign that a program still manages it.
        if (await this.#engine.runsProgram()) {
            this.#managed.add(news, id);
        }
        const seen = this.#checked.seenOf(news);
        const diff = await redacting(this.sources(news, olds), async () => diffOf(id, olds, news, seen));
        if (diff.changes) {
            this.#replacedAdoptions.remember(id, olds);
        }
        const moved = diff.replaces ?? [];
        const isLeft = leavesDomain(id, moved);
        if (isLeft) {
            this.#left.add(id);
        }
        // An update says it itself, once AWS has taken it.
        if (seen.isPreview && diff.changes) {
            const leaving = isLeft ? restoreOnLeaving(id, olds, news, this.#managed) : undefined;
            const text = moved.length > 0 ? leaving : undoneBy(id, olds, news, seen);
            if (text) {
                redactedEngine(this.#engine, ...this.sources(news, olds)).info(text);
            }
        }
        return diff;
    }

    /** Adopts the domain: where AWS already is as desired, nothing is written. */
    async create(news: Props): Promise<dynamic.CreateResult> {
        const address = addressOf(argumentsIn(news));
        const id = formatId(address);
        this.#adopted.add(domainKey(address));
        return { id, outs: await this.apply(id, {}, news) };
    }

    async update(id: string, olds: Props, news: Props): Promise<dynamic.UpdateResult> {
        this.#replacedAdoptions.forget(id);
        return { outs: await this.apply(id, olds, news) };
    }

    /** What AWS has now, for `pulumi refresh` and `get`. Gone is only what the domain's own account does not have. */
    async read(id: string, props: Props): Promise<dynamic.ReadResult> {
        return redacting(this.sources(props), async () => {
            const identity = this.#connections.identity(props);
            return readDomain(id, props, await this.#connections.to(identity, parseId(id).region), identity);
        });
    }

    /** Leaves the domain as it is, or with `onDelete: "restore"` puts back what adoption found. */
    async delete(id: string, props: Props): Promise<void> {
        if (props.onDelete !== "restore") {
            return;
        }
        const address = parseId(id);
        const engine = redactedEngine(this.#engine, ...this.sources(props));
        const isLeft = this.#left.has(id);
        const isSucceeded = !isLeft && this.#adopted.has(domainKey(address));
        const plan = planRestore(props, isSucceeded ? new Set(SETTING_NAMES) : this.#managed.of(address));
        warnOfUnrestored(address.domain, plan, engine);
        if (namesIn(plan.original).length === 0) {
            return;
        }
        const reason = await reasonToLeave(props, plan, isLeft, engine);
        if (reason) {
            engine.warn(`${address.domain}: nothing was restored: ${reason}`);
            this.#replacedAdoptions.remember(id, props);
            return;
        }
        await redacting(this.sources(props), async () => {
            const operation = operationOf(
                { ...argumentsIn(props), ...address },
                props,
                this.#connections.identity(props),
            );
            const context = await this.contextOf(address, props);
            await this.#domains.run(domainKey(address), () => restore(operation, plan, context, accountIn(props)));
        });
    }

    /** Create and update. Whatever they say, or fail with, copies nothing of what the program marked as secret. */
    private apply(id: string, olds: Props, news: Props): Promise<Outputs> {
        this.#managed.add(news);
        return redacting(this.sources(news, olds), () =>
            this.#domains.run(domainKey(parseId(id)), () => this.reconcile(id, olds, news)),
        );
    }

    private async reconcile(id: string, olds: Props, news: Props): Promise<Outputs> {
        const operation = operationOf(argumentsIn(news), olds, this.#connections.identity(news));
        const context = await this.contextOf(operation.address, news, olds);
        const { reconcile } = await import("../reconcile/reconcile.js");
        const outcome = await reconcile(operation, context);
        const { original, observed, status, cloudFrontDistribution, certificate, problem, isPending } = outcome;
        const earlier = this.#replacedAdoptions.of(id, olds, original);
        warnOfRestorePoint(operation, earlier, original, news.onDelete, context.engine);
        const unfinished = problem || isPending ? { observed, isPending } : undefined;
        const outputs = outputsOf(
            news,
            {
                address: operation.address,
                settings: observed,
                status,
                cloudFrontDistribution,
                certificate: certificate ?? (await attachedCertificate(context.aws, observed)),
            },
            adopt(earlier, operation.desired, original, unfinished),
            {
                accountId: outcome.accountId ?? accountIn(olds),
                unverified: unverifiedBy(outcome, operation.desired),
            },
        );
        if (problem) {
            // The host adds the provider to a result, but not to the properties of a failure.
            const properties = { ...outputs, __provider: news.__provider };
            throw new PartialUpdateError(id, properties, problem.message, { cause: problem });
        }
        return outputs;
    }

    /** What may hold secrets: inputs, outputs, and the config values that they say to be. */
    private sources(...props: Props[]): Props[] {
        return [...props, this.#connections.secretValues(...props)];
    }

    private async contextOf({ region }: DomainAddress, props: Props, olds: Props = {}): Promise<OperationContext> {
        return {
            aws: await this.#connections.to(this.#connections.identity(props), region),
            engine: redactedEngine(this.#engine, ...this.sources(props, olds)),
            now: () => new Date(),
            pauses: this.dependencies.pauses,
        };
    }
}
