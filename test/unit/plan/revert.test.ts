import assert from "node:assert/strict";
import type { Settings } from "../../../provider/model/settings";
import { revert } from "../../../provider/plan/decide";
import { ARN, OTHER_ARN } from "../../support/certificates";
import { FAILOVER } from "../../support/domains";

describe("revert", () => {
    const ours: Settings = { managedLoginVersion: 2, certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" };
    const to: Settings = { managedLoginVersion: 1, certificateArn: OTHER_ARN, securityPolicy: "TLS_V1" };
    const [one, two] = [{ managedLoginVersion: 1 }, { managedLoginVersion: 2 }];
    const failover = { failover: FAILOVER };
    const { securityPolicy, ...versionAndCertificate } = to;
    const cases: [what: string, to: Settings, ours: Settings, observed: Settings, reverted: Settings][] = [
        ["everything that has our value", to, ours, ours, to],
        ["what has the old value already", to, ours, to, to],
        ["not what someone changed", to, ours, { ...ours, securityPolicy: "TLS_V1_3_2025" }, versionAndCertificate],
        ["what is not reported", to, ours, { ...ours, securityPolicy: undefined }, to],
        ["nothing that was not there before", {}, failover, failover, {}],
        ["failover, by its values", failover, structuredClone(failover), structuredClone(failover), failover],
        ["not TLS_V1, if managed login stays", { securityPolicy }, { securityPolicy: "TLS_V1_2_2021" }, ours, {}],
        ["not managed login, if someone set TLS_V1", two, one, { ...one, securityPolicy }, {}],
        [
            "not managed login, if AWS has the old TLS_V1 again",
            { ...two, securityPolicy },
            { ...one, securityPolicy: "TLS_V1_2_2021" },
            { ...one, securityPolicy },
            { securityPolicy },
        ],
    ];
    for (const [what, before, sent, observed, reverted] of cases) {
        it(`reverts ${what}`, () => assert.deepEqual(revert(before, [sent], observed), reverted));
    }
});
