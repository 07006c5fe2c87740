import assert from "node:assert/strict";
import { isIgnored } from "../../../provider/inputs/programFacts";

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
