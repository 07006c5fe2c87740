import assert from "node:assert/strict";
import { SECRET } from "../../../provider/inputs/redaction";
import { DELETED_WITH } from "../../../provider/inputs/resourceOptions";
import { accountIn } from "../../../provider/model/accounts";
import type { DomainState } from "../../../provider/model/domainOutputs";
import { NotConvergedError } from "../../../provider/model/errors";
import { inputsOf, leavesDrift, outputsOf, unverifiedBy, unverifiedIn } from "../../../provider/plugin/resourceOutputs";
import { ARN, goodCertificate } from "../../support/certificates";
import { CUSTOM, FAILOVER, POOL, PREFIX, WHOLE } from "../../support/domains";

const ADOPTED = { managed: ["managedLoginVersion" as const], found: { managedLoginVersion: 1 }, applied: {} };
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

    it("remembers the account that has the domain, and that the last update did not end well", () => {
        const outputs = outputsOf(ARGS, KNOWN, ADOPTED, { accountId: "210987654321", unverified: true });
        assert.deepEqual([accountIn(outputs), unverifiedIn(outputs)], ["210987654321", true]);
        const well = outputsOf(ARGS, KNOWN, ADOPTED, { unverified: undefined });
        assert.deepEqual(
            [Object.keys(well), unverifiedIn(well)],
            [Object.keys(outputsOf(ARGS, KNOWN, ADOPTED)), undefined],
        );
    });

    it("has nothing that Pulumi shows or that is an argument, of what it remembers", () => {
        const remembered = outputsOf(ARGS, KNOWN, ADOPTED, { accountId: "210987654321", unverified: true });
        const plain = Object.keys(outputsOf(ARGS, KNOWN, ADOPTED));
        const added = Object.keys(remembered).filter((name) => !plain.includes(name));
        assert.deepEqual(added, ["__account", "__unverified"]);
        assert.deepEqual(inputsOf(remembered), inputsOf(outputsOf(ARGS, KNOWN, ADOPTED)));
    });

    it("keeps that the program gives deletedWith, in inputs as well", () => {
        const outputs = outputsOf({ ...ARGS, [DELETED_WITH]: true }, KNOWN, ADOPTED);
        assert.deepEqual([outputs[DELETED_WITH], inputsOf(outputs)[DELETED_WITH]], [true, true]);
        const without = outputsOf({ ...ARGS, [DELETED_WITH]: false }, KNOWN, ADOPTED);
        assert.deepEqual([DELETED_WITH in without, DELETED_WITH in inputsOf(without)], [false, false]);
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
        const whole = { managed: ["certificateArn" as const, "failover" as const], found: {}, applied: {} };
        assert.deepEqual(inputsOf(outputsOf({ userPoolId: POOL }, KNOWN, whole)), {
            userPoolId: POOL,
            customDomainConfig: { certificateArn: ARN },
            routing: { failover: FAILOVER },
        });
    });

    it("has no settings after a get", () => {
        assert.deepEqual(inputsOf(outputsOf({ userPoolId: POOL }, KNOWN, { managed: [], found: {}, applied: {} })), {
            userPoolId: POOL,
        });
    });
});

describe("unverifiedIn", () => {
    it("takes only what this package writes", () => {
        assert.deepEqual(
            [true, "verification", false, "x", undefined].map((it) => unverifiedIn({ __unverified: it })),
            [true, "verification", undefined, undefined, undefined],
        );
    });

    it("reads the word of earlier states", () => {
        assert.equal(unverifiedIn({ __unverified: "proof" }), "verification");
    });
});

describe("unverifiedBy", () => {
    const desired = { managedLoginVersion: 2 };
    const by = (kind: ConstructorParameters<typeof NotConvergedError>[0], rest = {}) =>
        unverifiedBy(
            { problem: new NotConvergedError(kind, "x"), isPending: false, observed: desired, ...rest },
            desired,
        );

    it("tells a verification that is missing from an end that was not seen", () => {
        assert.deepEqual(
            [by("notServed"), by("unverified"), by("timeout"), by("failed")],
            ["verification", "verification", true, true],
        );
        assert.equal(unverifiedBy({ problem: undefined, isPending: false, observed: desired }, desired), undefined);
    });

    it("asks for no verification of what was rolled back, but for the end of what was not seen", () => {
        const observed = { managedLoginVersion: 1 };
        assert.equal(by("notServed", { observed }), undefined);
        assert.equal(by("timeout", { observed }), true);
    });

    it("takes a rollback whose end was not seen for no more than that", () => {
        assert.equal(by("notServed", { isPending: true }), true);
    });
});

describe("leavesDrift", () => {
    const unverified = { managedLoginVersion: 2, __unverified: "verification" };

    it("is so where only a verification is missing, and neither the program nor onDrift asks for anything else", () => {
        assert.equal(leavesDrift(unverified, { managedLoginVersion: 2 }), true);
        assert.equal(leavesDrift(unverified, { managedLoginVersion: 1 }), false);
        assert.equal(leavesDrift(unverified, { managedLoginVersion: 2, onDrift: "correct" }), false);
        assert.equal(leavesDrift({ ...unverified, __unverified: true }, { managedLoginVersion: 2 }), false);
    });
});
