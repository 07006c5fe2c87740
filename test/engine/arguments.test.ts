import assert from "node:assert/strict";
import { assertSays, assertSaysNot, assertTidy, updates } from "./support/expect";
import { secret } from "./support/program";
import { failed, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

describe("wrong arguments", () => {
    const open = stages();

    it("are all named at once, in a preview and in an update, without a property name", async () => {
        const { aws, project, userPoolId } = await open();
        await project.declare(
            auth({
                userPoolId,
                domain: "https://Auth.example.com/login",
                managedLoginVersion: "2",
                customDomainConfig: {
                    certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/abc",
                    securityPolicy: "TLS_V2",
                },
                routing: { failover: { secondaryRegion: "us-east-2" } },
                onDelete: "keep",
                managedLogin: true,
            }),
        );
        for (const run of [await project.preview(), await project.up()]) {
            failed(run);
            assertSays(
                run,
                'domain is a URL, "https://Auth.example.com/login"; give "auth.example.com"',
                'managedLoginVersion is "2" (a string',
                "customDomainConfig.certificateArn names a certificate in eu-west-1",
                'customDomainConfig.securityPolicy is "TLS_V2"; give one of "TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"',
                "routing.failover.primaryRoute53HealthCheckId is required",
                'onDelete is "keep"; give one of "retain", "restore"',
                "managedLogin is not a known property",
            );
            // With a property's name, Pulumi prints its value.
            assertSaysNot(run, /property \w+ value/);
            assertTidy(run);
        }
        assert.deepEqual(aws.calls, []);
    });

    it("contradict each other offline: a prefix with a certificate, managed login with TLS_V1", async () => {
        const { aws, project, userPoolId } = await open();
        const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/abc";
        const cases = [
            [{ domain: "my-product", customDomainConfig: { certificateArn } }, '"my-product" is a prefix domain'],
            [
                { domain: DOMAIN, managedLoginVersion: 2, customDomainConfig: { securityPolicy: "TLS_V1" } },
                'needs at least "TLS_V1_2_2021"',
            ],
        ] as const;
        for (const [args, text] of cases) {
            await project.declare(auth({ userPoolId, ...args }));
            assertSays(failed(await project.up()), text);
        }
        assert.deepEqual(aws.calls, []);
    });

    it("include a provider of another package, which is refused by name", async () => {
        const { project, domain } = await open();
        await project.declare(auth({ ...domain(), managedLoginVersion: 2 }, { foreignProvider: true }));
        assertSays(failed(await project.preview()), 'UserPoolDomainSettings "auth": opts.provider is not supported');
    });

    it("include opts.import, which is refused with what to write instead", async () => {
        const { project, domain, userPoolId } = await open();
        const id = `${userPoolId}/${DOMAIN}`;
        await project.declare(auth({ ...domain(), managedLoginVersion: 2 }, { import: id }));
        assertSays(
            failed(await project.preview()),
            'UserPoolDomainSettings "auth": opts.import is not supported',
            "Remove import.",
        );
    });

    it("do not include null, which counts as left out wherever it stands", async () => {
        const { aws, project, domain, userPoolId } = await open();
        const nothing = { certificateArn: null, securityPolicy: null };
        aws.domain({ userPoolId, domain: "my-product", version: 1 });
        await project.declare(
            auth({ ...domain({ version: 1 }), managedLoginVersion: 2, customDomainConfig: nothing, routing: null }),
            {
                name: "prefix",
                args: { userPoolId, domain: "my-product", managedLoginVersion: 2, customDomainConfig: nothing },
            },
        );
        succeeded(await project.preview());
        succeeded(await project.up());
        succeeded(await project.up("--expect-no-changes"));
        assert.equal(updates(aws).length, 2);
    });
});

describe("secret arguments", () => {
    const open = stages();

    it("work, and their values are printed nowhere and kept encrypted", async () => {
        const { aws, project, domain } = await open();
        const certificateArn = aws.certificate({ domainName: DOMAIN });
        const named = domain({ version: 1 });
        const args = {
            ...named,
            managedLoginVersion: 2,
            customDomainConfig: { certificateArn: secret(certificateArn) },
        };
        await project.declare(auth(args));
        const uuid = certificateArn.split("/")[1] ?? "";
        for (const run of [await project.preview(), await project.up(), await project.refresh()]) {
            assertSaysNot(succeeded(run), uuid);
        }
        assert.equal(aws.domainOf(DOMAIN)?.certificateArn, certificateArn);
        assert.ok(!(await project.export()).includes(uuid));
    });

    it("are not printed by a preview that finds them wrong", async () => {
        const { aws, project, domain } = await open();
        const absent = aws.certificate({ domainName: DOMAIN });
        aws.removeCertificate(absent);
        const named = domain({ version: 1 });
        const uuid = absent.split("/")[1] ?? "";
        for (const [args, value] of [
            [{ ...named, customDomainConfig: { certificateArn: secret(absent) } }, uuid],
            [{ ...named, customDomainConfig: { certificateArn: secret("hidden-certificate") } }, "hidden-certificate"],
            [{ ...named, domain: secret("https://hidden.example.com") }, "hidden.example.com"],
        ] as const) {
            await project.declare(auth(args));
            const preview = failed(await project.preview());
            assertSaysNot(preview, value);
            assertTidy(preview);
        }
    });
});
