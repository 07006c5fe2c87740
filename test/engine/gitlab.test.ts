import assert from "node:assert/strict";
import { gitLabScript } from "../support/workflow";
import { GitLab, type Note, TOKEN_USER } from "./support/gitLab";
import { closePipelineStage, openPipelineStage, type PipelineStage } from "./support/pipelineStage";
import { DOMAIN } from "./support/stage";

const PIPELINE = "examples/pr-pipeline/gitlab-ci.yml";

describe("examples/pr-pipeline/gitlab-ci.yml, with the real engine", () => {
    let stage: PipelineStage;
    let gitLab: GitLab;
    let variables: Record<string, string>;

    before(async () => {
        stage = await openPipelineStage();
        gitLab = new GitLab();
        variables = { ...(await gitLab.env()), PULUMI_STACK: await stage.checkout.stack("prod", stage.prod()) };
        Object.assign(stage.checkout.env, variables);
    });

    after(async () => {
        gitLab.close();
        await closePipelineStage(stage);
    });

    /** The variables that sign in to AWS stay out: here, the emulator's keys do. */
    function script(job: string, part: "script" | "after_script") {
        const found = gitLabScript(PIPELINE, job, part);
        const entries = Object.entries(found.env).filter(([name]) => !name.startsWith("AWS_"));
        return { ...found, env: Object.fromEntries(entries) };
    }

    async function preview(cancelled = false): Promise<Note[]> {
        const { checkout } = stage;
        await checkout.beginJob();
        const ran = cancelled ? undefined : await checkout.script(script("preview", "script"), {});
        const status = ran === undefined ? "canceled" : ran.code === 0 ? "success" : "failed";
        const { env } = checkout;
        env.CI_JOB_STATUS = status;
        const { code, text } = await checkout.script(script("preview", "after_script"), {});
        assert.equal(code, 0, text);
        return gitLab.notes;
    }

    it("writes one note a stack, which is ready once a refused change is corrected", async () => {
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
        await checkout.configure("prod", stage.prod());
        const [first, second, corrected, ...more] = structuredClone(await preview());
        assert.deepEqual([first, second, more], [...others, []]);
        assert.equal(corrected?.id, id);
        assert.match(
            corrected?.body ?? "",
            /^### ✅ Ready to deploy: `organization\/custom-domain\/prod`, commit `0123456789ab`\n/,
        );
        await preview(true);
        assert.match(gitLab.notes[2]?.body ?? "", /^### ❌ Blocked: the preview was cancelled/);
        assert.equal(gitLab.notes.length, 3);
    });

    it("deploys, and fails the nightly run for what was changed outside Pulumi", async () => {
        const { aws, checkout } = stage;
        const up = await checkout.script(script("up", "script"), {});
        assert.equal(up.code, 0, up.text);
        aws.patchDomain(DOMAIN, { managedLoginVersion: 2 });
        const night = await checkout.script(script("nightly", "script"), {});
        assert.equal(night.code, 1, night.text);
        assert.match(night.text, /\[setting-drifted\][\s\S]*\[diff: ~managedLoginVersion\]/);
        aws.patchDomain(DOMAIN, { managedLoginVersion: 1 });
        const quiet = await checkout.script(script("nightly", "script"), {});
        assert.equal(quiet.code, 0, quiet.text);
    });
});
