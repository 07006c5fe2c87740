import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { ACMClient } from "@aws-sdk/client-acm";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { Route53Client } from "@aws-sdk/client-route-53";
import { differences, PAGE, page, readAnswers, readEmulators } from "../../../acceptance/answers";
import { makeCustomDomain } from "../../../acceptance/customDomain";
import { makeDomain } from "../../../acceptance/made";
import { askAll, NOT_ASKED, PROBES } from "../../../acceptance/probes";
import { Progress } from "../../../acceptance/progress";
import { startEmulator } from "../../emulator";

const RECORDED = { answer: "kept", date: "2026-11-24", region: "us-west-2", sdk: "3.1.0" };

/** What the emulator answers by default, asked as AWS is. */
async function emulatorAnswers(): Promise<Record<string, string>> {
    const aws = await startEmulator();
    const cognito = new CognitoIdentityProviderClient(aws.clientConfig("us-west-2"));
    const acm = new ACMClient(aws.clientConfig("us-east-1"));
    const route53 = new Route53Client(aws.clientConfig("us-east-1"));
    try {
        const session = {
            acm,
            route53,
            account: "123456789012",
            region: "us-west-2",
            cognito,
            endpoint: aws.endpoint,
            pauseMs: 1,
            sdkVersion: "",
        };
        const made = await makeDomain(session, "unit-test", "steps", "ESSENTIALS");
        const progress = new Progress();
        progress.say = () => {};
        const custom = { domain: "auth.example.com", hostedZoneId: aws.hostedZone("example.com") };
        const customDomain = await makeCustomDomain(session, progress, "unit-test", custom);
        const answers = await askAll({ session, progress, runId: "unit-test", made, custom, customDomain });
        return Object.fromEntries(answers.map(({ id, answer }) => [id, answer]));
    } finally {
        cognito.destroy();
        acm.destroy();
        route53.destroy();
        await aws.close();
    }
}

describe("what AWS does", () => {
    it("is what the emulator does by default, wherever AWS has been asked", async () => {
        assert.deepEqual(differences(readAnswers(), await emulatorAnswers()), []);
    });

    it("is compared with what the emulator answers today", async () => {
        assert.deepEqual(readEmulators()["test/emulator"], await emulatorAnswers());
    });

    it("names each difference, with both answers", () => {
        const recorded = { "omitted-version": RECORDED, "stale-read": { ...RECORDED, answer: "none seen" } };
        assert.deepEqual(differences(recorded, { "omitted-version": "reset to absent", "stale-read": "none seen" }), [
            'omitted-version: AWS answered "kept" (us-west-2, 2026-11-24), the emulator "reset to absent"',
        ]);
    });

    it("is on the page as it was recorded", () => {
        assert.equal(readFileSync(PAGE, "utf8"), page(readAnswers(), readEmulators()));
    });

    it("is said to be unknown as long as nobody has asked AWS, and given with date and Region afterwards", () => {
        assert.match(page({}, {}), /No answer from AWS has been recorded yet/);
        const asked = page({ "omitted-version": RECORDED }, {});
        assert.doesNotMatch(asked, /No answer from AWS/);
        assert.match(asked, /\| kept \(us-west-2, 2026-11-24, SDK 3\.1\.0\) \|/);
    });

    it("is shown with whether the emulators differ", () => {
        const same = { "stale-read": "none seen", "prefix-config": "{}" };
        const text = page({}, { a: same, b: { ...same, "prefix-config": "absent" } });
        assert.match(text, /^\| `prefix-config` .* \| differ \|$/m);
        assert.match(text, /^\| `stale-read` .* \| agree \|$/m);
    });

    it("is asked for every question in test/emulator/README.md, or the page says why not", () => {
        const readme = readFileSync(path.join(__dirname, "../../emulator/README.md"), "utf8");
        const [, section = ""] = readme.split("## What AWS does not document, and what we do");
        const questions = [...(section.split("\n## ")[0] ?? "").matchAll(/^\| (.+?) +\|/gm)]
            .map(([, question = ""]) => question)
            .filter((question) => question !== "Question" && !/^-+$/.test(question));
        assert.ok(questions.length > 10);
        const asked = [...PROBES.map(({ question }) => question), ...Object.keys(NOT_ASKED)];
        assert.deepEqual(
            questions.filter((question) => !asked.includes(question)),
            [],
        );
    });
});
