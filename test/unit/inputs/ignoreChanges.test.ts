import assert from "node:assert/strict";
import { ignoredSettings, isIgnored } from "../../../provider/inputs/ignoreChanges";
import type { Settings } from "../../../provider/model/settings";
import { ARN, OTHER_ARN } from "../../support/certificates";

describe("isIgnored", () => {
    const table: [path: string, ignored: string, expected: boolean][] = [
        ["managedLoginVersion", "managedLoginVersion", true],
        ["managedLoginVersion", "*", true],
        ["customDomainConfig.certificateArn", "customDomainConfig", true],
        ["customDomainConfig.certificateArn", 'customDomainConfig["certificateArn"]', true],
        ["customDomainConfig.certificateArn", "customDomainConfig.*", true],
        ["customDomainConfig.certificateArn", "customDomainConfig.securityPolicy", false],
        ["customDomainConfig", "customDomainConfig.securityPolicy", false],
        ["customDomainConfig.certificateArn", "*.securityPolicy", false],
        ["managedLoginVersion", "", false],
    ];
    for (const [path, ignored, expected] of table) {
        it(`${expected} for ${path} under ${JSON.stringify(ignored)}`, () => {
            assert.equal(isIgnored(path, [ignored]), expected);
        });
    }
});

describe("ignoredSettings", () => {
    const failover = (secondaryRegion: string, primaryRoute53HealthCheckId: string) => ({
        failover: { secondaryRegion, primaryRoute53HealthCheckId },
    });
    const desired: Settings = { managedLoginVersion: 2, certificateArn: ARN, ...failover("us-east-2", "check-1") };
    const ignored = (observed: Settings, ...ignoreChanges: string[]) =>
        ignoredSettings(ignoreChanges, desired, { ...desired, ...observed });

    it("are those that a path covers", () => {
        const observed = { managedLoginVersion: 1, certificateArn: OTHER_ARN };
        assert.deepEqual(ignored(observed), ["securityPolicy", "failover"]);
        assert.ok(ignored(observed, "customDomainConfig").includes("certificateArn"));
        assert.ok(!ignored(observed, "customDomainConfig.securityPolicy").includes("certificateArn"));
        assert.equal(ignored(observed, "*").length, 4);
    });

    it("are not those of which a path covers only a part, but where nothing else differs", () => {
        const region = "routing.failover.secondaryRegion";
        assert.ok(ignored(failover("eu-west-1", "check-1"), region).includes("failover"));
        assert.ok(!ignored(failover("us-east-2", "check-2"), region).includes("failover"));
        assert.ok(!ignored(failover("eu-west-1", "check-2"), region).includes("failover"));
        assert.ok(!ignored({ failover: undefined }, region).includes("failover"));
    });
});
