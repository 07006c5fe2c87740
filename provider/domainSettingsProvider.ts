import type { dynamic } from "@pulumi/pulumi";
import { type Arguments, DEFAULT_MINIMUM_VALIDITY_DAYS, waitTimeoutSeconds } from "./arguments";
import type { Aws } from "./aws";
import { isRefusal } from "./awsErrors";
import { diffOf } from "./diff";
import { addressArguments, addressOf, type DomainAddress, formatId, parseId } from "./domain";
import { currentEngine, type Engine } from "./engine";
import {
    DomainNotFoundError,
    InvalidConfigurationError,
    messageOf,
    PartialUpdateError,
    RefusedError,
    UserPoolDomainSettingsError,
} from "./errors";
import { formatFinding } from "./findings";
import { type AwsIdentity, identityFromConfig, mergeIdentity } from "./identity";
import type { Job, Means } from "./job";
import { masked, maskedProblem } from "./masked";
import { look, type ObservedCertificate } from "./observation";
import { adopt, adoptedIn, inputsOf, type Outputs, outputsOf } from "./outputs";
import {
    describeSettings,
    fillUnreported,
    namesIn,
    type Settings,
    type SettingsArguments,
    settingsOf,
} from "./settings";
import { formatProblem, validate, validateOne } from "./validate";
import { isVerdict, standingOf, VERDICT } from "./verdict";
import type { Pauses } from "./wait";

type Props = Record<string, unknown>;

/** What the provider works with, where that is not what Pulumi runs it with: in tests. */
export interface World {
    engine?: Engine;
    connect?(identity: AwsIdentity): Promise<Aws>;
    pauses?: Pauses;
}

/** The provider behind `UserPoolDomainSettings`: the six operations, each a few calls into the rooms next door. */
export class DomainSettingsProvider implements dynamic.ResourceProvider {
    readonly #engine: Engine;
    readonly #connections = new Map<string, Promise<Aws>>();
    #config: dynamic.Config | undefined;

    /** Domains that this process has created or updated: a delete after that belongs to a replacement. */
    readonly #touched = new Set<string>();

    constructor(private readonly world: World = {}) {
        this.#engine = world.engine ?? currentEngine();
    }

    /** Kept at once: the host uses the provider before this is awaited. */
    async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
        this.#config = config;
    }

    /** Offline: shapes, enumerations, contradictions, and what the preflight in the program has found. */
    async check(_olds: Props, { [VERDICT]: verdict, ...inputs }: Props): Promise<dynamic.CheckResult> {
        const { failing, notPreflighted } = standingOf(verdict, inputs);
        if (isVerdict(verdict) && notPreflighted.length > 0) {
            this.#engine.info(
                `${verdict.resource}: not preflighted, since ignoreChanges or a transform gave other values: ${notPreflighted.join(", ")}`,
            );
        }
        const reasons = [
            ...validate(inputs).map((problem) => maskedProblem(problem, inputs)),
            ...failing.map(formatFinding),
        ];
        // A failure that names a property prints that property's value in clear, secrets too: the path is in the reason.
        return { inputs, failures: reasons.map((reason) => ({ property: "", reason })) };
    }

    async diff(id: string, olds: Props, news: Props): Promise<dynamic.DiffResult> {
        return diffOf(id, olds, news);
    }

    /** Adopts the domain: where AWS already is as wanted, nothing is written. */
    async create(news: Props): Promise<dynamic.CreateResult> {
        const id = formatId(addressOf(argumentsIn(news)));
        return { id, outs: await this.apply(id, {}, news) };
    }

    async update(id: string, olds: Props, news: Props): Promise<dynamic.UpdateResult> {
        return { outs: await this.apply(id, olds, news) };
    }

    /** What AWS has now, for `pulumi refresh` and `get`. */
    async read(id: string, props: Props): Promise<dynamic.ReadResult> {
        const address = parseId(id);
        const aws = await this.aws(this.identity(props));
        const domain = await aws.describeDomain(address);
        if (domain?.userPoolId !== address.userPoolId) {
            // For a `get`, an empty answer would be a success with undefined outputs.
            if (props.status === undefined) {
                throw new DomainNotFoundError(absenceText(address, domain?.userPoolId));
            }
            return {};
        }
        const settings = fillUnreported(domain.settings, settingsOf(props as SettingsArguments));
        const { status, cloudFrontDistribution } = domain;
        const certificate = await attachedCertificate(aws, settings);
        const outputs = outputsOf(
            { ...addressArguments(address), ...props },
            { address, settings, status, cloudFrontDistribution, certificate },
            adoptedIn(props),
        );
        return { id, props: outputs, inputs: inputsOf(outputs) };
    }

    /** Leaves the domain as it is, or with `onDelete: "restore"` puts back what adoption found. */
    async delete(id: string, props: Props): Promise<void> {
        const { found } = adoptedIn(props);
        if (props.onDelete !== "restore" || namesIn(found).length === 0) {
            return;
        }
        const address = parseId(id);
        if (this.#touched.has(id)) {
            this.#engine.warn(
                `${address.domain}: nothing was restored: this resource's successor has just taken the domain over`,
            );
            return;
        }
        await this.restore(address, props, found);
    }

    /** Create and update. Whatever they say, or fail with, copies nothing of what the program marked as secret. */
    private async apply(id: string, olds: Props, news: Props): Promise<Outputs> {
        this.#touched.add(id);
        try {
            return await this.bringAbout(id, olds, news);
        } catch (error) {
            throw rephrased(error, (message) => masked(message, news));
        }
    }

    private async bringAbout(id: string, olds: Props, news: Props): Promise<Outputs> {
        const job = this.jobOf(argumentsIn(news), olds);
        const means = await this.means(news);
        const { reconcile } = await import("./reconcile.js");
        const { before, inForce, status, cloudFrontDistribution, certificate, problem } = await reconcile(job, means);
        const outputs = outputsOf(
            news,
            {
                address: job.address,
                settings: inForce,
                status,
                cloudFrontDistribution,
                certificate: certificate ?? (await attachedCertificate(means.aws, inForce)),
            },
            adopt(adoptedIn(olds), job.wanted, before),
        );
        if (problem) {
            // The host adds the provider to a result, but not to the properties of a failure.
            const properties = { ...outputs, __provider: news.__provider };
            throw new PartialUpdateError(id, properties, problem.message, { cause: problem });
        }
        return outputs;
    }

    private async restore(address: DomainAddress, props: Props, found: Settings): Promise<void> {
        const { putBack, reconcile } = await import("./reconcile.js");
        const job = this.jobOf({ ...argumentsIn(props), ...address }, props);
        try {
            const { problem } = await reconcile(putBack(job, found, job.believed), await this.means(props));
            if (problem) {
                throw problem;
            }
        } catch (error) {
            if (error instanceof RefusedError && error.isAbsence) {
                return;
            }
            // Nothing that only another attempt could mend: a destroy that never succeeds would leave the stack stuck.
            const isFinal = error instanceof RefusedError ? !error.isBlind : isRefusal(error);
            if (!isFinal) {
                throw rephrased(
                    error,
                    (message) => `the old settings were not put back (onDelete). ${masked(message, props)}`,
                );
            }
            this.#engine.warn(
                `${address.domain}: not restored to ${describeSettings(found)}, left as it is. ${messageOf(error)}`,
            );
        }
    }

    private jobOf(args: Arguments, olds: Props): Job {
        return {
            address: addressOf(args),
            wanted: settingsOf(args),
            believed: settingsOf(olds as SettingsArguments),
            minimumCertificateValidityDays: args.minimumCertificateValidityDays ?? DEFAULT_MINIMUM_VALIDITY_DAYS,
            wait: args.wait ?? "active",
            timeoutSeconds: waitTimeoutSeconds(args),
            verifyClientId: args.verify?.clientId,
            onFailure: args.onFailure ?? "keep",
            allowedAccountIds: this.identity({ ...args }).allowedAccountIds,
        };
    }

    private async means(props: Props): Promise<Means> {
        return {
            aws: await this.aws(this.identity(props)),
            engine: maskedEngine(this.#engine, props),
            now: () => new Date(),
            pauses: this.world.pauses,
        };
    }

    /** As whom AWS is called: the stack's config, and the resource's own `aws` argument over it. */
    private identity(props: Props): AwsIdentity {
        // A state may have been edited by hand.
        const [problem] = validateOne("aws", props.aws);
        if (problem) {
            throw new InvalidConfigurationError(formatProblem(problem));
        }
        return mergeIdentity(
            identityFromConfig((key) => this.#config?.get(key)),
            argumentsIn(props).aws,
        );
    }

    /** One connection an identity. The SDK takes a while to load, and previews do without it. */
    private aws(identity: AwsIdentity): Promise<Aws> {
        const key = JSON.stringify(identity);
        let connection = this.#connections.get(key);
        if (!connection) {
            connection = this.world.connect?.(identity) ?? import("./aws.js").then((aws) => aws.connectAs(identity));
            this.#connections.set(key, connection);
        }
        return connection;
    }
}

/** The error, saying the same in other words where it is one of ours. */
function rephrased(error: unknown, rewrite: (message: string) => string): unknown {
    if (error instanceof UserPoolDomainSettingsError) {
        error.rephrase(rewrite);
    }
    return error;
}

/** The engine, to which nothing is said that the program marked as secret. */
function maskedEngine(engine: Engine, props: Props): Engine {
    return {
        warn: (text) => engine.warn(masked(text, props)),
        info: (text) => engine.info(masked(text, props)),
        status: (text) => engine.status(masked(text, props)),
        alive: () => engine.alive(),
    };
}

/** The attached certificate, for its end; not being allowed to look fails nothing. */
async function attachedCertificate(aws: Aws, { certificateArn }: Settings): Promise<ObservedCertificate | undefined> {
    const answer = certificateArn ? await look(() => aws.describeCertificate(certificateArn)) : undefined;
    return answer && "found" in answer ? answer.found : undefined;
}

function argumentsIn(props: Props): Arguments {
    return props as unknown as Arguments;
}

function absenceText({ userPoolId, domain, region }: DomainAddress, owner: string | undefined): string {
    return owner
        ? `the domain ${domain} belongs to the user pool ${owner}, not to ${userPoolId}`
        : `the user pool ${userPoolId} has no domain ${domain} in ${region}`;
}
