import assert from "node:assert/strict";
import { observedSettings, updateRequest } from "../../../provider/aws/domainMapping";
import {
    ARGUMENT_PATH,
    argumentsOf,
    defined,
    differences,
    fillUnreported,
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
import { describeSetting, describeSettings, SETTING_LABEL, settingText } from "../../../provider/model/settingsText";
import { ARN, OTHER_ARN } from "../../support/certificates";
import { CUSTOM, FAILOVER, POOL, PREFIX, WHOLE } from "../../support/domains";

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

describe("observedSettings", () => {
    it("reads the whole of a custom domain", () => {
        assert.deepEqual(
            observedSettings({
                ManagedLoginVersion: 2,
                CustomDomainConfig: { CertificateArn: ARN, SecurityPolicy: "TLS_V1_2_2021" },
                Routing: {
                    Failover: {
                        SecondaryRegion: FAILOVER.secondaryRegion,
                        PrimaryRoute53HealthCheckId: FAILOVER.primaryRoute53HealthCheckId,
                    },
                },
            }),
            WHOLE,
        );
    });

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
    it("names everything", () => {
        assert.deepEqual(updateRequest(CUSTOM, WHOLE), {
            Domain: "auth.example.com",
            UserPoolId: POOL,
            ManagedLoginVersion: 2,
            CustomDomainConfig: { CertificateArn: ARN, SecurityPolicy: "TLS_V1_2_2021" },
            Routing: { Failover: { SecondaryRegion: "us-east-2", PrimaryRoute53HealthCheckId: "health-1" } },
        });
    });

    it("never has a CustomDomainConfig without a certificate, nor members that are undefined", () => {
        const request = updateRequest(PREFIX, { managedLoginVersion: 2, securityPolicy: "TLS_V1" });
        assert.deepEqual(Object.keys(request), ["Domain", "UserPoolId", "ManagedLoginVersion"]);
        const bare = updateRequest(CUSTOM, { certificateArn: ARN });
        assert.deepEqual(Object.keys(bare.CustomDomainConfig ?? {}), ["CertificateArn"]);
        assert.deepEqual(Object.keys(bare), ["Domain", "UserPoolId", "CustomDomainConfig"]);
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

describe("fillUnreported", () => {
    const bare: Settings = { managedLoginVersion: 1, certificateArn: ARN };

    it("completes the TLS policy of a custom domain", () => {
        assert.deepEqual(fillUnreported(bare, { securityPolicy: "TLS_V1_3_2025" }), {
            ...bare,
            securityPolicy: "TLS_V1_3_2025",
        });
    });

    it("believes what is reported, and invents nothing", () => {
        assert.equal(fillUnreported(WHOLE, { securityPolicy: "TLS_V1_3_2025" }), WHOLE);
        assert.equal(fillUnreported(bare, {}), bare);
        assert.equal(fillUnreported(bare, { managedLoginVersion: 2, failover: FAILOVER }), bare);
        const prefix = { managedLoginVersion: 1 };
        assert.equal(fillUnreported(prefix, { securityPolicy: "TLS_V1" }), prefix);
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

describe("describeSettings", () => {
    it("says settings in words", () => {
        assert.equal(
            describeSettings(WHOLE),
            `managed login 2, certificate ${ARN}, TLS policy TLS_V1_2_2021, failover to us-east-2 by health check health-1`,
        );
        assert.equal(describeSettings({ securityPolicy: "TLS_V1" }), "TLS policy TLS_V1");
        assert.equal(describeSettings({}), "no settings");
    });
});

describe("describeSetting and settingText", () => {
    it("say none where there is none", () => {
        assert.equal(settingText("failover", {}), "none");
        assert.equal(settingText("certificateArn", {}), "none");
        assert.equal(settingText("managedLoginVersion", WHOLE), "2");
        assert.equal(settingText("failover", WHOLE), "to us-east-2 by health check health-1");
        assert.equal(describeSetting("failover", {}), "failover none");
        assert.equal(describeSetting("securityPolicy", WHOLE), "TLS policy TLS_V1_2_2021");
    });
});

describe("defined", () => {
    it("drops undefined and nothing else", () => {
        const made = defined({ a: undefined, b: null, c: 0, d: "", e: false });
        assert.deepEqual(Object.entries(made), [
            ["b", null],
            ["c", 0],
            ["d", ""],
            ["e", false],
        ]);
    });
});
