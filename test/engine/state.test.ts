import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROVIDER_LOADER } from "../../provider/program/loader";
import { REPOSITORY } from "./support/engine";
import { assertSays, assertTidy, diagnosticsOf, timesSaid } from "./support/expect";
import { CREDENTIALS, failed, type Project, succeeded } from "./support/project";
import { auth, DOMAIN, type Stage, stages } from "./support/stage";

/** The next version of the package. */
const UPGRADED = {
    "package.json": JSON.stringify({
        name: "pulumi-cognito-domain-settings",
        exports: { ".": "./index.js", "./provider": "./provider.js" },
    }),
    "index.js": `module.exports = require(${JSON.stringify(REPOSITORY)});`,
    "provider.js": `exports.provider = {
        check: async (olds, inputs) => ({ inputs }),
        diff: async () => ({ changes: true }),
        read: async (id, props) => ({ id, props: { ...props, baseUrl: "read by the upgrade" } }),
        update: async (id, olds, news) => ({ outs: { ...news, baseUrl: "updated by the upgrade" } }),
        delete: async () => { throw new Error("deleted by the upgrade"); },
    };`,
};

describe("the state holds a loader, not the provider", () => {
    const open = stages();
    let stage: Stage;
    let project: Project;

    before(async () => {
        stage = await open({}, { main: "sub/index.js" });
        project = stage.project;
        const certificateArn = stage.aws.certificate({ domainName: DOMAIN });
        const settings = { managedLoginVersion: 2, customDomainConfig: { certificateArn }, onDelete: "restore" };
        await project.declare(auth({ ...stage.domain({ version: 1 }), ...settings }));
        succeeded(await project.up());
    });

    it("the same on every machine, without a path or a credential", async () => {
        const { inputs, outputs } = (await project.state("auth")) ?? {};
        assert.ok(Buffer.byteLength(PROVIDER_LOADER) <= 1536);
        assert.equal(inputs?.__provider, PROVIDER_LOADER);
        assert.equal(outputs?.__provider, PROVIDER_LOADER);
        assert.ok(!/dist\/|node_modules/.test(PROVIDER_LOADER));
        // Pulumi's own `sourcePosition` and `stackTrace` are relative.
        const kept = (await project.resources()).map((resource) => [
            resource.id,
            { ...resource.inputs, __provider: undefined },
            { ...resource.outputs, __provider: undefined },
        ]);
        const text = JSON.stringify(kept);
        for (const secret of [project.folder, REPOSITORY, "dist/", "/node_modules", ...Object.values(CREDENTIALS)]) {
            assert.ok(!text.includes(secret), `${secret} is in the state`);
        }
        assert.doesNotMatch(text, /"\/|[A-Z]:\\\\/);
    });

    it("takes an upgraded package at once, for a refresh, an update and a destroy", async () => {
        await rm(project.package);
        await mkdir(project.package);
        for (const [file, text] of Object.entries(UPGRADED)) {
            await writeFile(join(project.package, file), text);
        }
        succeeded(await project.refresh());
        assert.equal((await project.state("auth"))?.outputs.baseUrl, "read by the upgrade");
        succeeded(await project.up());
        assert.equal((await project.state("auth"))?.outputs.baseUrl, "updated by the upgrade");
        assertSays(failed(await project.destroy()), "deleted by the upgrade");
    });

    it("says in one sentence what to install, if the package is gone, and keeps the resource", async () => {
        await rm(project.package, { recursive: true });
        const sentence =
            `the package pulumi-cognito-domain-settings cannot be found from ${join(project.folder, "sub")}: ` +
            'run "npm install pulumi-cognito-domain-settings" there.';
        const run = failed(await project.destroy());
        assertSays(run, sentence);
        assertTidy(run);
        assert.equal(timesSaid(diagnosticsOf(run, "auth"), sentence), 1, run.text);
        assert.ok(await project.state("auth"), "the resource has left the state");
    });
});
