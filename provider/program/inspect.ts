import { observe } from "../aws/observe";
import { judgePossibleDrift } from "../checks/driftFindings";
import { judge } from "../checks/judge";
import { weigh } from "../checks/severity";
import type { Arguments } from "../inputs/arguments";
import { type AwsIdentity, mergeIdentity } from "../inputs/awsIdentity";
import { ignoredSettings } from "../inputs/ignoreChanges";
import { membersOf } from "../inputs/propertyPath";
import { validate } from "../inputs/schema";
import { containsUnknown, isUnknown, knownPart } from "../inputs/unknown";
import type { Problem } from "../inputs/validators";
import { addressOf } from "../model/address";
import type { Desired } from "../model/desired";
import { driftOf } from "../model/drift";
import type { Finding } from "../model/findings";
import { type Observations, ownDomain } from "../model/observations";
import { type SettingsArguments, settingsOf } from "../model/settings";
import { redactFor, type Subject } from "./findingsText";
import type { PreviewRun } from "./previewRun";
import { readConfiguration } from "./stackConfiguration";

type Args = Record<string, unknown>;

/** What was found about one resource, before the engine has it. */
export interface Inspection {
    /** What is wrong with the arguments by themselves. */
    problems: Problem[];
    /** The findings where the engine creates or updates the resource. */
    findings: Finding[];
    /** The findings where it leaves the resource as it is. */
    ifUnchanged: Finding[];
    /** What of the latter is drift, as long as it is not known whether the engine leaves the resource as it is. */
    perhapsDrifted?: Finding[];
    strict: boolean;
    /** As whom AWS was asked; undefined where it was not. */
    identity?: AwsIdentity;
    /** What it answered. */
    observed?: Observations;
    /** The outputs that the domain would have as it is now; only where a report is written. */
    before?: Record<string, unknown>;
}

/** With `preflight: "off"`: nothing is asked, and nothing said. */
const NOT_INSPECTED: Inspection = { problems: [], findings: [], ifUnchanged: [], strict: false };

/** Asks AWS about the known part of the arguments, and judges what it answers. */
export async function inspect(subject: Subject, ignoreChanges: string[], run: PreviewRun): Promise<Inspection> {
    const { name, args, isCertificateOfProgram } = subject;
    if (args.preflight === "off") {
        return NOT_INSPECTED;
    }
    const problems = validate(args);
    const configuration = readConfiguration();
    const { strict, findings } = configuration;
    // An argument that `check` refuses anyway is not asked about; the others are, so that one preview says everything.
    const isSound = (argument: string) => !problems.some(({ property }) => membersOf(property)[0] === argument);
    const sound = Object.fromEntries(Object.entries(args).filter(([argument]) => isSound(argument)));
    // As somebody else, AWS would say something else.
    if (!configuration.identity || containsUnknown(sound.aws)) {
        return { problems, findings, ifUnchanged: findings, strict };
    }
    const identity = mergeIdentity(configuration.identity, sound.aws as AwsIdentity | undefined);
    const { allowedAccountIds, forbiddenAccountIds } = identity;
    const desired = { ...desiredOf(sound), isCertificateOfProgram, allowedAccountIds, forbiddenAccountIds };
    const { address, settings } = desired;
    const use = { name, desired: settings, redact: (text: string) => redactFor(subject, text) };
    const contradictions = address ? run.sharedDomains.register(use, address) : () => [];
    const observed = await observe(await run.reads(identity), desired);
    const now = new Date();
    const found = ownDomain(observed, address?.userPoolId);
    const ignored = ignoredSettings(ignoreChanges, settings, found?.settings ?? {});
    const drift = found ? driftOf(settings, settings, found).filter((it) => !ignored.includes(it)) : [];
    const perhapsDrifted = weigh(judgePossibleDrift(drift, settings, found?.settings ?? {}), "preview");
    return {
        problems,
        findings: [...findings, ...judge(observed, desired, "preview", now), ...contradictions()],
        ifUnchanged: [
            ...findings,
            ...judge(observed, { ...desired, engineWillAct: false }, "preview", now),
            ...contradictions(),
            // As long as nobody knows whether an earlier update did not end well, and this one goes on with it.
            ...perhapsDrifted,
        ],
        // What the update corrects does not stay so.
        perhapsDrifted: sound.onDrift === "correct" ? [] : perhapsDrifted,
        strict,
        identity,
        observed,
    };
}

function desiredOf(args: Args): Desired {
    const known = (knownPart(args) ?? {}) as Partial<Arguments>;
    const { userPoolId, domain, region } = known;
    const isRegionKnown = !isUnknown(args.region);
    return {
        domain,
        address: userPoolId && domain && isRegionKnown ? addressOf({ userPoolId, domain, region }) : undefined,
        clientId: known.verify?.clientId,
        settings: settingsOf(known as SettingsArguments),
        minimumCertificateValidityDays: known.minimumCertificateValidityDays,
    };
}
