import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { read } from "../support/pages";
import { gitLabScript, workflowScript } from "../support/workflow";
import { killAll } from "./support/cli";
import { assertExamples } from "./support/commentExample";
import { REPOSITORY } from "./support/engine";
import { GitLab, type Note, TOKEN_USER } from "./support/gitLab";
import { closePipelineStage, openPipelineStage, type PipelineStage } from "./support/pipelineStage";
import { DOMAIN, REGION } from "./support/stage";

const GITHUB = "examples/pr-pipeline/pulumi.yml";
const GITLAB = "examples/pr-pipeline/gitlab-ci.yml";
const DAY_MS = 24 * 60 * 60 * 1000;
const READY = /^### ✅ Ready to deploy: `organization\/custom-domain\/prod`, /;
const WARNED = /^### ⚠️ Ready to deploy, with warnings: /;
const BLOCKED = /^### ❌ Blocked: /;

describe("the comment of examples/pr-pipeline/pulumi.yml", () => {
    let stage: PipelineStage;
    let prod: string;

    before(async () => {
        stage = await openPipelineStage();
        prod = await stage.checkout.stack("prod", stage.prod());
    });

    after(() => closePipelineStage(stage));

    /** The steps of the job `preview` that are scripts, as GitHub runs them after a push; the comment that they write. */
    async function push(stack: string, { signedIn = true, cancelled = false } = {}): Promise<string> {
        const { checkout } = stage;
        const step = (name: string, values: Record<string, string>) =>
            checkout.script(workflowScript(GITHUB, "preview", name), { "matrix.stack": stack, ...values });
        await checkout.beginJob();
        let outcome = "failure";
        if (signedIn) {
            const preview = await step("Preview", { "secrets.PULUMI_ACCESS_TOKEN": "unused" });
            outcome = cancelled ? "cancelled" : preview.code === 0 ? "success" : "failure";
        }
        // Where the preview is skipped, the job's own status is "failure".
        const expression = "steps.preview.outcome == 'skipped' && job.status || steps.preview.outcome";
        const { code, text } = await step("Write the comment", {
            [expression]: outcome,
            "github.event.pull_request.head.sha": "0123456789abcdef0123456789abcdef01234567",
        });
        assert.equal(code, 0, text);
        const comment = (await checkout.read("comment.md")) ?? "";
        assert.equal(await checkout.read("summary.md"), comment);
        return comment;
    }

    it("shows reviewers what `up` would do, as in the examples", async () => {
        const { aws, checkout, certificateArn, unfitCertificateArn, newCertificateArn } = stage;
        const emergencyArn = aws.certificate({ domainName: DOMAIN });
        const other = { userPoolId: aws.userPool({ region: REGION }), domain: "login.example.com" };
        const otherArn = aws.certificate({ domainName: other.domain });
        aws.domain({ ...other, version: 1, certificateArn: otherArn, securityPolicy: "TLS_V1_2_2021" });
        const program = (await checkout.read("index.ts")) ?? "";
        const comments = new Map<string, string>();
        const show = async (title: string, verdict: RegExp, changes: Record<string, string> = {}) => {
            await checkout.configure("prod", stage.prod(changes));
            const comment = await push(prod);
            assert.match(comment, verdict);
            comments.set(title, comment);
        };
        const up = `pulumi up --yes --skip-preview --non-interactive --stack ${prod}`;
        const deployed = await checkout.script({ text: up, shell: ["bash", "-c"], env: {} }, {});
        assert.equal(deployed.code, 0, deployed.text);

        await show("Nothing changes", READY);
        const change = { managedLoginVersion: "2" };
        await show("A change that is blocked", BLOCKED, { ...change, certificateArn: unfitCertificateArn });
        await show("The change, corrected", READY, { ...change, certificateArn: newCertificateArn });
        assert.match(comments.get("The change, corrected") ?? "", /`0123456789ab`[\s\S]*Previewing update \(prod\)/);
        await show("The resource moves to another domain", WARNED, { ...other, certificateArn: otherArn });
        aws.patchDomain(DOMAIN, { certificateArn: emergencyArn });
        await show("Someone changed the certificate outside Pulumi, and `up` leaves it", WARNED);
        await show("The same, and `up` overwrites it", WARNED, { certificateArn: newCertificateArn });
        aws.patchDomain(DOMAIN, { certificateArn });
        await checkout.write("index.ts", "export {};\n");
        await show("The program's last domain is removed", /^### ⚠️ No domain checked: /);
        await checkout.write("index.ts", program);
        const certificates = [certificateArn, unfitCertificateArn, newCertificateArn, emergencyArn, otherArn];
        assertExamples(comments, certificates);
    });

    it("of a pipeline of one's own fails with Pulumi, as docs/pr-pipelines.md has it", async () => {
        const { checkout } = stage;
        const [, text = ""] = /^```sh\n([\s\S]*?)^```/m.exec(read("docs/pr-pipelines.md")) ?? [];
        await checkout.configure("prod", stage.prod({ certificateArn: stage.unfitCertificateArn }));
        const { code } = await checkout.script({ text, shell: ["bash", "-c"], env: {} }, {});
        assert.equal(code, 1);
        const blocked = /^### ❌ Blocked: .*\n\nNothing has changed in AWS\. Fix/;
        assert.match((await checkout.read("comment.md")) ?? "", blocked);
        await checkout.configure("prod", stage.prod());
    });

    it("says that the preview was cancelled", async () => {
        // Where the first question reaches AWS.
        stage.aws.behaviour.faults = [{ times: 1, action: { run: killAll } }];
        assert.match(
            await push(prod, { cancelled: true }),
            /^### ❌ Blocked: the preview was cancelled: [\s\S]*Run the preview again\./,
        );
        stage.aws.behaviour.faults = [];
    });

    it("says what could not be checked, if the preview has no credentials", async () => {
        const { env } = stage.checkout;
        for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]) {
            delete env[name];
        }
        Object.assign(env, { AWS_EC2_METADATA_DISABLED: "true" });
        assert.match(await push(prod), /^### ⚠️ Ready to deploy, with warnings: [\s\S]*`domain-unseen`/);
    });

    it("is never ready if signing in failed before the preview, or packages are missing", async () => {
        assert.match(
            await push(prod, { signedIn: false }),
            /^### ❌ Blocked: .*\n\nThe preview failed before it checked any domain\./,
        );
        await stage.checkout.uninstall();
        assert.match(
            await push(prod, { signedIn: false }),
            /^### ❌ Blocked: no preview of `.*\/prod`\. See the job's log\.\n$/,
        );
    });
});

describe("the nightly job of examples/pr-pipeline/pulumi.yml", () => {
    let stage: PipelineStage;

    before(async () => {
        stage = await openPipelineStage();
    });

    after(() => closePipelineStage(stage));

    it("fails for what expires soon or was changed outside Pulumi, with no more permissions than docs/iam.md gives to PREVIEW_ROLE", async () => {
        const { aws, checkout, certificateArn } = stage;
        const prod = await checkout.stack("prod", stage.prod());
        const up = `pulumi up --yes --skip-preview --non-interactive --stack ${prod}`;
        const deployed = await checkout.script({ text: up, shell: ["bash", "-c"], env: {} }, {});
        assert.equal(deployed.code, 0, deployed.text);

        // Of 198 days: what is soon is a share of the lifetime.
        const soon = { notBefore: new Date(Date.now() - 193 * DAY_MS), notAfter: new Date(Date.now() + 5 * DAY_MS) };
        aws.patchCertificate(certificateArn, soon);
        aws.patchDomain(DOMAIN, { managedLoginVersion: 2 });
        aws.calls = [];
        const { code, text } = await checkout.script(workflowScript(GITHUB, "nightly", "Check"), {
            "matrix.stack": prod,
            "secrets.PULUMI_ACCESS_TOKEN": "unused",
        });
        assert.equal(code, 1);
        assert.match(text, /\[certificate-expires-soon\]/);
        assert.match(text, /\[setting-drifted\][\s\S]*\[diff: ~managedLoginVersion\]/);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);

        const { Statement } = JSON.parse(readFileSync(join(REPOSITORY, "docs/iam-policy.json"), "utf8"));
        const allowed: string[] = Statement.slice(0, 3).flatMap(({ Action }: { Action: string | string[] }) => Action);
        const called = new Set(aws.calls.map(({ service, operation }) => `${service}:${operation}`));
        assert.ok(called.size > 1);
        const others = [...called].filter((action) => !allowed.includes(action));
        assert.deepEqual(others, []);
        // What may be read there is no secret, and nothing can be changed.
        assert.ok(allowed.every((action) => /:(Describe|List|Get)/.test(action)));
        assert.ok(!allowed.includes("cognito-idp:DescribeUserPoolClient"));
    });
});

describe("examples/pr-pipeline/gitlab-ci.yml", () => {
    let stage: PipelineStage;
    let gitLab: GitLab;

    before(async () => {
        stage = await openPipelineStage();
        gitLab = new GitLab();
        const stack = { PULUMI_STACK: await stage.checkout.stack("prod", stage.prod()) };
        Object.assign(stage.checkout.env, await gitLab.env(), stack);
    });

    after(async () => {
        gitLab.close();
        await closePipelineStage(stage);
    });

    /** The variables that sign in to AWS stay out: here, the emulator's keys do. */
    function script(job: string, part: "script" | "after_script") {
        const found = gitLabScript(GITLAB, job, part);
        const entries = Object.entries(found.env).filter(([name]) => !name.startsWith("AWS_"));
        return { ...found, env: Object.fromEntries(entries) };
    }

    async function preview(cancelled = false): Promise<Note[]> {
        const { checkout } = stage;
        await checkout.beginJob();
        const ran = cancelled ? undefined : await checkout.script(script("preview", "script"), {});
        checkout.env.CI_JOB_STATUS = ran === undefined ? "canceled" : ran.code === 0 ? "success" : "failed";
        const { code, text } = await checkout.script(script("preview", "after_script"), {});
        assert.equal(code, 0, text);
        return gitLab.notes;
    }

    it("writes one note a stack, edits it on the next run, and leaves others' alone", async () => {
        const { checkout, unfitCertificateArn } = stage;
        await checkout.configure("prod", stage.prod({ certificateArn: unfitCertificateArn }));
        const [refused] = await preview();
        assert.match(refused?.body ?? "", /^### ❌ Blocked: [\s\S]*`certificate-name-mismatch`/);
        const { id, body = "" } = refused ?? {};
        const others = [
            { id: 1, body, author: { id: 1 } },
            { id: 2, body: `${body}\nAnd more.`, author: { id: TOKEN_USER } },
        ];
        gitLab.notes = [...others, refused as Note];
        const [first, second, edited, ...more] = structuredClone(await preview(true));
        assert.deepEqual([first, second, more], [...others, []]);
        assert.equal(edited?.id, id);
        assert.match(edited?.body ?? "", /^### ❌ Blocked: the preview was cancelled/);
    });

    it("deploys, and fails the nightly run for what was changed outside Pulumi", async () => {
        const { aws, checkout } = stage;
        await checkout.configure("prod", stage.prod());
        const up = await checkout.script(script("up", "script"), {});
        assert.equal(up.code, 0, up.text);
        aws.patchDomain(DOMAIN, { managedLoginVersion: 2 });
        const night = await checkout.script(script("nightly", "script"), {});
        assert.equal(night.code, 1, night.text);
        assert.match(night.text, /\[setting-drifted\][\s\S]*\[diff: ~managedLoginVersion\]/);
    });
});
