import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, updates } from "./support/expect";
import { succeeded } from "./support/project";
import { type Stage, stages } from "./support/stage";

const RESTORED = { onDelete: "restore" };

describe("a destroy leaves what somebody else has set, should it be what the program had set once", () => {
    describe("found by a refresh", () => {
        const open = stages();
        let stage: Stage;
        let ours: string;
        let theirs: string;
        let destroy: Run;

        before(async () => {
            stage = await open();
            const { aws, project, domain } = stage;
            const certificate = () => aws.certificate({ domainName: "*.example.com" });
            const found = certificate();
            [ours, theirs] = [certificate(), certificate()];
            const [taken, ignored] = ["taken", "ignored"].map((name) => ({
                ...domain({ version: 1, certificateArn: found }, `${name}.example.com`),
                ...RESTORED,
            }));
            const declare = (certificateArn: string, managedLoginVersion: number) =>
                project.declare(
                    { name: "taken", args: { ...taken, customDomainConfig: { certificateArn } } },
                    {
                        name: "ignored",
                        args: { ...ignored, managedLoginVersion, customDomainConfig: { certificateArn: found } },
                        opts: { ignoreChanges: ["customDomainConfig.certificateArn"] },
                    },
                );
            await declare(ours, 1);
            succeeded(await project.up());

            for (const name of ["taken", "ignored"]) {
                aws.patchDomain(`${name}.example.com`, { certificateArn: theirs });
            }
            succeeded(await project.refresh("--target", project.urn("taken")));
            await declare(theirs, 2);
            succeeded(await project.up("--refresh"));

            aws.patchDomain("taken.example.com", { certificateArn: ours });
            aws.calls = [];
            destroy = succeeded(await project.destroy());
        });

        it("after a refresh has found another value, and the program has taken it over", () => {
            assertSays(destroy, `taken.example.com: somebody else has changed it since: certificate ${ours}`);
            assert.deepEqual(updates(stage.aws, "taken.example.com"), []);
        });

        it("leaves another team's certificate, which ignoreChanges and --refresh have kept", () => {
            const { certificateArn, managedLoginVersion } = stage.aws.domainOf("ignored.example.com") ?? {};
            assert.deepEqual([certificateArn, managedLoginVersion], [theirs, 1]);
        });
    });

    describe("found by an update", () => {
        const open = stages();
        let stage: Stage;
        let fresh: string;
        let destroy: Run;

        before(async () => {
            stage = await open();
            const { aws, project, domain } = stage;
            const old = aws.certificate({ domainName: "*.example.com" });
            fresh = aws.certificate({ domainName: "*.example.com" });
            const taken = domain({ version: 1 }, "taken.example.com");
            const unfit = {
                ...domain({ version: 1, certificateArn: old }, "unfit.example.com"),
                managedLoginVersion: 2,
                customDomainConfig: { certificateArn: fresh },
                ...RESTORED,
            };
            const raised = {
                ...domain({ version: 1, securityPolicy: "TLS_V1" }, "raised.example.com"),
                managedLoginVersion: 2,
                ...RESTORED,
            };
            const declare = (managedLoginVersion: number, minimumCertificateValidityDays: number) =>
                project.declare(
                    { name: "taken", args: { ...taken, managedLoginVersion, ...RESTORED } },
                    { name: "unfit", args: unfit },
                    { name: "raised", args: { ...raised, minimumCertificateValidityDays } },
                );
            await declare(2, 10);
            succeeded(await project.up());

            aws.patchDomain("taken.example.com", { managedLoginVersion: 1 });
            aws.patchDomain("raised.example.com", { securityPolicy: "TLS_V1_3_2025" });
            await declare(1, 11);
            succeeded(await project.up());

            aws.patchDomain("taken.example.com", { managedLoginVersion: 2 });
            aws.patchCertificate(old, { status: "EXPIRED", notAfter: new Date(Date.now() - 1000) });
            aws.patchDomain("raised.example.com", { securityPolicy: "TLS_V1_2_2021" });
            aws.calls = [];
            destroy = succeeded(await project.destroy());
        });

        it("after an update has taken their value over", () => {
            assertSays(
                destroy,
                "taken.example.com: somebody else has changed it since: managed login 2 is left as it is",
            );
            assert.equal(stage.aws.domainOf("taken.example.com")?.managedLoginVersion, 2);
        });

        it("puts back all but an unfit certificate", () => {
            assertSays(destroy, /unfit\.example\.com: not put back: .*\[certificate-expired\]/);
            const { certificateArn, managedLoginVersion } = stage.aws.domainOf("unfit.example.com") ?? {};
            assert.deepEqual([certificateArn, managedLoginVersion], [fresh, 1]);
        });

        it("after an update has found another TLS policy than the one that managed login had raised", () => {
            assertSays(destroy, "raised.example.com: somebody else has changed it since: TLS policy TLS_V1_2_2021");
            const [restore] = updates(stage.aws, "raised.example.com");
            assert.equal(restore?.ManagedLoginVersion, 1);
            assert.equal(stage.aws.domainOf("raised.example.com")?.securityPolicy, "TLS_V1_2_2021");
        });
    });
});
