import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./support/engine";
import { assertSays, assertSaysNot, updates } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { DOMAIN, type Stage, stages } from "./support/stage";

const PAGE = readFileSync(join(REPOSITORY, "docs/migrating.md"), "utf8");

/** The line of what Pulumi prints that begins so, as docs/migrating.md shows it. */
function shown(beginning: string): string {
    const line = PAGE.split("\n").find((text) => text.trimStart().startsWith(beginning) && text.startsWith("    "));
    assert.ok(line, `docs/migrating.md shows no line "${beginning}"`);
    return line.trim();
}

/** A dynamic provider as people write it themselves, whose delete must not run. */
const handWritten = (args: object, opts: object): string => `
const pulumi = require("@pulumi/pulumi");
const provider = {
    create: async (inputs) => ({ id: inputs.domain, outs: inputs }),
    delete: async () => { throw new Error("the old delete has run"); },
};
class DomainSettings extends pulumi.dynamic.Resource {
    constructor(name, args, opts) { super(provider, name, args, opts); }
}
new DomainSettings("auth", ${JSON.stringify(args)}, ${JSON.stringify(opts)});
`;

const ours = (args: object): string => `
const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");
new UserPoolDomainSettings("auth", ${JSON.stringify(args)});
`;

describe("docs/migrating.md, with the real engine", () => {
    const open = stages();
    let stage: Stage;
    let args: Record<string, unknown>;
    let inForce: Record<string, unknown>;

    beforeEach(async () => {
        stage = await open();
        const certificateArn = stage.aws.certificate({ domainName: DOMAIN });
        const named = stage.domain({ version: 1, certificateArn, securityPolicy: "TLS_V1_2_2021" });
        inForce = { ...named, managedLoginVersion: 1, certificateArn };
        args = { ...named, managedLoginVersion: 1, customDomainConfig: { certificateArn } };
    });

    it("shows what changes, and that nothing changes if AWS has what the program says, and writes nothing then", async () => {
        const { aws, project } = stage;
        const [, certificate] = String(inForce.certificateArn).split("/");
        await project.write("index.js", ours({ ...args, managedLoginVersion: 2 }));
        const line = shown(`${DOMAIN}: managed login`).replace(/\.\.\.\/[^\s,]+/, `.../${certificate}`);
        assertSays(succeeded(await project.preview("--diff=false")), line);

        await project.write("index.js", ours(args));
        const preview = succeeded(await project.preview("--diff=false"));
        assertSays(preview, shown("+  pulumi-nodejs:dynamic/cognito:UserPoolDomainSettings auth create"));
        assertSays(preview, shown(`${DOMAIN}: nothing changes`));
        succeeded(await project.up());
        assert.deepEqual(updates(aws), []);
    });

    it("leaves a hand-written provider's delete alone after retainOnDelete, and writes nothing", async () => {
        const { aws, project } = stage;
        await project.write("index.js", handWritten(inForce, {}));
        succeeded(await project.up());
        await project.write("index.js", handWritten(inForce, { retainOnDelete: true }));
        assertSays(succeeded(await project.up()), "2 unchanged");

        await project.write("index.js", ours(args));
        const preview = succeeded(await project.preview());
        assertSays(preview, shown("+ pulumi-nodejs:dynamic/cognito"), shown("- pulumi-nodejs:dynamic:Resource"));
        succeeded(await project.up());
        assert.deepEqual(updates(aws), []);
        assertSays(succeeded(await project.preview()), "2 unchanged");
    });

    it("is right that the old delete runs without that step", async () => {
        const { project } = stage;
        await project.write("index.js", handWritten(inForce, {}));
        succeeded(await project.up());
        await project.write("index.js", ours(args));
        assertSaysNot(succeeded(await project.preview()), "[retain]");
        assertSays(failed(await project.up()), "the old delete has run");
    });
});
