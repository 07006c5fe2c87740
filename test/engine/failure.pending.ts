import assert from "node:assert/strict";
import { PROVIDER_LOADER } from "../../provider/program/loader";
import type { Behaviour, Fault } from "../emulator";
import { assertSays, assertTidy, updates } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

const EXPIRED: Fault = {
    operation: "DescribeUserPoolDomain",
    action: { exception: "ExpiredTokenException", message: "The security token has expired" },
};

describe("an update that AWS accepted and that failed afterwards", () => {
    const open = stages();

    const ways: { name: string; behaviour: Partial<Behaviour>; reasons: (string | RegExp)[] }[] = [
        {
            name: "status FAILED",
            behaviour: { outcome: "failed" },
            reasons: ["AWS gave up (FAILED, no reason given)", "Still served: managed login 1"],
        },
        {
            name: "not in time",
            behaviour: { outcome: "never" },
            reasons: ["after 2 s (waitTimeoutSeconds)", "status UPDATING", "run `pulumi up` again"],
        },
        {
            name: "its end not seen",
            behaviour: {
                faults: [
                    {
                        operation: "UpdateUserPoolDomain",
                        when: "after",
                        times: 1,
                        action: { run: ({ behaviour }) => void behaviour.faults.push(EXPIRED) },
                    },
                ],
            },
            reasons: ["AWS accepted the update", "credentials have expired"],
        },
    ];
    it("recognizes its own change if the answer was lost, and restores what was there before it", async () => {
        const { aws, project, domain } = await open({ settleAfterDescribes: 1 });
        const named = domain({ version: 1 });
        await project.declare(auth({ ...named, managedLoginVersion: 2, onDelete: "restore" }));
        aws.behaviour.faults = [{ operation: "UpdateUserPoolDomain", when: "after", times: 1, action: "reset" }];
        succeeded(await project.up());
        assert.equal(updates(aws).length, 1);
        succeeded(await project.destroy());
        assert.equal(updates(aws).at(-1)?.ManagedLoginVersion, 1);
    });

    for (const { name, behaviour, reasons } of ways) {
        it(`keeps all that is known in the state, and the next up finishes: ${name}`, async () => {
            const { aws, project, domain } = await open(behaviour);
            const certificateArn = aws.certificate({ domainName: DOMAIN });
            const named = domain({ version: 1, certificateArn });
            const fresh = aws.certificate({ domainName: DOMAIN });
            const args = {
                ...named,
                managedLoginVersion: 2,
                customDomainConfig: { certificateArn: fresh },
                waitTimeoutSeconds: 2,
                onDelete: "restore",
            };
            await project.declare(auth(args));
            const up = failed(await project.up());
            assertSays(up, ...reasons);
            assertTidy(up);
            assert.equal(updates(aws).length, 1);

            const { id, inputs, outputs } = (await project.state("auth")) ?? {};
            assert.equal(id, `${named.userPoolId}/${DOMAIN}`);
            assert.equal(inputs?.__provider, PROVIDER_LOADER);
            assert.equal(outputs?.__provider, PROVIDER_LOADER);
            assert.deepEqual(outputs?.__record, {
                before: { managedLoginVersion: 1, certificateArn },
                desired: { managedLoginVersion: 2, certificateArn: fresh },
                account: "123456789012",
                open: true,
            });
            const { userPoolId, domain: domainName, waitTimeoutSeconds, onDelete, baseUrl } = outputs ?? {};
            assert.deepEqual(
                { userPoolId, domain: domainName, waitTimeoutSeconds, onDelete, baseUrl },
                { ...named, waitTimeoutSeconds: 2, onDelete: "restore", baseUrl: `https://${DOMAIN}` },
            );

            // The cause is gone.
            aws.behaviour.outcome = "active";
            aws.behaviour.faults = [];
            if (behaviour.outcome === "never") {
                aws.patchDomain(DOMAIN, { status: "ACTIVE" });
            }
            succeeded(await project.up());
            assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
            assert.equal(aws.domainOf(DOMAIN)?.certificateArn, fresh);
            assert.equal((await project.state("auth"))?.outputs.status, "ACTIVE");

            succeeded(await project.destroy());
            assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
            assert.equal(aws.domainOf(DOMAIN)?.certificateArn, certificateArn);
        });
    }

    it("of an existing resource: refresh sees the old values, and the next up writes again", async () => {
        const { aws, project, domain } = await open();
        const named = domain({ version: 1 });
        await project.declare(auth({ ...named, managedLoginVersion: 1 }));
        succeeded(await project.up());
        aws.behaviour.outcome = "failed";
        await project.declare(auth({ ...named, managedLoginVersion: 2 }));
        failed(await project.up());
        succeeded(await project.refresh());
        const { outputs } = (await project.state("auth")) ?? {};
        assert.equal(outputs?.managedLoginVersion, 1);
        assert.equal(outputs?.status, "FAILED");
        aws.behaviour.outcome = "active";
        succeeded(await project.up());
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
        assert.equal((await project.state("auth"))?.outputs.status, "ACTIVE");
    });
});
