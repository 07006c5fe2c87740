import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROVIDER_LOADER } from "../../provider/program/loader";
import { REPOSITORY } from "./support/engine";
import { assertSays, assertTidy, diagnosticsOf, timesSaid } from "./support/expect";
import { CREDENTIALS, failed, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

describe("what the state holds of the provider", () => {
    const open = stages();

    it("is a loader, the same on every machine, without a path or a credential; from a subfolder too", async () => {
        const { aws, project, domain } = await open({}, { main: "sub/index.js" });
        const certificateArn = aws.certificate({ domainName: DOMAIN });
        await project.declare(
            auth({ ...domain({ version: 1 }), managedLoginVersion: 2, customDomainConfig: { certificateArn } }),
        );
        succeeded(await project.up());

        const { inputs, outputs } = (await project.state("auth")) ?? {};
        assert.ok(Buffer.byteLength(PROVIDER_LOADER) <= 1536);
        assert.equal(inputs?.__provider, PROVIDER_LOADER);
        assert.equal(outputs?.__provider, PROVIDER_LOADER);

        const { deployment } = JSON.parse(await project.export());
        for (const resource of deployment.resources) {
            // Pulumi's own, and relative.
            delete resource.sourcePosition;
            delete resource.stackTrace;
            delete resource.inputs?.__provider;
            delete resource.outputs?.__provider;
        }
        assert.ok(!/dist\/|node_modules/.test(PROVIDER_LOADER));
        const exported = JSON.stringify(deployment);
        for (const text of [project.folder, REPOSITORY, "dist/", "/node_modules", ...Object.values(CREDENTIALS)]) {
            assert.ok(!exported.includes(text), `${text} is in the state`);
        }
        assert.doesNotMatch(exported, /"\/|[A-Z]:\\\\/);
    });

    it("says in one sentence what to install, where the package is gone", async () => {
        const { project, domain } = await open();
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" }));
        succeeded(await project.up());

        await rm(project.package);
        // What is left of a program that no longer wants the package.
        await project.write("index.js", "");
        const sentence =
            `the package pulumi-cognito-domain-settings cannot be found from ${project.folder}: ` +
            'run "npm install pulumi-cognito-domain-settings" there.';
        for (const run of [await project.refresh(), await project.up(), await project.destroy()]) {
            failed(run);
            assertSays(run, sentence);
            assertTidy(run);
            assert.equal(timesSaid(diagnosticsOf(run, "auth"), sentence), 1, run.text);
        }
        assert.ok(await project.state("auth"), "the resource has left the state");
    });

    it("takes an upgraded package at once: for a refresh, an update and a destroy", async () => {
        const { project, domain } = await open();
        const named = domain({ version: 1 });
        await project.declare(auth({ ...named, managedLoginVersion: 2 }));
        succeeded(await project.up());

        await rm(project.package);
        await mkdir(project.package);
        const upgraded = (file: string, text: string) => writeFile(join(project.package, file), text);
        await upgraded(
            "package.json",
            JSON.stringify({
                name: "pulumi-cognito-domain-settings",
                exports: { ".": "./index.js", "./provider": "./provider.js" },
            }),
        );
        await upgraded("index.js", `module.exports = require(${JSON.stringify(REPOSITORY)});`);
        await upgraded(
            "provider.js",
            `exports.provider = {
                check: async (olds, inputs) => ({ inputs }),
                diff: async () => ({ changes: true }),
                read: async (id, props) => ({ id, props: { ...props, baseUrl: "read by the upgrade" } }),
                update: async (id, olds, news) => ({ outs: { ...news, baseUrl: "updated by the upgrade" } }),
                delete: async () => { throw new Error("deleted by the upgrade"); },
            };`,
        );
        succeeded(await project.refresh());
        assert.equal((await project.state("auth"))?.outputs.baseUrl, "read by the upgrade");
        succeeded(await project.up());
        assert.equal((await project.state("auth"))?.outputs.baseUrl, "updated by the upgrade");
        assertSays(failed(await project.destroy()), "deleted by the upgrade");
    });
});
