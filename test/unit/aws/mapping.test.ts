import assert from "node:assert/strict";
import type { DomainDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import * as sdk from "@aws-sdk/client-cognito-identity-provider";
import { observedSettings, updateRequest } from "../../../provider/aws/mapping";
import { validate } from "../../../provider/inputs/schema";
import { SETTING_NAMES, settingsOf } from "../../../provider/model/settings";
import { CUSTOM, PREFIX, WHOLE } from "../../support/domains";

/** A structure in the SDK's own schema: kind, namespace, name, traits, names of the members, their schemas. */
type Structure = readonly [3, string, string, unknown, string[], (Structure | (() => Structure) | number)[], number?];

/** The members that no structure holds any more, with their paths: `CustomDomainConfig.CertificateArn`. */
function leavesOf(schema: Structure): string[] {
    const [, , , , names, schemas] = schema;
    return names.flatMap((name, index) => {
        const member = schemas[index];
        const inner = typeof member === "function" ? member() : member;
        return Array.isArray(inner) ? leavesOf(inner as Structure).map((path) => `${name}.${path}`) : [name];
    });
}

function leavesIn(value: object): string[] {
    return Object.entries(value).flatMap(([name, member]) =>
        typeof member === "object" && member !== null ? leavesIn(member).map((path) => `${name}.${path}`) : [name],
    );
}

const ADDRESS = ["Domain", "UserPoolId"];

describe("the settings model, against the AWS SDK that is installed", () => {
    const request = leavesOf(sdk.UpdateUserPoolDomainRequest$ as unknown as Structure);

    it("sends every member that UpdateUserPoolDomain has: a new one would be reset by what we leave out", () => {
        assert.deepEqual(request.sort(), leavesIn(updateRequest(CUSTOM, WHOLE)).sort());
    });

    it("reads every one of them from what DescribeUserPoolDomain answers", () => {
        const described = leavesOf(sdk.DomainDescriptionType$ as unknown as Structure);
        const unknown = request.filter((path) => !ADDRESS.includes(path) && !described.includes(path));
        assert.deepEqual(unknown, []);
        assert.deepEqual(Object.keys(WHOLE).sort(), [...SETTING_NAMES].sort());
        const { Domain: _, UserPoolId: __, ...answer } = updateRequest(CUSTOM, WHOLE);
        assert.deepEqual(observedSettings(answer as DomainDescriptionType), WHOLE);
    });

    it("takes an argument for each, spelled as AWS spells it", () => {
        const args = {
            userPoolId: CUSTOM.userPoolId,
            domain: CUSTOM.domain,
            managedLoginVersion: 2,
            customDomainConfig: { certificateArn: WHOLE.certificateArn, securityPolicy: WHOLE.securityPolicy },
            routing: { failover: WHOLE.failover },
        };
        assert.deepEqual(validate(args), []);
        assert.deepEqual(settingsOf(args), WHOLE);
        const capitalized = leavesIn(args).map((path) => path.replace(/(^|\.)[a-z]/g, (it) => it.toUpperCase()));
        assert.deepEqual(capitalized.sort(), request.sort());
    });

    it("knows every TLS policy, and every status", () => {
        for (const securityPolicy of Object.values(sdk.SecurityPolicyType)) {
            assert.deepEqual(validate({ ...CUSTOM, customDomainConfig: { securityPolicy } }), []);
        }
        assert.deepEqual(Object.values(sdk.DomainStatusType).sort(), [
            "ACTIVE",
            "CREATING",
            "DELETING",
            "FAILED",
            "UPDATING",
        ]);
    });
});

describe("observedSettings", () => {
    it("takes an absent version for 1", () => {
        assert.deepEqual(observedSettings({}), { managedLoginVersion: 1 });
    });

    it("sees no certificate in the empty, blank or missing configuration of a prefix domain", () => {
        const one = { managedLoginVersion: 1 };
        assert.deepEqual(observedSettings({ CustomDomainConfig: {} as { CertificateArn: string } }), one);
        assert.deepEqual(observedSettings({ CustomDomainConfig: { CertificateArn: "" } }), one);
        const blank = { CertificateArn: "", SecurityPolicy: "" } as unknown as { CertificateArn: string };
        assert.deepEqual(observedSettings({ CustomDomainConfig: blank }), one);
    });

    it("sees no failover in a routing without one, and blanks in a half one", () => {
        assert.deepEqual(observedSettings({ Routing: {} }), { managedLoginVersion: 1 });
        assert.deepEqual(observedSettings({ Routing: { Failover: {} as never } }), {
            managedLoginVersion: 1,
            failover: { secondaryRegion: "", primaryRoute53HealthCheckId: "" },
        });
    });
});

describe("updateRequest", () => {
    it("has no CustomDomainConfig without a certificate, even with a policy: AWS refuses an empty one", () => {
        const { CustomDomainConfig } = updateRequest(PREFIX, { managedLoginVersion: 2, securityPolicy: "TLS_V1" });
        assert.equal(CustomDomainConfig, undefined);
    });
});
