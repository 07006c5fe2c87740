import assert from "node:assert/strict";
import { assertSays, assertTidy, callsOf, questionsBeforeUpdate, updates } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { auth, DOMAIN, FAILOVER, READINGS_OF_AWS, stages } from "./support/stage";

const failover = { Failover: { SecondaryRegion: "us-east-2", PrimaryRoute53HealthCheckId: "check-1" } };

describe("what an update writes", () => {
    const open = stages();

    for (const { name, behaviour } of READINGS_OF_AWS) {
        it(`changes what the program names and keeps the rest, ${name}`, async () => {
            const { aws, project, domain } = await open(behaviour);
            const old = aws.certificate({ domainName: DOMAIN });
            const fresh = aws.certificate({ domainName: DOMAIN });
            const named = domain({
                certificateArn: old,
                securityPolicy: "TLS_V1_3_2025",
                routing: { failover: FAILOVER },
            });

            await project.declare(auth({ ...named, managedLoginVersion: 2 }));
            assertTidy(succeeded(await project.up()));
            const everything = {
                Domain: DOMAIN,
                UserPoolId: named.userPoolId,
                ManagedLoginVersion: 2,
                CustomDomainConfig: { CertificateArn: old, SecurityPolicy: "TLS_V1_3_2025" },
                Routing: failover,
            };
            assert.deepEqual(updates(aws), [everything]);
            assert.deepEqual(questionsBeforeUpdate(aws), [
                "DescribeUserPool",
                "DescribeUserPoolDomain",
                "DescribeUserPoolDomain",
                "ListUserPoolClients",
            ]);

            const again = await callsOf(aws, async () => succeeded(await project.up()));
            assert.ok(!again.includes("UpdateUserPoolDomain"), "an up with nothing to change writes");

            aws.calls = [];
            await project.declare(
                auth({ ...named, managedLoginVersion: 1, customDomainConfig: { certificateArn: fresh } }),
            );
            succeeded(await project.up());
            assert.deepEqual(updates(aws), [
                {
                    ...everything,
                    ManagedLoginVersion: 1,
                    CustomDomainConfig: { CertificateArn: fresh, SecurityPolicy: "TLS_V1_3_2025" },
                },
            ]);
            assert.deepEqual(questionsBeforeUpdate(aws), [
                "DescribeCertificate",
                "DescribeUserPool",
                "DescribeUserPoolDomain",
                "DescribeUserPoolDomain",
            ]);
            const { managedLoginVersion, certificateArn, securityPolicy, routing } = aws.domainOf(DOMAIN) ?? {};
            assert.deepEqual(
                { managedLoginVersion, certificateArn, securityPolicy, routing },
                {
                    managedLoginVersion: 1,
                    certificateArn: fresh,
                    securityPolicy: "TLS_V1_3_2025",
                    routing: { failover: FAILOVER },
                },
            );
        });
    }
});

describe("an update that AWS accepts", () => {
    const open = stages();

    for (const { name, behaviour } of READINGS_OF_AWS) {
        it(`raises with managed login a TLS policy that is too old for it, and says so, ${name}`, async () => {
            const { aws, project, domain } = await open(behaviour);
            const named = domain({ version: 1, securityPolicy: "TLS_V1" });
            await project.declare(auth({ ...named, managedLoginVersion: 2 }));
            const up = succeeded(await project.up());
            assertSays(up, "managed login 1 -> 2; TLS policy TLS_V1 -> TLS_V1_2_2021; active after");
            assertTidy(up);
            const [update] = updates(aws);
            assert.deepEqual(update?.CustomDomainConfig, {
                CertificateArn: aws.domainOf(DOMAIN)?.certificateArn,
                SecurityPolicy: "TLS_V1_2_2021",
            });

            const again = await callsOf(aws, async () => succeeded(await project.up()));
            assert.ok(!again.includes("UpdateUserPoolDomain"));
        });
    }

    it("is no success while the domain is ACTIVE with the old values", async () => {
        const { aws, project, domain } = await open({ outcome: "ignored" });
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2, waitTimeoutSeconds: 1 }));
        const up = failed(await project.up());
        assertTidy(up);
        assertSays(
            up,
            "AWS accepted the update",
            "the domain has status ACTIVE",
            "Still served: managed login 1. Not arrived: managed login 2.",
        );

        aws.behaviour.outcome = "active";
        aws.calls = [];
        succeeded(await project.up());
        assert.equal(updates(aws).length, 1);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });

    it("is not waited for with wait: none", async () => {
        const { aws, project, domain } = await open({ outcome: "never" });
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2, wait: "none" }));
        succeeded(await project.up());
        assert.equal(updates(aws).length, 1);
        assert.equal((await project.outputs()).auth?.status, "UPDATING");
    });
});
