import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./support/engine";
import { assertSays, assertSaysNot } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { DOMAIN, domainOf, stages, updates } from "./support/stage";

const PAGE = readFileSync(join(REPOSITORY, "docs/migrating.md"), "utf8");

/** The line of what Pulumi prints that begins so, as docs/migrating.md shows it. */
function shown(beginning: string): string {
    const line = PAGE.split("\n").find((text) => text.trimStart().startsWith(beginning) && text.startsWith("   "));
    assert.ok(line, `docs/migrating.md shows no line "${beginning}"`);
    return line.trim();
}

/** Dynamic providers as people write them themselves, whose delete must not run. */
const handWritten = (resources: Record<string, object>, opts: object): string => `
const pulumi = require("@pulumi/pulumi");
const provider = {
    create: async (inputs) => ({ id: inputs.domain, outs: inputs }),
    delete: async (id) => { throw new Error("the old delete has run for " + id); },
};
class DomainSettings extends pulumi.dynamic.Resource {
    constructor(name, args, opts) { super(provider, name, args, opts); }
}
for (const [name, args] of Object.entries(${JSON.stringify(resources)})) {
    new DomainSettings(name, args, name === "auth" ? ${JSON.stringify(opts)} : {});
}
`;

const ours = (resources: Record<string, object>): string => `
const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");
for (const [name, args] of Object.entries(${JSON.stringify(resources)})) {
    new UserPoolDomainSettings(name, args);
}
`;

describe("docs/migrating.md, with the real engine", () => {
    const open = stages();

    it("shows what changes, or that nothing does; after retainOnDelete the old delete does not run, without it does", async () => {
        const { aws, project, domain } = await open();
        const certificateArn = aws.certificate({ domainName: "*.example.com" });
        const named = (name: string) => domain({ version: 1, certificateArn, securityPolicy: "TLS_V1_2_2021" }, name);
        const [auth, careless, changed] = [DOMAIN, domainOf("careless"), domainOf("changed")].map(named);
        const settings = { managedLoginVersion: 1, customDomainConfig: { certificateArn } };
        const old = { auth: { ...auth, managedLoginVersion: 1 }, careless: { ...careless, managedLoginVersion: 1 } };
        await project.write("index.js", handWritten(old, {}));
        succeeded(await project.up());
        await project.write("index.js", handWritten(old, { retainOnDelete: true }));
        assertSays(succeeded(await project.up()), "3 unchanged");

        const version2 = { ...changed, ...settings, managedLoginVersion: 2 };
        await project.write("index.js", ours({ auth: { ...auth, ...settings }, changed: version2 }));
        const plain = succeeded(await project.preview("--diff=false"));
        assertSays(plain, shown("+  pulumi-nodejs:dynamic/cognito:UserPoolDomainSettings auth create"));
        assertSays(plain, shown(`${DOMAIN}: nothing changes`));
        const line = shown(`${DOMAIN}: managed login`).replace(
            /\.\.\.\/[^\s,]+/,
            `.../${certificateArn.split("/")[1]}`,
        );
        assertSays(plain, line.replace(DOMAIN, domainOf("changed")));
        const diff = succeeded(await project.preview());
        assertSays(diff, shown("+ pulumi-nodejs:dynamic/cognito"), shown("- pulumi-nodejs:dynamic:Resource"));

        const up = failed(await project.up());
        assertSays(up, `the old delete has run for ${domainOf("careless")}`);
        assertSaysNot(up, `the old delete has run for ${DOMAIN}`);
        const updated = updates(aws).map(({ Domain }) => Domain);
        assert.deepEqual(updated, [domainOf("changed")]);
    });
});
