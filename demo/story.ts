import type { Emulator } from "../test/emulator";
import {
    type Cast,
    config,
    DOMAIN,
    describe,
    has,
    promisedOutputs,
    pulumi,
    REGION,
    show,
    showComment,
    statusesSeen,
    writes,
} from "./cast";
import type { Narrator } from "./narrator";
import type { Stack } from "./workspace";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The whole story, chapter by chapter; a check that fails throws. */
export async function story(aws: Emulator, stack: Stack, tell: Narrator): Promise<void> {
    const cast = setTheScene(aws, stack, tell);
    await theLiveDomain(cast);
    await theBlockedPullRequest(cast);
    const promised = await theFixedPullRequest(cast);
    await theMerge(cast, promised);
    await theEmergencyChange(cast);
    await theCorrection(cast);
    await theDestroy(cast);
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
    tell.chapter("A live domain");
    tell.say(
        `People sign in on ${DOMAIN}. The program describes it as it is, so the first \`pulumi up\` changes nothing:`,
    );
    await config(cast, "userPoolId", userPoolId);
    await config(cast, "domain", DOMAIN);
    await config(cast, "certificateArn", oldCertificate);
    const { code } = await pulumi(cast, "up", "--yes", "--skip-preview");
    const domain = await show(cast);
    tell.check(code === 0, "the stack now manages the domain");
    tell.check(writes(cast) === 0, "nothing was written: AWS already had these settings");
    tell.check(domain.ManagedLoginVersion === 1, "it shows the classic hosted UI");
}

async function theBlockedPullRequest(cast: Cast): Promise<void> {
    const { tell, oldCertificate, unfitCertificate } = cast;
    tell.chapter("A pull request that would break sign-in");
    tell.say("It moves to managed login (version 2), and to a new certificate. The wrong one:");
    await config(cast, "managedLoginVersion", "2");
    await config(cast, "certificateArn", unfitCertificate);
    const { code, output } = await pulumi(cast, "preview");
    tell.check(code !== 0, "the preview failed");
    tell.check(output.includes("[certificate-name-mismatch]"), "because the certificate is for other names");
    tell.check(output.includes("[certificate-expires-soon]"), "and because it expires in 5 days");
    tell.check(writes(cast) === 0, "nothing was written");
    tell.check(has(await describe(cast), 1, oldCertificate), "people sign in as before");
    tell.say("\nReviewers read this comment on the pull request:");
    const comment = await showComment(cast, "failure");
    tell.check(comment.startsWith("### ❌ Blocked:"), "its first line says: blocked");
}

/** The outputs that the preview promises. */
async function theFixedPullRequest(cast: Cast): Promise<Record<string, unknown>> {
    const { tell, newCertificate } = cast;
    tell.chapter("The pull request, fixed");
    await config(cast, "certificateArn", newCertificate);
    const { code, output } = await pulumi(cast, "preview");
    tell.check(code === 0, "the preview succeeded");
    tell.check(output.includes("managed login 1 -> 2"), "it shows that the version changes from 1 to 2");
    tell.check(
        output.includes("kept: TLS policy TLS_V1_3_2025"),
        "and that the TLS policy, which the program does not name, is kept",
    );
    tell.check(!/\[unknown\]|output</.test(output), "every value in it is known");
    tell.check(!/^ [~+-].* alias /m.test(output), "the alias record, made from the domain's outputs, does not change");
    tell.check(writes(cast) === 0, "nothing was written");
    const comment = await showComment(cast, "success");
    tell.check(comment.startsWith("### ✅ Ready to deploy:"), "the comment now says: ready to deploy");
    return promisedOutputs(cast);
}

async function theMerge(cast: Cast, promised: Record<string, unknown>): Promise<void> {
    const { aws, tell, newCertificate } = cast;
    tell.chapter("Merged");
    tell.say("`pulumi up` sends both changes in one request, and waits while the domain is UPDATING.");
    aws.calls = [];
    const { code } = await pulumi(cast, "up", "--yes", "--skip-preview");
    tell.check(code === 0, "the update succeeded");
    tell.check(statusesSeen(aws).join(" ") === "ACTIVE UPDATING ACTIVE", "it waited until the domain was ACTIVE again");
    tell.check(writes(cast) === 1, "it wrote once");
    const domain = await show(cast);
    tell.check(has(domain, 2, newCertificate), "the domain has managed login and the new certificate");
    tell.check(domain.CustomDomainConfig?.SecurityPolicy === "TLS_V1_3_2025", "the TLS policy has not changed");
    tell.check(
        promised.cloudFrontDomain === domain.CloudFrontDistribution,
        "the CloudFront domain is the one in the preview",
    );
    const { stdout } = await pulumi(cast, "stack", "output", "certificateExpiry");
    tell.check(stdout.trim() === promised.certificateExpiry, "so is the certificate's expiry");
}

async function theEmergencyChange(cast: Cast): Promise<void> {
    const { aws, tell, newCertificate } = cast;
    tell.chapter("An emergency change in the console, and an unrelated deploy");
    tell.say("At night, someone switches back to the classic hosted UI in the console. The next deploy is about DNS:");
    aws.patchDomain(DOMAIN, { managedLoginVersion: 1 });
    aws.calls = [];
    await config(cast, "ttlSeconds", "60");
    const preview = await pulumi(cast, "preview");
    tell.check(preview.code === 0, "the preview succeeded");
    tell.check(
        preview.output.includes("[setting-drifted]"),
        "it warns that managed login was changed outside Pulumi, and will be left",
    );
    const comment = await showComment(cast, "success");
    tell.check(comment.startsWith("### ⚠️ Ready to deploy, with warnings"), "the comment says: ready, with warnings");
    tell.check(/changed outside Pulumi/.test(comment), "and that the change made in the console stays");
    const { code } = await pulumi(cast, "up", "--yes", "--skip-preview");
    tell.check(code === 0, "the update succeeded");
    tell.check(writes(cast) === 0, "nothing was written to the domain");
    tell.check(has(await describe(cast), 1, newCertificate), "the emergency change is still there");
}

async function theCorrection(cast: Cast): Promise<void> {
    const { tell, newCertificate } = cast;
    tell.chapter("Back to the program's value");
    tell.say("When the incident is over, one command corrects it:");
    const { code } = await pulumi(cast, "up", "--yes", "--skip-preview", "--refresh");
    tell.check(code === 0, "the update succeeded");
    tell.check(writes(cast) === 1, "it wrote once");
    tell.check(has(await describe(cast), 2, newCertificate), "the domain has managed login again");
}

async function theDestroy(cast: Cast): Promise<void> {
    const { aws, tell, oldCertificate } = cast;
    tell.chapter("Destroy");
    tell.say('The program says onDelete: "restore". The stack goes, the domain stays, with the settings from before:');
    aws.calls = [];
    const { code } = await pulumi(cast, "destroy", "--yes", "--skip-preview");
    tell.check(code === 0, "the destroy succeeded");
    const domain = await show(cast);
    tell.check(domain.Status === "ACTIVE", "the domain is ACTIVE");
    tell.check(
        has(domain, 1, oldCertificate),
        "it has the version and the certificate from before the first `pulumi up`",
    );
}
