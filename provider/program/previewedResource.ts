import * as pulumi from "@pulumi/pulumi";
import { observe } from "../aws/questions";
import { type AwsIdentity, mergeIdentity } from "../inputs/awsIdentity";
import { changedBetween } from "../inputs/changed";
import { PROGRAM, type ProgramFacts } from "../inputs/programFacts";
import { type Request, requestOf } from "../inputs/request";
import { validate } from "../inputs/schema";
import { hide, secretConfigValues, secretTexts } from "../inputs/secrets";
import { containsUnknown } from "../inputs/unknown";
import type { FixSource } from "../model/findings";
import type { PreviewRun } from "./previewRun";
import { entryOf } from "./report/reportEntry";
import type { Configuration } from "./stackConfiguration";

type Props = Record<string, unknown>;

/** A resource of this program, and what its preview is about. */
export interface PreviewedResource {
    name: string;
    /** As the program gives them, with Pulumi's text for what is unknown. */
    args: Props;
    facts: ProgramFacts;
    fixable: ReadonlySet<FixSource>;
    configuration: Configuration;
    number: number;
}

/** Reads AWS for the arguments as the program gives them, while Pulumi registers the resource; the answers are kept. */
export function warmUp(resource: PreviewedResource, run: PreviewRun): void {
    const { name, args, facts, configuration, number } = resource;
    const inputs = { ...args, [PROGRAM]: facts };
    if (validate(inputs).length > 0) {
        const secrets = secretsOf(resource);
        const redact = (text: string) => hide(text, secrets);
        run.report?.put(number, entryOf({ name, args, secret: facts.secret, redact }));
        return;
    }
    const identity = identityFor(inputs, configuration);
    const request = requestOf(inputs, identity ?? {}, false);
    if (request.address) {
        run.uses({ name, desired: request.desired, secret: request.secret }, request.address);
    }
    if (identity && effectivePreflight(request) !== "off") {
        const changed = changedBetween(inputs, {});
        const warm = run.reads(identity).then((reads) => observe(reads, { request, changed, action: "adopt" }));
        warm.catch(() => {});
    }
}

/** Undefined while the credentials are not known: another identity could see something different. */
export function identityFor(inputs: Props, { identity }: Configuration): AwsIdentity | undefined {
    return identity && !containsUnknown(inputs.aws)
        ? mergeIdentity(identity, inputs.aws as AwsIdentity | undefined)
        : undefined;
}

/** The environment may turn errors into warnings for one preview: another stack deploys first. */
export function effectivePreflight({ preflight }: Request): Request["preflight"] {
    const isWarn = process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_PREFLIGHT === "warn";
    return isWarn && preflight === "error" ? "warn" : preflight;
}

/** Texts that no message may show: secret arguments, as the program gives them and in the final inputs, and secret config values. */
export function secretsOf({ args, facts }: PreviewedResource, inputs: Props = {}): string[] {
    const config = secretConfigValues(facts.secret, pulumi.runtime.getConfig);
    return secretTexts({ ...args, [PROGRAM]: facts }, inputs, config);
}
