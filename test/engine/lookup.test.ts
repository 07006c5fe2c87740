import assert from "node:assert/strict";
import { assertSays, assertTidy, updates } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { DOMAIN, FAILOVER, READINGS_OF_AWS, stages } from "./support/stage";

describe("UserPoolDomainSettings.get", () => {
    const open = stages();

    for (const { name, behaviour } of READINGS_OF_AWS) {
        it(`finds a custom domain, a prefix and a replica's domain, and manages nothing, ${name}`, async () => {
            const { aws, project, domain, userPoolId } = await open(behaviour);
            domain({ version: 2, securityPolicy: "TLS_V1_2_2021", routing: { failover: FAILOVER } });
            domain({}, "my-product");
            aws.domain({ userPoolId, domain: "replica.example.com", region: "us-east-2", version: 2 });
            await project.declare(
                { name: "custom", get: `${userPoolId}/${DOMAIN}` },
                { name: "prefix", get: `${userPoolId}/my-product` },
                { name: "replica", get: `us-east-2/${userPoolId}/replica.example.com` },
            );
            assertTidy(succeeded(await project.up()));
            const { custom, prefix, replica } = await project.outputs();
            assert.equal(custom?.managedLoginVersion, 2);
            assert.deepEqual(custom?.routing, { failover: FAILOVER });
            assert.deepEqual(custom?.customDomainConfig, {
                certificateArn: aws.domainOf(DOMAIN)?.certificateArn,
                securityPolicy: "TLS_V1_2_2021",
            });
            assert.equal(custom?.baseUrl, `https://${DOMAIN}`);
            assert.equal(prefix?.managedLoginVersion, 1);
            assert.equal(prefix?.domain, "my-product");
            assert.equal(prefix?.baseUrl, "https://my-product.auth.us-west-2.amazoncognito.com");
            assert.equal(prefix?.cloudFrontDomain, undefined);
            assert.equal(replica?.userPoolId, userPoolId);
            assert.equal(replica?.status, "ACTIVE");
            assert.deepEqual([...new Set(aws.callsTo("DescribeUserPoolDomain").map(({ region }) => region))].sort(), [
                "us-east-2",
                "us-west-2",
            ]);

            succeeded(await project.destroy());
            assert.deepEqual(updates(aws), []);
        });

        it(`is an error for a domain that is missing, and for one of another pool, ${name}`, async () => {
            const { aws, project, domain, userPoolId } = await open(behaviour);
            const other = aws.userPool({ region: "us-west-2" });
            domain({ version: 2 });
            const cases = [
                [`${userPoolId}/gone.example.com`, `the user pool ${userPoolId} has no domain gone.example.com`],
                [`${other}/${DOMAIN}`, `the domain ${DOMAIN} belongs to the user pool ${userPoolId}, not to ${other}`],
                [DOMAIN, "write <userPoolId>/<domain>"],
            ] as const;
            for (const [id, text] of name.includes("keeps") ? cases.slice(0, 1) : cases) {
                await project.declare({ name: "existing", get: id });
                const up = failed(await project.up());
                assertSays(up, text);
                assertTidy(up);
            }
        });
    }
});
