import assert from "node:assert/strict";
import type { DomainDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import * as fc from "fast-check";
import { observedSettings, updateRequest } from "../../provider/aws/domainMapping";
import { covers } from "../../provider/checks/certificateNames";
import { validate } from "../../provider/inputs/schema";
import { addressArguments, addressOf, formatId, parseId } from "../../provider/model/address";
import { argumentsOf, differences, type Settings, settingsOf, targetSettings } from "../../provider/model/settings";
import { nextRecord, outputsOf, refreshedInputs } from "../../provider/plugin/resourceOutputs";
import { ARN, OTHER_ARN } from "../support/certificates";

const region = fc.constantFrom("us-west-2", "us-east-2", "ap-southeast-2", "us-gov-west-1", "cn-north-1");
const userPoolId = fc
    .tuple(region, fc.stringMatching(/^[0-9a-zA-Z]{1,20}$/))
    .map(([where, rest]) => `${where}_${rest}`);
const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
const fullName = fc.array(label, { minLength: 2, maxLength: 5 }).map((labels) => labels.join("."));
const domain = fc.oneof(label, fullName);
const settings: fc.Arbitrary<Settings> = fc.record(
    {
        managedLoginVersion: fc.constantFrom(1, 2),
        certificateArn: fc.constantFrom(ARN, OTHER_ARN),
        securityPolicy: fc.constantFrom("TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"),
        failover: fc.record(
            { secondaryRegion: region, primaryRoute53HealthCheckId: fc.stringMatching(/^[\w-]{1,64}$/) },
            { noNullPrototype: true },
        ),
    },
    { requiredKeys: [], noNullPrototype: true },
);

describe("ids", () => {
    it("come back as the address that they were made of", () => {
        fc.assert(
            fc.property(userPoolId, domain, region, (pool, name, where) => {
                const address = { userPoolId: pool, domain: name, region: where };
                assert.deepEqual(parseId(formatId(address)), address);
                assert.deepEqual(addressOf({ userPoolId: "", domain: "", ...addressArguments(address) }), address);
            }),
        );
    });

    it("are text that is either refused or written again as it was", () => {
        fc.assert(
            fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\w/-]{0,40}$/)), (text) => {
                let address: ReturnType<typeof parseId> | undefined;
                try {
                    address = parseId(text);
                } catch (error) {
                    assert.equal((error as Error).name, "InvalidIdError");
                }
                // The pool's own Region may be said, and is not written.
                assert.ok(!address || text.endsWith(formatId(address)));
            }),
        );
    });
});

describe("settings", () => {
    it("come back from arguments, and from AWS", () => {
        fc.assert(
            fc.property(settings, (given) => {
                assert.deepEqual(settingsOf(argumentsOf(given)), given);
                const address = { userPoolId: "us-west-2_x", domain: "auth.example.com", region: "us-west-2" };
                const whole = { managedLoginVersion: 1, certificateArn: ARN, ...given };
                assert.deepEqual(observedSettings(updateRequest(address, whole) as DomainDescriptionType), whole);
            }),
        );
    });

    it("overlaid once are overlaid for good, and have everything that is desired", () => {
        fc.assert(
            fc.property(settings, settings, (observed, desired) => {
                const target = targetSettings(observed, desired);
                assert.deepEqual(differences(target, desired), []);
                assert.deepEqual(targetSettings(target, desired), target);
                const touched = new Set([...Object.keys(desired), "securityPolicy"]);
                for (const [name, value] of Object.entries(observed)) {
                    assert.ok(touched.has(name) || target[name as keyof Settings] === value);
                }
            }),
        );
    });

    it("come back as the inputs that manage them", () => {
        fc.assert(
            fc.property(settings, settings, (desired, before) => {
                const address = { userPoolId: "us-west-2_x", domain: "auth.example.com", region: "us-west-2" };
                const args = { ...addressArguments(address), ...argumentsOf(desired), wait: "none" };
                const observed = targetSettings(before, desired);
                const known = { address, settings: observed, status: "ACTIVE" };
                const plan = { before, target: observed };
                const record = nextRecord(undefined, { desired, ignored: [] }, plan, { isOpen: false });
                assert.deepEqual(refreshedInputs(outputsOf(args, known, record), record, []), args);
            }),
        );
    });
});

describe("names", () => {
    it("of a sound domain are accepted, and an upper-case letter in one is not", () => {
        fc.assert(
            fc.property(userPoolId, domain, (pool, name) => {
                fc.pre(!/\.amazoncognito\.com/.test(name) && name.length <= 63);
                // Custom domains are not in GovCloud, and neither China nor the Sovereign Cloud has pools of ours.
                fc.pre(!/^(cn|us-gov|eusc)-/.test(pool));
                assert.deepEqual(validate({ userPoolId: pool, domain: name }), []);
                const upper = name.toUpperCase();
                assert.equal(validate({ userPoolId: pool, domain: upper }).length, upper === name ? 0 : 1);
            }),
        );
    });

    it("on a certificate cover a host with as many labels, all the same but for a wildcard in the first", () => {
        const first = fc.constantFrom("*", "a", "b");
        const labels = fc.array(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 3 });
        fc.assert(
            fc.property(first, labels, fc.constantFrom("a", "b"), labels, (head, rest, hostHead, hostRest) => {
                const same = rest.join(".") === hostRest.join(".") && (head === "*" || head === hostHead);
                assert.equal(covers([head, ...rest].join("."), [hostHead, ...hostRest].join(".")), same);
            }),
        );
    });
});
