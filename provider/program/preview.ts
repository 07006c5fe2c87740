import * as pulumi from "@pulumi/pulumi";
import { observe } from "../aws/questions";
import type { AwsIdentity } from "../inputs/awsIdentity";
import { CHANGED, isReason } from "../inputs/changed";
import { PROGRAM, type ProgramFacts } from "../inputs/programFacts";
import { unknownPaths } from "../inputs/propertyPath";
import { requestOf } from "../inputs/request";
import { ARGUMENT_NAMES, validate } from "../inputs/schema";
import { hide } from "../inputs/secrets";
import { containsUnknown, isUnknown } from "../inputs/unknown";
import { messageOf } from "../model/errors";
import { answerOf, foundIn } from "../model/observed";
import { OUTPUT_NAMES } from "../model/outputs";
import { plainLines } from "../model/plainText";
import { ARGUMENT_PATH } from "../model/settings";
import type { Plan } from "../plan/plan";
import { makePreviewPlan } from "../plan/previewPlan";
import { fixSourcesOf, plain, withUnknowns } from "./outputFacts";
import { effectivePreflight, identityFor, type PreviewedResource, secretsOf, warmUp } from "./previewedResource";
import { currentPreview, type PreviewRun } from "./previewRun";
import { findingsText, planText } from "./previewText";
import { actionOf, finalInputs, knownChanged } from "./registeredResource";
import { entryOf } from "./report/reportEntry";
import { readConfiguration } from "./stackConfiguration";

type Props = Record<string, unknown>;

/** The properties that a preview reads of the registered resource, whether the program gives them or not: a transform may. */
export const PREVIEWED = ["userPoolId", "domain", "region", "managedLoginVersion", "customDomainConfig", "routing"];

/**
 * The check of one resource in a preview. It starts to read AWS at once, and is completed after registration, when Pulumi has the
 * final inputs (after `ignoreChanges` and transforms), and shows by what is unknown whether the engine will act. Undefined in an
 * update, for a `get`, and under mocks.
 */
export class Preview {
    readonly #run: PreviewRun;
    readonly #resource: Promise<PreviewedResource>;

    private constructor(run: PreviewRun, resource: Promise<PreviewedResource>) {
        this.#run = run;
        this.#resource = resource;
    }

    static start(
        name: string,
        args: object,
        facts: Promise<ProgramFacts>,
        opts: pulumi.CustomResourceOptions,
    ): Preview | undefined {
        const run = opts.id === undefined ? currentPreview() : undefined;
        if (!run) {
            return undefined;
        }
        const number = run.begin();
        const resource = new Promise<PreviewedResource>((resolve, reject) => {
            withUnknowns(pulumi.output({ ...args })).apply(async (values) => {
                await Promise.all([facts, fixSourcesOf(args, opts)]).then(([facts, fixable]) => {
                    const configuration = readConfiguration();
                    const known = plain(values) as Props;
                    const resource = { name, args: known, facts, fixable, configuration, number };
                    warmUp(resource, run);
                    resolve(resource);
                }, reject);
            }, true);
        });
        resource.catch(() => {});
        return new Preview(run, resource);
    }

    /** Completes the check once the engine has the resource, and gives its outputs the values that they will have. */
    complete(registered: pulumi.CustomResource, secretOutputs: readonly string[]): void {
        const outputs = registered as unknown as Record<string, pulumi.Output<unknown>>;
        const names = [...new Set(["id", CHANGED, ...ARGUMENT_NAMES, ...OUTPUT_NAMES])].filter((it) => outputs[it]);
        const real = Object.fromEntries(names.map((name) => [name, outputs[name]]));
        const all = pulumi.output(real);
        const planned = new Promise<ReadonlyMap<string, unknown> | undefined>((resolve) => {
            withUnknowns(all).apply(async (values) => {
                const inputs = names.filter((name) => PREVIEWED.includes(name));
                const secret = await secretAmong(inputs, real);
                const check = this.check(registered, plain(values) as Props, secret, secretOutputs);
                resolve(await check.finally(() => this.#run.end()));
            }, true);
        });
        for (const name of OUTPUT_NAMES) {
            outputs[name] = withUnknowns(outputs[name] as pulumi.Output<unknown>).apply(async (value) => {
                const known = await planned;
                if (known && !known.has(name)) {
                    return pulumi.unknown;
                }
                const state = pulumi.isUnknown(value) ? undefined : value;
                const output = (known ? known.get(name) : state) ?? (await this.inputOf(name));
                return secretOutputs.includes(name) ? pulumi.secret(output) : output;
            }, true);
        }
    }

    /**
     * An output without a value is what the program says, as in an `up`: `ignoreChanges` may keep an argument out. Source:
     * `resolveOutputs` of @pulumi/pulumi.
     */
    private async inputOf(name: string): Promise<unknown> {
        const { args, facts } = await this.#resource;
        const input = containsUnknown(args[name]) ? pulumi.unknown : args[name];
        return facts.secret.some((path) => path.startsWith(name)) ? pulumi.secret(input) : input;
    }

    /** The outputs after the update; undefined if the resource keeps those of the state. Never rejects. */
    private async check(
        row: pulumi.Resource,
        registered: Props,
        secret: readonly string[],
        secretOutputs: readonly string[],
    ): Promise<ReadonlyMap<string, unknown> | undefined> {
        try {
            const resource = withSecrets(await this.#resource, secret);
            const known = PREVIEWED.filter(
                (it) => resource.args[it] !== undefined && !containsUnknown(resource.args[it]),
            );
            const isExcluded = known.length > 0 && known.every((it) => isUnknown(registered[it]));
            if (isExcluded || validate({ ...resource.args, [PROGRAM]: resource.facts }).length > 0) {
                // `--target` or `--exclude` leave it out; or `check` has refused it.
                return new Map();
            }
            return await this.plan(resource, row, registered, secretOutputs);
        } catch (error) {
            this.#run.refuse(
                `the preview's own check failed: ${messageOf(error)}. Please report it; preflight: "off" skips it`,
                row,
            );
            return new Map();
        }
    }

    private async plan(
        resource: PreviewedResource,
        row: pulumi.Resource,
        registered: Props,
        secretOutputs: readonly string[],
    ): Promise<ReadonlyMap<string, unknown> | undefined> {
        const run = this.#run;
        const { name, args, facts, fixable, configuration, number } = resource;
        const action = actionOf(registered);
        const finalArguments = finalInputs(registered, args, action);
        const changed = action === "none" ? {} : knownChanged(registered);
        const inputs: Props = { ...finalArguments, [PROGRAM]: facts, [CHANGED]: changed };
        const identity = identityFor(inputs, configuration);
        // A preview does not see the record. If the program gives no reason for an update, the record is open.
        const isOpen = action === "update" && !isReason(changed) && finalArguments.onDrift !== "correct";
        const isNew = action !== "update" && action !== "none";
        const request = requestOf(inputs, identity ?? {}, isOpen ? "unknown" : isNew);
        const input = { request, changed, action, isOpen };
        const preflight = effectivePreflight(request);
        const observed = identity && preflight !== "off" ? await observe(await run.reads(identity), input) : {};
        const shared = request.address ? run.sharedDomain(request.address) : [];
        const plan = makePreviewPlan({
            ...input,
            request: { ...request, preflight },
            observed,
            phase: "preview",
            now: new Date(),
            fixable,
            strict: configuration.strict,
            otherNotes: preflight === "off" ? [] : [...configuration.notes, ...shared],
        });
        const secrets = secretsOf(resource, inputs);
        const redact = (text: string) => hide(text, secrets);
        if (run.report) {
            const currentCertificate = identity && (await this.currentCertificate(identity, plan));
            const secret = [...facts.secret, ...secretOutputs];
            const { replaces } = changed;
            const entry = { name, args: inputs, address: request.address, plan, replaces, currentCertificate, secret };
            run.report.put(number, entryOf({ ...entry, redact }));
        }
        const title = String(request.domain ?? name);
        const log = (level: "warn" | "info", text: string) => void pulumi.log[level](plainLines(redact(text)), row);
        if (plan.findings.length > 0) {
            const text = findingsText(title, plan);
            if (plan.refused) {
                run.refuse(plainLines(redact(text)), row);
                return action === "none" ? undefined : new Map();
            }
            log("warn", text);
        }
        if (action === "none") {
            return undefined;
        }
        const text = planText(
            title,
            plan,
            isOpen ? plan.unknown.map((it) => ARGUMENT_PATH[it]) : unknownPaths(finalArguments),
        );
        if (text) {
            log("info", text);
        }
        return plan.outputs;
    }

    /** The certificate that the domain has now, for the report. */
    private async currentCertificate(identity: AwsIdentity, { domain, before }: Plan) {
        const { certificateArn } = before;
        if (!domain || !certificateArn) {
            return undefined;
        }
        const reads = await this.#run.reads(identity);
        return foundIn(await answerOf(() => reads.describeCertificate(certificateArn)));
    }
}

/** The properties that Pulumi keeps secret. */
async function secretAmong(
    names: readonly string[],
    outputs: Record<string, pulumi.Output<unknown> | undefined>,
): Promise<string[]> {
    const areSecret = await Promise.all(names.map((name) => outputs[name] && pulumi.isSecret(outputs[name])));
    return names.filter((_, index) => areSecret[index]);
}

/** With `ignoreChanges`, the state's value may be secret though the program's is not. */
function withSecrets(resource: PreviewedResource, secret: readonly string[]): PreviewedResource {
    const { facts } = resource;
    const more = secret.filter((name) => !facts.secret.some((path) => path.startsWith(name)));
    return { ...resource, facts: { ...facts, secret: [...facts.secret, ...more] } };
}
