import assert from "node:assert/strict";
import { assertSays, assertSaysNot, assertTidy, updates } from "./support/expect";
import { type Declared, outputOf, secret } from "./support/program";
import { failed, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

const EXPIRED = { status: "EXPIRED", notAfter: new Date(Date.now() - 86_400_000) } as const;

describe("a preview refuses and says what up does, and nothing else:", () => {
    const open = stages();

    it("a domain that is still another pool's may be moved by the same program", async () => {
        const { aws, project, domain, userPoolId } = await open();
        const named = domain({ version: 1 });
        aws.patchDomain(DOMAIN, { userPoolId: aws.userPool({ region: "us-west-2" }) });
        await project.declare(auth({ ...named, managedLoginVersion: 2 }));
        assertSays(succeeded(await project.preview()), / - domain: .*\[domain-other-pool\]/);
        aws.patchDomain(DOMAIN, { userPoolId });
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });

    it("an imported certificate that is unfit may be imported anew, under its ARN, by the program that makes it", async () => {
        const { aws, project, domain } = await open();
        const unfit = { domainName: DOMAIN, type: "IMPORTED", ...EXPIRED } as const;
        const [made, given] = [aws.certificate(unfit), aws.certificate(unfit)];
        const named = domain();
        const declare = (customDomainConfig?: Declared["args"][string]) =>
            project.declare({ name: "certificate", makes: made }, auth({ ...named, customDomainConfig }));
        await declare();
        succeeded(await project.up());
        // Pulumi tells of no update of the certificate: its ARN is known all the same.
        const config = { certificateArn: outputOf("certificate") };
        for (const form of [secret(config), config]) {
            await declare(form);
            const preview = succeeded(await project.preview());
            assertSays(preview, /, unless this program imports it anew\. \[certificate-expired\]/);
        }
        assertSays(failed(await project.up()), "[certificate-expired]");
        aws.patchCertificate(made, { status: "ISSUED", notAfter: new Date(Date.now() + 100 * 86_400_000) });
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.certificateArn, made);
        // One that no resource of the program makes stays as it is.
        await declare({ certificateArn: given });
        assertSays(failed(await project.preview()), "[certificate-expired]");
    });

    it("an unchanged resource may want an expired certificate, after somebody attached another by hand", async () => {
        const { aws, project, domain } = await open();
        const certificateArn = aws.certificate({ domainName: DOMAIN });
        const args = { ...domain({ certificateArn }), customDomainConfig: { certificateArn } };
        await project.declare(auth(args));
        succeeded(await project.up());
        aws.patchCertificate(certificateArn, EXPIRED);
        aws.patchDomain(DOMAIN, { certificateArn: aws.certificate({ domainName: DOMAIN }) });
        assertSays(succeeded(await project.preview()), "[setting-drifted]", "[certificate-expired]");
        assertSays(succeeded(await project.up()), "2 unchanged");
        // An update would bring it back: that is refused.
        await project.declare(auth({ ...args, managedLoginVersion: 2 }));
        const refused = failed(await project.preview());
        assertSays(refused, "[certificate-expired]");
        assertTidy(refused);
        failed(await project.up());
        assert.deepEqual(updates(aws), []);
    });

    it("nothing is said to fail that --target leaves out, or that ignoreChanges leaves as it is", async () => {
        const { aws, project, domain } = await open();
        const certificateArn = aws.certificate({ domainName: DOMAIN, ...EXPIRED });
        const other = { name: "other", args: { ...domain({}, "other.example.com"), managedLoginVersion: 2 } };
        const named = domain();
        await project.declare(auth({ ...named, customDomainConfig: { certificateArn } }), other);
        const target = ["--target", project.urn("other")];
        assertSaysNot(succeeded(await project.preview(...target)), "fail", "[certificate-expired]");
        // Nor is a plan said for it.
        await project.declare(auth({ ...named, managedLoginVersion: 2 }), other);
        const preview = succeeded(await project.preview(...target));
        assertSays(preview, "other.example.com: managed login 1 -> 2");
        assertSaysNot(preview, `${DOMAIN}: managed login`);
        assertTidy(preview);

        succeeded(await project.up());
        const config = { managedLoginVersion: 2, customDomainConfig: { certificateArn } };
        await project.declare(auth({ ...named, ...config }, { ignoreChanges: ["*"] }), other);
        assertSaysNot(succeeded(await project.preview()), "[certificate-expired]", "->");
    });

    it("ignoreChanges hides nothing of a first create, which goes by the arguments all the same, nor a sibling", async () => {
        const { aws, project, domain } = await open();
        const [fit, expired] = [{}, EXPIRED].map((it) => aws.certificate({ domainName: DOMAIN, ...it }));
        const named = domain({ certificateArn: fit, securityPolicy: "TLS_V1_2_2021" });
        const declare = (certificateArn: string | undefined, securityPolicy: string, ignored: string) =>
            project.declare(
                auth(
                    { ...named, customDomainConfig: { certificateArn, securityPolicy } },
                    { ignoreChanges: [ignored] },
                ),
            );
        await declare(expired, "TLS_V1_2_2021", "*");
        assertSays(failed(await project.preview()), "[certificate-expired]");
        await declare(fit, "TLS_V1_2_2021", "customDomainConfig.securityPolicy");
        succeeded(await project.up());
        await declare(expired, "TLS_V1_3_2025", "customDomainConfig.securityPolicy");
        assertSays(failed(await project.preview()), "[certificate-expired]");
    });

    it("an id part that becomes unknown is shown as the replacement that it will be", async () => {
        const { aws, project, domain } = await open();
        const named = domain({ version: 1 });
        const next = aws.userPool({ region: "us-west-2" });
        const declare = (pool: string) =>
            project.declare(
                { name: "pool", makes: pool },
                auth({ userPoolId: outputOf("pool"), domain: DOMAIN, managedLoginVersion: 2 }),
            );
        await declare(named.userPoolId);
        succeeded(await project.up());
        await declare(next);
        assertSays(succeeded(await project.preview()), "+-2 to replace");
        aws.patchDomain(DOMAIN, { userPoolId: next });
        assertSays(succeeded(await project.up()), "+-2 replaced");
    });

    it("an id part that becomes unknown: a plan holds the replacement, and protect refuses it in the preview", async () => {
        const { aws, project, domain } = await open();
        const named = domain({ version: 1 });
        const next = aws.userPool({ region: "us-west-2" });
        // No stack outputs: of those that stay undefined, Pulumi plans an unknown one, and then misses it.
        const program = await project.read("index.js");
        await project.write("index.js", program.replaceAll("exports[name] = new", "new"));
        const declare = (pool: string, opts = {}) =>
            project.declare(
                { name: "pool", makes: pool },
                auth({ userPoolId: outputOf("pool"), domain: DOMAIN, managedLoginVersion: 2 }, opts),
            );
        await declare(named.userPoolId, { protect: true });
        succeeded(await project.up());
        await declare(next, { protect: true });
        assertSays(failed(await project.preview()), "unable to replace resource");
        await declare(named.userPoolId);
        succeeded(await project.up());
        await declare(next);
        succeeded(await project.preview("--save-plan", "plan.json"));
        aws.patchDomain(DOMAIN, { userPoolId: next });
        assertSays(succeeded(await project.up("--plan", "plan.json")), "+-2 replaced");
    });

    it("the values of a transform are not taken for judged: no plan, strict fails, and the outputs come true", async () => {
        const { aws, project, domain } = await open();
        const args = { ...domain({ version: 1 }), managedLoginVersion: 1 };
        const transformTo = (props: object) =>
            project.write(
                "index.js",
                `const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");
                 exports.version = new UserPoolDomainSettings("auth", ${JSON.stringify(args)}, {
                     transforms: [({ props, opts }) => ({ props: { ...props, ...${JSON.stringify(props)} }, opts })],
                 }).managedLoginVersion;`,
            );
        await transformTo({ managedLoginVersion: 2, waitTimeoutSeconds: 50 });
        const preview = succeeded(await project.preview());
        assertSays(preview, /not preflighted, .*: managedLoginVersion\..*\[not-preflighted\]/, /version *: 2/);
        assertSaysNot(preview, `${DOMAIN}: `);
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "true";
        assertSays(failed(await project.preview()), "which is strict", "[not-preflighted]");
        delete project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT;
        succeeded(await project.up());
        assert.deepEqual(
            updates(aws).map(({ ManagedLoginVersion }) => ManagedLoginVersion),
            [2],
        );
        // Unchanged, it is still said. Another domain is not the one that was looked at.
        assertSays(succeeded(await project.preview()), "auth: managedLoginVersion: not preflighted");
        domain({ version: 1 }, "other.example.com");
        await transformTo({ domain: "other.example.com", managedLoginVersion: 2 });
        const moved = succeeded(await project.preview());
        assertSays(moved, /not preflighted, .*: domain, managedLoginVersion\./);
        assertSaysNot(moved, "->", "nothing changes");
        // What nothing is judged by takes no plan away.
        await transformTo({ waitTimeoutSeconds: 100 });
        assertSays(
            succeeded(await project.preview()),
            "auth: not preflighted, since a transform gives it: waitTimeoutSeconds",
            `${DOMAIN}: managed login 2 -> 1`,
        );
    });

    it("an update that did not end well is gone on with: what its gate will refuse fails the preview", async () => {
        const { aws, project, domain } = await open();
        const certificateArn = aws.certificate({ domainName: DOMAIN });
        const attached = aws.certificate({ domainName: DOMAIN });
        await project.declare(
            auth({ ...domain({ certificateArn: attached }), customDomainConfig: { certificateArn } }),
        );
        aws.behaviour.outcome = "failed";
        failed(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.certificateArn, attached);
        aws.patchCertificate(certificateArn, EXPIRED);
        const preview = failed(await project.preview());
        assertSays(preview, "[certificate-expired]");
        assertTidy(preview);
        assertSays(failed(await project.up()), "[certificate-expired]");
    });

    it("nothing is said of a resource that the run does not create, nor of one that it deletes", async () => {
        const { project, domain, userPoolId } = await open();
        const absent = { name: "absent", args: { userPoolId, domain: "absent.example.com", managedLoginVersion: 2 } };
        const settings = auth({ ...domain({ version: 1 }), managedLoginVersion: 2 });
        await project.declare(settings, absent);
        const excluded = succeeded(await project.preview("--exclude", project.urn("absent")));
        assertSays(excluded, `${DOMAIN}: managed login 1 -> 2`);
        assertSaysNot(excluded, "[domain-not-found]", "absent.example.com");
        await project.declare(settings);
        succeeded(await project.up());
        const destroy = succeeded(await project.destroy("--run-program", "--preview-only"));
        assertSays(destroy, "- 2 to delete");
        assertSaysNot(destroy, "->", "this update", "fail", "nothing changes");
    });
});
