import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { workflowScript } from "../support/workflow";
import { REPOSITORY } from "./support/engine";
import { closePipelineStage, openPipelineStage, type PipelineStage } from "./support/pipelineStage";
import { DOMAIN } from "./support/stage";

const WORKFLOW = "examples/pr-pipeline/pulumi.yml";
const DAY_MS = 24 * 60 * 60 * 1000;

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

    /** The script of the job, as GitHub runs it. */
    const night = () =>
        stage.checkout.script(workflowScript(WORKFLOW, "nightly", "Check"), {
            "matrix.stack": prod,
            "secrets.PULUMI_ACCESS_TOKEN": "unused",
        });

    it("needs no more than what docs/iam.md gives to PREVIEW_ROLE, and passes while all is well", async () => {
        const { aws } = stage;
        const { Statement } = JSON.parse(readFileSync(join(REPOSITORY, "docs/iam-policy.json"), "utf8"));
        const allowed: string[] = Statement.slice(0, 3).flatMap(({ Action }: { Action: string | string[] }) => Action);
        aws.calls = [];
        const { code, text } = await night();
        assert.equal(code, 0, text);
        const called = new Set(aws.calls.map(({ service, operation }) => `${service}:${operation}`));
        assert.ok(called.size > 1);
        assert.deepEqual(
            [...called].filter((action) => !allowed.includes(action)),
            [],
        );
        // What may be read there is no secret, and nothing can be changed.
        assert.ok(allowed.every((action) => /:(Describe|List|Get)/.test(action)));
        assert.ok(!allowed.includes("cognito-idp:DescribeUserPoolClient"));
    });

    it("fails for a certificate that expires soon, and for a change made outside Pulumi, which it leaves", async () => {
        const { aws, certificateArn } = stage;
        // Of 198 days: what is soon is a share of the lifetime.
        const soon = { notBefore: new Date(Date.now() - 193 * DAY_MS), notAfter: new Date(Date.now() + 5 * DAY_MS) };
        aws.patchCertificate(certificateArn, soon);
        const expiring = await night();
        assert.equal(expiring.code, 1);
        assert.match(expiring.text, /\[certificate-expires-soon\]/);

        aws.patchCertificate(certificateArn, { notAfter: new Date(Date.now() + 300 * DAY_MS) });
        aws.patchDomain(DOMAIN, { managedLoginVersion: 2 });
        const drifted = await night();
        assert.equal(drifted.code, 1);
        assert.match(drifted.text, /\[setting-drifted\][\s\S]*\[diff: ~managedLoginVersion\]/);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });
});
