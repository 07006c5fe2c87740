import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, updates } from "./support/expect";
import type { Declared } from "./support/program";
import { succeeded } from "./support/project";
import { type Stage, stages } from "./support/stage";

const RESTORE = { onDelete: "restore" };
const EXPIRED = { status: "EXPIRED", notAfter: new Date(Date.now() - 1000) } as const;

describe("a destroy leaves what somebody else has set, should it be what the program had set once:", () => {
    const open = stages();
    let stage: Stage;
    let fresh: string;
    let destroy: Run;

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        const [old, certificateArn] = [1, 2].map(() => aws.certificate({ domainName: "*.example.com" })) as [
            string,
            string,
        ];
        fresh = certificateArn;
        const taken = domain({ version: 1 }, "taken.example.com");
        const raised = domain({ version: 1, securityPolicy: "TLS_V1" }, "raised.example.com");
        const unfit = domain({ version: 1, certificateArn: old }, "unfit.example.com");
        const replica = domain({ version: 1 }, "replica.example.com");
        const declare = (managedLoginVersion: number, minimumCertificateValidityDays: number, region?: string) =>
            project.declare(
                { name: "taken", args: { ...taken, managedLoginVersion, ...RESTORE } },
                {
                    name: "raised",
                    args: { ...raised, managedLoginVersion: 2, minimumCertificateValidityDays, ...RESTORE },
                },
                {
                    name: "unfit",
                    args: { ...unfit, managedLoginVersion: 2, customDomainConfig: { certificateArn }, ...RESTORE },
                },
                { name: "replica", args: { ...replica, managedLoginVersion: 2, ...RESTORE, region } },
            );
        await declare(2, 10);
        succeeded(await project.up());
        aws.patchDomain("taken.example.com", { managedLoginVersion: 1 });
        aws.patchDomain("raised.example.com", { securityPolicy: "TLS_V1_3_2025" });
        await declare(1, 11, "us-east-2");
        succeeded(await project.up());
        assert.equal(aws.domainOf("replica.example.com")?.managedLoginVersion, 2);
        aws.patchDomain("taken.example.com", { managedLoginVersion: 2 });
        aws.patchDomain("raised.example.com", { securityPolicy: "TLS_V1_2_2021" });
        aws.patchCertificate(old, EXPIRED);
        aws.calls = [];
        destroy = succeeded(await project.destroy());
    });

    it("where the program has taken theirs over", () => {
        assertSays(destroy, "taken.example.com: somebody else has changed it since: managed login 2 is left as it is");
        assert.deepEqual(updates(stage.aws, "taken.example.com"), []);
        assert.equal(stage.aws.domainOf("taken.example.com")?.managedLoginVersion, 2);
    });

    it("where an update has found another TLS policy than the one that managed login had raised", () => {
        assertSays(destroy, "raised.example.com: somebody else has changed it since: TLS policy TLS_V1_2_2021");
        const [restore] = updates(stage.aws, "raised.example.com");
        assert.equal(restore?.ManagedLoginVersion, 1);
        assert.equal(stage.aws.domainOf("raised.example.com")?.securityPolicy, "TLS_V1_2_2021");
    });

    it("and puts back all but an unfit certificate", () => {
        assertSays(destroy, /unfit\.example\.com: not put back: .*\[certificate-expired\]/);
        const { certificateArn, managedLoginVersion } = stage.aws.domainOf("unfit.example.com") ?? {};
        assert.deepEqual([certificateArn, managedLoginVersion], [fresh, 1]);
    });

    it("and what it found of a custom domain that is asked for in a replica's Region from now on", () => {
        assert.equal(stage.aws.domainOf("replica.example.com")?.managedLoginVersion, 1);
    });
});

describe("a destroy with --run-program leaves, after a --refresh has seen it,", () => {
    const open = stages();
    let stage: Stage;
    let ours: string;
    let theirs: string;
    let destroy: Run;

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        const certificates = [1, 2, 3].map(() => aws.certificate({ domainName: "*.example.com" }));
        const [found, first, second] = certificates as [string, string, string];
        [ours, theirs] = [first, second];
        const taken = domain({ certificateArn: found }, "taken.example.com");
        const ignored = domain({ version: 1, certificateArn: found }, "ignored.example.com");
        const declare = (certificateArn: string, managedLoginVersion: number) => {
            const resources: Declared[] = [
                { name: "taken", args: { ...taken, customDomainConfig: { certificateArn }, ...RESTORE } },
                {
                    name: "ignored",
                    args: {
                        ...ignored,
                        managedLoginVersion,
                        customDomainConfig: { certificateArn: found },
                        ...RESTORE,
                    },
                    opts: { ignoreChanges: ["customDomainConfig.certificateArn"] },
                },
            ];
            return project.declare(...resources);
        };
        await declare(ours, 1);
        succeeded(await project.up());
        for (const it of ["taken.example.com", "ignored.example.com"]) {
            aws.patchDomain(it, { certificateArn: theirs });
        }
        await declare(theirs, 2);
        succeeded(await project.up("--refresh"));
        aws.patchDomain("taken.example.com", { certificateArn: ours });
        aws.calls = [];
        destroy = succeeded(await project.destroy("--run-program"));
    });

    it("what the program has then taken over", () => {
        assertSays(destroy, `taken.example.com: somebody else has changed it since: certificate ${ours}`);
        assert.deepEqual(updates(stage.aws, "taken.example.com"), []);
    });

    it("another team's certificate, which ignoreChanges has kept, and puts back the version", () => {
        const { certificateArn, managedLoginVersion } = stage.aws.domainOf("ignored.example.com") ?? {};
        assert.deepEqual([certificateArn, managedLoginVersion], [theirs, 1]);
    });
});
