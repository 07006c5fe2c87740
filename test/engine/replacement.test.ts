import assert from "node:assert/strict";
import type { StoredDomain } from "../emulator";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, updates } from "./support/expect";
import { type Declaration, outputOf } from "./support/program";
import { succeeded } from "./support/project";
import { type Stage, stages } from "./support/stage";

/** What one test has in the program that all tests of its suite share. */
interface Scene {
    first: Declaration[];
    /** In a second program, where it is not as in the first. */
    meanwhile?: Declaration[];
    /** In the last program. */
    changed: Declaration[];
}

describe("a restore, where the program moves a resource to another domain or Region, or has it replaced", () => {
    const open = stages();
    const scenes: ((stage: Stage) => Scene)[] = [];
    let stage: Stage;
    let preview: Run;
    let comment: string;
    /** With `--replace` of the resource `forced`, as the last `up`. */
    let previewOfReplace: Run;
    let report: { resources: { name: string; restores?: string }[] };
    let up: Run;

    before(async () => {
        stage = await open();
        const { aws, project } = stage;
        const parts = scenes.map((scene) => scene(stage));
        await project.declare(...parts.flatMap(({ first }) => first));
        succeeded(await project.up());

        await project.declare(...parts.flatMap(({ changed }) => changed));
        const flags = ["--replace", project.urn("forced")];
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/report.md`;
        preview = succeeded(await project.preview());
        comment = await project.read("report.md");
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = `${project.folder}/report.json`;
        previewOfReplace = succeeded(await project.preview(...flags));
        report = JSON.parse(await project.read("report.json"));
        aws.calls = [];
        up = succeeded(await project.up(...flags));
    });

    scenes.push(({ domain }) => {
        const settings = { managedLoginVersion: 2, onDelete: "restore" };
        return {
            first: [{ name: "moves", args: { ...domain({ version: 1 }, "one.example.com"), ...settings } }],
            changed: [{ name: "moves", args: { ...domain({ version: 2 }, "two.example.com"), ...settings } }],
        };
    });

    it("is foretold, in the preview and in its report, of a domain that the program moves away from", () => {
        assertSays(preview, /one\.example\.com: the program moves away from it, .*: managed login 1 \(onDelete\)/);
        assert.match(comment, /### ⚠️.*- \*\*restored\*\* `one\.example\.com`/s);
        assert.deepEqual(
            updates(stage.aws, "one.example.com").map(({ ManagedLoginVersion }) => ManagedLoginVersion),
            [1],
        );
        assert.deepEqual(updates(stage.aws, "two.example.com"), []);
    });

    let pools: string[];
    scenes.push(({ aws, userPoolId }) => {
        pools = [userPoolId, aws.userPool({ region: "eu-west-1" })];
        const [first = [], changed = []] = pools.map((pool) => {
            aws.domain({ userPoolId: pool, domain: "acme", managedLoginVersion: 1 });
            const args = { userPoolId: pool, domain: "acme", managedLoginVersion: 2, onDelete: "restore" };
            return [{ name: "prefix", args }];
        });
        return { first, changed };
    });

    it("is foretold of a prefix that the program moves to another Region, and made there alone", () => {
        assertSays(preview, /acme: the program moves away from it, .*: managed login 1 \(onDelete\)/);
        assert.equal(report.resources.find(({ name }) => name === "prefix")?.restores, "acme");
        const [old, next] = pools;
        assert.deepEqual(
            updates(stage.aws, "acme").map(({ UserPoolId, ManagedLoginVersion }) => [UserPoolId, ManagedLoginVersion]),
            [
                [next, 2],
                [old, 1],
            ],
        );
    });

    let certificateBefore: string | undefined;
    scenes.push(({ aws, domain }) => {
        const [old, next] = ["old.example.com", "new.example.com"].map((name) => domain({ version: 1 }, name));
        certificateBefore = aws.domainOf("old.example.com")?.certificateArn;
        const certificateArn = aws.certificate({ domainName: "*.example.com" });
        const settings = { managedLoginVersion: 2, onDelete: "restore" };
        return {
            first: [{ name: "leaves", args: { ...old, ...settings, customDomainConfig: { certificateArn } } }],
            changed: [
                { name: "leaves", args: { ...next, ...settings } },
                { name: "takesOver", args: { ...old, ...settings } },
            ],
        };
    });

    it("is made of what a new resource of the domain does not name, where the old one moves away", () => {
        const { managedLoginVersion, certificateArn } = stage.aws.domainOf("old.example.com") ?? {};
        assert.deepEqual([managedLoginVersion, certificateArn], [2, certificateBefore]);
    });

    for (const [name, how, region] of [
        ["asked-elsewhere", "together with a new Region", { region: "us-east-2" }],
        ["forced", "under --replace", {}],
    ] as const) {
        scenes.push(({ aws, domain }) => {
            const certificateArn = aws.certificate({ domainName: `${name}.example.com` });
            const args = {
                ...domain({ version: 1 }, `${name}.example.com`),
                managedLoginVersion: 2,
                onDelete: "restore",
            };
            return {
                first: [{ name, args: { ...args, customDomainConfig: { certificateArn } } }],
                changed: [{ name, args: { ...args, ...region } }],
            };
        });

        it(`leaves what is taken out of the program ${how}`, () => {
            for (const run of [preview, previewOfReplace]) {
                assertSaysNot(run, new RegExp(`${name}\\.example\\.com: .*puts back`));
            }
            assertSays(up, `${name}.example.com: nothing was restored`);
            assert.deepEqual(updates(stage.aws, `${name}.example.com`), []);
        });
    }
});

describe("a restore, where what a resource hangs on is replaced", () => {
    const open = stages();
    const scenes: ((stage: Stage) => Scene)[] = [];
    let stage: Stage;
    let up: Run;
    /** The requests of that `up`. */
    let updatesOf: (domain: string) => Record<string, unknown>[];
    let beforeDestroy: (domain: string) => StoredDomain | undefined;

    before(async () => {
        stage = await open();
        const { aws, project } = stage;
        const parts = scenes.map((scene) => scene(stage));
        await project.declare(...parts.flatMap(({ first }) => first));
        succeeded(await project.up());
        await project.declare(...parts.flatMap(({ first, meanwhile }) => meanwhile ?? first));
        succeeded(await project.up());

        await project.declare(...parts.flatMap(({ changed }) => changed));
        aws.calls = [];
        up = succeeded(await project.up());
        const requests = updates(aws);
        updatesOf = (domain) => requests.filter(({ Domain }) => Domain === domain);
        const domains = aws.state.domains.map((it) => aws.domainOf(it.domain));
        beforeDestroy = (domain) => domains.find((it) => it?.domain === domain);
        succeeded(await project.destroy());
    });

    scenes.push(({ domain, userPoolId }) => {
        for (const it of ["name", "pool"]) {
            domain({ version: 1 }, `${it}.example.com`);
        }
        const settings = { managedLoginVersion: 2, onDelete: "restore" };
        const program = (seed: string): Declaration[] => [
            { name: "ofName", makes: `name-${seed}`, gives: "name.example.com", deleteBeforeReplace: true },
            { name: "ofPool", makes: `pool-${seed}`, gives: userPoolId, deleteBeforeReplace: true },
            { name: "byName", args: { userPoolId, domain: outputOf("ofName"), ...settings } },
            { name: "byPool", args: { userPoolId: outputOf("ofPool"), domain: "pool.example.com", ...settings } },
        ];
        return { first: program("one"), changed: program("two") };
    });

    it("writes nothing to a live domain whose name, or pool, comes of a resource that is deleted before it is replaced", () => {
        for (const domain of ["name.example.com", "pool.example.com"]) {
            assertSays(up, new RegExp(`warning: ${domain}: nothing was restored: .* \\(managed login 1 before`));
            assert.deepEqual(updatesOf(domain), []);
        }
    });

    scenes.push(({ domain, userPoolId }) => {
        domain({ version: 1 }, "old.example.com");
        domain({ version: 1 }, "new.example.com");
        const args = { userPoolId, domain: outputOf("owner"), managedLoginVersion: 2, onDelete: "restore" };
        const program = (makes: string, opts?: { ownedBy: string }): Declaration[] => [
            { name: "owner", makes },
            { name: "owned", args, opts },
        ];
        return {
            first: program("old.example.com"),
            meanwhile: program("old.example.com", { ownedBy: "owner" }),
            changed: program("new.example.com", { ownedBy: "owner" }),
        };
    });

    it("leaves the domain that its owner replaces, where deletedWith was given only later", () => {
        assert.deepEqual(updatesOf("old.example.com"), []);
        assert.equal(updatesOf("new.example.com").length, 1);
    });

    scenes.push(({ domain }) => {
        const args = { ...domain({ version: 1 }, "with.example.com"), managedLoginVersion: 2, onDelete: "restore" };
        const program = (makes: string): Declaration[] => [
            { name: "companion", makes, deleteBeforeReplace: true },
            { name: "replacedWith", args, opts: { replacedWith: "companion" } },
        ];
        return { first: program("one"), changed: program("two") };
    });

    it("writes nothing where replaceWith, without deletedWith, has it deleted first; a destroy restores", () => {
        assertSays(up, /with\.example\.com: nothing was restored: with replaceWith.*: managed login 1/);
        assert.deepEqual(updatesOf("with.example.com"), []);
        assert.equal(stage.aws.domainOf("with.example.com")?.managedLoginVersion, 1);
    });

    scenes.push(({ domain }) => {
        const stays = { name: "stays", makes: "one" };
        const args = { ...domain({ version: 1 }, "gone.example.com"), managedLoginVersion: 2, onDelete: "restore" };
        return { first: [stays, { name: "goes", args, opts: { replacedWith: "stays" } }], changed: [stays] };
    });

    it("is left to a destroy where a resource with replaceWith is taken out of the program", () => {
        assertSays(up, /gone\.example\.com: .*put back by hand what there was before it: managed login 1/);
        assert.equal(beforeDestroy("gone.example.com")?.managedLoginVersion, 2);
    });
});
