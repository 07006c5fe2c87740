import type { dynamic } from "@pulumi/pulumi";
import type { Aws } from "../aws/aws";
import { isRefusal } from "../aws/callErrors";
import { type Arguments, waitTimeoutSeconds, withDefaults } from "../inputs/arguments";
import { type AwsIdentity, identityFromConfig, mergeIdentity } from "../inputs/identity";
import { redact, redactError } from "../inputs/redaction";
import { formatProblem, validateOne } from "../inputs/schema";
import { VERDICT } from "../inputs/verdict";
import { addressArguments, addressOf, type DomainAddress, formatId, parseId } from "../model/address";
import { adoptedIn } from "../model/adoption";
import {
    DomainNotFoundError,
    InvalidConfigurationError,
    messageOf,
    PartialUpdateError,
    RefusedError,
    UserPoolDomainSettingsError,
} from "../model/errors";
import { lookUp, type ObservedCertificate } from "../model/observed";
import {
    ARGUMENT_PATH,
    fillUnreported,
    namesIn,
    pick,
    type Settings,
    type SettingsArguments,
    settingsOf,
} from "../model/settings";
import { describeSettings } from "../model/settingsText";
import type { Engine } from "../reconcile/engine";
import type { Operation, OperationContext } from "../reconcile/operation";
import type { Pauses } from "../reconcile/polling";
import { assertAllowed, assertGone } from "./absence";
import { type Correction, checkInputs } from "./check";
import { diffOf } from "./diff";
import { currentEngine } from "./engine";
import { ManagedSettings } from "./managedSettings";
import { accountIn, adopt, inputsOf, type Outputs, outputsOf } from "./outputs";

type Props = Record<string, unknown>;

/** What the provider works with, where that is not what Pulumi runs it with: in tests. */
export interface Dependencies {
    engine?: Engine;
    connect?(identity: AwsIdentity): Promise<Aws>;
    pauses?: Pauses;
}

/** The provider behind `UserPoolDomainSettings`: check, diff, create, update, read and delete. */
export class DomainSettingsProvider implements dynamic.ResourceProvider {
    readonly #engine: Engine;
    readonly #connections = new Map<string, Promise<Aws>>();
    #config: dynamic.Config | undefined;

    /** What the program still manages, by all that this process has been told: a delete leaves that alone. */
    readonly #managed = new ManagedSettings();

    /** By id: what `check` was told about the domains that `onDrift: "correct"` watches over. */
    readonly #corrections = new Map<string, Correction>();

    constructor(private readonly world: Dependencies = {}) {
        this.#engine = world.engine ?? currentEngine();
    }

    /** Kept at once: the host uses the provider before this is awaited. */
    async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
        this.#config = config;
    }

    /** Offline: shapes, enumerations, contradictions, and what the preflight in the program has found. */
    async check(olds: Props, { [VERDICT]: verdict, ...inputs }: Props): Promise<dynamic.CheckResult> {
        this.#managed.add(inputs);
        const { failures, notes, correction } = checkInputs(verdict, inputs, olds);
        for (const note of notes) {
            this.#engine.info(note);
        }
        if (correction && failures.length === 0) {
            this.#corrections.set(formatId(addressOf(argumentsIn(inputs))), correction);
        }
        // A failure that names a property prints that property's value in clear, secrets too: the path is in the reason.
        return { inputs, failures: failures.map((reason) => ({ property: "", reason })) };
    }

    async diff(id: string, olds: Props, news: Props): Promise<dynamic.DiffResult> {
        this.#managed.add(news);
        return diffOf(id, olds, news, this.#corrections.get(id));
    }

    /** Adopts the domain: where AWS already is as desired, nothing is written. */
    async create(news: Props): Promise<dynamic.CreateResult> {
        const id = formatId(addressOf(argumentsIn(news)));
        return { id, outs: await this.apply(id, {}, news) };
    }

    async update(id: string, olds: Props, news: Props): Promise<dynamic.UpdateResult> {
        return { outs: await this.apply(id, olds, news) };
    }

    /** What AWS has now, for `pulumi refresh` and `get`. Gone is only what the domain's own account does not have. */
    async read(id: string, props: Props): Promise<dynamic.ReadResult> {
        try {
            return await this.look(id, props);
        } catch (error) {
            throw redactError(error, props);
        }
    }

    private async look(id: string, props: Props): Promise<dynamic.ReadResult> {
        const address = parseId(id);
        const identity = this.identity(props);
        const aws = await this.aws(identity);
        const domain = await aws.describeDomain(address);
        if (domain?.userPoolId !== address.userPoolId) {
            // For a `get`, an empty answer would be a success with undefined outputs.
            if (props.status === undefined) {
                throw new DomainNotFoundError(absenceText(address, domain?.userPoolId));
            }
            await assertGone(aws, { address, accountId: accountIn(props), rules: identity });
            return {};
        }
        assertAllowed(domain.accountId, identity);
        const settings = fillUnreported(domain.settings, settingsOf(props as SettingsArguments));
        const { status, cloudFrontDistribution } = domain;
        const certificate = await attachedCertificate(aws, settings);
        const outputs = outputsOf(
            { ...addressArguments(address), ...props },
            { address, settings, status, cloudFrontDistribution, certificate },
            adoptedIn(props),
            domain.accountId ?? accountIn(props),
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
        const managed = this.#managed.of(id);
        const kept = namesIn(found).filter((name) => managed.has(name));
        const free = namesIn(found).filter((name) => !managed.has(name));
        if (kept.length > 0) {
            const paths = kept.map((name) => ARGUMENT_PATH[name]).join(", ");
            this.#engine.warn(
                `${address.domain}: ${free.length > 0 ? `not restored: ${paths}` : "nothing was restored"}: the program still manages that`,
            );
        }
        if (free.length > 0) {
            try {
                await this.restore(address, props, pick(found, free));
            } catch (error) {
                throw redactError(error, props);
            }
        }
    }

    /** Create and update. Whatever they say, or fail with, copies nothing of what the program marked as secret. */
    private async apply(id: string, olds: Props, news: Props): Promise<Outputs> {
        this.#managed.add(news);
        try {
            return await this.bringAbout(id, olds, news);
        } catch (error) {
            throw redactError(error, [news, olds]);
        }
    }

    private async bringAbout(id: string, olds: Props, news: Props): Promise<Outputs> {
        const job = this.jobOf(argumentsIn(news), olds);
        const means = await this.means(news, olds);
        const { reconcile } = await import("../reconcile/reconcile.js");
        const outcome = await reconcile(job, means);
        const { before, inForce, status, cloudFrontDistribution, certificate, problem } = outcome;
        const outputs = outputsOf(
            news,
            {
                address: job.address,
                settings: inForce,
                status,
                cloudFrontDistribution,
                certificate: certificate ?? (await attachedCertificate(means.aws, inForce)),
            },
            adopt(adoptedIn(olds), job.settings, before),
            outcome.accountId ?? accountIn(olds),
        );
        if (problem) {
            // The host adds the provider to a result, but not to the properties of a failure.
            const properties = { ...outputs, __provider: news.__provider };
            throw new PartialUpdateError(id, properties, problem.message, { cause: problem });
        }
        return outputs;
    }

    private async restore(address: DomainAddress, props: Props, found: Settings): Promise<void> {
        const { putBack, reconcile } = await import("../reconcile/reconcile.js");
        const job = this.jobOf({ ...argumentsIn(props), ...address }, props);
        const means = await this.means(props);
        try {
            const { problem } = await reconcile(putBack(job, found, job.lastApplied, job.lastApplied), means);
            if (problem) {
                throw problem;
            }
        } catch (error) {
            if (error instanceof RefusedError && error.isAbsence) {
                return assertGone(means.aws, { address, accountId: accountIn(props), rules: job });
            }
            // Nothing that only another attempt could mend: a destroy that never succeeds would leave the stack stuck.
            const isFinal = error instanceof RefusedError ? !error.isBlind && !error.isWrongAccount : isRefusal(error);
            if (!isFinal) {
                throw rephrased(error, (message) => `the old settings were not put back (onDelete). ${message}`);
            }
            means.engine.warn(
                `${address.domain}: not restored to ${describeSettings(found)}, left as it is. ${messageOf(error)}`,
            );
        }
    }

    private jobOf(given: Arguments, olds: Props): Operation {
        const args = withDefaults(given);
        const { allowedAccountIds, forbiddenAccountIds } = this.identity({ ...args });
        return {
            address: addressOf(args),
            settings: settingsOf(args),
            lastApplied: settingsOf(olds as SettingsArguments),
            minimumCertificateValidityDays: args.minimumCertificateValidityDays,
            wait: args.wait,
            timeoutSeconds: waitTimeoutSeconds(args),
            verifyClientId: args.verify?.clientId,
            onFailure: args.onFailure,
            allowedAccountIds,
            forbiddenAccountIds,
        };
    }

    private async means(props: Props, olds: Props = {}): Promise<OperationContext> {
        return {
            aws: await this.aws(this.identity(props)),
            engine: maskedEngine(this.#engine, [props, olds]),
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
            connection =
                this.world.connect?.(identity) ?? import("../aws/aws.js").then((aws) => aws.connectAs(identity));
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
function maskedEngine(engine: Engine, props: Props[]): Engine {
    return {
        warn: (text) => engine.warn(redact(text, props)),
        info: (text) => engine.info(redact(text, props)),
        status: (text) => engine.status(redact(text, props)),
        alive: () => engine.alive(),
    };
}

/** The attached certificate, for its end; not being allowed to look fails nothing. */
async function attachedCertificate(aws: Aws, { certificateArn }: Settings): Promise<ObservedCertificate | undefined> {
    const answer = certificateArn ? await lookUp(() => aws.describeCertificate(certificateArn)) : undefined;
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
