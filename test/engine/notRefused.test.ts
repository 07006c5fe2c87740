import assert from "node:assert/strict";
import { assertSays, assertSaysNot, assertTidy, updates } from "./support/expect";
import { outputOf } from "./support/program";
import { failed, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

const EXPIRED = { status: "EXPIRED", notAfter: new Date(Date.now() - 86_400_000) } as const;

describe("a preview refuses and foretells what up does, and nothing else:", () => {
    const open = stages();

    it("a domain that is still another pool's may be moved by the same program", async () => {
        const { aws, project, domain, userPoolId } = await open();
        const named = domain({ version: 1 });
        aws.patchDomain(DOMAIN, { userPoolId: aws.userPool({ region: "us-west-2" }) });
        await project.declare(auth({ ...named, managedLoginVersion: 2 }));
        assertSays(succeeded(await project.preview()), /warning: domain: .*\[domain-other-pool\]/);
        aws.patchDomain(DOMAIN, { userPoolId });
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
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

    it("an id part that becomes unknown is foretold as the replacement that it will be", async () => {
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

    it("the values of a transform are not taken for judged, and the plan is made of them", async () => {
        const { aws, project, domain } = await open();
        const args = { ...domain({ version: 1 }), managedLoginVersion: 1 };
        await project.write(
            "index.js",
            `const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");
             new UserPoolDomainSettings("auth", ${JSON.stringify(args)}, {
                 transforms: [({ props, opts }) => ({ props: { ...props, managedLoginVersion: 2, wait: "none" }, opts })],
             });`,
        );
        assertSays(
            succeeded(await project.preview()),
            /auth: not preflighted, .*: managedLoginVersion, wait/,
            `${DOMAIN}: managed login 1 -> 2`,
        );
        succeeded(await project.up());
        assert.deepEqual(
            updates(aws).map(({ ManagedLoginVersion }) => ManagedLoginVersion),
            [2],
        );
    });
});
