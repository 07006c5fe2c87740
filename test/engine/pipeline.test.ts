import assert from "node:assert/strict";
import { workflowScript } from "../support/workflow";
import type { PostedComment } from "./support/checkout";
import { killAll } from "./support/cli";
import { assertExample } from "./support/commentExample";
import { closePipelineStage, openPipelineStage, type PipelineStage } from "./support/pipelineStage";

const WORKFLOW = "examples/pr-pipeline/pulumi.yml";
const PULL_REQUEST = 7;
const BOT = "github-actions[bot]";
const MARKER = "<!-- pulumi-cognito-domain-settings: custom-domain/prod -->";

describe("the comment of examples/pr-pipeline/pulumi.yml, with the real engine", () => {
    let stage: PipelineStage;
    let prod: string;

    beforeEach(async () => {
        stage = await openPipelineStage();
        prod = await stage.checkout.stack("prod", stage.prod());
    });

    afterEach(() => closePipelineStage(stage));

    /** The steps of the job `preview` that are scripts, as GitHub runs them after a push to the pull request. */
    async function push(stack: string, { signedIn = true, cancelled = false } = {}): Promise<{ summary?: string }> {
        const { checkout } = stage;
        const step = (name: string, values: Record<string, string>) =>
            checkout.script(workflowScript(WORKFLOW, "preview", name), { "matrix.stack": stack, ...values });
        await checkout.beginJob();
        let outcome = "failure";
        if (signedIn) {
            const preview = await step("Preview", { "secrets.PULUMI_ACCESS_TOKEN": "unused" });
            outcome = cancelled ? "cancelled" : preview.code === 0 ? "success" : "failure";
        }
        // Where the preview is skipped, the job's own status is "failure".
        const expression = "steps.preview.outcome == 'skipped' && job.status || steps.preview.outcome";
        const written = await step("Write the comment", {
            [expression]: outcome,
            "github.event.pull_request.head.sha": "0123456789abcdef0123456789abcdef01234567",
        });
        const commented = await step("Comment", {
            "github.token": "token",
            "github.event.pull_request.number": String(PULL_REQUEST),
        });
        assert.deepEqual([written.code, commented.code], [0, 0], written.text + commented.text);
        return { summary: await checkout.read("summary.md") };
    }

    async function comments(): Promise<PostedComment[]> {
        return (await stage.checkout.gitHub()).comments;
    }

    /** The comment of an earlier push. */
    const green = (id: number, rest: Partial<PostedComment> = {}): PostedComment => ({
        id,
        issue: PULL_REQUEST,
        body: `### ✅ Ready to deploy: \`${prod}\`\n\n${MARKER}\n`,
        user: { login: BOT },
        ...rest,
    });

    async function posted(...comments: PostedComment[]): Promise<void> {
        const { checkout } = stage;
        await checkout.keepOnGitHub({ ...(await checkout.gitHub()), comments });
    }

    it("is one for each stack, turns green where a refused change is mended, and stands in the job's summary", async () => {
        const { checkout, certificateArn, unfitCertificateArn, newCertificateArn } = stage;
        const dev = await checkout.stack("dev", stage.dev());
        const change = { managedLoginVersion: "2", certificateArn: unfitCertificateArn };
        await checkout.configure("prod", stage.prod(change));
        await push(prod);
        await push(dev);
        const before = await comments();
        const [refused, good] = before;
        assert.match(refused?.body ?? "", /^### ❌ Blocked: [\s\S]*`certificate-name-mismatch`/);
        assert.match(good?.body ?? "", /^### ✅ Ready to deploy: `organization\/custom-domain\/dev`, commit /);

        await checkout.configure("prod", stage.prod({ ...change, certificateArn: newCertificateArn }));
        const { summary } = await push(prod);
        const [mended, ...others] = await comments();
        assert.deepEqual([mended?.id, others], [refused?.id, before.slice(1)]);
        assert.match(
            mended?.body ?? "",
            /^### ✅ Ready to deploy: `organization\/custom-domain\/prod`, commit `0123456789ab`\n[\s\S]*managed login \(2\)[\s\S]*Previewing update \(prod\)/,
        );
        assert.doesNotMatch(mended?.body ?? "", /certificate-name-mismatch/);
        assert.equal(mended?.body, summary);
        assert.equal(mended?.issue, PULL_REQUEST);
        const certificates = [certificateArn, unfitCertificateArn, newCertificateArn];
        assertExample("comment-refused.md", refused?.body ?? "", certificates);
        assertExample("comment-good.md", mended?.body ?? "", certificates);
    });

    it("leaves alone what others wrote, though they quote its marker, and finds its own on a later page", async () => {
        const others = [
            green(1, { user: { login: "octocat" } }),
            green(2, { body: `${green(2).body}\nAnd more.` }),
            green(3, { issue: PULL_REQUEST + 1 }),
            green(4, { body: "Thanks!" }),
        ];
        await posted(...others, green(5));
        await stage.checkout.configure("prod", stage.prod({ managedLoginVersion: "2" }));
        await push(prod);
        const after = await comments();
        assert.deepEqual(after.slice(0, 4), others);
        assert.deepEqual([after.length, after[4]?.id], [5, 5]);
        assert.match(after[4]?.body ?? "", /classic hosted UI \(1\) → managed login \(2\)/);
    });

    it("says what nobody could look at, where the preview has no credentials", async () => {
        const { env } = stage.checkout;
        for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]) {
            delete env[name];
        }
        Object.assign(env, { AWS_EC2_METADATA_DISABLED: "true" });
        await push(prod);
        const [comment] = await comments();
        assert.match(comment?.body ?? "", /^### ⚠️ Ready to deploy, with warnings: [\s\S]*`domain-unseen`/);
    });

    it("no longer says that a change is ready, if signing in failed before the preview", async () => {
        await posted(green(1));
        await push(prod, { signedIn: false });
        const [comment, ...others] = await comments();
        assert.deepEqual(others, []);
        assert.match(comment?.body ?? "", /^### ❌ Blocked: .*\n\n- The preview failed before it checked any domain\./);
    });

    it("says that the preview was cancelled", async () => {
        await posted(green(1));
        // Where the first question reaches AWS.
        stage.aws.behaviour.faults = [{ times: 1, action: { run: killAll } }];
        await push(prod, { cancelled: true });
        const [comment, ...others] = await comments();
        assert.deepEqual(others, []);
        assert.match(comment?.body ?? "", /^### ❌ Blocked: the preview was cancelled: [\s\S]*Run it again\./);
    });
});
