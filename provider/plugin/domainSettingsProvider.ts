import type { dynamic } from "@pulumi/pulumi";
import { CHANGED, type Changed, changedBetween, changedIn } from "../inputs/changed";
import { type Request, requestOf } from "../inputs/request";
import { validate } from "../inputs/schema";
import { formatProblemOf, hide, hiding, secretSettings, withInheritedSecrets } from "../inputs/secrets";
import { addressOf, type DomainAddress, domainKey, formatId, parseId } from "../model/address";
import { messageOf, PartialUpdateError } from "../model/errors";
import { recordIn } from "../model/record";
import { namesIn, pick } from "../model/settings";
import { SettingsText } from "../model/settingsText";
import { attachedCertificate } from "../reconcile/attachedCertificate";
import type { Engine } from "../reconcile/engine";
import type { OperationContext } from "../reconcile/operation";
import type { Pauses } from "../reconcile/polling";
import { type Connect, Connections } from "./connections";
import { currentEngine } from "./currentEngine";
import { differsInAws, isChanged, movedTo } from "./diff";
import { OneAtATime } from "./oneAtATime";
import { readDomain } from "./readDomain";
import { nextRecord, type Outputs, outputsOf } from "./resourceOutputs";

type Props = Record<string, unknown>;

/** Replacements for what Pulumi runs the provider with, in tests. */
export interface Dependencies {
    engine?: Engine;
    connect?: Connect;
    pauses?: Pauses;
}

/** The provider behind `UserPoolDomainSettings`: check, diff, create, update, read and delete. */
export class DomainSettingsProvider implements dynamic.ResourceProvider {
    readonly #engine: Engine;
    readonly #connections: Connections;

    /** The operation under way for each domain: two resources of a program may be about the same one. */
    readonly #domains = new OneAtATime();

    /** The ids of resources that the engine may replace, by what their new inputs are: it checks these again, as if they were new. */
    readonly #replaced = new Map<string, string>();

    /** True if this process has seen a program at work: then nothing is ever restored. */
    #sawProgram = false;

    constructor(private readonly dependencies: Dependencies = {}) {
        this.#engine = dependencies.engine ?? currentEngine();
        this.#connections = new Connections(dependencies.connect);
    }

    /** Kept at once: the host uses the provider before this is awaited. */
    async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
        this.#connections.configure(config);
    }

    /** Validates, offline, and adds what the program changed since the last time. */
    async check(olds: Props, news: Props): Promise<dynamic.CheckResult> {
        this.#sawProgram = true;
        const { [CHANGED]: _, ...given } = news;
        const inputs = withInheritedSecrets(given, olds);
        const problems = validate(inputs);
        // A failure that names a property prints that property's value in clear, secrets too: the path is in the reason.
        const failures = problems.map((problem) => ({ property: "", reason: formatProblemOf(problem, inputs) }));
        return { inputs: { ...inputs, [CHANGED]: this.changedBy(inputs, olds) }, failures };
    }

    async diff(id: string, olds: Props, news: Props): Promise<dynamic.DiffResult> {
        return hiding(this.#connections.secrets(news, olds), async () => {
            const replaces = movedTo(id, news);
            const request = requestOf(news, {}, false);
            const changes = replaces.length > 0 || isChanged(olds, news, request);
            return { changes: changes || (await this.needsCorrection(olds, news, request)), replaces };
        });
    }

    /** Adopts the domain: if AWS already has what the program asks for, nothing is sent. */
    async create(news: Props): Promise<dynamic.CreateResult> {
        const id = formatId(addressOf(news as Parameters<typeof addressOf>[0]));
        return { id, outs: await this.apply(id, {}, news) };
    }

    async update(id: string, olds: Props, news: Props): Promise<dynamic.UpdateResult> {
        return { outs: await this.apply(id, olds, news) };
    }

    /** Reads the domain, for `pulumi refresh` and `get`. A domain counts as deleted only if its own account does not have it. */
    async read(id: string, props: Props): Promise<dynamic.ReadResult> {
        return hiding(this.#connections.secrets(props), async () => {
            const { aws } = await this.contextOf(parseId(id), props);
            return readDomain(id, props, aws, this.#connections.identity(props));
        });
    }

    /** Leaves the domain as it is; in a `pulumi destroy`, with `onDelete: "restore"`, restores the settings from before. */
    async delete(id: string, props: Props): Promise<void> {
        const address = parseId(id);
        const record = recordIn(props);
        const before = record?.before ?? {};
        const engine = this.engineFor(props);
        const wantsRestore = props.onDelete === "restore" && record !== undefined;
        if (wantsRestore && !(await this.runsProgram())) {
            await hiding(this.#connections.secrets(props), () =>
                this.#domains.run(domainKey(address), async () => {
                    const { restore } = await import("../reconcile/restore.js");
                    const request = requestOf(props, this.#connections.identity(props), false);
                    await restore({ request: { ...request, address }, record }, await this.contextOf(address, props));
                }),
            );
            return;
        }
        const values = new SettingsText(secretSettings(props)).asArguments(before);
        const previous = namesIn(before).length > 0 ? ` The values from before: ${values}` : "";
        const text = `${address.domain}: left unchanged.${previous}`;
        if (wantsRestore) {
            engine.warn(
                `${text} (only \`pulumi destroy\` without a program restores; to restore them, set them in the program)`,
            );
        } else {
            engine.info(text);
        }
    }

    /** The program's changes; for a resource that replaces another, also what it replaces. */
    private changedBy(inputs: Props, olds: Props): Changed {
        const changed = changedBetween(inputs, olds);
        const key = JSON.stringify(inputs);
        if (Object.keys(olds).length > 0) {
            const { address } = requestOf(olds, {}, false);
            if (address) {
                this.#replaced.set(key, formatId(address));
            }
            return changed;
        }
        const replaces = this.#replaced.get(key);
        return replaces ? { ...changed, replaces } : changed;
    }

    /**
     * Asks AWS, with `onDrift: "correct"`, whether it differs from the program; and if the state says FAILED, whether the domain still
     * is: someone else may have repaired it. If AWS cannot be asked, a warning, and no change.
     */
    private async needsCorrection(olds: Props, news: Props, request: Request): Promise<boolean> {
        const { address, desired, onDrift } = request;
        const corrects = onDrift === "correct";
        if (!(corrects || olds.status === "FAILED") || !this.#sawProgram || !address) {
            return false;
        }
        try {
            const { aws } = await this.contextOf(address, news);
            return await differsInAws(aws, address, corrects ? desired : {}, recordIn(olds));
        } catch (error) {
            const question = corrects
                ? "onDrift: AWS could not be asked for changes made outside Pulumi"
                : "AWS could not be asked whether the domain's last update is still FAILED; nothing is sent";
            this.engineFor(news, olds).warn(`${address.domain}: ${question}: ${messageOf(error)}`);
            return false;
        }
    }

    /** Create and update. Nothing that they log or throw copies what the program marked as secret. */
    private apply(id: string, olds: Props, news: Props): Promise<Outputs> {
        this.#sawProgram = true;
        return hiding(this.#connections.secrets(news, olds), () =>
            this.#domains.run(domainKey(parseId(id)), () => this.reconcile(id, olds, news)),
        );
    }

    private async reconcile(id: string, olds: Props, news: Props): Promise<Outputs> {
        const isNew = Object.keys(olds).length === 0;
        const accounts = this.#connections.identity(news);
        const record = recordIn(olds);
        const isCreate = isNew || record?.open === "create";
        const request = requestOf(news, accounts, isCreate);
        const address = parseId(id);
        const context = await this.contextOf(address, news, olds);
        if (!isNew && !record) {
            context.engine.info(`${address.domain}: the state has no record of earlier settings; a new one begins now`);
        }
        const { reconcileOrRollBack } = await import("../reconcile/rollback.js");
        const action = isNew ? "adopt" : "update";
        const outcome = await reconcileOrRollBack(
            { request: { ...request, address }, changed: changedIn(news), record, action },
            context,
        );
        const { plan, settings, status, cloudFrontDistribution, problem } = outcome;
        const state = {
            address,
            // A setting left as drift, or changed by someone else meanwhile, keeps the program's value: a refresh reads AWS's.
            settings: { ...settings, ...(problem ? pick(request.desired, plan.drift) : request.desired) },
            status,
            cloudFrontDistribution,
            certificate: outcome.certificate ?? (await attachedCertificate(context.aws, settings)),
        };
        const account = outcome.accountId ?? record?.account;
        const isOpen = problem !== undefined && (isCreate ? "create" : true);
        const isUnverified = isOpen !== false || (request.wait === "none" && plan.isSent);
        const next = nextRecord(record, request, plan, { account, isOpen, isUnverified });
        const outputs = outputsOf(news, state, next);
        if (problem) {
            // The host adds the provider to a result, but not to the properties of a failure.
            throw new PartialUpdateError(id, { ...outputs, __provider: news.__provider }, problem.message, {
                cause: problem,
            });
        }
        return outputs;
    }

    /** True if a program runs, which rules out that this is a plain `pulumi destroy`. An engine that does not answer counts as one. */
    private async runsProgram(): Promise<boolean> {
        return this.#sawProgram || this.#engine.runsProgram().catch(() => true);
    }

    /** The engine. What is secret in these inputs and outputs is not logged. */
    private engineFor(...props: Props[]): Engine {
        const engine = this.#engine;
        const secrets = this.#connections.secrets(...props);
        return {
            ...engine,
            warn: (text) => engine.warn(hide(text, secrets)),
            info: (text) => engine.info(hide(text, secrets)),
            status: (text) => engine.status(hide(text, secrets)),
        };
    }

    private async contextOf({ region }: DomainAddress, props: Props, olds: Props = {}): Promise<OperationContext> {
        return {
            aws: await this.#connections.to(this.#connections.identity(props), region),
            engine: this.engineFor(props, olds),
            now: () => new Date(),
            pauses: this.dependencies.pauses,
        };
    }
}
