import assert from "node:assert/strict";
import { assertSays, assertSaysNot, updates } from "./support/expect";
import { outputOf } from "./support/program";
import { succeeded } from "./support/project";
import { auth, stages } from "./support/stage";

describe("a restore, where something is replaced", () => {
    const open = stages();

    it("writes nothing to a live domain whose name, or pool, comes of a resource that is deleted before it is replaced", async () => {
        const { aws, project, domain, userPoolId } = await open();
        const named = ["name", "pool"].map((it) => domain({ version: 1 }, `${it}.example.com`).domain);
        const settings = { managedLoginVersion: 2, onDelete: "restore" };
        const declare = (seed: string) =>
            project.declare(
                { name: "ofName", makes: `name-${seed}`, gives: named[0] as string, deleteBeforeReplace: true },
                { name: "ofPool", makes: `pool-${seed}`, gives: userPoolId, deleteBeforeReplace: true },
                { name: "byName", args: { userPoolId, domain: outputOf("ofName"), ...settings } },
                { name: "byPool", args: { userPoolId: outputOf("ofPool"), domain: named[1] as string, ...settings } },
            );
        await declare("one");
        succeeded(await project.up());
        aws.calls = [];
        await declare("two");
        const up = succeeded(await project.up());
        assertSays(
            up,
            /warning: name\.example\.com: nothing was restored: .* \(managed login 1 before/,
            /warning: pool\.example\.com: nothing was restored: .* \(managed login 1 before/,
        );
        assert.deepEqual(updates(aws), []);
    });

    it("leaves the domain that its owner replaces, where deletedWith was given only later", async () => {
        const { aws, project, domain, userPoolId } = await open();
        domain({ version: 1 }, "old.example.com");
        domain({ version: 1 }, "new.example.com");
        const args = { userPoolId, domain: outputOf("owner"), managedLoginVersion: 2, onDelete: "restore" };
        const declare = (makes: string, opts?: { ownedBy: string }) =>
            project.declare({ name: "owner", makes }, auth(args, opts));
        await declare("old.example.com");
        succeeded(await project.up());
        await declare("old.example.com", { ownedBy: "owner" });
        succeeded(await project.up());
        aws.calls = [];
        await declare("new.example.com", { ownedBy: "owner" });
        succeeded(await project.up());
        assert.deepEqual(
            updates(aws).map(({ Domain }) => Domain),
            ["new.example.com"],
        );
    });

    it("is foretold, in the preview and in its report, of a domain that the program moves away from", async () => {
        const { aws, project, domain } = await open();
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/report.md`;
        const settings = { managedLoginVersion: 2, onDelete: "restore" };
        await project.declare(auth({ ...domain({ version: 1 }), ...settings }));
        succeeded(await project.up());
        await project.declare(auth({ ...domain({ version: 2 }, "two.example.com"), ...settings }));
        const preview = succeeded(await project.preview());
        assertSays(preview, /auth\.example\.com: the program moves away from it, .*: managed login 1 \(onDelete\)/);
        const report = await project.read("report.md");
        assert.match(report, /### ⚠️.*- \*\*restored\*\* `auth\.example\.com`/s);
        aws.calls = [];
        succeeded(await project.up());
        assert.deepEqual(
            updates(aws).map(({ Domain, ManagedLoginVersion }) => [Domain, ManagedLoginVersion]),
            [["auth.example.com", 1]],
        );
    });

    it("is foretold of a prefix that the program moves to another Region, and made there alone", async () => {
        const { aws, project, userPoolId } = await open();
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/report.json`;
        const other = aws.userPool({ region: "eu-west-1" });
        for (const pool of [userPoolId, other]) {
            aws.domain({ userPoolId: pool, domain: "acme", managedLoginVersion: 1 });
        }
        const settings = { domain: "acme", managedLoginVersion: 2, onDelete: "restore" };
        await project.declare(auth({ userPoolId, ...settings }));
        succeeded(await project.up());
        await project.declare(auth({ userPoolId: other, ...settings }));
        assertSays(
            succeeded(await project.preview()),
            /acme: the program moves away from it, .*: managed login 1 \(onDelete\)/,
        );
        assert.equal(JSON.parse(await project.read("report.json")).resources[0].restores, "acme");
        aws.calls = [];
        succeeded(await project.up());
        assert.deepEqual(
            updates(aws).map(({ UserPoolId, ManagedLoginVersion }) => [UserPoolId, ManagedLoginVersion]),
            [
                [other, 2],
                [userPoolId, 1],
            ],
        );
    });

    it("is made of what a new resource of the domain does not name, where the old one moves away", async () => {
        const { aws, project, domain, userPoolId } = await open();
        const found = domain({ version: 1 }, "old.example.com");
        domain({ version: 1 }, "new.example.com");
        const before = aws.domainOf("old.example.com")?.certificateArn;
        const certificateArn = aws.certificate({ domainName: "*.example.com" });
        const args = { userPoolId, managedLoginVersion: 2, onDelete: "restore" };
        await project.declare(auth({ ...args, domain: found.domain, customDomainConfig: { certificateArn } }));
        succeeded(await project.up());
        await project.declare(auth({ ...args, domain: "new.example.com" }), {
            name: "other",
            args: { ...args, domain: found.domain },
        });
        succeeded(await project.up());
        const { managedLoginVersion, certificateArn: after } = aws.domainOf("old.example.com") ?? {};
        assert.deepEqual([managedLoginVersion, after], [2, before]);
    });

    it("leaves what is taken out of the program together with a new Region, or under --replace", async () => {
        for (const [region, replaces] of [["us-east-2", false] as const, [undefined, true] as const]) {
            const { aws, project, domain } = await open();
            const certificateArn = aws.certificate({ domainName: "auth.example.com" });
            const args = { ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" };
            await project.declare(auth({ ...args, customDomainConfig: { certificateArn } }));
            succeeded(await project.up());
            await project.declare(auth({ ...args, ...(region ? { region } : {}) }));
            aws.calls = [];
            const flags = replaces ? ["--replace", project.urn("auth")] : [];
            assertSaysNot(succeeded(await project.preview(...flags)), "puts back");
            assertSays(succeeded(await project.up(...flags)), "auth.example.com: nothing was restored");
            assert.deepEqual(updates(aws), []);
        }
    });

    it("writes nothing where replaceWith, without deletedWith, has it deleted first; a destroy restores", async () => {
        const { aws, project, domain } = await open();
        const settings = auth(
            { ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" },
            { replacedWith: "owner" },
        );
        const declare = (makes: string) =>
            project.declare({ name: "owner", makes, deleteBeforeReplace: true }, settings);
        await declare("one");
        succeeded(await project.up());
        await declare("two");
        aws.calls = [];
        assertSays(
            succeeded(await project.up()),
            /auth\.example\.com: nothing was restored: with replaceWith.*: managed login 1/,
        );
        assert.deepEqual(updates(aws), []);
        succeeded(await project.destroy());
        assert.equal(aws.domainOf("auth.example.com")?.managedLoginVersion, 1);
    });

    it("is left to a destroy where a resource with replaceWith is taken out of the program", async () => {
        const { aws, project, domain } = await open();
        const owner = { name: "owner", makes: "one" };
        const args = { ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" };
        await project.declare(owner, auth(args, { replacedWith: "owner" }));
        succeeded(await project.up());
        await project.declare(owner);
        assertSays(succeeded(await project.up()), "put back by hand what there was before it: managed login 1");
        assert.equal(aws.domainOf("auth.example.com")?.managedLoginVersion, 2);
    });
});
