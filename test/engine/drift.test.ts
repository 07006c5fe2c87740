import assert from "node:assert/strict";
import type { Emulator } from "../emulator";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, assertTidy, diagnosticsOf, updatedIn, updates } from "./support/expect";
import { failed, type ResourceState, succeeded } from "./support/project";
import { auth, DOMAIN, FAILOVER, READINGS_OF_AWS, stages } from "./support/stage";

const FORGOTTEN = "forgotten.example.com";
const LOST = { gone: "gone.example.com", theirs: "theirs.example.com" };

for (const { name: reading, behaviour } of READINGS_OF_AWS) {
    describe(`refresh, ${reading}`, () => {
        const open = stages();
        let aws: Emulator;
        let pool: string;
        let otherPool: string;
        let updatesByForgetting: ReturnType<typeof updates>;
        let refreshOfUnmanaged: Run;
        let preview: Run;
        let refresh: Run;
        let up: Run;
        /** The resources in the state, by the step that has just been made. */
        let afterForgetting: ResourceState | undefined;
        let afterUnmanaged: ResourceState | undefined;
        let afterPreview: ResourceState | undefined;
        let afterRefresh: Record<"auth" | keyof typeof LOST, ResourceState | undefined>;

        before(async () => {
            const { project, domain, userPoolId, ...stage } = await open(behaviour);
            aws = stage.aws;
            pool = userPoolId;
            otherPool = aws.userPool({ region: "us-west-2" });
            const named = domain({ version: 1, securityPolicy: "TLS_V1_2_2021" });
            const certificateArn = aws.certificate({ domainName: "*.example.com" });
            const steady = [
                auth({ ...named, managedLoginVersion: 2, waitTimeoutSeconds: 60 }),
                ...Object.entries(LOST).map(([name, domainName]) => ({
                    name,
                    args: { ...domain({ version: 1, certificateArn }, domainName), managedLoginVersion: 2 },
                })),
            ];
            const remembered = {
                ...domain({ version: 1 }, FORGOTTEN),
                customDomainConfig: { securityPolicy: "TLS_V1_3_2025" },
            };
            await project.declare(...steady, { name: "forgotten", args: { ...remembered, managedLoginVersion: 2 } });
            succeeded(await project.up());

            await project.declare(...steady, { name: "forgotten", args: remembered });
            aws.calls = [];
            succeeded(await project.up());
            updatesByForgetting = updates(aws);
            afterForgetting = await project.state("forgotten");
            succeeded(await project.refresh("--preview-only", "--expect-no-changes"));

            // Of a setting that nobody manages, or nobody any more: no drift, and nothing to undo.
            aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025", routing: { failover: FAILOVER } });
            aws.patchDomain(FORGOTTEN, { managedLoginVersion: 1 });
            refreshOfUnmanaged = succeeded(await project.refresh("--expect-no-changes"));
            afterUnmanaged = await project.state("auth");

            aws.patchDomain(DOMAIN, { managedLoginVersion: 1 });
            preview = failed(await project.refresh("--preview-only", "--expect-no-changes", "--diff"));
            afterPreview = await project.state("auth");

            aws.removeDomain(LOST.gone);
            aws.patchDomain(LOST.theirs, { userPoolId: otherPool });
            refresh = succeeded(await project.refresh());
            afterRefresh = {
                auth: await project.state("auth"),
                gone: await project.state("gone"),
                theirs: await project.state("theirs"),
            };

            aws.calls = [];
            up = failed(await project.up("--continue-on-error"));
        });

        it("shows what somebody changed of the managed settings, and the next up mends it", () => {
            assertTidy(refreshOfUnmanaged);
            assert.deepEqual(Object.keys(afterUnmanaged?.inputs ?? {}).sort(), [
                "__changed",
                "__provider",
                "domain",
                "managedLoginVersion",
                "userPoolId",
                "waitTimeoutSeconds",
            ]);
            assertSays(preview, /~ managedLoginVersion *: 2 => 1/);
            assertSaysNot(preview, /~ (waitTimeoutSeconds|userPoolId|status|customDomainConfig)/);
            assert.equal(afterPreview?.outputs.managedLoginVersion, 2);
            assertTidy(refresh);
            assertSays(refresh, "[diff: ~managedLoginVersion]");
            assert.equal(afterRefresh.auth?.outputs.managedLoginVersion, 1);
            const { managedLoginVersion, securityPolicy, routing } = aws.domainOf(DOMAIN) ?? {};
            assert.deepEqual(
                { managedLoginVersion, securityPolicy, routing },
                { managedLoginVersion: 2, securityPolicy: "TLS_V1_3_2025", routing: { failover: FAILOVER } },
            );
            assert.deepEqual(updatedIn(up), ["auth"]);
            assert.equal(updates(aws, DOMAIN).length, 1);
        });

        it("lets go of a domain that is gone or another pool's, and the next up says so", () => {
            assertTidy(refresh);
            assert.deepEqual([afterRefresh.gone, afterRefresh.theirs], [undefined, undefined]);
            assertSays(diagnosticsOf(up, "gone"), "[domain-not-found]", `has no domain ${LOST.gone} in us-west-2`);
            assertSays(
                diagnosticsOf(up, "theirs"),
                "[domain-other-pool]",
                `belongs to the user pool ${otherPool}, not to ${pool}`,
            );
            assert.deepEqual(updates(aws, LOST.gone), []);
            assert.deepEqual(updates(aws, LOST.theirs), []);
        });

        it("leaves in AWS what the program no longer names, and calls it no drift", () => {
            assert.deepEqual(updatesByForgetting, []);
            assert.equal(afterForgetting?.outputs.managedLoginVersion, 2);
            assert.deepEqual(updates(aws, FORGOTTEN), []);
            assert.equal(aws.domainOf(FORGOTTEN)?.managedLoginVersion, 1);
        });
    });
}
