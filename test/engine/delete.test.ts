import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, assertTidy, callsOf, updates } from "./support/expect";
import { poolOf } from "./support/program";
import { succeeded } from "./support/project";
import { auth, DOMAIN, FAILOVER, READINGS_OF_AWS, type Stage, stages } from "./support/stage";

describe("destroy", () => {
    const open = stages();
    let stage: Stage;
    let callsOfRetain: string[];
    let withProgram: Run;

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        const certificateArn = aws.certificate({ domainName: "*.example.com" });
        const args = (name: string) => ({
            ...domain({ version: 1, certificateArn }, `${name}.example.com`),
            managedLoginVersion: 2,
        });
        const restored = { name: "restored", args: { ...args("restored"), onDelete: "restore" } };
        await project.declare(
            { name: "unsaid", args: args("unsaid") },
            { name: "said", args: { ...args("said"), onDelete: "retain" } },
            restored,
            { name: "target", args: { ...args("target"), onDelete: "restore" } },
            {
                name: "dependent",
                args: { ...args("dependent"), userPoolId: poolOf("target"), onDelete: "restore" },
            },
        );
        succeeded(await project.up());
        const retained = ["unsaid", "said"].flatMap((name) => ["--target", project.urn(name)]);
        const targeted = ["--target", project.urn("target"), "--target-dependents"];
        succeeded(await project.destroy(...targeted));
        callsOfRetain = await callsOf(aws, async () =>
            assertSays(succeeded(await project.destroy(...retained)), "- 2 deleted"),
        );
        await project.declare(restored);
        withProgram = succeeded(await project.destroy("--run-program"));
    });

    it("makes no AWS call at all with onDelete: retain, which is the default", () => {
        assert.deepEqual(callsOfRetain, []);
        for (const name of ["unsaid", "said"]) {
            assert.equal(stage.aws.domainOf(`${name}.example.com`)?.managedLoginVersion, 2);
        }
    });

    it("restores what depends on its target, with --target-dependents", () => {
        for (const name of ["target", "dependent"]) {
            assert.equal(stage.aws.domainOf(`${name}.example.com`)?.managedLoginVersion, 1, name);
        }
    });

    it("does not restore with --run-program, which cannot be told from an up, and warns with the values", () => {
        assert.equal(stage.aws.domainOf("restored.example.com")?.managedLoginVersion, 2);
        assertSays(withProgram, /warning: restored\.example\.com: left unchanged\..*\{"managedLoginVersion":1\}/);
    });
});

for (const { name, behaviour } of READINGS_OF_AWS) {
    describe(`destroy with onDelete: restore, ${name}`, () => {
        const open = stages();
        let stage: Stage;
        let certificateArn: string;
        let fresh: string;
        let destroy: Run;

        before(async () => {
            stage = await open(behaviour);
            const { aws, project, domain } = stage;
            certificateArn = aws.certificate({ domainName: DOMAIN });
            fresh = aws.certificate({ domainName: "*.example.com" });
            const unfit = aws.certificate({ domainName: "*.example.com" });
            const args = { customDomainConfig: { certificateArn: fresh }, onDelete: "restore" };
            const named = domain({ version: 1, certificateArn, securityPolicy: "TLS_V1_2_2021" });
            await project.declare(
                auth({ ...named, managedLoginVersion: 2, ...args }),
                ...["gone", "theirs", "unfit"].map((resource) => ({
                    name: resource,
                    args: { ...domain({ version: 1, certificateArn: unfit }, `${resource}.example.com`), ...args },
                })),
            );
            succeeded(await project.up());

            // What it does not manage goes its own way.
            aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025", routing: { failover: FAILOVER } });
            aws.removeDomain("gone.example.com");
            aws.patchDomain("theirs.example.com", { userPoolId: aws.userPool({ region: "us-west-2" }) });
            aws.patchCertificate(unfit, { status: "EXPIRED", notAfter: new Date(Date.now() - 1000) });
            aws.calls = [];
            destroy = succeeded(await project.destroy());
        });

        it("restores the settings from before, of what it manages", () => {
            const { aws } = stage;
            assert.equal(updates(aws, DOMAIN).length, 1);
            const found = aws.domainOf(DOMAIN);
            assert.equal(found?.managedLoginVersion, 1);
            assert.equal(found?.certificateArn, certificateArn);
            assert.equal(found?.securityPolicy, "TLS_V1_3_2025");
            assert.deepEqual(found?.routing, { failover: FAILOVER });
            assert.equal(found?.status, "ACTIVE", "destroy did not wait");
        });

        it("succeeds where the domain is gone, another pool's, or its old certificate unfit", () => {
            const { aws } = stage;
            assertSays(destroy, /warning: unfit\.example\.com: certificate not restored: .*\[certificate-expired\]/);
            assertSaysNot(destroy, /warning: (gone|theirs)\.example\.com/);
            assert.deepEqual(
                updates(aws).map(({ Domain }) => Domain),
                [DOMAIN],
            );
            assert.equal(aws.domainOf("unfit.example.com")?.certificateArn, fresh);
        });

        it("prints no stack trace, no credential and nothing undefined", () => {
            assertTidy(destroy);
        });
    });
}
