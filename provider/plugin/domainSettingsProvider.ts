import type { dynamic } from "@pulumi/pulumi";
import { ASKED, CHANGED, type Changed, changedBetween, changedIn, isReason } from "../inputs/changed";
import { PROGRAM, programIn } from "../inputs/programFacts";
import { membersOf } from "../inputs/propertyPath";
import { type Request, requestOf } from "../inputs/request";
import { validate } from "../inputs/schema";
import { formatProblemOf, hide, hiding, secretSettings, withInheritedSecrets } from "../inputs/secrets";
import { addressOf, type DomainAddress, domainKey, formatId, parseId } from "../model/address";
import { messageOf, PartialUpdateError } from "../model/errors";
import { defined } from "../model/objects";
import { answerOf, domainOfPool, isUnderWay } from "../model/observed";
import { recordIn } from "../model/record";
import { differences, namesIn, pick, SETTING_NAMES, settingsOf } from "../model/settings";
import { SettingsText } from "../model/settingsText";
import { decide } from "../plan/decide";
import type { Engine, OperationContext } from "../reconcile/operation";
import { attachedCertificate } from "../reconcile/polling";
import { type Connect, Connections } from "./connections";
import { currentEngine } from "./currentEngine";
import { isChanged, movedTo } from "./diff";
import { readDomain } from "./readDomain";
import { nextRecord, outputsOf } from "./resourceOutputs";

type Props = Record<string, unknown>;

/** Replacements, in tests, for the engine and the connection to AWS. */
export interface Dependencies {
    engine?: Engine;
    connect?: Connect;
    pauseFactor?: number;
}

/** The provider behind `UserPoolDomainSettings`: check, diff, create, update, read and delete. */
export class DomainSettingsProvider implements dynamic.ResourceProvider {
    readonly #engine: Engine;
    readonly #connections: Connections;

    /** The last operation on each domain: two resources of a program may be about the same one. */
    readonly #turns = new Map<string, Promise<unknown>>();

    /** What is known of resources that the engine may replace, by their new inputs: it checks these again, as if they were new. */
    readonly #replaced = new Map<string, Changed>();

    /** True if this process has seen a program at work: then nothing is ever restored. */
    #sawProgram = false;

    constructor(private readonly dependencies: Dependencies = {}) {
        this.#engine = dependencies.engine ?? currentEngine();
        this.#connections = new Connections(dependencies.connect);
    }

    /** Synchronous: the host uses the provider before this is awaited. */
    async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
        this.#connections.config = config;
    }

    /** Validates, offline, and adds what the program changed since the last time. */
    async check(olds: Props, news: Props): Promise<dynamic.CheckResult> {
        this.#sawProgram = true;
        const { [CHANGED]: _, ...given } = news;
        if (CHANGED in news || ASKED in news) {
            // Only `ignoreChanges: ["*"]` keeps what check or a refresh added, and hides itself: these are the state's inputs.
            given[PROGRAM] = { ...programIn(given), ignoreChanges: ["*"] };
        }
        const inputs = withInheritedSecrets(given, olds);
        // Pulumi prints the value of a property that a failure names, even a secret one: so the path is in the reason.
        const failures = validate(inputs).map((it) => ({ property: "", reason: formatProblemOf(it, inputs) }));
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
        return this.operate(id, props, {}, (context, address) =>
            readDomain(address, props, context, this.#connections.identity(props)),
        );
    }

    /** Leaves the domain as it is; in a `pulumi destroy`, with `onDelete: "restore"`, restores the settings from before. */
    async delete(id: string, props: Props): Promise<void> {
        const address = parseId(id);
        const record = recordIn(props);
        const wantsRestore = props.onDelete === "restore" && record !== undefined;
        if (wantsRestore && !(await this.runsProgram())) {
            return this.operate(id, props, {}, async (context) => {
                const { restore } = await import("../reconcile/reversal.js");
                const request = requestOf(props, this.#connections.identity(props), false);
                await restore({ ...request, address }, record, context);
            });
        }
        const before = record?.before ?? {};
        const values = new SettingsText(secretSettings(props)).asArguments(before);
        const previous = namesIn(before).length > 0 ? ` The values from before: ${values}` : "";
        const text = `${address.domain}: left unchanged.${previous}`;
        const engine = this.engineFor(props);
        if (wantsRestore) {
            engine.warn(`${text} (only a plain \`pulumi destroy\` restores them; otherwise set them in the program)`);
        } else {
            engine.info(text);
        }
    }

    /** The program's changes; for a resource that replaces another, also what it replaces. */
    private changedBy(inputs: Props, olds: Props): Changed {
        // The first check sees the old values of what `ignoreChanges` names, the second one the program's.
        const ignored = programIn(inputs).ignoreChanges.map((path) => membersOf(path)[0]);
        const key = JSON.stringify(inputs, (name, value) => (ignored.includes(name) ? undefined : value));
        const { address } = requestOf(olds, {}, false);
        const changed = changedBetween(inputs, olds);
        if (address) {
            const same = SETTING_NAMES.filter((name) => !(name in changed));
            this.#replaced.set(key, { replaces: formatId(address), declassified: changed.declassified, same });
        }
        const isNew = Object.keys(olds).length === 0;
        return defined({ ...changed, ...(isNew && this.#replaced.get(key)) });
    }

    /**
     * Asks AWS, with `onDrift: "correct"`, whether it differs from the program; and if the state says FAILED, whether the domain still
     * is: someone else may have repaired it. If AWS cannot be asked, a warning, and no change.
     */
    private async needsCorrection(olds: Props, news: Props, request: Request): Promise<boolean> {
        const { address, onDrift } = request;
        if (!(onDrift === "correct" || olds.status === "FAILED") || !this.#sawProgram || !address) {
            return false;
        }
        const answer = await answerOf(async () => (await this.contextOf(news, olds)).aws.describeDomain(address));
        if ("failed" in answer) {
            const text = "AWS could not be asked whether the domain needs correcting, so nothing is corrected";
            this.engineFor(news, olds).warn(`${address.domain}: ${text}: ${messageOf(answer.failed)}`);
        }
        const domain = domainOfPool({ domain: answer }, address.userPoolId);
        const record = recordIn(olds);
        return !isUnderWay(domain?.status) && decide({ request, changed: {}, record, action: "update" }, domain).isSent;
    }

    /** Create and update. */
    private apply(id: string, olds: Props, news: Props): Promise<Props> {
        this.#sawProgram = true;
        return this.operate(id, news, olds, async (context, address) => {
            const isNew = Object.keys(olds).length === 0;
            const record = recordIn(olds);
            if (!isNew && !record) {
                const text = "the state has no record of earlier settings; a new one begins now";
                context.engine.info(`${address.domain}: ${text}`);
            }
            const changed = changedIn(news);
            const wasFailedCreate = record?.open === "create";
            // If the program gives a reason for the update, its preview did not know of the failed create: a later update sends what is
            // ignored until then.
            const isCreate = isNew || (wasFailedCreate && !isReason(changed));
            const request = { ...requestOf(news, this.#connections.identity(news), isCreate), address };
            const { reconcileOrRollBack } = await import("../reconcile/reversal.js");
            const action = isNew ? "adopt" : "update";
            const outcome = await reconcileOrRollBack({ request, changed, record, action }, context);
            const { plan, settings, problem } = outcome;
            const state = {
                ...outcome,
                address,
                // A setting left as drift, or changed by someone else meanwhile, keeps the program's value: a refresh reads AWS's.
                settings: { ...settings, ...(problem ? pick(request.desired, plan.drift) : request.desired) },
                certificate: outcome.certificate ?? (await attachedCertificate(context.aws, settings)),
            };
            const account = outcome.accountId ?? record?.account;
            // If this update leaves out what `ignoreChanges` names, the create is complete only once AWS has that as well.
            const isMissing = differences(settings, pick(settingsOf(news), request.ignored)).length > 0;
            const isOpen = problem || (wasFailedCreate && isMissing);
            const open = isNew || wasFailedCreate ? "create" : true;
            const next = nextRecord(record, request, plan, { account, open: isOpen ? open : undefined });
            const outputs = outputsOf(news, state, next);
            if (problem) {
                // The host adds the provider to a result, but not to the properties of a failure.
                const properties = { ...outputs, __provider: news.__provider };
                throw new PartialUpdateError(id, properties, problem.message, { cause: problem });
            }
            return outputs;
        });
    }

    /** Works on a domain, once earlier operations on it have ended. Nothing logged or thrown has a value that the program marked as secret. */
    private operate<T>(
        id: string,
        props: Props,
        olds: Props,
        work: (context: OperationContext, address: DomainAddress) => Promise<T>,
    ): Promise<T> {
        return hiding(this.#connections.secrets(props, olds), async () => {
            const address = parseId(id);
            const key = domainKey(address);
            const begin = async () => work(await this.contextOf(props, olds), address);
            const turn = (this.#turns.get(key) ?? Promise.resolve()).then(begin, begin);
            this.#turns.set(key, turn);
            return turn;
        });
    }

    /** True if a program runs, which rules out that this is a plain `pulumi destroy`. An engine that does not answer counts as one. */
    private async runsProgram(): Promise<boolean> {
        return this.#sawProgram || this.#engine.runsProgram().catch(() => true);
    }

    /** The engine, without the secrets of these inputs and outputs in what it logs. */
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

    private async contextOf(props: Props, olds: Props): Promise<OperationContext> {
        return {
            aws: await this.#connections.to(this.#connections.identity(props)),
            engine: this.engineFor(props, olds),
            pauseFactor: this.dependencies.pauseFactor,
        };
    }
}
