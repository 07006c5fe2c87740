import * as pulumi from "@pulumi/pulumi";
import { type Arguments, DEFAULT_MINIMUM_VALIDITY_DAYS } from "./arguments";
import { addressOf } from "./domain";
import { messageOf } from "./errors";
import { type Finding, formatFinding } from "./findings";
import { type AwsIdentity, identityFromConfig, mergeIdentity } from "./identity";
import { judge, type Question } from "./judge";
import { masked, maskedProblem } from "./masked";
import type { Observations } from "./observation";
import { observe } from "./observe";
import { planText } from "./plan";
import { logBeforeChecks, logOn } from "./previewLog";
import { currentPreview, type PreviewRun } from "./previewRun";
import { type SettingsArguments, settingsOf } from "./settings";
import { containsUnknown, isUnknown, knownPart, UNKNOWN, unknownPaths } from "./unknown";
import { type Problem, validate } from "./validate";
import { isFailing, type Verdict } from "./verdict";

type Args = Record<string, unknown>;

/** The preflight of one resource, on its way while the program runs on. */
export interface Preflight {
    /** For the engine, as one more input. Never rejects: a rejection would end the program without a name. */
    verdict: pulumi.Output<Verdict | undefined>;
    /** Has what does not fail the preview logged on the resource's own row. */
    reportOn(resource: pulumi.Resource): void;
}

/**
 * Looks at AWS for one resource of a preview, concurrently with all others: here, in the program, since the engine calls
 * the provider's `check` for one resource after another.
 *
 * Undefined where there is nothing to look at: in an update (the gate does it), for a `get`, and under mocks.
 */
export function startPreflight(
    name: string,
    args: object,
    secrets: Promise<string[] | undefined>,
    opts: pulumi.CustomResourceOptions,
): Preflight | undefined {
    const run = opts.id === undefined ? currentPreview() : undefined;
    if (!run) {
        return undefined;
    }
    let reportOn: (resource: pulumi.Resource) => void = () => {};
    const resource = new Promise<pulumi.Resource>((resolve) => {
        reportOn = resolve;
    });
    const judged = withoutIgnored({ ...args }, opts.ignoreChanges ?? []);
    // With unknowns: what is known of the arguments is judged, the rest at the update.
    const verdict = (pulumi.output(judged) as WithUnknowns).apply(async (values) => {
        try {
            const work = preflight(name, plain(values) as Args, (await secrets) ?? [], run, resource);
            run.inFlight.add(work);
            return await afterAll(run, work);
        } catch (error) {
            void pulumi.log.warn(`${name}: the preflight itself failed: ${messageOf(error)}`);
            return undefined;
        }
    }, true);
    return { verdict, reportOn };
}

/** Pulumi's own way to see partly unknown values; where it should ever go, the verdict is unknown, and nothing is judged. */
interface WithUnknowns {
    apply<U>(func: (values: unknown) => Promise<U>, runWithUnknowns: boolean): pulumi.Output<U>;
}

async function preflight(
    name: string,
    args: Args,
    secret: string[],
    run: PreviewRun,
    resource: Promise<pulumi.Resource>,
): Promise<Verdict | undefined> {
    if (args.preflight === "off") {
        return undefined;
    }
    const strict = isStrict();
    const problems = validate(args);
    const { findings, plan } = await look(name, args, problems, run);
    const lines = [
        ...problems.map((problem) => `  - error: ${maskedProblem(problem, args, secret)}`),
        ...findings.map((finding) => `  - ${finding.severity}: ${masked(formatFinding(finding), args, secret)}`),
    ];
    const heading = typeof args.domain === "string" ? masked(`${name} (${args.domain})`, args, secret) : name;
    const failing = findings.filter((finding) => isFailing(finding, strict, args.preflight));
    if (problems.length > 0 || failing.length > 0) {
        const isForStrict = problems.length === 0 && failing.every(({ severity }) => severity === "warning");
        const verb = isForStrict ? "fails this preview, which is strict" : "fails this preview";
        await logBeforeChecks([`${heading} ${verb}:`, ...lines].join("\n"));
    } else {
        if (lines.length > 0) {
            logOn(resource, "warn", [`${heading}:`, ...lines].join("\n"));
        }
        if (plan) {
            logOn(resource, "info", masked(plan, args, secret));
        }
        const later = unknownPaths(args);
        if (later.length > 0) {
            logOn(resource, "info", `${name}: not known yet, so checked at the update: ${later.join(", ")}`);
        }
    }
    return { resource: name, args, findings: findings.map((it) => maskedFinding(it, args, secret)), strict };
}

function maskedFinding(finding: Finding, args: Args, secret: string[]): Finding {
    const { message, remedy } = finding;
    return { ...finding, message: masked(message, args, secret), remedy: masked(remedy, args, secret) };
}

/** Everything that AWS has to say against the arguments, and the plan. */
async function look(
    name: string,
    args: Args,
    problems: Problem[],
    run: PreviewRun,
): Promise<{ findings: Finding[]; plan?: string }> {
    // An argument that `check` refuses anyway is not asked about; the others are, so that one preview says everything.
    const isSound = (argument: string) =>
        !problems.some(({ property }) => property === argument || property.startsWith(`${argument}.`));
    const sound = Object.fromEntries(Object.entries(args).filter(([argument]) => isSound(argument)));
    if (containsUnknown(sound.aws)) {
        // As somebody else, AWS would say something else.
        return { findings: [] };
    }
    const identity = mergeIdentity(stackIdentity(), sound.aws as AwsIdentity | undefined);
    const question = { ...questionOf(sound), allowedAccountIds: identity.allowedAccountIds };
    const { address, wanted } = question;
    const contradictions = address ? run.claims.stake({ name, wanted }, address) : () => [];
    const observed = await observe(await run.reads(identity), question);
    return {
        findings: [...judge(observed, question, "preview", new Date()), ...contradictions()],
        plan: planOf(question, observed),
    };
}

/** As whom the stack's config says that AWS is called. */
function stackIdentity(): AwsIdentity {
    const config = new pulumi.Config("aws");
    return identityFromConfig((key) => config.get(key.replace(/^aws:/, "")));
}

function questionOf(args: Args): Question {
    const known = (knownPart(args) ?? {}) as Partial<Arguments>;
    const { userPoolId, domain, region } = known;
    const isRegionKnown = !isUnknown(args.region);
    return {
        domain,
        address: userPoolId && domain && isRegionKnown ? addressOf({ userPoolId, domain, region }) : undefined,
        clientId: known.verify?.clientId,
        wanted: settingsOf(known as SettingsArguments),
        minimumCertificateValidityDays: known.minimumCertificateValidityDays ?? DEFAULT_MINIMUM_VALIDITY_DAYS,
    };
}

function planOf({ address, wanted }: Question, { domain, certificate }: Observations): string | undefined {
    return address && domain && "found" in domain && domain.found.userPoolId === address.userPoolId
        ? planText(address.domain, domain.found, wanted, certificate)
        : undefined;
}

/** The outcome of a preflight, given once all that have begun are through: none of those waits for another resource. */
async function afterAll<T>(run: PreviewRun, work: Promise<T>): Promise<T> {
    const outcome = await work;
    // Resources that were made in the same breath have begun after this.
    await new Promise(setImmediate);
    await Promise.allSettled(run.inFlight);
    return outcome;
}

/** Whether warnings fail previews too: for a nightly pipeline. */
function isStrict(): boolean {
    const fromEnvironment = process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT;
    return fromEnvironment
        ? fromEnvironment === "true" || fromEnvironment === "1"
        : (new pulumi.Config("pulumi-cognito-domain-settings").getBoolean("strict") ?? false);
}

/** Without what the engine will replace by the old inputs. */
function withoutIgnored(args: Args, ignored: string[]): Args {
    const rest = { ...args };
    for (const path of ignored) {
        delete rest[path.replace(/[.[].*$/s, "")];
    }
    return rest;
}

/** The values with Pulumi's marks for the unknown as the text that stands for them in the provider. */
function plain(value: unknown): unknown {
    if (pulumi.isUnknown(value)) {
        return UNKNOWN;
    }
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(
              Object.entries(value)
                  .filter(([, member]) => member !== undefined)
                  .map(([key, member]) => [key, plain(member)]),
          )
        : value;
}
