import assert from "node:assert/strict";
import { SECRET } from "../../../provider/inputs/redaction";
import type { DomainState } from "../../../provider/model/outputs";
import { inputsOf, outputsOf } from "../../../provider/plugin/outputs";
import { ARN, goodCertificate } from "../../support/certificates";
import { CUSTOM, FAILOVER, POOL, PREFIX, WHOLE } from "../../support/domains";

const ADOPTED = { managed: ["managedLoginVersion" as const], found: { managedLoginVersion: 1 } };
const KNOWN: DomainState = {
    address: CUSTOM,
    settings: WHOLE,
    status: "ACTIVE",
    cloudFrontDistribution: "d111.cloudfront.net",
    certificate: goodCertificate(),
};
const ARGS = {
    userPoolId: POOL,
    domain: "auth.example.com",
    managedLoginVersion: 2,
    onDelete: "restore",
    wait: "none",
    __provider: "text",
    foreign: "x",
};

describe("outputsOf", () => {
    it("holds the program's own arguments, the settings in force, facts and the record of adoption", () => {
        assert.deepEqual(outputsOf(ARGS, KNOWN, ADOPTED), {
            userPoolId: POOL,
            domain: "auth.example.com",
            onDelete: "restore",
            wait: "none",
            managedLoginVersion: 2,
            customDomainConfig: { certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" },
            routing: { failover: FAILOVER },
            status: "ACTIVE",
            baseUrl: "https://auth.example.com",
            cloudFrontDomain: "d111.cloudfront.net",
            cloudFrontHostedZoneId: "Z2FDTNDATAQYW2",
            certificateExpiry: "2027-04-11T12:00:00.000Z",
            __adopted: ADOPTED,
        });
    });

    it("keeps the paths of secrets, in inputs as well, and nothing where there are none", () => {
        const outputs = outputsOf({ ...ARGS, [SECRET]: ["domain"] }, KNOWN, ADOPTED);
        assert.deepEqual([outputs[SECRET], inputsOf(outputs)[SECRET]], [["domain"], ["domain"]]);
        const without = outputsOf({ ...ARGS, [SECRET]: [] }, KNOWN, ADOPTED);
        assert.deepEqual([SECRET in without, SECRET in inputsOf(without)], [false, false]);
    });

    it("of a prefix domain names no distribution and no zone", () => {
        const outputs = outputsOf(
            { userPoolId: POOL, domain: "my-prefix" },
            { ...KNOWN, address: PREFIX, settings: { managedLoginVersion: 2 }, certificate: undefined },
            ADOPTED,
        );
        assert.deepEqual(Object.keys(outputs).sort(), [
            "__adopted",
            "baseUrl",
            "domain",
            "managedLoginVersion",
            "status",
            "userPoolId",
        ]);
        assert.equal(outputs.baseUrl, "https://my-prefix.auth.us-west-2.amazoncognito.com");
    });

    it("has no end where the certificate reports none", () => {
        const certificate = goodCertificate({ notAfter: undefined });
        assert.equal("certificateExpiry" in outputsOf(ARGS, { ...KNOWN, certificate }, ADOPTED), false);
    });

    it("takes an argument that is null for left out", () => {
        assert.equal("onDelete" in outputsOf({ ...ARGS, onDelete: null }, KNOWN, ADOPTED), false);
    });
});

describe("inputsOf", () => {
    it("has of the settings only those that the program manages, and all of its own arguments", () => {
        assert.deepEqual(inputsOf(outputsOf(ARGS, KNOWN, ADOPTED)), {
            userPoolId: POOL,
            domain: "auth.example.com",
            onDelete: "restore",
            wait: "none",
            managedLoginVersion: 2,
        });
        const whole = { managed: ["certificateArn" as const, "failover" as const], found: {} };
        assert.deepEqual(inputsOf(outputsOf({ userPoolId: POOL }, KNOWN, whole)), {
            userPoolId: POOL,
            customDomainConfig: { certificateArn: ARN },
            routing: { failover: FAILOVER },
        });
    });

    it("has no settings after a get", () => {
        assert.deepEqual(inputsOf(outputsOf({ userPoolId: POOL }, KNOWN, { managed: [], found: {} })), {
            userPoolId: POOL,
        });
    });
});
