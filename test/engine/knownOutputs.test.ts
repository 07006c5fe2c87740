import assert from "node:assert/strict";
import { join } from "node:path";
import type { UserPoolDomainSettingsReport as Report } from "../../provider";
import { assertSays, assertSaysNot } from "./support/expect";
import { outputOf, secret } from "./support/program";
import { succeeded } from "./support/project";
import { auth, DOMAIN, FAILOVER, stages } from "./support/stage";

/** An alias record, as a resource that depends on the domain's outputs. */
const WITH_ALIAS_RECORD = `
class AliasRecord extends pulumi.dynamic.Resource {
    constructor(name, settings) {
        const provider = {
            diff: async (id, olds, news) => ({ changes: olds.target !== news.target || olds.zone !== news.zone }),
            create: async (inputs) => ({ id: "record", outs: inputs }),
            update: async (id, olds, news) => ({ outs: news }),
        };
        super(provider, name, { target: settings.cloudFrontDomain, zone: settings.cloudFrontHostedZoneId });
    }
}
new AliasRecord("alias", exports.auth);
`;

describe("the outputs of a preview", () => {
    const open = stages();

    it("are known at adoption and in a rotation, in which an alias record does not change", async () => {
        const { aws, project, domain } = await open();
        const [old, next] = [1, 2].map(() => aws.certificate({ domainName: DOMAIN })) as [string, string];
        const named = domain({ certificateArn: old, securityPolicy: "TLS_V1_2_2021" });
        await project.write("index.js", (await project.read("index.js")) + WITH_ALIAS_RECORD);
        const declare = (certificateArn: string) =>
            project.declare(auth({ ...named, managedLoginVersion: 2, customDomainConfig: { certificateArn } }));
        await declare(old);
        // The id alone is the engine's own affair.
        assert.deepEqual(unknownIn(succeeded(await project.preview()).text), ["id"]);
        succeeded(await project.up());

        await declare(next);
        const rotation = succeeded(await project.preview());
        assert.deepEqual(unknownIn(rotation.text), []);
        assertSays(rotation, "~ 1 to update", "2 unchanged");
        assertSays(succeeded(await project.up()), "~ 1 updated", "2 unchanged");

        // The certificate that ignoreChanges keeps is not the one that the program names.
        const customDomainConfig = { certificateArn: old };
        await project.declare(
            auth({ ...named, managedLoginVersion: 1, customDomainConfig }, { ignoreChanges: ["customDomainConfig"] }),
        );
        const kept = succeeded(await project.preview());
        assertSays(kept, "managed login 2 -> 1");
        assert.deepEqual(unknownIn(kept.text), []);
    });

    it("are unknown where they depend on what is, no more; secret if the argument is; and only what arguments tell with preflight off", async () => {
        const { aws, project, domain } = await open();
        const certificateArn = aws.certificate({ domainName: DOMAIN });
        const named = domain({ certificateArn, securityPolicy: "TLS_V1_2_2021" });
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = join(project.folder, "report.json");
        const unknown = async () => {
            succeeded(await project.preview());
            const { resources }: Report = JSON.parse(await project.read("report.json"));
            return resources[0]?.unknown;
        };
        const made = { name: "certificate", makes: aws.certificate({ domainName: DOMAIN }) };
        await project.declare(
            made,
            auth({ ...named, customDomainConfig: { certificateArn: outputOf("certificate") } }),
        );
        assert.deepEqual(await unknown(), ["customDomainConfig", "certificateExpiry"]);

        await project.declare(auth({ ...named, managedLoginVersion: 2, preflight: "off" }));
        assert.deepEqual(await unknown(), [
            "customDomainConfig",
            "routing",
            "status",
            "cloudFrontDomain",
            "certificateExpiry",
        ]);

        await project.declare(auth({ ...named, customDomainConfig: secret({ certificateArn }) }));
        const preview = succeeded(await project.preview());
        assertSaysNot(preview, certificateArn);
        assertSays(preview, /customDomainConfig *: \[secret\]/, /cloudFrontDomain *: "/);
    });

    it("are what an up gives where ignoreChanges keeps an argument out, and secret as there", async () => {
        const { project, domain } = await open();
        const named = domain({ version: 1 }, "my-prefix");
        await project.declare(auth({ ...named, managedLoginVersion: 1 }));
        succeeded(await project.up());
        await project.declare(
            auth(
                { ...named, managedLoginVersion: 1, routing: secret({ failover: FAILOVER }) },
                { ignoreChanges: ["routing"] },
            ),
        );
        const preview = succeeded(await project.preview());
        assertSays(preview, /routing *: \[secret\]/);
        assertSaysNot(preview, FAILOVER.primaryRoute53HealthCheckId);
        assertSays(succeeded(await project.up()), /routing *: \[secret\]/);
    });

    it("go with what the engine does, which the report says: adopt, update, replace by one for another domain, or none", async () => {
        const { project, domain } = await open();
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = join(project.folder, "report.json");
        const action = async (...flags: string[]) => {
            const preview = succeeded(await project.preview(...flags));
            assertSaysNot(preview, "__changed");
            const { resources }: Report = JSON.parse(await project.read("report.json"));
            return resources[0]?.action;
        };
        const args = { ...domain({ version: 1 }), managedLoginVersion: 2 };
        await project.declare(auth(args));
        assert.equal(await action(), "adopt");
        succeeded(await project.up());
        assert.equal(await action(), "none");
        // The engine then asks as if it were new.
        assert.equal(await action("--replace", project.urn("auth")), "adopt");
        await project.declare(auth({ ...args, managedLoginVersion: 1 }));
        assert.equal(await action(), "update");
        await project.declare(auth({ ...args, ...domain({ version: 1 }, "other.example.com") }));
        assert.equal(await action(), "replace");
    });
});

/** The names of what stands as unknown in a preview's text. */
function unknownIn(text: string): string[] {
    return [...text.matchAll(/(\w+) *: \[unknown\]/g)].map(([, name]) => name ?? "");
}
