import assert from "node:assert/strict";
import { assertSays, assertSaysNot, callsOf, updates } from "./support/expect";
import { outputOf } from "./support/program";
import { succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

describe("what counts as a change", () => {
    const open = stages();

    it("is an argument of our own, which then stands in the outputs though AWS is written nothing", async () => {
        const { aws, project, domain } = await open();
        const named = domain({ version: 1 });
        await project.declare(auth({ ...named, managedLoginVersion: 2 }));
        succeeded(await project.up());

        await project.declare(auth({ ...named, managedLoginVersion: 2, waitTimeoutSeconds: 77, onDelete: "restore" }));
        const calls = await callsOf(aws, async () => succeeded(await project.up()));
        assert.ok(!calls.includes("UpdateUserPoolDomain"));
        const { inputs, outputs } = (await project.state("auth")) ?? {};
        for (const props of [inputs, outputs]) {
            assert.equal(props?.waitTimeoutSeconds, 77);
            assert.equal(props?.onDelete, "restore");
        }
        assert.deepEqual(outputs?.__record, {
            before: { managedLoginVersion: 1 },
            desired: { managedLoginVersion: 2 },
            account: "123456789012",
        });
        succeeded(await project.up("--expect-no-changes"));

        // What destroy needs to know arrived: the version goes back.
        succeeded(await project.destroy());
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
    });

    it("replaces where the domain is another one, and leaves the old one as it is", async () => {
        const { aws, project, domain } = await open();
        const certificateArn = aws.certificate({ domainName: "*.example.com" });
        const old = domain({ version: 1, certificateArn });
        const other = domain({ version: 1, certificateArn }, "login.example.com");
        await project.declare(auth({ ...old, managedLoginVersion: 2 }));
        succeeded(await project.up());

        await project.declare(auth({ ...other, managedLoginVersion: 2 }));
        assertSays(await project.preview(), /replace/, /~ domain *: "auth\.example\.com" => "login\.example\.com"/);
        aws.calls = [];
        succeeded(await project.up());
        assert.deepEqual(
            updates(aws).map(({ Domain }) => Domain),
            ["login.example.com"],
        );
        assert.equal((await project.state("auth"))?.id, `${other.userPoolId}/login.example.com`);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });

    it("takes a certificate, and a domain, that another resource makes in the same update, and replaces nothing", async () => {
        const { aws, project, domain, userPoolId } = await open();
        const certificateArn = aws.certificate({ domainName: DOMAIN });
        domain({ version: 1 });
        const settings = auth({
            userPoolId,
            domain: outputOf("name"),
            managedLoginVersion: 2,
            customDomainConfig: { certificateArn: outputOf("certificate") },
        });
        const name = { name: "name", makes: DOMAIN };
        await project.declare(name, { name: "certificate", makes: certificateArn }, settings);
        assertSays(succeeded(await project.preview()), /UserPoolDomainSettings: \(create\)/);
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.certificateArn, certificateArn);

        const successor = aws.certificate({ domainName: DOMAIN });
        await project.declare(name, { name: "certificate", makes: successor }, settings);
        const preview = succeeded(await project.preview());
        assertSays(preview, /UserPoolDomainSettings: \(update\)/);
        assertSaysNot(preview, /UserPoolDomainSettings: \(replace\)/);
        aws.calls = [];
        const up = succeeded(await project.up());
        assertSays(up, /UserPoolDomainSettings auth updated/);
        assert.equal(aws.domainOf(DOMAIN)?.certificateArn, successor);
        assert.equal(updates(aws).length, 1);
    });
});
