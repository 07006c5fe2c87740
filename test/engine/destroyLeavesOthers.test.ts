import assert from "node:assert/strict";
import { assertSays, updates } from "./support/expect";
import { type Project, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

describe("a destroy leaves what somebody else has set, should it be what the program had set once", () => {
    const open = stages();

    async function assertLeft(project: Project, aws: Parameters<typeof updates>[0], left: string): Promise<void> {
        aws.calls = [];
        assertSays(succeeded(await project.destroy()), `somebody else has changed it since: ${left}`);
        assert.deepEqual(updates(aws), []);
    }

    it("after a refresh has found another value, and the program has taken it over", async () => {
        const { aws, project, domain } = await open();
        const [found, ours, theirs] = [1, 2, 3].map(() => aws.certificate({ domainName: DOMAIN }));
        const named = domain({ certificateArn: found });
        const declare = (certificateArn: string | undefined) =>
            project.declare(auth({ ...named, customDomainConfig: { certificateArn }, onDelete: "restore" }));
        await declare(ours);
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { certificateArn: theirs });
        succeeded(await project.refresh());
        await declare(theirs);
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { certificateArn: ours });
        await assertLeft(project, aws, `certificate ${ours}`);
    });

    it("after an update has found another TLS policy than the one that managed login had raised", async () => {
        const { aws, project, domain } = await open();
        const named = domain({ version: 1, securityPolicy: "TLS_V1" });
        const declare = (minimumCertificateValidityDays: number) =>
            project.declare(
                auth({ ...named, managedLoginVersion: 2, minimumCertificateValidityDays, onDelete: "restore" }),
            );
        await declare(10);
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025" });
        await declare(11);
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_2_2021" });
        aws.calls = [];
        assertSays(succeeded(await project.destroy()), "somebody else has changed it since: TLS policy TLS_V1_2_2021");
        const [restore] = updates(aws);
        assert.equal(restore?.ManagedLoginVersion, 1);
        assert.equal(aws.domainOf(DOMAIN)?.securityPolicy, "TLS_V1_2_2021");
    });
});
