import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROVIDER_LOADER } from "../../provider/program/loader";
import type { Run } from "./support/cli";
import { REPOSITORY } from "./support/engine";
import { assertSays, assertTidy, diagnosticsOf } from "./support/expect";
import { CREDENTIALS, failed, succeeded } from "./support/project";
import { changed, domainOf, FAILOVER, type Stage, stages, updates, withCertificate } from "./support/stage";

const PREFIX = "my-product";

/** The next version of the package. */
const UPGRADED = {
    "package.json": JSON.stringify({
        name: "pulumi-cognito-domain-settings",
        exports: { "./provider": "./provider.js" },
    }),
    "provider.js": `exports.provider = { delete: async () => { throw new Error("deleted by the upgrade"); } };`,
};

describe("adopt, update, refresh and destroy", () => {
    const open = stages();
    let stage: Stage;
    let certificates: string[];
    let adoption: Run;
    let sent: Record<"adoption" | "change", ReturnType<typeof updates>>;
    let outputs: Record<string, Record<string, unknown>>;

    before(async () => {
        stage = await open("sub/index.js");
        const { aws, project, certificate, domain, resource, userPoolId } = stage;
        const [certificateArn, fresh] = [certificate(), certificate()];
        certificates = [certificateArn, fresh];
        const whole = resource(
            "whole",
            {},
            {},
            { certificateArn, securityPolicy: "TLS_V1_3_2025", routing: { failover: FAILOVER } },
        );
        aws.domain({ userPoolId, domain: domainOf("replica"), region: "us-east-2", version: 2 });
        domain({}, "read-only");
        // A null counts as left out, wherever it stands.
        const nothing = { certificateArn: null, securityPolicy: null };
        const steady = [
            resource("nothing", { managedLoginVersion: undefined }, {}, { routing: { failover: FAILOVER } }),
            resource("desired", withCertificate(certificateArn), {}, { certificateArn, version: 2 }),
            resource("raised", { customDomainConfig: nothing, routing: null }, {}, { securityPolicy: "TLS_V1" }),
            { name: "prefix", args: { ...domain({}, PREFIX), managedLoginVersion: 2, customDomainConfig: nothing } },
            { name: "custom", get: `${userPoolId}/${domainOf("nothing")}` },
            { name: "prefix-read", get: `${userPoolId}/read-only` },
            { name: "replica", get: `us-east-2/${userPoolId}/${domainOf("replica")}` },
        ];
        await project.declare(...steady, whole);
        adoption = succeeded(await project.up());
        outputs = await project.outputs();
        const adopted = updates(aws);

        aws.calls = [];
        await project.declare(...steady, changed(whole, { managedLoginVersion: 1, ...withCertificate(fresh) }));
        succeeded(await project.up());
        sent = { adoption: adopted, change: updates(aws) };
        succeeded(await project.refresh("--expect-no-changes"));
    });

    it("settings that the program does not name keep their value: each request has them all", () => {
        const request = (version: number, certificateArn?: string) => ({
            Domain: domainOf("whole"),
            UserPoolId: stage.userPoolId,
            ManagedLoginVersion: version,
            CustomDomainConfig: { CertificateArn: certificateArn, SecurityPolicy: "TLS_V1_3_2025" },
            Routing: { Failover: { SecondaryRegion: "us-east-2", PrimaryRoute53HealthCheckId: "check-1" } },
        });
        const first = sent.adoption.filter(({ Domain }) => Domain === domainOf("whole"));
        assert.deepEqual(first, [request(2, certificates[0])]);
        assert.deepEqual(sent.change, [request(1, certificates[1])]);
        assertTidy(adoption);
    });

    it("nothing is sent if AWS has what the program asks for; all that it has is an output", () => {
        const sentTo = sent.adoption.map(({ Domain }) => Domain);
        assert.deepEqual(sentTo.sort(), [PREFIX, domainOf("raised"), domainOf("whole")]);
        const [certificateArn] = certificates;
        assert.deepEqual(outputs.desired?.customDomainConfig, { certificateArn, securityPolicy: "TLS_V1_2_2021" });
        assert.deepEqual(outputs.nothing?.routing, { failover: FAILOVER });
    });

    it("managed login raises a TLS policy that is too old for it, and the log says so", () => {
        assertSays(adoption, "managed login 1 -> 2; TLS policy TLS_V1 -> TLS_V1_2_2021; active after");
        assert.equal(stage.settings("raised").securityPolicy, "TLS_V1_2_2021");
    });

    it("a prefix domain has a version, and no distribution to point at", () => {
        const update = sent.adoption.find(({ Domain }) => Domain === PREFIX);
        assert.deepEqual(update, { Domain: PREFIX, UserPoolId: stage.userPoolId, ManagedLoginVersion: 2 });
        const { baseUrl, cloudFrontDomain } = outputs.prefix ?? {};
        assert.deepEqual(
            [baseUrl, cloudFrontDomain],
            [`https://${PREFIX}.auth.us-west-2.amazoncognito.com`, undefined],
        );
    });

    it("`get` reads a custom domain, a prefix and a replica's domain, and manages nothing", () => {
        const { custom, "prefix-read": read, replica } = outputs;
        assert.deepEqual(
            [custom?.routing, custom?.baseUrl],
            [{ failover: FAILOVER }, `https://${domainOf("nothing")}`],
        );
        assert.deepEqual([read?.managedLoginVersion, read?.domain], [1, "read-only"]);
        assert.deepEqual([replica?.userPoolId, replica?.status], [stage.userPoolId, "ACTIVE"]);
    });

    it("the state holds a loader, the same on every machine, without a path or a credential", async () => {
        const { project } = stage;
        const { inputs, outputs: outs } = (await project.state("whole")) ?? {};
        assert.deepEqual([inputs?.__provider, outs?.__provider], [PROVIDER_LOADER, PROVIDER_LOADER]);
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

    it("an upgraded package takes effect at once, for what is in the state too", async () => {
        const { project } = stage;
        await rm(project.package);
        await mkdir(project.package);
        for (const [file, text] of Object.entries(UPGRADED)) {
            await writeFile(join(project.package, file), text);
        }
        assertSays(failed(await project.destroy()), "deleted by the upgrade");
    });

    it("if the package is gone, a destroy says in one sentence what to install, and keeps the resource", async () => {
        const { project } = stage;
        await rm(project.package, { recursive: true });
        const sentence =
            `the package pulumi-cognito-domain-settings cannot be found from ${join(project.folder, "sub")}: ` +
            'run "npm install pulumi-cognito-domain-settings" there.';
        const run = failed(await project.destroy("--target", project.urn("whole")));
        assertSays(diagnosticsOf(run, "whole"), sentence);
        assertTidy(run);
        assert.ok(await project.state("whole"), "the resource has left the state");
    });
});
