import { assertSays } from "./support/expect";
import { type Declared, outputOf } from "./support/program";
import { failed, succeeded } from "./support/project";
import { stages } from "./support/stage";

describe("an id part that becomes unknown", () => {
    const open = stages();

    it("a plan holds the replacement, and protect refuses it in the preview", async () => {
        const { aws, project, domain, userPoolId } = await open();
        const next = aws.userPool({ region: "us-west-2" });
        // No stack outputs: of those that stay undefined, Pulumi plans an unknown one, and then misses it.
        const program = await project.read("index.js");
        await project.write("index.js", program.replaceAll("exports[name] = new", "new"));
        const inPool = (name: string, opts?: Declared["opts"]) => {
            const domainName = domain({ version: 1 }, `${name}.example.com`).domain;
            return (pool: string) => [
                { name: `${name}-pool`, makes: pool },
                {
                    name,
                    args: { userPoolId: outputOf(`${name}-pool`), domain: domainName, managedLoginVersion: 2 },
                    opts,
                },
            ];
        };
        const kept = inPool("protected", { protect: true });
        const moved = inPool("moved");
        await project.declare(...kept(userPoolId), ...moved(userPoolId));
        succeeded(await project.up());

        await project.declare(...kept(next), ...moved(userPoolId));
        assertSays(failed(await project.preview()), "unable to replace resource");

        await project.declare(...kept(userPoolId), ...moved(next));
        succeeded(await project.preview("--save-plan", "plan.json"));
        aws.patchDomain("moved.example.com", { userPoolId: next });
        assertSays(succeeded(await project.up("--plan", "plan.json")), "+-2 replaced");
    });
});
