import assert from "node:assert/strict";
import { assertTidy, callsOf, questionsBeforeUpdate, updates } from "./support/expect";
import { succeeded } from "./support/project";
import { auth, READINGS_OF_AWS, stages } from "./support/stage";

describe("a prefix domain", () => {
    const open = stages();

    for (const { name, behaviour } of READINGS_OF_AWS) {
        it(`changes its version, and has no distribution to point at, ${name}`, async () => {
            const { aws, project, domain } = await open(behaviour);
            const named = domain({}, "my-product");
            await project.declare(auth({ ...named, managedLoginVersion: 2, onDelete: "restore" }));
            assertTidy(succeeded(await project.up()));
            assert.deepEqual(updates(aws), [
                { Domain: "my-product", UserPoolId: named.userPoolId, ManagedLoginVersion: 2 },
            ]);
            assert.ok(!questionsBeforeUpdate(aws).includes("DescribeCertificate"), "a certificate");

            const { outputs } = (await project.state("auth")) ?? {};
            assert.equal(outputs?.managedLoginVersion, 2);
            assert.equal(outputs?.baseUrl, "https://my-product.auth.us-west-2.amazoncognito.com");
            for (const none of [
                "cloudFrontDomain",
                "cloudFrontHostedZoneId",
                "certificateExpiry",
                "customDomainConfig",
            ]) {
                assert.ok(!(none in (outputs ?? {})), `${none} is an output`);
            }
            succeeded(await project.refresh("--expect-no-changes"));
            const again = await callsOf(aws, async () => succeeded(await project.up()));
            assert.ok(!again.includes("UpdateUserPoolDomain"));

            succeeded(await project.destroy());
            assert.equal(aws.domainOf("my-product")?.managedLoginVersion, 1);
        });
    }
});
