import assert from "node:assert/strict";
import { accessKeyOf } from "../emulator/identity";
import { assertSays, assertTidy, callsOf, updates } from "./support/expect";
import { failed, succeeded } from "./support/project";
import { auth, DOMAIN, READINGS_OF_AWS, stages } from "./support/stage";

const HERE = "123456789012";
const ELSEWHERE = "222222222222";

describe("another account's credentials", () => {
    const open = stages();

    for (const { name, behaviour } of READINGS_OF_AWS) {
        it(`lose nothing in refresh and destroy, ${name}`, async () => {
            const { aws, project, domain } = await open(behaviour);
            await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" }));
            succeeded(await project.up());
            const before = await project.state("auth");

            project.env.AWS_ACCESS_KEY_ID = accessKeyOf(ELSEWHERE);
            for (const operation of ["refresh", "destroy"] as const) {
                const run = failed(await project[operation]());
                assertSays(run, `belong to account ${ELSEWHERE}`, `is in account ${HERE}`);
                assertTidy(run);
                assert.deepEqual((await project.state("auth"))?.outputs, before?.outputs);
            }

            project.env.AWS_ACCESS_KEY_ID = accessKeyOf(HERE);
            succeeded(await project.destroy());
            assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 1);
        });
    }

    it("are asked for only if the domain is absent", async () => {
        const { aws, project, domain } = await open();
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" }));
        const present = await callsOf(aws, async () => {
            succeeded(await project.up());
            succeeded(await project.refresh());
        });
        assert.ok(!present.includes("GetCallerIdentity"));
        aws.removeDomain(DOMAIN);
        const absent = await callsOf(aws, async () => succeeded(await project.refresh()));
        assert.equal(absent.filter((operation) => operation === "GetCallerIdentity").length, 1);
        assert.equal(await project.state("auth"), undefined);
    });

    it("that STS does not recognize prove nothing", async () => {
        const { aws, project, domain } = await open();
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" }));
        succeeded(await project.up());
        aws.removeDomain(DOMAIN);
        aws.behaviour.faults = [
            { operation: "GetCallerIdentity", action: { exception: "ExpiredToken", message: "expired", status: 403 } },
        ];
        for (const operation of ["refresh", "destroy"] as const) {
            const run = failed(await project[operation]());
            assertSays(run, "the AWS credentials have expired (sts:GetCallerIdentity in us-west-2)");
            assertTidy(run);
            assert.ok(await project.state("auth"));
        }
    });
});

describe("accounts that are not allowed", () => {
    const open = stages();

    it("are looked up before the last read, if Describe names no account: nothing happens between it and the update", async () => {
        const { aws, project, domain } = await open({ silentAccount: true });
        const config = `config:\n  aws:allowedAccountIds: '["${HERE}"]'\n`;
        await project.write("Pulumi.test.yaml", (await project.read("Pulumi.test.yaml")) + config);
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2 }));
        aws.calls = [];
        succeeded(await project.up("--skip-preview"));
        const calls = aws.calls.map(({ operation }) => operation);
        const update = calls.indexOf("UpdateUserPoolDomain");
        assert.deepEqual(calls.slice(update - 2, update), ["GetCallerIdentity", "DescribeUserPoolDomain"]);
    });

    it("refuse update, refresh and destroy, if Describe names no account", async () => {
        const { aws, project, domain } = await open({ silentAccount: true });
        const args = { ...domain({ version: 1 }), managedLoginVersion: 2, onDelete: "restore" };
        await project.declare(auth(args));
        succeeded(await project.up());
        const before = await project.state("auth");
        await project.declare(auth({ ...args, managedLoginVersion: 1 }));
        const plain = await project.read("Pulumi.test.yaml");
        aws.calls = [];
        for (const [list, accounts] of [
            ["allowedAccountIds", [ELSEWHERE]],
            ["forbiddenAccountIds", [HERE]],
        ] as const) {
            await project.write("Pulumi.test.yaml", `${plain}config:\n  aws:${list}: '${JSON.stringify(accounts)}'\n`);
            const update = failed(await project.up());
            assertSays(update, `is in account ${HERE}; ${list} has ${accounts[0]}`, "[account-not-allowed]");

            // Refresh and destroy take the config that the last update has recorded.
            for (const operation of ["refresh", "destroy"] as const) {
                const run = failed(await project[operation]());
                assertSays(run, `${HERE}; ${list} has ${accounts[0]}`);
                assertTidy(run);
                assert.deepEqual((await project.state("auth"))?.outputs, before?.outputs);
            }
        }
        assert.deepEqual(updates(aws), []);
        assert.equal(aws.domainOf(DOMAIN)?.managedLoginVersion, 2);
    });
});
