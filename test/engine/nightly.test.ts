import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { workflowScript } from "../support/workflow";
import type { Issue } from "./support/checkout";
import { REPOSITORY } from "./support/engine";
import { closePipelineStage, openPipelineStage, type PipelineStage } from "./support/pipelineStage";
import { DOMAIN } from "./support/stage";

const WORKFLOW = "examples/pr-pipeline/pulumi.yml";
const DAY_MS = 24 * 60 * 60 * 1000;
const RUN = "https://github.com/my-org/my-repo/actions/runs/1";

describe("the nightly job of examples/pr-pipeline/pulumi.yml, with the real engine", () => {
    let stage: PipelineStage;
    let prod: string;

    before(async () => {
        stage = await openPipelineStage();
        prod = await stage.checkout.stack("prod", stage.prod());
        const up = "pulumi up --yes --skip-preview --non-interactive --stack";
        const { code, text } = await stage.checkout.script(
            { text: `${up} ${prod}`, shell: ["bash", "-c"], env: {} },
            {},
        );
        assert.equal(code, 0, text);
    });

    after(() => closePipelineStage(stage));

    /** The steps of the job that are scripts, as GitHub runs them; which of the two looks failed. */
    async function night({ signedIn = true } = {}): Promise<{ preview: boolean; drift: boolean }> {
        const { checkout } = stage;
        const step = (name: string, values: Record<string, string> = {}) =>
            checkout.script(workflowScript(WORKFLOW, "nightly", name), {
                "matrix.stack": prod,
                "secrets.PULUMI_ACCESS_TOKEN": "unused",
                "github.token": "token",
                "github.server_url": "https://github.com",
                "github.repository": "my-org/my-repo",
                "github.run_id": "1",
                ...values,
            });
        await checkout.beginJob();
        const ends = signedIn ? [await step("Strict preview"), await step("Drift")] : [];
        const [preview = false, drift = false] = ends.map(({ code }) => code !== 0);
        const status = { "job.status": preview || drift || !signedIn ? "failure" : "success" };
        for (const name of ["Write the issue", "Issue"]) {
            const { code, text } = await step(name, status);
            assert.equal(code, 0, text);
        }
        return { preview, drift };
    }

    const issues = async (): Promise<Issue[]> => (await stage.checkout.gitHub()).issues;

    it("needs no more than what docs/iam.md gives to PREVIEW_ROLE, and opens no issue while all is well", async () => {
        const { aws } = stage;
        const { Statement } = JSON.parse(readFileSync(join(REPOSITORY, "docs/iam-policy.json"), "utf8"));
        const allowed: string[] = Statement.slice(0, 3).flatMap(({ Action }: { Action: string | string[] }) => Action);
        aws.calls = [];
        assert.deepEqual(await night(), { preview: false, drift: false });
        const called = new Set(aws.calls.map(({ service, operation }) => `${service}:${operation}`));
        assert.ok(called.size > 1);
        assert.deepEqual(
            [...called].filter((action) => !allowed.includes(action)),
            [],
        );
        // What may be read there is no secret, and nothing can be changed.
        assert.ok(allowed.every((action) => /:(Describe|List|Get)/.test(action)));
        assert.ok(!allowed.includes("cognito-idp:DescribeUserPoolClient"));
        assert.deepEqual(await issues(), []);
    });

    it("opens one issue for what it finds, updates it, and closes it when all is well", async () => {
        const { aws, checkout, certificateArn } = stage;
        // Of 198 days: what is soon is a share of the lifetime.
        const soon = { notBefore: new Date(Date.now() - 193 * DAY_MS), notAfter: new Date(Date.now() + 5 * DAY_MS) };
        aws.patchCertificate(certificateArn, soon);
        assert.deepEqual(await night(), { preview: true, drift: false });
        const [opened] = await issues();
        assert.equal(opened?.title, `Sign-in domains of ${prod}`);
        assert.match(opened?.body ?? "", /^The \[nightly run\]\(https:.*\/runs\/1\) of this stack has failed\./);
        assert.match(opened?.body ?? "", /\n### ❌ Blocked: .*\n[\s\S]*`certificate-expires-soon`/);

        aws.patchDomain(DOMAIN, { managedLoginVersion: 2 });
        assert.deepEqual(await night(), { preview: true, drift: true });
        const [updated, ...others] = await issues();
        assert.deepEqual([updated?.number, updated?.state, others], [opened?.number, "open", []]);
        assert.match(updated?.body ?? "", /`certificate-expires-soon`[\s\S]*`setting-drifted`[\s\S]*<details>/);
        assert.match(updated?.body ?? "", /\[setting-drifted\][\s\S]*\[diff: ~managedLoginVersion\]/);
        // A look is no correction.
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);

        aws.patchCertificate(certificateArn, { notAfter: new Date(Date.now() + 300 * DAY_MS) });
        aws.patchDomain(DOMAIN, { managedLoginVersion: 1 });
        assert.deepEqual(await night(), { preview: false, drift: false });
        const { comments } = await checkout.gitHub();
        assert.deepEqual(
            [(await issues()).map(({ state }) => state), comments.map(({ issue, body }) => [issue, body])],
            [["closed"], [[opened?.number, `All is well: [nightly run](${RUN}).`]]],
        );
    });

    it("opens an issue where it could not look, and leaves other people's issues and pull requests alone", async () => {
        const { checkout } = stage;
        const state = await checkout.gitHub();
        const [closed] = state.issues;
        const body = closed?.body ?? "";
        const others: Issue[] = [
            { number: 1, state: "open", body, user: { login: "octocat" } },
            { number: 2, state: "open", body, user: { login: "github-actions[bot]" }, pull_request: {} },
        ];
        await checkout.keepOnGitHub({ ...state, issues: [closed as Issue, ...others] });
        await night({ signedIn: false });
        const [, first, second, opened] = await issues();
        assert.deepEqual([first, second], others);
        assert.equal(opened?.state, "open");
        assert.match(opened?.body ?? "", /❌ Blocked.*\n\n- The preview failed before it checked any domain\./);
    });
});
