import assert from "node:assert/strict";
import { assertSays } from "./support/expect";
import { type Declared, outputOf } from "./support/program";
import { failed, succeeded } from "./support/project";
import { domainOf, stages } from "./support/stage";

describe("an argument that becomes unknown", () => {
    const open = stages();

    it("an update plan holds the replacement or the update, and protect refuses a replacement in the preview", async () => {
        const { aws, project, domain, userPoolId } = await open();
        const next = aws.userPool({ region: "us-west-2" });
        const [old, rotated] = [1, 2].map(() => aws.certificate({ domainName: "*.example.com" })) as [string, string];
        // No stack outputs: of those that stay undefined, Pulumi plans an unknown one, and then misses it.
        const program = await project.read("index.js");
        await project.write("index.js", program.replaceAll("exports[name] = new", "new"));
        const inPool = (name: string, opts?: Declared["opts"]) => {
            const domainName = domain({ version: 1 }, domainOf(name)).domain;
            return (pool: string) => [
                { name: `${name}-pool`, makes: pool },
                {
                    name,
                    args: { userPoolId: outputOf(`${name}-pool`), domain: domainName, managedLoginVersion: 2 },
                    opts,
                },
            ];
        };
        const named = domain({ certificateArn: old }, domainOf("rotated"));
        const withCertificate = (certificateArn: string, managedLoginVersion: number) => [
            { name: "certificate", makes: certificateArn },
            {
                name: "rotated",
                args: {
                    ...named,
                    managedLoginVersion,
                    customDomainConfig: { certificateArn: outputOf("certificate") },
                },
            },
        ];
        const kept = inPool("protected", { protect: true });
        const moved = inPool("moved");
        await project.declare(...kept(userPoolId), ...moved(userPoolId), ...withCertificate(old, 1));
        succeeded(await project.up());

        await project.declare(...kept(next), ...moved(userPoolId), ...withCertificate(old, 1));
        assertSays(failed(await project.preview()), "unable to replace resource");

        await project.declare(...kept(userPoolId), ...moved(next), ...withCertificate(rotated, 2));
        succeeded(await project.preview("--save-plan", "plan.json"));
        aws.patchDomain(domainOf("moved"), { userPoolId: next });
        assertSays(succeeded(await project.up("--plan", "plan.json")), "+-3 replaced", "~ 1 updated");
        const { certificateArn, managedLoginVersion } = aws.domainOf(domainOf("rotated")) ?? {};
        assert.deepEqual([certificateArn, managedLoginVersion], [rotated, 2]);
    });
});
