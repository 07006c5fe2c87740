import assert from "node:assert/strict";
import { join } from "node:path";
import type { Report, ReportEntry } from "../../provider";
import { EXPIRED } from "../support/certificates";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, assertTidy, diagnosticsOf } from "./support/expect";
import { type Project, succeeded } from "./support/project";
import { stages } from "./support/stage";

describe("the way back, in previews", () => {
    const open = stages();
    let preview: Preview;
    /** With strict. */
    let later: Preview;

    before(async () => {
        const { aws, project, domain } = await open();
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = join(project.folder, "report.json");
        const [fit, expired, next] = [{}, EXPIRED, {}].map((it) =>
            aws.certificate({ domainName: "*.example.com", ...it }),
        ) as [string, string, string];
        const declared = (name: string, certificateInForce: string, args: object) => ({
            name,
            args: { ...domain({ certificateArn: certificateInForce }, `${name}.example.com`), ...args },
        });
        const toNext = { customDomainConfig: { certificateArn: next } };
        const toExpired = { customDomainConfig: { certificateArn: expired } };
        const rollback = declared("rollback", expired, { ...toNext, onFailure: "rollback" });
        const restore = declared("restore", fit, { ...toNext, onDelete: "restore" });
        await project.declare(
            rollback,
            // What it leaves as it is, a rollback leaves, too.
            declared("kept", expired, { ...toExpired, managedLoginVersion: 2, onFailure: "rollback" }),
            declared("none", expired, toNext),
            restore,
        );
        preview = await previewOf(project);

        await project.declare(restore);
        succeeded(await project.up());
        aws.patchCertificate(fit, EXPIRED);
        await project.declare(rollback, restore);
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT = "true";
        later = await previewOf(project);
    });

    it("is missing where a rollback would put back a certificate that has expired, and the report says so", () => {
        assertSays(
            preview.of("rollback"),
            / - onFailure: a rollback could not put back all that was in force: .*EXPIRED.*\[no-way-back\]/,
        );
        assertTidy(preview.run);
        assert.equal(preview.wayBack("rollback")?.possible, false);
    });

    it("is there where the rollback would leave the expired certificate as it is", () => {
        assertSays(preview.of("kept"), "managed login 1 -> 2");
        assertSaysNot(preview.of("kept"), "[no-way-back]");
        assert.equal(preview.wayBack("kept")?.possible, true);
    });

    it("is not spoken of where nothing asks for one", () => {
        assertSays(preview.of("none"), /certificate .* -> /);
        assertSaysNot(preview.of("none"), "[no-way-back]");
        assert.equal(preview.wayBack("none"), undefined);
    });

    it("is missing where a destroy would: at adoption, and later, when the certificate has come to its end", () => {
        assertSays(preview.of("restore"), /certificate .* -> /);
        assertSaysNot(preview.of("restore"), "[no-way-back]");
        assert.deepEqual(preview.wayBack("restore"), { argument: "onDelete", possible: true });

        assertSays(later.of("restore"), / - onDelete: .*EXPIRED.*\[no-way-back\]/);
        assert.equal(later.wayBack("restore")?.possible, false);
    });

    it("does not fail strict where it is missing: nothing that the program says could mend it", () => {
        assertSays(later.of("rollback"), "[no-way-back]");
    });
});

/** A preview, and what it says of one resource, on the terminal and in the report; the former where it succeeded. */
interface Preview {
    run: Run;
    of(name: string): Run;
    wayBack(name: string): ReportEntry["wayBack"];
}

async function previewOf(project: Project): Promise<Preview> {
    const run = await project.preview("--diff=false");
    const { resources }: Report = JSON.parse(await project.read("report.json"));
    return {
        run,
        of: (name) => diagnosticsOf(succeeded(run), name),
        wayBack: (name) => resources.find((it) => it.name === name)?.wayBack,
    };
}
