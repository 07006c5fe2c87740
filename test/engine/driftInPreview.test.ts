import assert from "node:assert/strict";
import { assertSays, assertSaysNot, assertTidy, callsOf, updates } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

describe("drift, in previews and updates", () => {
    const open = stages();

    it("is said in the preview, left by the update, strict fails on it, and --refresh puts it back", async () => {
        const { aws, project, domain } = await open();
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2 }));
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { managedLoginVersion: 1, securityPolicy: "TLS_V1_3_2025" });

        const preview = succeeded(await project.preview());
        assertSays(
            preview,
            /managed login 2 was changed to 1 outside of Pulumi, and this update leaves it.*\[setting-drifted\]/,
        );
        // Pulumi says it already.
        assertSaysNot(preview, /warning:.*\n.*warning:/);
        // What the program does not manage does not drift, and nothing is planned.
        assertSaysNot(preview, "customDomainConfig.securityPolicy", "->");
        assertTidy(preview);
        const calls = await callsOf(aws, async () => assertSays(succeeded(await project.up()), "2 unchanged"));
        assert.deepEqual(calls, []);

        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "true";
        const strict = failed(await project.preview());
        assertSays(strict, /warnings fail this preview, which is strict.*\n.*\[setting-drifted\]/);
        delete project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT;

        succeeded(await project.up("--refresh"));
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });

    it("is undone by an update that comes anyway, and the preview says so", async () => {
        const { aws, project, domain } = await open();
        const named = domain({ version: 1 });
        await project.declare(auth({ ...named, managedLoginVersion: 2 }));
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { managedLoginVersion: 1 });
        const args = { managedLoginVersion: 2, customDomainConfig: { securityPolicy: "TLS_V1_3_2025" } };
        await project.declare(auth({ ...named, ...args }));
        assertSays(
            succeeded(await project.preview()),
            `${DOMAIN} was changed outside of Pulumi: managed login 1, where Pulumi had set 2. This update undoes it.`,
            `${DOMAIN}: managed login 1 -> 2`,
        );
    });

    it("is said of every update that would undo it: of our own arguments alone, and what ignoreChanges covers", async () => {
        const { aws, project, domain } = await open();
        const [old, theirs] = [1, 2].map(() => aws.certificate({ domainName: DOMAIN })) as [string, string];
        const named = { ...domain({ certificateArn: old }), managedLoginVersion: 2 };
        const args = { ...named, customDomainConfig: { certificateArn: old } };
        const opts = { ignoreChanges: ["customDomainConfig.certificateArn"] };
        await project.declare(auth(args, opts));
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { managedLoginVersion: 1, certificateArn: theirs });
        const undone =
            /changed outside of Pulumi: managed login 1, where Pulumi had set 2; certificate .*This update undoes/;
        await project.declare(auth({ ...args, waitTimeoutSeconds: 100 }, opts));
        assertSays(succeeded(await project.preview()), undone);
        const secretly = { ...args, onDelete: "restore", onDrift: "correct" };
        await project.declare(auth(secretly, { ignoreChanges: [...opts.ignoreChanges, "managedLoginVersion"] }));
        assertSays(succeeded(await project.preview()), undone);
    });

    it("is said of an update that goes on with a failed one, and strict says nothing else", async () => {
        const { aws, project, domain } = await open();
        const named = domain({ version: 1, securityPolicy: "TLS_V1_2_2021" });
        aws.behaviour.outcome = "failed";
        await project.declare(
            auth({ ...named, managedLoginVersion: 1, customDomainConfig: { securityPolicy: "TLS_V1_3_2025" } }),
        );
        failed(await project.up());
        aws.behaviour.outcome = "active";
        aws.patchDomain(DOMAIN, { status: "ACTIVE", managedLoginVersion: 2 });
        assertSays(
            succeeded(await project.preview()),
            /managed login 2, where Pulumi had set 1.*This update undoes it/,
        );
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "true";
        assertSaysNot(failed(await project.preview()), "this update leaves it");
        delete project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT;
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
    });

    it('after wait: "none" is said and left, as any other: what AWS has accepted is not sent again', async () => {
        for (const view of ["old", "new"] as const) {
            const { aws, project, domain } = await open();
            aws.behaviour.whileUpdating = view;
            await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2, wait: "none" }));
            succeeded(await project.up());
            aws.patchDomain(DOMAIN, { status: "ACTIVE", managedLoginVersion: 1 });
            assertSays(succeeded(await project.preview()), "[setting-drifted]");
            assertSays(succeeded(await project.up()), "2 unchanged");
            assert.equal(updates(aws).length, 1);
            aws.removeDomain(DOMAIN);
        }
    });

    it("of one of two resources about one domain is no reason to update, or to refuse, the other", async () => {
        const { aws, project, domain } = await open();
        const [old, theirs] = [1, 2].map(() => aws.certificate({ domainName: DOMAIN })) as [string, string];
        const named = domain({ version: 1, certificateArn: old, securityPolicy: "TLS_V1_2_2021" });
        const version = (managedLoginVersion: number) => ({
            name: "version",
            args: { ...named, managedLoginVersion, onDrift: "correct" },
        });
        const customDomainConfig = { certificateArn: old, securityPolicy: "TLS_V1_2_2021" };
        const config = { name: "config", args: { ...named, customDomainConfig } };
        await project.declare(version(1), config);
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { certificateArn: theirs, securityPolicy: "TLS_V1_3_2025" });
        aws.patchCertificate(old, { status: "EXPIRED", notAfter: new Date(Date.now() - 86_400_000) });
        assertSays(succeeded(await project.preview()), "3 unchanged", "[setting-drifted]");
        assertSays(succeeded(await project.up()), "3 unchanged");
        await project.declare(version(2), config);
        assertSays(succeeded(await project.preview()), "~ 1 to update");
        succeeded(await project.up());
        const { certificateArn, managedLoginVersion } = aws.domainOf(DOMAIN) ?? {};
        assert.deepEqual([certificateArn, managedLoginVersion], [theirs, 2]);
    });

    it("is corrected by a preview's word just where the update looks: not where only the state, or a transform, says so", async () => {
        const { aws, project, domain } = await open();
        const args = { ...domain({ version: 1 }), managedLoginVersion: 2 };
        await project.declare(auth({ ...args, onDrift: "correct" }));
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { managedLoginVersion: 1 });
        await project.declare(auth(args, { ignoreChanges: ["onDrift"] }));
        for (const run of [await project.preview(), await project.up()]) {
            assertSays(succeeded(run), "2 unchanged");
        }
        await project.declare(auth({ ...args, onDrift: "correct", preflight: "off" }));
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { managedLoginVersion: 1 });
        assertSays(succeeded(await project.preview()), "~ 1 to update", "This update undoes it");
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);

        aws.patchDomain(DOMAIN, { managedLoginVersion: 1 });
        await project.write(
            "index.js",
            `const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");
             new UserPoolDomainSettings("auth", ${JSON.stringify({ ...args, preflight: "off" })}, {
                 transforms: [({ props, opts }) => ({ props: { ...props, onDrift: "correct" }, opts })],
             });`,
        );
        for (const run of [await project.preview(), await project.up()]) {
            assertSays(succeeded(run), "2 unchanged");
        }
    });

    it('is put back by an update with onDrift: "correct", which asks AWS once a domain, and by the preview foretold', async () => {
        const { aws, project, domain } = await open();
        const resource = (name: string, args: object = {}, ignoreChanges: string[] = []) => ({
            name,
            args: {
                ...domain({ version: 1 }, `${name}.example.com`),
                managedLoginVersion: 2,
                onDrift: "correct",
                ...args,
            },
            opts: { ignoreChanges },
        });
        const resources = [
            resource("drifted"),
            resource("ignored", {}, ["managedLoginVersion"]),
            resource("steady"),
            resource("failed"),
        ];
        await project.declare(...resources);
        succeeded(await project.up());
        for (const name of ["drifted", "ignored"]) {
            aws.patchDomain(`${name}.example.com`, { managedLoginVersion: 1 });
        }
        aws.patchDomain("failed.example.com", { status: "FAILED" });

        const preview = succeeded(await project.preview());
        assertSays(
            preview,
            "drifted.example.com was changed outside of Pulumi: managed login 1, where Pulumi had set 2. This update undoes it.",
            "drifted.example.com: managed login 1 -> 2",
            "~ 2 to update",
        );
        aws.calls = [];
        const up = succeeded(await project.up());
        assert.deepEqual(
            updates(aws)
                .map(({ Domain }) => Domain)
                .sort(),
            ["drifted.example.com", "failed.example.com"],
        );
        assertTidy(up);
        assert.equal(aws.domainOf("ignored.example.com")?.managedLoginVersion, 1);
        assert.equal(
            aws.callsTo("DescribeUserPoolDomain").filter(({ input }) => input.Domain === "steady.example.com").length,
            1,
        );
        const again = await callsOf(aws, async () => succeeded(await project.up()));
        assert.deepEqual(again, Array(4).fill("DescribeUserPoolDomain"));
    });

    it('is a warning where onDrift: "correct" cannot look, and never a failed update', async () => {
        const { aws, project, domain } = await open();
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2, onDrift: "correct" }));
        succeeded(await project.up());
        aws.behaviour.accessDenied = ["cognito-idp:DescribeUserPoolDomain"];
        const up = succeeded(await project.up());
        assertSays(
            up,
            /warning: auth: onDrift: whether auth\.example\.com was changed outside of Pulumi could not be seen: /,
        );
        assertTidy(up);
    });

    it("of a domain whose last update failed: an unchanged program mends nothing, and says what does", async () => {
        const { aws, project, domain } = await open();
        const named = domain({ version: 1 });
        await project.declare(auth({ ...named, managedLoginVersion: 2 }));
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { status: "FAILED" });
        const preview = succeeded(await project.preview());
        assertSays(preview, /status FAILED\. Send the settings again with `pulumi up --refresh`/);
        assert.equal((await callsOf(aws, async () => succeeded(await project.up()))).length, 0);
        // An update that comes anyway sends them.
        const changed = auth({ ...named, managedLoginVersion: 2, waitTimeoutSeconds: 100 });
        await project.declare(changed);
        assertSays(succeeded(await project.preview()), `${DOMAIN}: the settings are sent again as they are`);
        succeeded(await project.up("--refresh"));
        assert.equal(updates(aws).length, 1);
    });
});
