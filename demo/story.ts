import {
    CognitoIdentityProviderClient,
    DescribeUserPoolDomainCommand,
    type DescribeUserPoolDomainResponse,
    type DomainDescriptionType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Emulator } from "../test/emulator";
import type { Narrator } from "./narrator";
import type { Ran } from "./shell";
import type { Stack } from "./workspace";

const REGION = "us-west-2";
const DOMAIN = "auth.example.com";
const DAY = 24 * 60 * 60 * 1000;

/** What every chapter has at hand. */
interface Cast {
    aws: Emulator;
    stack: Stack;
    tell: Narrator;
    userPoolId: string;
    oldCertificate: string;
    newCertificate: string;
}

/** The whole story, one chapter after the other; a check that does not hold throws. */
export async function story(aws: Emulator, stack: Stack, tell: Narrator): Promise<void> {
    const cast = setTheScene(aws, stack, tell);
    await theLiveDomain(cast);
    await thePreview(cast);
    await theUpdate(cast);
    await theAliasTarget(cast);
    await theDrift(cast);
    await theExpiredCertificate(cast);
    await theDestroy(cast);
}

function setTheScene(aws: Emulator, stack: Stack, tell: Narrator): Cast {
    const userPoolId = aws.userPool({ region: REGION });
    const oldCertificate = aws.certificate({ domainName: DOMAIN, notAfter: new Date(Date.now() + 20 * DAY) });
    const newCertificate = aws.certificate({ domainName: DOMAIN });
    aws.client({ userPoolId, name: "web", withBranding: true });
    aws.domain({
        userPoolId,
        domain: DOMAIN,
        version: 1,
        certificateArn: oldCertificate,
        securityPolicy: "TLS_V1_3_2025",
    });
    return { aws, stack, tell, userPoolId, oldCertificate, newCertificate };
}

async function theLiveDomain(cast: Cast): Promise<void> {
    const { tell, userPoolId, oldCertificate, newCertificate } = cast;
    tell.chapter("A domain that is live");
    tell.say(`People sign in on ${DOMAIN}. It shows the classic hosted UI, and its certificate ends in 20 days:\n`);
    const domain = await show(cast);
    tell.say("");
    tell.check(domain.Status === "ACTIVE" && domain.ManagedLoginVersion === 1, "it is ACTIVE, with version 1");
    tell.check(domain.CustomDomainConfig?.CertificateArn === oldCertificate, "it has the old certificate");
    tell.say("\nThe stack's config says what it shall be: managed login (version 2), and a new certificate.");
    await config(cast, "userPoolId", userPoolId);
    await config(cast, "domain", DOMAIN);
    await config(cast, "managedLoginVersion", "2");
    await config(cast, "certificateArn", newCertificate);
}

async function thePreview(cast: Cast): Promise<void> {
    const { aws, tell } = cast;
    tell.chapter("Preview");
    tell.say(
        "The preview looks at AWS, judges the new certificate, and says what the update would do. It writes nothing.",
    );
    const { code, output } = await pulumi(cast, "preview");
    tell.check(code === 0, "the preview succeeded");
    tell.check(output.includes("managed login 1 -> 2"), "it says that the version goes from 1 to 2");
    tell.check(aws.callsTo("UpdateUserPoolDomain").length === 0, "nothing was written");
}

async function theUpdate(cast: Cast): Promise<void> {
    const { aws, tell, newCertificate } = cast;
    tell.chapter("Update");
    tell.say(
        "One call changes both. The domain is UPDATING for a while, and `pulumi up` waits until it is ACTIVE again.",
    );
    aws.calls = [];
    const { code } = await pulumi(cast, "up", "--yes", "--skip-preview");
    tell.check(code === 0, "the update succeeded");
    tell.check(
        statusesSeen(aws).join(" ") === "ACTIVE UPDATING ACTIVE",
        "it looked first, then waited while the domain was UPDATING, until it was ACTIVE",
    );
    tell.check(aws.callsTo("UpdateUserPoolDomain").length === 1, "it made one call that writes");
    tell.say("\nThe domain now:\n");
    const domain = await show(cast);
    tell.say("");
    tell.check(isAsWanted(domain, newCertificate), "managed login and the new certificate are in force");
    tell.check(
        domain.CustomDomainConfig?.SecurityPolicy === "TLS_V1_3_2025",
        "the TLS policy, of which the program says nothing, is what it was",
    );
}

async function theAliasTarget(cast: Cast): Promise<void> {
    const { tell } = cast;
    tell.chapter("The CloudFront domain, for DNS");
    tell.say(`What the alias record of ${DOMAIN} has to point to is an output, so other stacks can take it.`);
    const { code, stdout } = await pulumi(cast, "stack", "output", "cloudFrontDomain");
    const domain = await describe(cast);
    tell.check(code === 0 && stdout.trim() === domain.CloudFrontDistribution, "it is the distribution that AWS names");
    const zone = await pulumi(cast, "stack", "output", "cloudFrontHostedZoneId");
    tell.check(zone.stdout.trim() === "Z2FDTNDATAQYW2", "and this is CloudFront's hosted zone id");
}

async function theDrift(cast: Cast): Promise<void> {
    const { aws, tell, newCertificate } = cast;
    tell.chapter("Somebody changes it by hand");
    tell.say(
        "In the console, somebody switches back to the classic hosted UI. `pulumi refresh` shows what has changed.",
    );
    aws.patchDomain(DOMAIN, { managedLoginVersion: 1 });
    const writes = aws.callsTo("UpdateUserPoolDomain").length;
    const refreshed = await pulumi(cast, "refresh", "--yes", "--diff");
    tell.check(refreshed.code === 0, "the refresh succeeded");
    tell.check(/managedLoginVersion\s*: 2 => 1/.test(refreshed.output), "it shows that the version went from 2 to 1");
    tell.check(aws.callsTo("UpdateUserPoolDomain").length === writes, "nothing was written");
    tell.say("\nThe next `pulumi up` puts it back.");
    const { code } = await pulumi(cast, "up", "--yes");
    tell.check(code === 0, "the update succeeded");
    tell.check(isAsWanted(await describe(cast), newCertificate), "managed login is in force again");
}

async function theExpiredCertificate(cast: Cast): Promise<void> {
    const { aws, tell, newCertificate } = cast;
    tell.chapter("A certificate that has expired");
    tell.say("Somebody puts the ARN of an expired certificate into the config. The preview tells.");
    const writes = aws.callsTo("UpdateUserPoolDomain").length;
    const notAfter = "2026-11-01T00:00:00Z";
    const expired = aws.certificate({ domainName: DOMAIN, status: "EXPIRED", notBefore: "2025-11-01", notAfter });
    await config(cast, "certificateArn", expired);
    const preview = await pulumi(cast, "preview");
    tell.check(preview.code !== 0, "the preview failed");
    tell.check(preview.output.includes("[certificate-expired]"), "it names the cause: certificate-expired");
    tell.say("\nWithout a preview it is the update itself that refuses, right before it would write.");
    const { code, output } = await pulumi(cast, "up", "--yes", "--skip-preview");
    tell.check(code !== 0, "the update failed");
    tell.check(output.includes("[certificate-expired]"), "it names the cause: certificate-expired");
    tell.check(aws.callsTo("UpdateUserPoolDomain").length === writes, "nothing was written");
    tell.check(isAsWanted(await describe(cast), newCertificate), "people sign in as before");
}

async function theDestroy(cast: Cast): Promise<void> {
    const { aws, tell, newCertificate } = cast;
    tell.chapter("Destroy");
    tell.say(
        "The stack goes. The domain stays, and so does sign-in: by default, destroying the settings changes none.",
    );
    const writes = aws.callsTo("UpdateUserPoolDomain").length;
    const { code } = await pulumi(cast, "destroy", "--yes");
    tell.check(code === 0, "the destroy succeeded");
    tell.check(aws.callsTo("UpdateUserPoolDomain").length === writes, "nothing was written");
    tell.say("\nThe domain now:\n");
    const domain = await show(cast);
    tell.say("");
    tell.check(isAsWanted(domain, newCertificate), "it is ACTIVE, with managed login and the new certificate");
}

/** Shows a command as typed, runs it, and shows its output as it comes. */
async function pulumi({ stack, tell }: Cast, ...args: string[]): Promise<Ran> {
    tell.command(["pulumi", ...args].join(" "));
    const ran = await stack.pulumi(args, {
        color: tell.color ? "always" : "never",
        onOutput: (text) => tell.print(text),
    });
    if (!ran.output.endsWith("\n\n")) {
        tell.say("");
    }
    return { ...ran, output: withoutColor(ran.output), stdout: withoutColor(ran.stdout) };
}

async function config({ stack, tell }: Cast, key: string, value: string): Promise<void> {
    tell.command(`pulumi config set ${key} ${value}`);
    const { code, output } = await stack.pulumi(["config", "set", key, value], {
        onOutput: (text) => tell.print(text),
    });
    if (code !== 0) {
        tell.check(false, `pulumi config set succeeded: ${output}`);
    }
}

/** What AWS says of the domain, by the API that everybody uses. */
async function describe({ aws }: Cast): Promise<DomainDescriptionType> {
    const cognito = new CognitoIdentityProviderClient(aws.clientConfig(REGION));
    try {
        const answer = await cognito.send(new DescribeUserPoolDomainCommand({ Domain: DOMAIN }));
        return answer.DomainDescription ?? {};
    } finally {
        cognito.destroy();
    }
}

async function show(cast: Cast): Promise<DomainDescriptionType> {
    const domain = await describe(cast);
    const { CustomDomainConfig } = domain;
    cast.tell.table([
        ["Domain", domain.Domain],
        ["Status", domain.Status],
        ["ManagedLoginVersion", domain.ManagedLoginVersion === 2 ? "2 (managed login)" : "1 (classic hosted UI)"],
        ["CertificateArn", CustomDomainConfig?.CertificateArn],
        ["SecurityPolicy", CustomDomainConfig?.SecurityPolicy],
    ]);
    return domain;
}

/** What the answers to DescribeUserPoolDomain gave as status, one after the other, without repetitions. */
function statusesSeen(aws: Emulator): (string | undefined)[] {
    return aws
        .callsTo("DescribeUserPoolDomain")
        .map(({ output }) => (output as DescribeUserPoolDomainResponse | undefined)?.DomainDescription?.Status)
        .filter((status, index, all) => status !== all[index - 1]);
}

function isAsWanted({ Status, ManagedLoginVersion, CustomDomainConfig }: DomainDescriptionType, certificate: string) {
    return Status === "ACTIVE" && ManagedLoginVersion === 2 && CustomDomainConfig?.CertificateArn === certificate;
}

function withoutColor(text: string): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of.
    return text.replace(/\u001b\[[0-9;]*m/g, "");
}
