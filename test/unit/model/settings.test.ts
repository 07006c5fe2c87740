import assert from "node:assert/strict";
import {
    ARGUMENT_PATH,
    argumentsOf,
    completed,
    differences,
    namesIn,
    pick,
    raisesSecurityPolicy,
    SETTING_NAMES,
    type Settings,
    type SettingsArguments,
    sameSetting,
    settingsOf,
    targetSettings,
} from "../../../provider/model/settings";
import { SETTING_LABEL } from "../../../provider/model/settingsText";
import { ARN, OTHER_ARN } from "../../support/certificates";
import { FAILOVER, WHOLE } from "../../support/domains";

const ARGUMENTS: SettingsArguments = {
    managedLoginVersion: 2,
    customDomainConfig: { certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" },
    routing: { failover: FAILOVER },
};

describe("SETTING_NAMES", () => {
    it("is in the order in which people read them, and each has a path and a label", () => {
        assert.deepEqual(SETTING_NAMES, ["managedLoginVersion", "certificateArn", "securityPolicy", "failover"]);
        assert.deepEqual(ARGUMENT_PATH, {
            managedLoginVersion: "managedLoginVersion",
            certificateArn: "customDomainConfig.certificateArn",
            securityPolicy: "customDomainConfig.securityPolicy",
            failover: "routing.failover",
        });
        assert.deepEqual(SETTING_LABEL, {
            managedLoginVersion: "managed login",
            certificateArn: "certificate",
            securityPolicy: "TLS policy",
            failover: "failover",
        });
    });
});

describe("settingsOf", () => {
    it("flattens the arguments", () => {
        assert.deepEqual(settingsOf(ARGUMENTS), WHOLE);
    });

    it("has no member for what is left out", () => {
        assert.deepEqual(settingsOf({}), {});
        assert.deepEqual(settingsOf({ customDomainConfig: {}, routing: {} }), {});
        assert.deepEqual(settingsOf({ customDomainConfig: { certificateArn: ARN } }), { certificateArn: ARN });
        assert.deepEqual(settingsOf({ customDomainConfig: { securityPolicy: "TLS_V1" } }), {
            securityPolicy: "TLS_V1",
        });
    });

    it("takes null, which JSON has and TypeScript does not allow, for left out", () => {
        const nulls = { managedLoginVersion: null, customDomainConfig: null, routing: null };
        assert.deepEqual(settingsOf(nulls as unknown as SettingsArguments), {});
        const inner = {
            customDomainConfig: { certificateArn: null, securityPolicy: null },
            routing: { failover: null },
        };
        assert.deepEqual(settingsOf(inner as unknown as SettingsArguments), {});
    });
});

describe("argumentsOf", () => {
    it("is the reverse of settingsOf", () => {
        assert.deepEqual(argumentsOf(WHOLE), ARGUMENTS);
    });

    it("has no empty objects", () => {
        assert.deepEqual(argumentsOf({}), {});
        assert.deepEqual(argumentsOf({ managedLoginVersion: 1 }), { managedLoginVersion: 1 });
        assert.deepEqual(argumentsOf({ securityPolicy: "TLS_V1" }), {
            customDomainConfig: { securityPolicy: "TLS_V1" },
        });
        assert.deepEqual(argumentsOf({ failover: FAILOVER }), { routing: { failover: FAILOVER } });
    });
});

describe("overlay", () => {
    it("lays what is desired over what is observed", () => {
        assert.deepEqual(targetSettings(WHOLE, {}), WHOLE);
        assert.deepEqual(targetSettings(WHOLE, { certificateArn: OTHER_ARN }), { ...WHOLE, certificateArn: OTHER_ARN });
        assert.deepEqual(targetSettings({ managedLoginVersion: 1 }, WHOLE), WHOLE);
    });

    it("raises an unmanaged TLS_V1 together with managed login", () => {
        const observed: Settings = { managedLoginVersion: 1, certificateArn: ARN, securityPolicy: "TLS_V1" };
        assert.deepEqual(targetSettings(observed, { managedLoginVersion: 2 }), {
            managedLoginVersion: 2,
            certificateArn: ARN,
            securityPolicy: "TLS_V1_2_2021",
        });
    });

    it("does not touch its arguments", () => {
        const observed = Object.freeze({ managedLoginVersion: 1, securityPolicy: "TLS_V1" });
        const desired = Object.freeze({ managedLoginVersion: 2 });
        targetSettings(observed, desired);
        assert.deepEqual(
            [observed, desired],
            [{ managedLoginVersion: 1, securityPolicy: "TLS_V1" }, { managedLoginVersion: 2 }],
        );
    });
});

describe("raisesSecurityPolicy", () => {
    const old: Settings = { managedLoginVersion: 1, securityPolicy: "TLS_V1" };
    const table: [title: string, observed: Settings, desired: Settings, raises: boolean][] = [
        ["version 2 over an unmanaged TLS_V1", old, { managedLoginVersion: 2 }, true],
        [
            "another setting where version 2 is over TLS_V1 already",
            { ...old, managedLoginVersion: 2 },
            { certificateArn: ARN },
            true,
        ],
        ["nothing desired at all", { ...old, managedLoginVersion: 2 }, {}, false],
        ["back to version 1", { ...old, managedLoginVersion: 2 }, { managedLoginVersion: 1 }, false],
        ["version 1 kept", old, { certificateArn: ARN }, false],
        ["a policy asked for", old, { managedLoginVersion: 2, securityPolicy: "TLS_V1_3_2025" }, false],
        ["a better policy in force", { ...old, securityPolicy: "TLS_V1_2_2021" }, { managedLoginVersion: 2 }, false],
        ["no policy reported", { managedLoginVersion: 1 }, { managedLoginVersion: 2 }, false],
    ];
    for (const [title, observed, desired, raises] of table) {
        it(`${raises ? "does" : "does not"}, with ${title}`, () => {
            assert.equal(raisesSecurityPolicy(observed, desired), raises);
        });
    }
});

describe("completed", () => {
    const bare: Settings = { managedLoginVersion: 1, certificateArn: ARN };

    it("completes the TLS policy of a custom domain", () => {
        assert.deepEqual(completed(bare, { securityPolicy: "TLS_V1_3_2025" }), {
            ...bare,
            securityPolicy: "TLS_V1_3_2025",
        });
    });

    it("believes what is reported, and invents nothing", () => {
        assert.equal(completed(WHOLE, { securityPolicy: "TLS_V1_3_2025" }), WHOLE);
        assert.equal(completed(bare, {}), bare);
        assert.equal(completed(bare, { managedLoginVersion: 2, failover: FAILOVER }), bare);
        const prefix = { managedLoginVersion: 1 };
        assert.equal(completed(prefix, { securityPolicy: "TLS_V1" }), prefix);
    });
});

describe("differences", () => {
    it("names what is desired and not there, in reading order", () => {
        assert.deepEqual(differences(WHOLE, WHOLE), []);
        assert.deepEqual(differences(WHOLE, {}), []);
        assert.deepEqual(differences({}, WHOLE), [...SETTING_NAMES]);
        assert.deepEqual(differences(WHOLE, { securityPolicy: "TLS_V1", managedLoginVersion: 1 }), [
            "managedLoginVersion",
            "securityPolicy",
        ]);
        assert.deepEqual(differences({}, { failover: FAILOVER, certificateArn: ARN }), ["certificateArn", "failover"]);
    });
});

describe("namesIn and pick", () => {
    it("leave out what is undefined", () => {
        assert.deepEqual(namesIn({ failover: FAILOVER, certificateArn: undefined, managedLoginVersion: 1 }), [
            "managedLoginVersion",
            "failover",
        ]);
        assert.deepEqual(pick(WHOLE, ["failover", "managedLoginVersion"]), {
            failover: FAILOVER,
            managedLoginVersion: 2,
        });
        assert.deepEqual(Object.keys(pick({ managedLoginVersion: 1 }, SETTING_NAMES)), ["managedLoginVersion"]);
        assert.deepEqual(pick(WHOLE, []), {});
    });
});

describe("sameSetting", () => {
    it("compares values, and failovers by both members", () => {
        assert.equal(sameSetting(1, 1), true);
        assert.equal(sameSetting(1, 2), false);
        assert.equal(sameSetting("a", "b"), false);
        assert.equal(sameSetting(undefined, undefined), true);
        assert.equal(sameSetting(undefined, 1), false);
        assert.equal(sameSetting(FAILOVER, { ...FAILOVER }), true);
        assert.equal(sameSetting(FAILOVER, { ...FAILOVER, secondaryRegion: "eu-west-1" }), false);
        assert.equal(sameSetting(FAILOVER, { ...FAILOVER, primaryRoute53HealthCheckId: "x" }), false);
        assert.equal(sameSetting(FAILOVER, undefined), false);
        assert.equal(sameSetting(undefined, FAILOVER), false);
        assert.equal(sameSetting(FAILOVER, "x"), false);
    });
});
