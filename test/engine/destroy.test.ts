import assert from "node:assert/strict";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, assertTidy, updates } from "./support/expect";
import { type Declared, poolOf } from "./support/program";
import { succeeded } from "./support/project";
import { domainOf, FAILOVER, REGION, type Stage, stages } from "./support/stage";

describe("destroy", () => {
    const open = stages();
    let stage: Stage;
    let certificates: Record<"found" | "old" | "ours" | "theirs", string>;
    /** The calls about the domains of the resources without `onDelete: "restore"`. */
    let callsOfRetained: number;
    let withProgram: Run;
    let destroy: Run;

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        const [found = "", old = "", ours = "", theirs = ""] = [1, 2, 3, 4].map(() =>
            aws.certificate({ domainName: "*.example.com" }),
        );
        certificates = { found, old, ours, theirs };
        const resource = (name: string, args: Declared["args"], settings: Parameters<typeof domain>[0] = {}) => ({
            name,
            args: {
                ...domain({ version: 1, certificateArn: found, ...settings }, domainOf(name)),
                onDelete: "restore",
                ...args,
            },
        });
        const version2 = { managedLoginVersion: 2 };
        const certificate = { customDomainConfig: { certificateArn: ours } };
        const steady = [
            resource("unsaid", { ...version2, onDelete: undefined }),
            resource("said", { ...version2, onDelete: "retain" }),
            resource("target", version2),
            resource("with-program", version2),
            resource("restored", { ...version2, ...certificate }, { securityPolicy: "TLS_V1_2_2021" }),
            resource("gone", certificate),
            resource("moved", certificate),
            resource("unusable", { ...version2, ...certificate }, { certificateArn: old }),
            resource("raised", version2, { securityPolicy: "TLS_V1" }),
        ];
        const dependent = resource("dependent", { ...version2, userPoolId: poolOf("target") });
        const [refreshed, ignored, updated] = ["refreshed", "ignored", "updated"].map((name) => resource(name, {}));
        const declare = (certificateArn: string, versionOfIgnored: number, versionOfUpdated: number) =>
            project.declare(
                ...steady,
                dependent,
                { name: "refreshed", args: { ...refreshed?.args, customDomainConfig: { certificateArn } } },
                {
                    name: "ignored",
                    args: {
                        ...ignored?.args,
                        managedLoginVersion: versionOfIgnored,
                        customDomainConfig: { certificateArn: found },
                    },
                    opts: { ignoreChanges: ["customDomainConfig.certificateArn"] },
                },
                { name: "updated", args: { ...updated?.args, managedLoginVersion: versionOfUpdated } },
            );
        await declare(ours, 1, 2);
        succeeded(await project.up());

        // The program takes over what was changed outside Pulumi, with a refresh before, and without.
        for (const name of ["refreshed", "ignored"]) {
            aws.patchDomain(domainOf(name), { certificateArn: theirs });
        }
        aws.patchDomain(domainOf("updated"), { managedLoginVersion: 1 });
        const targets = (...names: string[]) => names.flatMap((name) => ["--target", project.urn(name)]);
        succeeded(await project.refresh(...targets("refreshed", "ignored")));
        await declare(theirs, 2, 1);
        succeeded(await project.up());

        aws.calls = [];
        succeeded(await project.destroy(...targets("unsaid", "said", "target"), "--target-dependents"));
        const retained = ["unsaid", "said"].map(domainOf);
        callsOfRetained = aws.calls.filter(({ input }) => retained.includes(String(input.Domain))).length;
        withProgram = succeeded(await project.destroy("--run-program", ...targets("with-program")));

        // What is not managed changes too.
        aws.patchDomain(domainOf("restored"), { securityPolicy: "TLS_V1_3_2025", routing: { failover: FAILOVER } });
        aws.removeDomain(domainOf("gone"));
        aws.patchDomain(domainOf("moved"), { userPoolId: aws.userPool({ region: REGION }) });
        aws.patchDomain(domainOf("refreshed"), { certificateArn: ours });
        aws.patchDomain(domainOf("updated"), { managedLoginVersion: 2 });
        aws.patchDomain(domainOf("raised"), { securityPolicy: "TLS_V1_3_2025" });
        aws.patchCertificate(old, { status: "EXPIRED", notAfter: new Date(Date.now() - 1000) });
        aws.calls = [];
        destroy = succeeded(await project.destroy());
    });

    const settings = (name: string) => {
        const { managedLoginVersion, certificateArn, securityPolicy } = stage.aws.domainOf(domainOf(name)) ?? {};
        return { managedLoginVersion, certificateArn, securityPolicy };
    };

    it("leaves everything by default, without a call to AWS", () => {
        assert.equal(callsOfRetained, 0);
        assert.deepEqual([settings("unsaid").managedLoginVersion, settings("said").managedLoginVersion], [2, 2]);
    });

    it('restores with onDelete "restore" what the program set, waits for it, and keeps the rest', () => {
        assert.equal(updates(stage.aws, domainOf("restored")).length, 1);
        const restored = stage.aws.domainOf(domainOf("restored"));
        assert.deepEqual(settings("restored"), {
            managedLoginVersion: 1,
            certificateArn: certificates.found,
            securityPolicy: "TLS_V1_3_2025",
        });
        assert.deepEqual([restored?.routing, restored?.status], [{ failover: FAILOVER }, "ACTIVE"]);
    });

    it("restores with --target too, and what depends on the target with --target-dependents", () => {
        assert.deepEqual([settings("target").managedLoginVersion, settings("dependent").managedLoginVersion], [1, 1]);
    });

    it("does not restore with --run-program, which cannot be told from an up, and warns with the values from before", () => {
        assert.equal(settings("with-program").managedLoginVersion, 2);
        assertSays(withProgram, /warning: with-program\.example\.com: left unchanged\..*\{"managedLoginVersion":1\}/);
    });

    it("leaves what was changed outside Pulumi, even if the program once set the same value", () => {
        const why = "left as changed outside Pulumi";
        const left = `: nothing to restore; ${why}: `;
        assertSays(
            destroy,
            `${domainOf("refreshed")}${left}certificate .../${certificates.ours.split("/")[1]}`,
            `${domainOf("updated")}${left}managed login 2`,
            `${domainOf("raised")}: restored managed login 1; ${why}: TLS policy TLS_V1_3_2025`,
        );
        assert.deepEqual(updates(stage.aws, domainOf("refreshed")), []);
        assert.deepEqual(updates(stage.aws, domainOf("updated")), []);
        const { securityPolicy, managedLoginVersion } = settings("raised");
        assert.deepEqual([securityPolicy, managedLoginVersion], ["TLS_V1_3_2025", 1]);
        // Another team's certificate, which ignoreChanges has kept.
        const ignored = settings("ignored");
        assert.deepEqual([ignored.certificateArn, ignored.managedLoginVersion], [certificates.theirs, 1]);
    });

    it("restores all but a certificate that can no longer be used", () => {
        assertSays(destroy, /unusable\.example\.com: not restored: \{"customDomainConfig":.*\[certificate-expired\]/);
        const { certificateArn, managedLoginVersion } = settings("unusable");
        assert.deepEqual([certificateArn, managedLoginVersion], [certificates.ours, 1]);
    });

    it("succeeds if the domain is gone, or another pool's", () => {
        assertSaysNot(destroy, /warning: (gone|moved)\.example\.com/);
        assert.deepEqual(updates(stage.aws, domainOf("moved")), []);
        assertTidy(destroy);
    });
});
