import assert from "node:assert/strict";
import { join } from "node:path";
import type { Report } from "../../provider";
import { assertSays, assertSaysNot, assertTidy } from "./support/expect";
import { type Project, succeeded } from "./support/project";
import { auth, DOMAIN, stages } from "./support/stage";

const EXPIRED = { status: "EXPIRED", notAfter: new Date(Date.now() - 86_400_000) } as const;

describe("the way back, in previews", () => {
    const open = stages();

    it("is missing where a rollback would put back a certificate that has expired, and the report says so", async () => {
        const { aws, project, domain } = await open();
        const [old, next] = [EXPIRED, {}].map((it) => aws.certificate({ domainName: DOMAIN, ...it })) as [
            string,
            string,
        ];
        const named = domain({ certificateArn: old });
        const wayBack = await reporting(project);
        const args = { ...named, customDomainConfig: { certificateArn: next } };
        await project.declare(auth({ ...args, onFailure: "rollback" }));
        const preview = succeeded(await project.preview());
        assertSays(
            preview,
            / - onFailure: a rollback could not put back all that was in force: .*EXPIRED.*\[no-way-back\]/,
        );
        assertTidy(preview);
        assert.equal((await wayBack())?.possible, false);

        // What it leaves as it is, a rollback leaves, too.
        const kept = { certificateArn: old };
        await project.declare(
            auth({ ...args, customDomainConfig: kept, managedLoginVersion: 2, onFailure: "rollback" }),
        );
        assertSaysNot(succeeded(await project.preview()), "[no-way-back]");
        assert.equal((await wayBack())?.possible, true);

        await project.declare(auth(args));
        assertSaysNot(succeeded(await project.preview()), "[no-way-back]");
        assert.equal(await wayBack(), undefined);
    });

    it("does not fail strict where it is missing: nothing that the program says could mend it", async () => {
        const { aws, project, domain } = await open();
        const [old, next] = [EXPIRED, {}].map((it) => aws.certificate({ domainName: DOMAIN, ...it })) as string[];
        const config = { customDomainConfig: { certificateArn: next } };
        await project.declare(auth({ ...domain({ certificateArn: old }), ...config, onFailure: "rollback" }));
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "true";
        assertSays(succeeded(await project.preview()), "[no-way-back]");
    });

    it("is missing where a destroy would: at adoption, and later, when the certificate has come to its end", async () => {
        const { aws, project, domain } = await open();
        const [old, next] = [1, 2].map(() => aws.certificate({ domainName: DOMAIN })) as [string, string];
        const named = domain({ certificateArn: old });
        const wayBack = await reporting(project);
        await project.declare(auth({ ...named, customDomainConfig: { certificateArn: next }, onDelete: "restore" }));
        assertSaysNot(succeeded(await project.preview()), "[no-way-back]");
        assert.deepEqual(await wayBack(), { argument: "onDelete", possible: true });
        succeeded(await project.up());

        aws.patchCertificate(old, EXPIRED);
        assertSays(succeeded(await project.preview()), / - onDelete: .*EXPIRED.*\[no-way-back\]/);
        assert.equal((await wayBack())?.possible, false);
    });
});

/** Has previews write a report; the answer reads what it says of the way back. */
async function reporting(project: Project) {
    project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = join(project.folder, "report.json");
    return async () => {
        const { resources }: Report = JSON.parse(await project.read("report.json"));
        return resources[0]?.wayBack;
    };
}
