import type { dynamic } from "@pulumi/pulumi";
import { type Arguments, addressIn, DEFAULT_MINIMUM_VALIDITY_DAYS, waitTimeoutSeconds } from "./arguments";
import type { Aws } from "./aws";
import { diffOf } from "./diff";
import { addressArguments, type DomainAddress, formatId, parseId } from "./domain";
import { currentEngine, type Engine } from "./engine";
import { DomainNotFoundError, messageOf, PartialUpdateError, RefusedError } from "./errors";
import { formatFinding } from "./findings";
import type { Job, Outcome } from "./job";
import { masked } from "./masked";
import { look } from "./observation";
import { type Adopted, adopt, adoptedIn, inputsOf, type Outputs, outputsOf } from "./outputs";
import { describeSettings, fillUnreported, namesIn, type SettingsArguments, settingsOf } from "./settings";
import { formatProblem, validate } from "./validate";
import { isVerdict, standingOf, VERDICT } from "./verdict";

type Props = Record<string, unknown>;

/** The provider behind `UserPoolDomainSettings`: the six operations, each a few calls into the rooms next door. */
class DomainSettingsProvider implements dynamic.ResourceProvider {
    readonly #engine: Engine = currentEngine();
    #aws: Aws | undefined;

    /** Domains that this process has created or updated: a delete after that belongs to a replacement. */
    readonly #touched = new Set<string>();

    /** Offline: shapes, enumerations, contradictions, and what the preflight in the program has found. */
    async check(_olds: Props, { [VERDICT]: verdict, ...inputs }: Props): Promise<dynamic.CheckResult> {
        const { failing, notPreflighted } = standingOf(verdict, inputs);
        const secret = isVerdict(verdict) ? verdict.secret : [];
        if (isVerdict(verdict) && notPreflighted.length > 0) {
            this.#engine.info(
                `${verdict.resource}: not preflighted, since ignoreChanges or a transform gave other values: ${notPreflighted.join(", ")}`,
            );
        }
        const reasons = [
            ...validate(inputs).map((problem) => masked(formatProblem(problem), inputs, secret)),
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
        const id = formatId(addressIn(argumentsIn(news)));
        return { id, outs: await this.apply(id, {}, news) };
    }

    async update(id: string, olds: Props, news: Props): Promise<dynamic.UpdateResult> {
        return { outs: await this.apply(id, olds, news) };
    }

    /** What AWS has now, for `pulumi refresh` and `get`. */
    async read(id: string, props: Props): Promise<dynamic.ReadResult> {
        const address = parseId(id);
        const aws = await this.aws();
        const domain = await aws.describeDomain(address);
        if (domain?.userPoolId !== address.userPoolId) {
            // For a `get`, an empty answer would be a success with undefined outputs.
            if (props.status === undefined) {
                throw new DomainNotFoundError(absenceText(address, domain?.userPoolId));
            }
            return {};
        }
        const settings = fillUnreported(domain.settings, settingsOf(props as SettingsArguments));
        const { certificateArn } = settings;
        const certificate = certificateArn ? await look(() => aws.describeCertificate(certificateArn)) : undefined;
        const outputs = outputsOf(
            { ...addressArguments(address), ...props },
            {
                address,
                settings,
                status: domain.status,
                cloudFrontDistribution: domain.cloudFrontDistribution,
                certificate: certificate && "found" in certificate ? certificate.found : undefined,
            },
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

    private async apply(id: string, olds: Props, news: Props): Promise<Outputs> {
        this.#touched.add(id);
        const args = argumentsIn(news);
        const wanted = settingsOf(args);
        const address = addressIn(args);
        const outcome = await this.reconcile({ ...jobOf(args), believed: settingsOf(olds as SettingsArguments) });
        const outputs = outputsOf(
            news,
            {
                address,
                settings: outcome.inForce,
                status: outcome.status,
                cloudFrontDistribution: outcome.cloudFrontDistribution,
                certificate: outcome.certificate ?? (await this.attachedCertificate(outcome)),
            },
            adopt(adoptedIn(olds), wanted, outcome.before),
        );
        if (outcome.problem) {
            // The host adds the provider to a result, but not to the properties of a failure.
            const properties = { ...outputs, __provider: news.__provider };
            throw new PartialUpdateError(id, properties, outcome.problem.message, { cause: outcome.problem });
        }
        return outputs;
    }

    private async restore(address: DomainAddress, props: Props, found: Adopted["found"]): Promise<void> {
        const aws = await this.aws();
        const observed = await aws.describeDomain(address);
        if (observed?.userPoolId !== address.userPoolId) {
            return;
        }
        const job = jobOf({ ...argumentsIn(props), ...address });
        const { putBack } = await import("./reconcile.js");
        try {
            const { problem } = await this.reconcile(putBack(job, found, settingsOf(props as SettingsArguments)));
            if (problem) {
                throw problem;
            }
        } catch (error) {
            if (!(error instanceof RefusedError) || error.findings.some(({ code }) => code.endsWith("-unseen"))) {
                throw error;
            }
            this.#engine.warn(
                `${address.domain}: not restored to ${describeSettings(found)}, left with ${describeSettings(observed.settings)}. ${messageOf(error)}`,
            );
        }
    }

    private async reconcile(job: Job): Promise<Outcome> {
        const { reconcile } = await import("./reconcile.js");
        return reconcile(job, { aws: await this.aws(), engine: this.#engine, now: () => new Date() });
    }

    /** The attached certificate, for its end; not being allowed to look fails nothing. */
    private async attachedCertificate({ inForce: { certificateArn } }: Outcome) {
        const aws = await this.aws();
        const answer = certificateArn ? await look(() => aws.describeCertificate(certificateArn)) : undefined;
        return answer && "found" in answer ? answer.found : undefined;
    }

    /** The SDK takes a while to load, and previews do without it. */
    private async aws(): Promise<Aws> {
        this.#aws ??= new (await import("./aws.js")).Aws();
        return this.#aws;
    }
}

function argumentsIn(props: Props): Arguments {
    return props as unknown as Arguments;
}

function jobOf(args: Arguments): Job {
    return {
        address: addressIn(args),
        wanted: settingsOf(args),
        believed: {},
        minimumCertificateValidityDays: args.minimumCertificateValidityDays ?? DEFAULT_MINIMUM_VALIDITY_DAYS,
        wait: args.wait ?? "active",
        verifyClientId: args.verify?.clientId,
        onFailure: args.onFailure ?? "keep",
        timeoutSeconds: waitTimeoutSeconds(args),
    };
}

function absenceText({ userPoolId, domain, region }: DomainAddress, owner: string | undefined): string {
    return owner
        ? `the domain ${domain} belongs to the user pool ${owner}, not to ${userPoolId}`
        : `the user pool ${userPoolId} has no domain ${domain} in ${region}`;
}

/** The promise of this entry: states of every version name it. See loader.ts. */
export const provider: dynamic.ResourceProvider = new DomainSettingsProvider();
