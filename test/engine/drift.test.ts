import assert from "node:assert/strict";
import { assertSays, assertSaysNot, assertTidy, callsOf, updates } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { auth, DOMAIN, FAILOVER, READINGS_OF_AWS, stages } from "./support/stage";

describe("refresh", () => {
    const open = stages();

    for (const { name, behaviour } of READINGS_OF_AWS) {
        it(`shows what somebody changed of the managed settings, and the next up mends it, ${name}`, async () => {
            const { aws, project, domain } = await open(behaviour);
            const named = domain({ version: 1, securityPolicy: "TLS_V1_2_2021" });
            await project.declare(auth({ ...named, managedLoginVersion: 2, waitTimeoutSeconds: 60 }));
            succeeded(await project.up());
            succeeded(await project.refresh("--preview-only", "--expect-no-changes"));

            // Of another setting: no drift, and nothing to undo.
            aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025", routing: { failover: FAILOVER } });
            const unmanaged = succeeded(await project.refresh("--expect-no-changes"));
            assertTidy(unmanaged);
            const { inputs } = (await project.state("auth")) ?? {};
            assert.deepEqual(Object.keys(inputs ?? {}).sort(), [
                "__provider",
                "domain",
                "managedLoginVersion",
                "userPoolId",
                "waitTimeoutSeconds",
            ]);

            aws.patchDomain(DOMAIN, { managedLoginVersion: 1 });
            const preview = failed(await project.refresh("--preview-only", "--expect-no-changes", "--diff"));
            assertSays(preview, /~ managedLoginVersion *: 2 => 1/);
            assertSaysNot(preview, /~ (waitTimeoutSeconds|userPoolId|status|customDomainConfig)/);
            assert.equal((await project.state("auth"))?.outputs.managedLoginVersion, 2);

            const refresh = succeeded(await project.refresh());
            assertTidy(refresh);
            assertSays(refresh, "[diff: ~managedLoginVersion]");
            assert.equal((await project.state("auth"))?.outputs.managedLoginVersion, 1);

            aws.calls = [];
            succeeded(await project.up());
            const { managedLoginVersion, securityPolicy, routing } = aws.domainOf(DOMAIN) ?? {};
            assert.deepEqual(
                { managedLoginVersion, securityPolicy, routing },
                { managedLoginVersion: 2, securityPolicy: "TLS_V1_3_2025", routing: { failover: FAILOVER } },
            );
            assert.equal(updates(aws).length, 1);
        });

        it(`lets go of a domain that is gone or another pool's, and the next up says so, ${name}`, async () => {
            const { aws, project, domain, userPoolId } = await open(behaviour);
            const other = aws.userPool({ region: "us-west-2" });
            const certificateArn = aws.certificate({ domainName: "*.example.com" });
            const names = ["gone.example.com", "theirs.example.com"] as const;
            await project.declare(
                ...names.map((domainName) => ({
                    name: domainName,
                    args: { ...domain({ version: 1, certificateArn }, domainName), managedLoginVersion: 2 },
                })),
            );
            succeeded(await project.up());

            aws.removeDomain("gone.example.com");
            aws.patchDomain("theirs.example.com", { userPoolId: other });
            assertTidy(succeeded(await project.refresh()));
            for (const domainName of names) {
                assert.equal(await project.state(domainName), undefined);
            }

            aws.calls = [];
            const up = failed(await project.up("--continue-on-error"));
            assertSays(up, `[domain-not-found]`, `has no domain gone.example.com in us-west-2`);
            assertSays(up, `[domain-other-pool]`, `belongs to the user pool ${other}, not to ${userPoolId}`);
            assert.deepEqual(updates(aws), []);
        });
    }

    it("leaves in AWS what the program no longer names, and calls it no drift", async () => {
        const { aws, project, domain } = await open();
        const named = domain({ version: 1 });
        await project.declare(
            auth({ ...named, managedLoginVersion: 2, customDomainConfig: { securityPolicy: "TLS_V1_3_2025" } }),
        );
        succeeded(await project.up());

        await project.declare(auth({ ...named, customDomainConfig: { securityPolicy: "TLS_V1_3_2025" } }));
        const removed = await callsOf(aws, async () => succeeded(await project.up()));
        assert.ok(!removed.includes("UpdateUserPoolDomain"));
        assert.equal((await project.state("auth"))?.outputs.managedLoginVersion, 2);

        aws.patchDomain(DOMAIN, { managedLoginVersion: 1 });
        succeeded(await project.refresh("--expect-no-changes"));
        const after = await callsOf(aws, async () => succeeded(await project.up()));
        assert.ok(!after.includes("UpdateUserPoolDomain"));
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
    });
});
