import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Call } from "../emulator";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, diagnosticsOf } from "./support/expect";
import { meeting } from "./support/meeting";
import { failed, type Project, succeeded } from "./support/project";
import { type NamedDomain, REGION, stages } from "./support/stage";

describe("preflight: how a preview reads AWS", () => {
    const open = stages();
    const door = createServer((_, response) => response.end());
    after(() => door.close());
    const count = 5;
    let calls: Call[];
    let preview: Run;
    /** The programs that have loaded an AWS client by the end of the preview, and of the update. */
    let loaders: { preview: string[]; update: string[] };
    let unseen: { args: NamedDomain; certificateArn: string };
    let up: Run;

    before(async () => {
        const { aws, project, domain } = await open();
        const certificateArn = aws.certificate({ domainName: "*.example.com" });
        unseen = {
            args: { userPoolId: aws.userPool({ region: REGION }), domain: "unseen.example.com" },
            certificateArn: aws.certificate({ domainName: "www.example.org" }),
        };
        aws.domain(unseen.args);
        await project.declare(
            ...Array.from({ length: count }, (_, index) => ({
                name: `r${index}`,
                args: {
                    ...domain({}, `r${index}.example.com`),
                    managedLoginVersion: 2,
                    customDomainConfig: { certificateArn },
                },
            })),
            {
                name: "unseen",
                args: {
                    ...unseen.args,
                    preflight: "off",
                    customDomainConfig: { certificateArn: unseen.certificateArn },
                },
            },
        );
        const pluginStarts = once(door, "request").then(() => {});
        await once(door.listen(0, "127.0.0.1"), "listening");
        await watchPrograms(project, (door.address() as AddressInfo).port);
        aws.behaviour.faults = [
            // No answer before the plugin is there: if it came with the first resource, the call would end in a timeout.
            { operation: "DescribeUserPoolDomain", action: { run: () => pluginStarts } },
            // The first call of a client goes alone: it is the one that finds credentials and connects.
            { operation: "DescribeUserPoolDomain", skip: 1, action: { run: meeting(count - 1).come } },
        ];
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "true";
        preview = succeeded(await project.preview());
        calls = [...aws.calls];
        const loadersSoFar = async () => (await project.read("loaders")).trim().split("\n");
        const loadersOfPreview = await loadersSoFar();

        aws.behaviour.faults = [];
        delete project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT;
        up = failed(await project.up("--continue-on-error"));
        loaders = { preview: loadersOfPreview, update: await loadersSoFar() };
    });

    it("asks at once, and each question once", () => {
        assert.deepEqual(
            calls.map(({ operation }) => operation).sort(),
            [
                "DescribeCertificate",
                ...Array(count).fill("DescribeUserPoolDomain"),
                "DescribeUserPool",
                "ListUserPoolClients",
            ].sort(),
        );
    });

    it('does not read AWS with preflight "off", not even when it is strict; the update does', () => {
        const { args, certificateArn } = unseen;
        const about = [args.userPoolId, args.domain, certificateArn];
        assert.deepEqual(
            calls.filter(({ input }) => about.some((it) => Object.values(input).includes(it))),
            [],
        );
        assertSays(diagnosticsOf(up, "unseen"), "[certificate-name-mismatch]");
    });

    it("has the engine start the plugin while AWS is queried", () => {
        assertSays(preview, "r0.example.com: managed login 1 -> 2");
        assertSaysNot(preview, "[domain-unseen]", "wake");
    });

    it("does not load the AWS SDK in the plugin", () => {
        const isPlugin = (program: string) => program.includes("dynamic-provider");
        assert.ok(!loaders.preview.some(isPlugin));
        assert.ok(loaders.update.some(isPlugin), "the watch sees nothing");
    });
});

/** Has the plugin knock at this port when it starts, and every program that loads an AWS client write its name into `loaders`. */
async function watchPrograms(project: Project, port: number): Promise<void> {
    await project.write(
        "knock.cjs",
        `if (process.argv[1]?.includes("dynamic-provider")) require("http").get("http://127.0.0.1:${port}");`,
    );
    await project.write(
        "watch.cjs",
        `const { Module } = require("module"); const load = Module._load;
         Module._load = function (request, ...rest) {
             if (request.startsWith("@aws-sdk/client-")) require("fs").appendFileSync(${JSON.stringify(`${project.folder}/loaders`)}, process.argv[1] + "\\n");
             return load.call(this, request, ...rest);
         };`,
    );
    project.env.NODE_OPTIONS = `--require ${project.folder}/knock.cjs --require ${project.folder}/watch.cjs`;
}
