import { observe, type Reads } from "../aws/questions";
import { requestOf } from "../inputs/request";
import { addressArguments, isCustomName, parseId } from "../model/address";
import { RefusedError } from "../model/errors";
import { formatFinding } from "../model/findings";
import { day, oneLine } from "../model/plainText";
import { argumentsOf } from "../model/settings";
import { makePlan } from "../plan/plan";

/**
 * The program that adopts a domain as it is in AWS, as `pulumi import` prints it for other resources. Writes nothing.
 * @param id `<userPoolId>/<domain>`, with `<region>/` before it for a replica.
 * @throws InvalidIdError; RefusedError if the domain is not there or could not be read.
 */
export async function adoptionProgram(id: string, reads: Reads, now: Date): Promise<string> {
    const address = parseId(id);
    const inputs = addressArguments(address);
    const input = { request: requestOf({ ...inputs }, {}, true), changed: {}, action: "adopt" as const };
    const observed = await observe(reads, input);
    const { domain, findings } = makePlan({ ...input, observed, phase: "update", now });
    if (!domain) {
        throw new RefusedError(findings.map(formatFinding).join("\n"), findings);
    }
    const { settings, status } = domain;
    return [
        'import { UserPoolDomainSettings } from "pulumi-cognito-domain-settings";',
        "",
        `// ${address.domain} as AWS has it on ${day(now)}: with these values, \`pulumi up\` changes nothing in AWS.`,
        ...(status === "ACTIVE" ? [] : [`// It has status ${oneLine(status)}: these values may still change.`]),
        `const auth = new UserPoolDomainSettings("auth", ${literal({ ...inputs, ...argumentsOf(settings) })});`,
        "",
        isCustomName(address.domain)
            ? "export const cloudFrontDomain = auth.cloudFrontDomain; // for the domain's alias record"
            : "export const signInUrl = auth.baseUrl;",
        "",
    ].join("\n");
}

/** A value as TypeScript. The names in it need no quotes. */
function literal(value: object): string {
    return JSON.stringify(value, null, 4).replace(/^( *)"(\w+)":/gm, "$1$2:");
}
