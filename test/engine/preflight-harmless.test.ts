import assert from "node:assert/strict";
import { DEFAULT_ACCOUNT } from "../emulator";
import { assertNoVerdict, assertSays, assertSaysNot, timesSaid, updates } from "./support/expect";
import { outputOf, poolOf } from "./support/program";
import { failed, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

const DAY = 24 * 60 * 60 * 1000;
const days = (count: number) => new Date(Date.now() + count * DAY);

describe("preflight: what must not fail a preview", () => {
    const open = stages();

    it("a first deployment, with pool, domain, certificate and settings in one program", async () => {
        const { aws, project, userPoolId } = await open();
        const certificateArn = aws.certificate({ domainName: DOMAIN });
        aws.domain({ userPoolId, domain: DOMAIN });
        await project.declare(
            { name: "pool", makes: userPoolId },
            { name: "domain", makes: DOMAIN },
            { name: "certificate", makes: certificateArn },
            auth({
                userPoolId: outputOf("pool"),
                domain: outputOf("domain"),
                managedLoginVersion: 2,
                customDomainConfig: { certificateArn: outputOf("certificate") },
            }),
        );
        const preview = succeeded(await project.preview());
        assertSays(
            preview,
            "not known yet, so checked at the update: userPoolId, domain, customDomainConfig.certificateArn",
        );
        assert.equal(aws.calls.length, 0);
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });

    it("a domain that does not exist yet, though its name is known", async () => {
        const { aws, project, userPoolId } = await open();
        const certificateArn = aws.certificate({ domainName: DOMAIN, status: "PENDING_VALIDATION" });
        await project.declare(
            auth({ userPoolId, domain: DOMAIN, managedLoginVersion: 2, customDomainConfig: { certificateArn } }),
        );
        const preview = succeeded(await project.preview());
        assertSays(preview, "[domain-not-found]", "[certificate-pending-validation]");
    });

    it("an earlier `up` that stopped while the certificate was pending", async () => {
        const { aws, project, domain } = await open();
        const certificateArn = aws.certificate({ domainName: DOMAIN, status: "PENDING_VALIDATION" });
        await project.declare(auth({ ...domain(), customDomainConfig: { certificateArn } }));
        assert.notEqual((await project.up()).code, 0);
        assertSays(succeeded(await project.preview()), "[certificate-pending-validation]");
        aws.patchCertificate(certificateArn, { status: "ISSUED" });
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.certificateArn, certificateArn);
    });

    it("settings whose arguments come from the outputs of others: neither waits for the other for ever", async () => {
        const { aws, project, domain, userPoolId } = await open();
        aws.domain({ userPoolId, domain: "my-prefix", managedLoginVersion: 1 });
        const first = { ...domain(), managedLoginVersion: 2 };
        await project.declare(auth(first), {
            name: "second",
            args: { userPoolId: poolOf("auth"), domain: "my-prefix", managedLoginVersion: 2 },
        });
        const preview = succeeded(await project.preview());
        assertSays(preview, `${DOMAIN}: managed login 1 -> 2`, "my-prefix: managed login 1 -> 2");
        // Found wrong in both: the second can only be looked at once the first has been registered.
        aws.patchUserPool(userPoolId, { tier: "LITE" });
        const warned = succeeded(await project.preview());
        assert.equal(timesSaid(warned, "[feature-plan-lite]"), 2);
    });

    it("an identity that is not wholly known: AWS is not asked, and the update asks", async () => {
        const { aws, project, domain } = await open();
        const allowedAccountIds = [outputOf("account")];
        await project.declare(
            { name: "account", makes: DEFAULT_ACCOUNT },
            auth({ ...domain(), managedLoginVersion: 2, aws: { allowedAccountIds } }),
        );
        const preview = succeeded(await project.preview());
        assertSays(preview, "not known yet, so checked at the update: aws.allowedAccountIds[0]");
        assert.equal(aws.calls.length, 0);
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });

    it("a rotation to a certificate that the same program makes", async () => {
        const { aws, project, domain } = await open();
        const [first, second] = [1, 2].map(() => aws.certificate({ domainName: DOMAIN })) as [string, string];
        const named = domain({ certificateArn: first });
        const declare = (certificateArn: string) =>
            project.declare(
                { name: "certificate", makes: certificateArn },
                auth({ ...named, customDomainConfig: { certificateArn: outputOf("certificate") } }),
            );
        await declare(first);
        succeeded(await project.up());
        aws.patchCertificate(first, { status: "EXPIRED", notAfter: days(-1) });
        await declare(second);
        const preview = succeeded(await project.preview());
        assertSays(preview, "checked at the update: customDomainConfig.certificateArn");
        assertSaysNot(preview, "replace auth");
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.certificateArn, second);
    });

    it("an unrelated change, and a rescue back to version 1, while the attached certificate is about to end", async () => {
        const { aws, project, domain } = await open();
        const certificateArn = aws.certificate({ domainName: DOMAIN });
        const args = { ...domain({ certificateArn, managedLoginVersion: 2 }), customDomainConfig: { certificateArn } };
        await project.declare(auth({ ...args, managedLoginVersion: 2 }));
        succeeded(await project.up());
        aws.patchCertificate(certificateArn, { notBefore: days(-195), notAfter: days(3) });
        await project.declare(auth({ ...args, managedLoginVersion: 2, waitTimeoutSeconds: 100 }));
        assertSays(succeeded(await project.preview()), "[certificate-expires-soon]");
        aws.patchCertificate(certificateArn, { status: "EXPIRED", notAfter: days(-1) });
        await project.declare(auth({ ...args, managedLoginVersion: 1 }));
        const rescue = succeeded(await project.preview());
        assertSays(rescue, "[certificate-expired]", `${DOMAIN}: managed login 2 -> 1`);
        aws.behaviour.certificateInForce = "trusted";
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
    });

    it("a --target on another resource", async () => {
        const { aws, project, domain } = await open();
        const bad = aws.certificate({ domainName: "www.example.org" });
        const other = domain({}, "other.example.com");
        await project.declare(auth({ ...domain(), customDomainConfig: { certificateArn: bad } }), {
            name: "other",
            args: { ...other, managedLoginVersion: 2 },
        });
        succeeded(await project.preview("--target", project.urn("other")));
        succeeded(await project.up("--target", project.urn("other")));
        assert.deepEqual(
            updates(aws).map(({ Domain }) => Domain),
            ["other.example.com"],
        );
    });

    it("a bad certificate under ignoreChanges", async () => {
        const { aws, project, domain } = await open();
        const certificateArn = aws.certificate({ domainName: DOMAIN });
        const named = domain({ certificateArn });
        await project.declare(auth({ ...named, customDomainConfig: { certificateArn } }));
        succeeded(await project.up());
        const bad = aws.certificate({ domainName: "www.example.org" });
        for (const ignored of ["customDomainConfig", "customDomainConfig.certificateArn"]) {
            await project.declare(
                auth({ ...named, customDomainConfig: { certificateArn: bad } }, { ignoreChanges: [ignored] }),
            );
            assertSaysNot(succeeded(await project.preview()), "[certificate-name-mismatch]");
        }
    });

    it("a transform that mends the arguments: it says that they were not preflighted", async () => {
        const { aws, project, domain } = await open();
        const { userPoolId } = domain();
        const good = aws.certificate({ domainName: DOMAIN });
        const bad = aws.certificate({ domainName: "www.example.org" });
        await project.write(
            "index.js",
            `const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");
             new UserPoolDomainSettings("auth", ${JSON.stringify({ userPoolId, domain: DOMAIN, customDomainConfig: { certificateArn: bad } })}, {
                 transforms: [({ props, opts }) => ({ props: { ...props, customDomainConfig: { certificateArn: ${JSON.stringify(good)} } }, opts })],
             });`,
        );
        const preview = succeeded(await project.preview());
        assertSays(preview, / - customDomainConfig\.certificateArn: not preflighted.*\[not-preflighted\]/);
        assertSaysNot(preview, "[certificate-name-mismatch]");
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.certificateArn, good);
    });

    it("two resources on one domain: both are named", async () => {
        const { project, domain } = await open();
        const named = domain();
        await project.declare(
            { name: "one", args: { ...named, managedLoginVersion: 1 } },
            { name: "two", args: { ...named, managedLoginVersion: 2 } },
        );
        assertSays(
            succeeded(await project.preview()),
            /2 resources of this program are about .*: one, two; they want different things: managed login 1 \(one\), managed login 2 \(two\)\..*\[domain-managed-twice\]/,
        );
    });

    it("the plan says what changes in AWS, for a first adoption too, and nothing where nothing does", async () => {
        const { aws, project, domain } = await open();
        const old = aws.certificate({ domainName: DOMAIN });
        const named = domain({ certificateArn: old, securityPolicy: "TLS_V1_2_2021" });
        const next = aws.certificate({ domainName: "*.example.com", notAfter: "2027-03-01T00:00:00Z" });
        const args = { ...named, managedLoginVersion: 2, customDomainConfig: { certificateArn: next } };
        await project.declare(auth(args));
        const short = (arn: string) => `.../${arn.split("/")[1]}`;
        const plan = `${DOMAIN}: managed login 1 -> 2; certificate ${short(old)} -> ${short(next)} (*.example.com, ends 2027-03-01); TLS policy TLS_V1_2_2021 kept`;
        assertSays(succeeded(await project.preview()), plan);
        succeeded(await project.up());
        assertSaysNot(succeeded(await project.preview()), "managed login");
        assertNoVerdict(await project.export());
    });

    it("an update plan, which `up` then keeps to", async () => {
        const { aws, project, domain } = await open();
        // No stack outputs: of those that stay undefined, Pulumi plans an unknown one, and then misses it.
        await project.write(
            "index.js",
            `const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");
             new UserPoolDomainSettings("auth", ${JSON.stringify({ ...domain(), managedLoginVersion: 2 })});`,
        );
        assertSaysNot(succeeded(await project.preview("--save-plan", "plan.json")), "__verdict");
        assertNoVerdict(await project.read("plan.json"));
        succeeded(await project.up("--plan", "plan.json"));
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });

    it("a secret argument is not copied into what the preview says", async () => {
        const { aws, project, domain } = await open();
        const named = domain();
        const certificateArn = aws.certificate({ domainName: "www.example.org" });
        await project.declare(
            auth({ ...named, preflight: "warn", customDomainConfig: { $secret: { certificateArn } } }),
        );
        const preview = succeeded(await project.preview());
        assertSays(preview, "[certificate-name-mismatch]");
        assertSaysNot(preview, certificateArn);
        await project.declare(auth({ ...named, customDomainConfig: { $secret: { certificateArn: "not-an-arn" } } }));
        const refused = failed(await project.preview());
        assertSaysNot(refused, "not-an-arn");
        assertSays(refused, "customDomainConfig cannot be used; its value is secret and not shown");
        const missing = certificateArn.replace(/.{12}$/, "000000000000");
        await project.declare(auth({ ...named, customDomainConfig: { $secret: { certificateArn: missing } } }));
        const update = failed(await project.up());
        assertSaysNot(update, missing, "000000000000");
        assertSays(update, "there is no certificate [secret]", "[certificate-not-found]");
    });
});
