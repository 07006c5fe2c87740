import * as pulumi from "@pulumi/pulumi";
import { observe } from "../aws/questions";
import { CHANGED, changedBetween, changedIn, isReason } from "../inputs/changed";
import { PROGRAM, type ProgramFacts, programIn } from "../inputs/programFacts";
import { requestOf } from "../inputs/request";
import { ARGUMENT_NAMES, validate } from "../inputs/schema";
import { hide, secretConfigValues, secretTexts } from "../inputs/secrets";
import { isUnknown } from "../inputs/unknown";
import { messageOf } from "../model/errors";
import { type Finding, type FixSource, PREVIEW } from "../model/findings";
import { answerOf, foundIn } from "../model/observed";
import { OUTPUT_NAMES } from "../model/outputs";
import { plainLines } from "../model/plainText";
import { ARGUMENT_PATH } from "../model/settings";
import { makePreviewPlan } from "../plan/previewPlan";
import { applyAlways, fixSourcesOf, propsOf, unknownPaths } from "./outputFacts";
import type { PreviewRun } from "./previewRun";
import { findingsText, planText } from "./previewText";
import { actionOf, finalInputs, isExcluded, PREVIEWED } from "./registeredResource";
import { entryOf } from "./report/reportEntry";

type Props = Record<string, unknown>;
type Outputs = Record<string, pulumi.Output<unknown>>;

/**
 * The check of one resource in a preview. It starts to read AWS at once, and is completed after registration, when Pulumi has the
 * final inputs (after `ignoreChanges` and transforms), and shows by what is unknown whether the engine will act.
 */
export class Preview {
    readonly #number: number;
    /** The arguments as the program gives them, with its facts, and what it may fix first. */
    readonly #declared: Promise<[args: Props, fixable: ReadonlySet<FixSource>]>;

    constructor(
        private readonly run: PreviewRun,
        private readonly name: string,
        private readonly args: object,
        facts: Promise<ProgramFacts>,
        opts: pulumi.CustomResourceOptions,
    ) {
        this.#number = run.begin();
        this.#declared = Promise.all([propsOf({ ...args, [PROGRAM]: facts }), fixSourcesOf(args, opts)]);
        // An error here occurs again, and is reported, when the check is completed.
        this.#declared.then(([inputs]) => this.warmUp(inputs)).catch(() => {});
    }

    /** Reads AWS for the arguments as the program gives them, while Pulumi registers the resource; the answers are kept. */
    private async warmUp(args: Props): Promise<void> {
        const { run, name } = this;
        if (validate(args).length > 0) {
            const facts = programIn(args);
            run.report?.put(this.#number, entryOf({ name, args, secret: facts.secret, redact: redactor(facts, args) }));
            return;
        }
        const identity = run.identityFor(args);
        const request = requestOf(args, identity ?? {}, false);
        if (request.address) {
            run.uses({ name, desired: request.desired, secret: request.secret }, request.address);
        }
        if (identity && request.preflight !== "off") {
            const changed = changedBetween(args, {});
            await observe(await run.reads(identity), { request, changed, action: "adopt" });
        }
    }

    /** Completes the check once the engine has the resource, and gives its outputs the values that they will have. */
    complete(resource: pulumi.CustomResource, secretOutputs: readonly string[]): void {
        const outputs = resource as unknown as Outputs;
        const names = ["id", CHANGED, ...ARGUMENT_NAMES, ...OUTPUT_NAMES].filter((it) => outputs[it]);
        const real = Object.fromEntries(names.map((name) => [name, outputs[name]])) as Outputs;
        const planned = this.check(resource, real, secretOutputs).finally(() => this.run.end());
        for (const name of OUTPUT_NAMES) {
            outputs[name] = applyAlways(real[name] as pulumi.Output<unknown>, async (value) => {
                const known = await planned;
                if (known && !known.has(name)) {
                    return pulumi.unknown;
                }
                const state = pulumi.isUnknown(value) ? undefined : value;
                // Without a value it is what the program says, as in an `up` (resolveOutputs of @pulumi/pulumi): ignoreChanges may keep it out.
                const output = (known ? known.get(name) : state) ?? pulumi.output(Object(this.args)[name]);
                return secretOutputs.includes(name) ? pulumi.secret(output) : output;
            });
        }
    }

    /** The outputs after the update; undefined if the resource keeps those of the state. */
    private async check(
        row: pulumi.Resource,
        outputs: Outputs,
        secretOutputs: readonly string[],
    ): Promise<ReadonlyMap<string, unknown> | undefined> {
        const { run, name } = this;
        const registered = await propsOf(outputs);
        const [args, fixable] = await this.#declared;
        if (isExcluded(registered, args) || validate(args).length > 0) {
            return new Map();
        }
        const facts = await withInheritedSecrets(programIn(args), outputs);
        const redact = redactor(facts, args, registered);
        const title = String(isUnknown(registered.domain) ? name : registered.domain);
        const log = (level: "error" | "warn" | "info", text: string) => {
            const { stackTraceLimit } = Error;
            // As in the resource's constructor: Pulumi takes a stack trace of each message.
            Error.stackTraceLimit = 0;
            void pulumi.log[level](plainLines(redact(text)), row);
            Error.stackTraceLimit = stackTraceLimit;
        };
        const entry = { name, args, secret: [...facts.secret, ...secretOutputs], redact };
        try {
            const { plan, later, ...planned } = await this.plan(args, facts, fixable, registered);
            const { findings, refused, action } = plan;
            run.report?.put(this.#number, entryOf({ ...entry, ...planned, plan }));
            if (findings.length > 0) {
                log(refused ? "error" : "warn", findingsText(title, plan));
            }
            if (refused) {
                run.refuse();
                return action === "none" ? undefined : new Map();
            }
            if (action === "none") {
                return undefined;
            }
            const text = planText(title, plan, later);
            if (text) {
                log("info", text);
            }
            return plan.outputs;
        } catch (error) {
            const finding: Finding = {
                code: "preflight-failed",
                property: PREVIEW,
                kind: "introduced",
                severity: "error",
                message: `the preview's own check failed: ${messageOf(error)}`,
                remedy: 'Please report it; preflight: "off" skips it',
            };
            const findings = [finding];
            run.refuse();
            log("error", findingsText(title, { findings, isRefusedByStrict: false }));
            run.report?.put(this.#number, entryOf({ ...entry, findings }));
            return new Map();
        }
    }

    /** The plan, from the final arguments, and what else the report needs. */
    private async plan(args: Props, facts: ProgramFacts, fixable: ReadonlySet<FixSource>, registered: Props) {
        const { run } = this;
        const action = actionOf(registered);
        const finalArguments = finalInputs(registered, args, action);
        const changed = action === "none" ? {} : changedIn(registered);
        const inputs: Props = { ...finalArguments, [PROGRAM]: facts, [CHANGED]: changed };
        const identity = run.identityFor(inputs);
        // A preview does not see the record. If the program gives no reason for an update, the record is open.
        const hasNoReason = action === "update" && !isReason(changed);
        const isOpen = hasNoReason && finalArguments.onDrift !== "correct";
        const isNew = action !== "update" && action !== "none";
        const request = requestOf(inputs, identity ?? {}, hasNoReason ? "unknown" : isNew);
        const input = { request, changed, action, isOpen };
        // The environment may turn errors into warnings for one preview: another stack deploys first.
        const isLenient = process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_PREFLIGHT === "warn";
        const preflight = isLenient && request.preflight === "error" ? "warn" : request.preflight;
        const reads = identity && preflight !== "off" ? await run.reads(identity) : undefined;
        const observed = reads ? await observe(reads, input) : {};
        const { address } = request;
        const shared = address ? run.sharedDomain(address) : [];
        const plan = makePreviewPlan({
            ...input,
            request: { ...request, preflight },
            observed,
            phase: "preview",
            now: new Date(),
            fixable,
            strict: run.configuration.strict,
            otherNotes: preflight === "off" ? [] : [...run.configuration.notes, ...shared],
        });
        const { certificateArn } = plan.before;
        const currentCertificate =
            run.report && reads && certificateArn
                ? foundIn(await answerOf(() => reads.describeCertificate(certificateArn)))
                : undefined;
        const later = hasNoReason ? request.unknown.map((it) => ARGUMENT_PATH[it]) : unknownPaths(finalArguments);
        return { plan, later, args: finalArguments, address, replaces: changed.replaces, currentCertificate };
    }
}

/** Adds the arguments that are secret only in the state: `ignoreChanges` may keep a secret that the program no longer has. */
async function withInheritedSecrets(facts: ProgramFacts, outputs: Outputs): Promise<ProgramFacts> {
    // An argument that the program marks in part may have such a secret beside that part.
    const mayBeKept = facts.ignoreChanges.length > 0;
    const names = PREVIEWED.filter((name) => mayBeKept || !facts.secret.some((path) => path.startsWith(name)));
    const areSecret = await Promise.all(names.map((name) => pulumi.isSecret(outputs[name] as pulumi.Output<unknown>)));
    return { ...facts, secret: [...facts.secret, ...names.filter((_, index) => areSecret[index])] };
}

/** Hides the values at secret paths, and secret config values, in text. */
function redactor(facts: ProgramFacts, ...sources: Props[]): (text: string) => string {
    const config = secretConfigValues(facts.secret, pulumi.runtime.getConfig);
    const secrets = secretTexts({ [PROGRAM]: facts }, ...sources, config);
    return (text) => hide(text, secrets);
}
