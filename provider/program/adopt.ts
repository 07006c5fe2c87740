import { observe, type Reads } from "../aws/questions";
import { CHANGED } from "../inputs/changed";
import { requestOf } from "../inputs/request";
import { addressArguments, type DomainAddress, isCustomName, parseId } from "../model/address";
import { RefusedError } from "../model/errors";
import { foundIn, type Observed } from "../model/observed";
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
    // As if it went to version 2: then the app clients' branding is asked for.
    const inputs = { ...addressArguments(address), managedLoginVersion: 2 };
    const changed = { managedLoginVersion: {} };
    const request = requestOf({ ...inputs, [CHANGED]: changed }, {}, true);
    const input = { request, changed, action: "adopt" as const };
    const observed = await observe(reads, input);
    const { domain, findings } = makePlan({ ...input, observed, phase: "update", now });
    if (!domain) {
        throw new RefusedError(findings.map(({ message, code }) => `${message} [${code}]`).join("\n"), findings);
    }
    const args = { ...addressArguments(address), ...argumentsOf(domain.settings) };
    const comments = [
        `${address.domain} as AWS has it on ${day(now)}: with these values, \`pulumi up\` changes nothing in AWS.`,
        ...(domain.status === "ACTIVE" ? [] : [`It has status ${domain.status}: these values may still change.`]),
        ...notes(observed, address),
    ];
    return [
        'import { UserPoolDomainSettings } from "pulumi-cognito-domain-settings";',
        "",
        ...comments.map((text) => `// ${oneLine(text)}`),
        `const auth = new UserPoolDomainSettings("auth", ${literal(args)});`,
        "",
        isCustomName(address.domain)
            ? "export const cloudFrontDomain = auth.cloudFrontDomain; // for the domain's alias record"
            : "export const signInUrl = auth.baseUrl;",
        "",
    ].join("\n");
}

function notes({ certificate, branding, userPool }: Observed, { userPoolId }: DomainAddress): string[] {
    const expiry = foundIn(certificate?.answer)?.notAfter;
    const unstyled = foundIn(branding)?.unstyled ?? [];
    const clients = unstyled.map(({ name }) => name).join(", ");
    return [
        ...(expiry ? [`The certificate expires on ${day(expiry)}.`] : []),
        ...(clients
            ? [`Before managedLoginVersion 2, create a managed login branding style for the app clients: ${clients}.`]
            : []),
        ...(foundIn(userPool)?.tier === "LITE"
            ? [`managedLoginVersion 2 needs the feature plan ESSENTIALS or PLUS; ${userPoolId} has LITE.`]
            : []),
    ];
}

/** A value as TypeScript. The names in it need no quotes. */
function literal(value: object): string {
    return JSON.stringify(value, null, 4).replace(/^( *)"(\w+)":/gm, "$1$2:");
}
