import assert from "node:assert/strict";
import type { Changed } from "../../../provider/inputs/changed";
import type { Request } from "../../../provider/inputs/request";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { OUTPUT_NAMES } from "../../../provider/model/outputs";
import type { SettingName, Settings } from "../../../provider/model/settings";
import type { PlanInput } from "../../../provider/plan/plan";
import { ARN, goodCertificate, OTHER_ARN } from "../../support/certificates";
import { FAILOVER, OTHER_POOL, PREFIX, seen } from "../../support/domains";
import { FAILED, planFor } from "../../support/plans";

const SETTINGS = { managedLoginVersion: 1, certificateArn: ARN, securityPolicy: "TLS_V1" };
const observedWith = (settings: Settings, status = "ACTIVE") => ({
    domain: { found: seen({ settings, status }) },
    certificate: { arn: ARN, answer: { found: goodCertificate() } },
});

const outputs = (request: Partial<Request>, rest: Partial<PlanInput> = {}) =>
    planFor(request, { observed: observedWith(SETTINGS), phase: "preview", ...rest }).outputs;
const missing = (request: Partial<Request>, rest?: Partial<PlanInput>) => {
    const known = outputs(request, rest);
    return OUTPUT_NAMES.filter((name) => !known.has(name));
};
const TWO = { managedLoginVersion: 2 };

describe("the outputs after an update", () => {
    it("are those of the complete settings, whether the program names them or not", () => {
        const known = outputs({ desired: { ...TWO, failover: FAILOVER } });
        assert.deepEqual(Object.fromEntries(known), {
            managedLoginVersion: 2,
            customDomainConfig: { certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" },
            routing: { failover: FAILOVER },
            status: "ACTIVE",
            baseUrl: "https://auth.example.com",
            cloudFrontDomain: "d111.cloudfront.net",
            cloudFrontHostedZoneId: "Z2FDTNDATAQYW2",
            certificateExpiry: "2027-04-11T12:00:00.000Z",
        });
    });

    it("keep the program's value of a setting that is left as drift", () => {
        const config = { certificateArn: OTHER_ARN, securityPolicy: "TLS_V1_2_2021" };
        const known = outputs({ desired: { ...TWO, ...config } }, { changed: {} });
        assert.equal(known.get("managedLoginVersion"), 2);
        assert.deepEqual(known.get("customDomainConfig"), config);
    });

    it("are those that the program names, while someone's update is under way", () => {
        const updating = { observed: observedWith(SETTINGS, "UPDATING") };
        assert.deepEqual(missing({ desired: TWO }, updating), ["customDomainConfig", "routing", "certificateExpiry"]);
        const desired = { ...TWO, certificateArn: ARN };
        const plan = (rest: Partial<PlanInput>) => planFor({ desired }, { ...updating, phase: "preview", ...rest });
        assert.deepEqual([plan({}).kept, plan({}).unknown], [{}, ["certificateArn"]]);
        assert.deepEqual(plan({ action: "none" }).unknown, []);
        assert.equal(outputs({ desired: TWO }, { ...updating, changed: {} }).get("managedLoginVersion"), 2);
    });

    it("name no distribution and no zone for a prefix domain", () => {
        const found = seen({ settings: { managedLoginVersion: 1 } });
        const known = outputs({ address: PREFIX, desired: TWO }, { observed: { domain: { found } } });
        assert.equal(known.get("baseUrl"), "https://my-prefix.auth.us-west-2.amazoncognito.com");
        const some = OUTPUT_NAMES.filter((name) => !known.has(name) || known.get(name) !== undefined);
        assert.deepEqual(some, ["managedLoginVersion", "status", "baseUrl"]);
    });

    const unknown = (...names: SettingName[]): Partial<Request> => ({ unknown: names });
    const table: [title: string, request: Partial<Request>, missing: string[]][] = [
        ["an unknown certificate", unknown("certificateArn"), ["customDomainConfig", "certificateExpiry"]],
        ["an unknown policy", unknown("securityPolicy"), ["customDomainConfig"]],
        ["an unknown failover", unknown("failover"), ["routing"]],
        // Version 2 raises TLS_V1.
        ["an unknown version", unknown("managedLoginVersion"), ["managedLoginVersion", "customDomainConfig"]],
        ["a certificate not asked about", { desired: { certificateArn: OTHER_ARN } }, ["certificateExpiry"]],
        ["no wait, and no change", { wait: "none", desired: { managedLoginVersion: 1 } }, []],
        ["no wait, and a routing", { wait: "none", desired: { failover: FAILOVER } }, ["routing", "status"]],
        ["a wait, and another policy", { desired: { securityPolicy: "TLS_V1_3_2025" } }, []],
    ];
    for (const [title, request, expected] of table) {
        it(`with ${title}: ${expected.join(", ") || "nothing"} is unknown`, () => {
            assert.deepEqual(missing(request, { action: "adopt" }), expected);
        });
    }

    it("are those of the state, if an unknown value turns out to be the old one", () => {
        const rest = ["customDomainConfig", "routing", "certificateExpiry"];
        const changed: Changed = { hasUnknown: UNKNOWN };
        assert.deepEqual(missing({ desired: TWO }, { changed }), rest);
        assert.deepEqual(missing(unknown("certificateArn"), { changed: {} }), ["managedLoginVersion", ...rest]);
        const desired = { certificateArn: ARN, securityPolicy: "TLS_V1_3_2025", failover: FAILOVER };
        assert.deepEqual(missing({ desired: { ...desired, ...TWO } }, { changed }), ["certificateExpiry"]);
        const observed = observedWith(SETTINGS, "FAILED");
        assert.ok(missing({ desired: TWO }, { changed, observed }).includes("status"));
        // If the last update did not complete, the version is sent after all, and raises TLS_V1.
        assert.deepEqual(missing({ desired: TWO }, { changed: {} }), ["customDomainConfig"]);
    });

    it("are repaired by settings that are sent again, since the last update failed", () => {
        const observed = observedWith(SETTINGS, "FAILED");
        const one = { desired: { managedLoginVersion: 1 } };
        assert.deepEqual(missing({ ...one, wait: "none" }, { observed }), ["status"]);
        assert.deepEqual(missing(one, { observed }), []);
        assert.equal(outputs(one, { observed }).get("status"), "ACTIVE");
        const statuses = ["FAILED", "DELETING", "UPDATING", "ACTIVE"];
        const after = statuses.map((it) => outputs({}, { observed: observedWith(SETTINGS, it) }).get("status"));
        assert.deepEqual(after, ["FAILED", "DELETING", "ACTIVE", "ACTIVE"]);
    });

    it("leave open a TLS policy that AWS does not report, if something is sent, or if it is ignored", () => {
        const { securityPolicy, ...settings } = SETTINGS;
        const observed = observedWith(settings);
        assert.deepEqual(missing({ desired: TWO }, { observed }), ["customDomainConfig"]);
        const same = { desired: { managedLoginVersion: 1 } };
        assert.deepEqual(missing(same, { observed }), []);
        assert.deepEqual(missing({ ...same, ignored: ["securityPolicy"] }, { observed }), ["customDomainConfig"]);
        assert.deepEqual(missing({ desired: { securityPolicy } }, { observed }), []);
    });

    it("are none while it is not known which domain", () => {
        assert.equal(outputs({ address: undefined, desired: TWO }).size, 0);
    });

    it("are what the arguments tell, if AWS has no such domain or was not asked", () => {
        const told = ["baseUrl", "cloudFrontHostedZoneId"];
        const other = { found: seen({ userPoolId: OTHER_POOL }) };
        for (const domain of [{ absent: true as const }, other, FAILED, undefined]) {
            const known = outputs({ desired: TWO }, { observed: { domain } });
            assert.deepEqual([...known.keys()], [...told, "managedLoginVersion"]);
        }
        assert.deepEqual([...outputs({ desired: TWO, wait: "none" }, { observed: {} }).keys()], told);
    });
});
