import type { Emulator } from "../test/emulator";
import {
    type Cast,
    config,
    DOMAIN,
    describe,
    has,
    outputsOf,
    pulumi,
    REGION,
    report,
    show,
    showComment,
    statusesSeen,
    writes,
} from "./cast";
import type { Narrator } from "./narrator";
import type { Stack } from "./workspace";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The whole story, one chapter after the other; a check that does not hold throws. */
export async function story(aws: Emulator, stack: Stack, tell: Narrator): Promise<void> {
    const cast = setTheScene(aws, stack, tell);
    await theLiveDomain(cast);
    await theRefusedPullRequest(cast);
    const promised = await theMendedPullRequest(cast);
    await theMerge(cast, promised);
    await theChangeByHand(cast);
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
    tell.say("\nWhat the reviewers read, as a comment on the pull request:");
    const comment = await showComment(cast, "failure");
    tell.check(comment.startsWith("### ❌ refused:"), "its first line says: refused");
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
    const comment = await showComment(cast, "success");
    tell.check(comment.startsWith("### ✅ may go out:"), "the same comment now says: may go out");
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

async function theChangeByHand(cast: Cast): Promise<void> {
    const { aws, tell, newCertificate } = cast;
    tell.chapter("A change by hand, and an unrelated deploy");
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
    tell.check(has(await describe(cast), 1, newCertificate), "the change by hand is still in force");
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
