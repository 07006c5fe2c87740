import assert from "node:assert/strict";
import type { Emulator } from "../emulator";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, assertTidy, diagnosticsOf, updatedIn, updates } from "./support/expect";
import { failed, type ResourceState, succeeded } from "./support/project";
import { auth, DOMAIN, domainOf, FAILOVER, REGION, stages } from "./support/stage";

const LOST = ["gone", "theirs"] as const;

describe("refresh", () => {
    const open = stages();
    let aws: Emulator;
    let pool: string;
    let otherPool: string;
    let preview: Run;
    let refresh: Run;
    let up: Run;
    /** The resources in the state, by the step that has just been made. */
    let afterPreview: ResourceState | undefined;
    let afterRefresh: Record<"auth" | (typeof LOST)[number], ResourceState | undefined>;

    before(async () => {
        const { project, domain, userPoolId, ...stage } = await open();
        aws = stage.aws;
        pool = userPoolId;
        otherPool = aws.userPool({ region: REGION });
        const certificateArn = aws.certificate({ domainName: "*.example.com" });
        await project.declare(
            auth({
                ...domain({ version: 1, securityPolicy: "TLS_V1_2_2021" }),
                managedLoginVersion: 2,
                waitTimeoutSeconds: 60,
            }),
            ...LOST.map((name) => ({
                name,
                args: { ...domain({ version: 1, certificateArn }, domainOf(name)), managedLoginVersion: 2 },
            })),
        );
        succeeded(await project.up());
        aws.patchDomain(DOMAIN, { securityPolicy: "TLS_V1_3_2025", routing: { failover: FAILOVER } });
        succeeded(await project.refresh("--expect-no-changes"));

        aws.patchDomain(DOMAIN, { managedLoginVersion: 1 });
        preview = failed(await project.refresh("--preview-only", "--expect-no-changes", "--diff"));
        afterPreview = await project.state("auth");

        aws.removeDomain(domainOf("gone"));
        aws.patchDomain(domainOf("theirs"), { userPoolId: otherPool });
        refresh = succeeded(await project.refresh());
        const [settings, gone, theirs] = await Promise.all(["auth", ...LOST].map((name) => project.state(name)));
        afterRefresh = { auth: settings, gone, theirs };

        aws.calls = [];
        up = failed(await project.up("--continue-on-error"));
    });

    it("shows what was changed outside Pulumi of the managed settings alone, and the next up corrects it", () => {
        assertSays(preview, /~ managedLoginVersion *: 2 => 1/);
        assertSaysNot(preview, /~ (waitTimeoutSeconds|userPoolId|status|customDomainConfig|routing)/);
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

    it("drops a domain that is gone or another pool's, and the next up refuses to manage it", () => {
        assert.deepEqual([afterRefresh.gone, afterRefresh.theirs], [undefined, undefined]);
        assertSays(diagnosticsOf(up, "gone"), "[domain-not-found]", `has no domain ${domainOf("gone")} in ${REGION}`);
        assertSays(
            diagnosticsOf(up, "theirs"),
            "[domain-other-pool]",
            `belongs to the user pool ${otherPool}, not to ${pool}`,
        );
        assert.deepEqual(updates(aws, domainOf("gone")), []);
        assert.deepEqual(updates(aws, domainOf("theirs")), []);
    });
});
