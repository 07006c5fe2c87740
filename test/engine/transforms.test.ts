import assert from "node:assert/strict";
import { assertSays, assertSaysNot, diagnosticsOf, updates } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { domainOf, stages } from "./support/stage";

/** A resource to whose arguments a transform gives other values; its domain is `<name>.example.com`. */
interface Transformed {
    name: string;
    args: object;
    values: object;
}

describe("the values that a transform gives", () => {
    const open = stages();

    it("are checked and planned in a preview; an update plan and the outputs come true", async () => {
        const { aws, project, domain } = await open();
        // Only outputs with a value: of those that stay undefined, Pulumi plans an unknown one, and then misses it.
        const declare = (...resources: Transformed[]) =>
            project.write(
                "index.js",
                `const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");
                 for (const { name, args, values } of ${JSON.stringify(resources)}) {
                     exports[name] = new UserPoolDomainSettings(name, args, {
                         transforms: [({ props, opts }) => ({ props: { ...props, ...values }, opts })],
                     }).managedLoginVersion;
                 }`,
            );
        const certificate = (domainName: string) => ({
            customDomainConfig: { certificateArn: aws.certificate({ domainName }) },
        });
        const [good, bad] = [certificate("*.example.com"), certificate("www.example.org")];
        const args = (name: string) => ({ ...domain({ version: 1 }, domainOf(name)), managedLoginVersion: 1 });
        const [version, moved, fixed] = ["version", "moved", "fixed"].map(args);
        domain({ version: 1 }, domainOf("other"));
        const to2 = { managedLoginVersion: 2 };
        await declare(
            { name: "version", args: { ...version }, values: to2 },
            { name: "moved", args: { ...moved }, values: to2 },
            { name: "fixed", args: { ...fixed, ...bad }, values: { ...to2, ...good } },
        );
        const first = succeeded(await project.preview("--diff=false", "--save-plan", "plan.json"));
        assertSaysNot(first, "[certificate-name-mismatch]");
        succeeded(await project.up("--plan", "plan.json"));
        for (const name of ["version", "moved", "fixed"]) {
            assertSays(diagnosticsOf(first, name), `${domainOf(name)}: managed login 1 -> 2`);
            assertSays(first, new RegExp(`${name} *: 2`));
            assert.equal(aws.domainOf(domainOf(name))?.managedLoginVersion, 2);
        }
        const { certificateArn } = good.customDomainConfig;
        assert.equal(aws.domainOf(domainOf("fixed"))?.certificateArn, certificateArn);

        await declare(
            { name: "version", args: { ...version }, values: to2 },
            { name: "moved", args: { ...moved }, values: { ...to2, domain: domainOf("other") } },
            { name: "fixed", args: { ...fixed, ...good }, values: bad },
        );
        aws.calls = [];
        const later = failed(await project.preview("--diff=false"));
        assertSays(diagnosticsOf(later, "moved"), `${domainOf("other")}: managed login 1 -> 2`);
        assertSaysNot(later, `${domainOf("moved")}: `, `${domainOf("version")}: `);
        assertSays(diagnosticsOf(later, "fixed"), "[certificate-name-mismatch]");
        assertSays(later, "1 resource was refused");
        assert.deepEqual(updates(aws), []);
    });
});
