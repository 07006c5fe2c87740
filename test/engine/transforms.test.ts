import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, diagnosticsOf, updates } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { type Stage, stages } from "./support/stage";

/** A resource to whose arguments a transform gives other values; its domain is `<name>.example.com`. */
interface Transformed {
    name: string;
    values: object;
}

const NAMES = ["unchanged", "moved", "timed"];

describe("the values of a transform are not taken for judged", () => {
    const open = stages();
    let stage: Stage;
    let first: Run;
    let strict: Run;
    let later: Run;

    before(async () => {
        stage = await open();
        const { project, domain } = stage;
        const named = new Map(NAMES.map((name) => [name, domain({ version: 1 }, `${name}.example.com`)]));
        domain({ version: 1 }, "other.example.com");
        const declare = (...resources: Transformed[]) =>
            project.write(
                "index.js",
                `const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");
                 for (const { name, args, values } of ${JSON.stringify(
                     resources.map((it) => ({ ...it, args: { ...named.get(it.name), managedLoginVersion: 1 } })),
                 )}) {
                     exports[name] = new UserPoolDomainSettings(name, args, {
                         transforms: [({ props, opts }) => ({ props: { ...props, ...values }, opts })],
                     }).managedLoginVersion;
                 }`,
            );
        const values = { managedLoginVersion: 2, waitTimeoutSeconds: 50 };
        await declare(...NAMES.map((name) => ({ name, values })));
        first = await project.preview("--diff=false");
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "true";
        strict = await project.preview();
        delete project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT;
        succeeded(await project.up());

        await declare(
            { name: "unchanged", values },
            { name: "moved", values: { domain: "other.example.com", managedLoginVersion: 2 } },
            { name: "timed", values: { waitTimeoutSeconds: 100 } },
        );
        later = await project.preview("--diff=false");
    });

    it("no plan is said for them, and the outputs come true", () => {
        for (const name of NAMES) {
            assertSays(
                diagnosticsOf(succeeded(first), name),
                /not preflighted, .*: managedLoginVersion\..*\[not-preflighted\]/,
            );
            assertSays(first, new RegExp(`${name} *: 2`));
            assertSaysNot(first, `${name}.example.com: `);
            const sent = updates(stage.aws, `${name}.example.com`).map((it) => it.ManagedLoginVersion);
            assert.deepEqual(sent, [2]);
        }
    });

    it("strict fails on them", () => {
        assertSays(failed(strict), "which is strict", "[not-preflighted]");
    });

    it("of an unchanged resource, it is still said", () => {
        assertSays(succeeded(later), "unchanged: managedLoginVersion: not preflighted");
    });

    it("a domain that they name is not the one that was looked at", () => {
        const own = diagnosticsOf(succeeded(later), "moved");
        assertSays(own, /not preflighted, .*: domain, managedLoginVersion\./);
        assertSaysNot(own, "->", "nothing changes");
        assertSaysNot(later, "moved.example.com: ", "other.example.com: ");
    });

    it("those that nothing is judged by take no plan away", () => {
        assertSays(
            succeeded(later),
            "timed: not preflighted, since a transform gives it: waitTimeoutSeconds",
            "timed.example.com: managed login 2 -> 1",
        );
    });
});
