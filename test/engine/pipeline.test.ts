import assert from "node:assert/strict";
import { read } from "../support/pages";
import { workflowScript } from "../support/workflow";
import { killAll } from "./support/cli";
import { assertExample } from "./support/commentExample";
import { closePipelineStage, openPipelineStage, type PipelineStage } from "./support/pipelineStage";

const WORKFLOW = "examples/pr-pipeline/pulumi.yml";
describe("the comment of examples/pr-pipeline/pulumi.yml, with the real engine", () => {
    let stage: PipelineStage;
    let prod: string;

    beforeEach(async () => {
        stage = await openPipelineStage();
        prod = await stage.checkout.stack("prod", stage.prod());
    });

    afterEach(() => closePipelineStage(stage));

    /** The steps of the job `preview` that are scripts, as GitHub runs them after a push; the comment that they write. */
    async function push(stack: string, { signedIn = true, cancelled = false } = {}): Promise<string> {
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
        const { code, text } = await step("Write the comment", {
            [expression]: outcome,
            "github.event.pull_request.head.sha": "0123456789abcdef0123456789abcdef01234567",
        });
        assert.equal(code, 0, text);
        const comment = (await checkout.read("comment.md")) ?? "";
        assert.equal(await checkout.read("summary.md"), comment);
        return comment;
    }

    it("blocks a bad change, and is ready once it is corrected, as in the examples", async () => {
        const { checkout, certificateArn, unfitCertificateArn, newCertificateArn } = stage;
        const change = { managedLoginVersion: "2", certificateArn: unfitCertificateArn };
        await checkout.configure("prod", stage.prod(change));
        const refused = await push(prod);
        assert.match(refused, /^### ❌ Blocked: [\s\S]*`certificate-name-mismatch`/);

        await checkout.configure("prod", stage.prod({ ...change, certificateArn: newCertificateArn }));
        const good = await push(prod);
        assert.match(
            good,
            /^### ✅ Ready to deploy: `organization\/custom-domain\/prod`, commit `0123456789ab`\n[\s\S]*managed login \(2\)[\s\S]*Previewing update \(prod\)/,
        );
        assert.doesNotMatch(good, /certificate-name-mismatch/);
        const certificates = [certificateArn, unfitCertificateArn, newCertificateArn];
        assertExample("comment-refused.md", refused, certificates);
        assertExample("comment-good.md", good, certificates);
    });

    it("of a pipeline of one's own fails with Pulumi, as docs/pr-pipelines.md has it", async () => {
        const { checkout } = stage;
        const [, text = ""] = /^```sh\n([\s\S]*?)^```/m.exec(read("docs/pr-pipelines.md")) ?? [];
        const run = () => checkout.script({ text, shell: ["bash", "-c"], env: {} }, {});
        await checkout.configure("prod", stage.prod({ certificateArn: stage.unfitCertificateArn }));
        assert.equal((await run()).code, 1);
        assert.match((await checkout.read("comment.md")) ?? "", /^### ❌ Blocked: .*\n\nNothing was deployed\. Fix/);

        await checkout.configure("prod", stage.prod());
        assert.equal((await run()).code, 0);
        assert.match((await checkout.read("comment.md")) ?? "", /^### ✅ Ready to deploy: /);
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

    it("says that the preview was cancelled", async () => {
        // Where the first question reaches AWS.
        stage.aws.behaviour.faults = [{ times: 1, action: { run: killAll } }];
        assert.match(
            await push(prod, { cancelled: true }),
            /^### ❌ Blocked: the preview was cancelled: [\s\S]*Run it again\./,
        );
    });
});
