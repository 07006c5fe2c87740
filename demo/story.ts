import { readFileSync } from "node:fs";
import {
    CognitoIdentityProviderClient,
    DescribeUserPoolDomainCommand,
    type DescribeUserPoolDomainResponse,
    type DomainDescriptionType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Emulator } from "../test/emulator";
import { fold, withoutColor } from "./fold";
import type { Narrator } from "./narrator";
import type { Ran } from "./shell";
import type { Stack } from "./workspace";

const REGION = "us-west-2";
const DOMAIN = "auth.example.com";
const DAY_MS = 24 * 60 * 60 * 1000;

/** What every chapter has at hand. */
interface Cast {
    aws: Emulator;
    stack: Stack;
    tell: Narrator;
    userPoolId: string;
    oldCertificate: string;
    newCertificate: string;
    /** Fits another name, and ends in 5 days. */
    unfitCertificate: string;
}

/** The whole story, one chapter after the other; a check that does not hold throws. */
export async function story(aws: Emulator, stack: Stack, tell: Narrator): Promise<void> {
    const cast = setTheScene(aws, stack, tell);
    await theLiveDomain(cast);
    await theRefusedPullRequest(cast);
    const promised = await theMendedPullRequest(cast);
    await theMerge(cast, promised);
    await theRescue(cast);
    await theCorrection(cast);
    await theWayBack(cast);
}

function setTheScene(aws: Emulator, stack: Stack, tell: Narrator): Cast {
    const userPoolId = aws.userPool({ region: REGION });
    const oldCertificate = aws.certificate({ domainName: DOMAIN, notAfter: new Date(Date.now() + 60 * DAY_MS) });
    const newCertificate = aws.certificate({ domainName: DOMAIN });
    const unfitCertificate = aws.certificate({
        domainName: "*.internal.example.com",
        notAfter: new Date(Date.now() + 5.5 * DAY_MS),
    });
    aws.client({ userPoolId, name: "web", withBranding: true });
    aws.domain({
        userPoolId,
        domain: DOMAIN,
        version: 1,
        certificateArn: oldCertificate,
        securityPolicy: "TLS_V1_3_2025",
    });
    return { aws, stack, tell, userPoolId, oldCertificate, newCertificate, unfitCertificate };
}

async function theLiveDomain(cast: Cast): Promise<void> {
    const { tell, userPoolId, oldCertificate } = cast;
    tell.chapter("A domain that is live");
    tell.say(`People sign in on ${DOMAIN}. The program describes it as it is, and adopts it:`);
    await config(cast, "userPoolId", userPoolId);
    await config(cast, "domain", DOMAIN);
    await config(cast, "certificateArn", oldCertificate);
    const { code } = await pulumi(cast, "up", "--yes", "--skip-preview");
    const domain = await show(cast);
    tell.check(code === 0, "the domain is adopted");
    tell.check(writes(cast) === 0, "nothing was written: AWS was as the program says");
    tell.check(domain.ManagedLoginVersion === 1, "it shows the classic hosted UI");
}

async function theRefusedPullRequest(cast: Cast): Promise<void> {
    const { tell, oldCertificate, unfitCertificate } = cast;
    tell.chapter("A pull request that would break sign-in");
    tell.say("It moves to managed login (version 2), and to a new certificate. The wrong one:");
    await config(cast, "managedLoginVersion", "2");
    await config(cast, "certificateArn", unfitCertificate);
    const { code, output } = await pulumi(cast, "preview");
    tell.check(code !== 0, "the preview failed");
    tell.check(output.includes("[certificate-name-mismatch]"), "it says that the certificate is for other names");
    tell.check(output.includes("[certificate-expires-soon]"), "it says that the certificate ends in 5 days");
    tell.check(writes(cast) === 0, "nothing was written");
    tell.check(has(await describe(cast), 1, oldCertificate), "people sign in as before");
    tell.check(verdict(cast) === "refused", "the report for the pull request says: refused");
}

/** The outputs that the preview promises. */
async function theMendedPullRequest(cast: Cast): Promise<Record<string, unknown>> {
    const { tell, newCertificate } = cast;
    tell.chapter("The pull request, mended");
    await config(cast, "certificateArn", newCertificate);
    const { code, output } = await pulumi(cast, "preview");
    tell.check(code === 0, "the preview succeeded");
    tell.check(output.includes("managed login 1 -> 2"), "it says that the version goes from 1 to 2");
    tell.check(
        output.includes("TLS policy TLS_V1_3_2025 kept"),
        "and that the TLS policy, which it does not mention, stays",
    );
    tell.check(!/\[unknown\]|output</.test(output), "nothing in it is unknown");
    tell.check(!/^ [~+-].* alias /m.test(output), "the alias record, made from the domain's outputs, does not change");
    tell.check(writes(cast) === 0, "nothing was written");
    tell.check(verdict(cast) === "ok", "the report for the pull request says: ok");
    return outputsOf(report(cast));
}

async function theMerge(cast: Cast, promised: Record<string, unknown>): Promise<void> {
    const { aws, tell, newCertificate } = cast;
    tell.chapter("Merged");
    tell.say("`pulumi up` makes one call for both changes, and waits while the domain is UPDATING.");
    aws.calls = [];
    const { code } = await pulumi(cast, "up", "--yes", "--skip-preview");
    tell.check(code === 0, "the update succeeded");
    tell.check(statusesSeen(aws).join(" ") === "ACTIVE UPDATING ACTIVE", "it waited until the domain was ACTIVE again");
    tell.check(writes(cast) === 1, "it made one call that writes");
    const domain = await show(cast);
    tell.check(has(domain, 2, newCertificate), "managed login and the new certificate are in force");
    tell.check(domain.CustomDomainConfig?.SecurityPolicy === "TLS_V1_3_2025", "the TLS policy is what it was");
    tell.check(
        promised.cloudFrontDomain === domain.CloudFrontDistribution,
        "the preview had promised the CloudFront domain that AWS names",
    );
    const { stdout } = await pulumi(cast, "stack", "output", "certificateExpiry");
    tell.check(
        stdout.trim() === promised.certificateExpiry,
        "and the certificate's end that is now the stack's output",
    );
}

async function theRescue(cast: Cast): Promise<void> {
    const { aws, tell, newCertificate } = cast;
    tell.chapter("A rescue by hand, and an unrelated deploy");
    tell.say(
        "At night, somebody switches back to the classic hosted UI in the console. The next day's deploy is about DNS:",
    );
    aws.patchDomain(DOMAIN, { managedLoginVersion: 1 });
    aws.calls = [];
    await config(cast, "ttlSeconds", "60");
    const preview = await pulumi(cast, "preview");
    tell.check(preview.code === 0, "the preview succeeded");
    tell.check(
        /managed login/.test(preview.output) && /outside of Pulumi/.test(preview.output),
        "it says what was changed by hand, and that it stays",
    );
    const { code } = await pulumi(cast, "up", "--yes", "--skip-preview");
    tell.check(code === 0, "the update succeeded");
    tell.check(writes(cast) === 0, "nothing was written to the domain");
    tell.check(has(await describe(cast), 1, newCertificate), "the rescue is still in force");
}

async function theCorrection(cast: Cast): Promise<void> {
    const { tell, newCertificate } = cast;
    tell.chapter("Back to what the program says");
    tell.say("When the incident is over, somebody decides so:");
    const { code } = await pulumi(cast, "up", "--yes", "--skip-preview", "--refresh");
    tell.check(code === 0, "the update succeeded");
    tell.check(writes(cast) === 1, "it made one call that writes");
    tell.check(has(await describe(cast), 2, newCertificate), "managed login is in force again");
}

async function theWayBack(cast: Cast): Promise<void> {
    const { aws, tell, oldCertificate } = cast;
    tell.chapter("The way back");
    tell.say('The program says onDelete: "restore". The stack goes, the domain stays, and so does sign-in:');
    aws.calls = [];
    const { code } = await pulumi(cast, "destroy", "--yes", "--skip-preview");
    tell.check(code === 0, "the destroy succeeded");
    const domain = await show(cast);
    tell.check(domain.Status === "ACTIVE", "the domain is ACTIVE");
    tell.check(has(domain, 1, oldCertificate), "it has the version and the certificate that adoption found");
}

/** Shows a command as typed, runs it, and shows its output as it comes. */
async function pulumi({ stack, tell }: Cast, ...args: string[]): Promise<Ran> {
    tell.command(["pulumi", ...args].join(" "));
    const ran = await stack.pulumi(args, {
        color: tell.color ? "always" : "never",
        onOutput: (text) => tell.progress(withoutColor(text)),
    });
    tell.print(`${fold(ran.output).trimEnd()}\n\n`);
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

function has({ Status, ManagedLoginVersion, CustomDomainConfig }: DomainDescriptionType, version: 1 | 2, arn: string) {
    return Status === "ACTIVE" && (ManagedLoginVersion ?? 1) === version && CustomDomainConfig?.CertificateArn === arn;
}

function writes({ aws }: Cast): number {
    return aws.callsTo("UpdateUserPoolDomain").length;
}

/** What the last preview has written for the pull request. */
function report({ stack }: Cast): { resources: { verdict: string; outputs: Record<string, unknown> }[] } {
    return JSON.parse(readFileSync(stack.reportFile, "utf8"));
}

function verdict(cast: Cast): string | undefined {
    return report(cast).resources[0]?.verdict;
}

function outputsOf({ resources: [resource] }: ReturnType<typeof report>): Record<string, unknown> {
    return resource?.outputs ?? {};
}
