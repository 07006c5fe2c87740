import assert from "node:assert/strict";
import * as fc from "fast-check";
import { droppedFrom } from "../../../provider/model/record";
import {
    argumentsOf,
    completed,
    differences,
    SETTING_NAMES,
    type Settings,
    type SettingsArguments,
    sameSetting,
    settingsOf,
} from "../../../provider/model/settings";
import { SettingsText } from "../../../provider/model/settingsText";
import { anySettings } from "../../support/arbitraries";
import { ARN } from "../../support/certificates";
import { FAILOVER, WHOLE } from "../../support/domains";

describe("settings", () => {
    it("are the arguments, flattened; null, which JSON has, is left out like undefined", () => {
        assert.deepEqual(argumentsOf(WHOLE), {
            managedLoginVersion: 2,
            customDomainConfig: { certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" },
            routing: { failover: FAILOVER },
        });
        fc.assert(fc.property(anySettings, (it) => assert.deepEqual(settingsOf(argumentsOf(it)), it)));
        const nulls: object[] = [
            { managedLoginVersion: null, customDomainConfig: null, routing: null },
            { customDomainConfig: { certificateArn: null, securityPolicy: null }, routing: { failover: null } },
            { customDomainConfig: {}, routing: {} },
        ];
        for (const args of nulls) {
            assert.deepEqual(settingsOf(args as SettingsArguments), {});
        }
    });

    it("differ by value, in reading order", () => {
        assert.deepEqual(differences(WHOLE, structuredClone(WHOLE)), []);
        assert.deepEqual(differences({}, WHOLE), SETTING_NAMES);
        assert.deepEqual(SETTING_NAMES, ["managedLoginVersion", "certificateArn", "securityPolicy", "failover"]);
        assert.equal(sameSetting(FAILOVER, { ...FAILOVER, secondaryRegion: "eu-west-1" }), false);
    });

    it("have the policy sent last, if AWS reports none of a custom domain, and nothing else that was", () => {
        const bare: Settings = { managedLoginVersion: 1, certificateArn: ARN };
        const last = { ...WHOLE, securityPolicy: "TLS_V1_3_2025" };
        assert.deepEqual(completed(bare, last), { ...bare, securityPolicy: "TLS_V1_3_2025" });
        assert.deepEqual(completed(bare, {}), bare);
        assert.equal(completed(WHOLE, last), WHOLE);
        const prefix = { managedLoginVersion: 1 };
        assert.equal(completed(prefix, last), prefix);
    });
});

const SHORT = `.../${ARN.split("/")[1]}`;

describe("settings in words", () => {
    const text = new SettingsText([]);

    it("shorten an ARN, except in arguments to be pasted, and show none for a value that there is not", () => {
        const failover = "failover us-east-2 (health check health-1)";
        assert.equal(text.all(WHOLE), `managed login 2, certificate ${SHORT}, TLS policy TLS_V1_2_2021, ${failover}`);
        assert.equal(text.asArguments({ certificateArn: ARN }), `{"customDomainConfig":{"certificateArn":"${ARN}"}}`);
        assert.equal(text.all({}), "no settings");
        assert.equal(text.all({}, ["certificateArn", "failover"]), "certificate none reported, failover none reported");
    });

    it("show no value of a secret setting, AWS's own included", () => {
        const hidden = new SettingsText(["certificateArn", "managedLoginVersion", "failover"]);
        const all = "managed login [secret], certificate [secret], TLS policy TLS_V1_2_2021, failover [secret]";
        assert.equal(hidden.all(WHOLE), all);
        assert.equal(hidden.value("certificateArn", {}), "[secret]");
        const pasted = hidden.asArguments({ managedLoginVersion: 1, securityPolicy: "TLS_V1" });
        assert.equal(pasted, '{"managedLoginVersion":"[secret]","customDomainConfig":{"securityPolicy":"TLS_V1"}}');
    });
});

describe("the settings that a program drops", () => {
    it("are those that it no longer names; a raised TLS policy only with the version", () => {
        const { managedLoginVersion, securityPolicy } = WHOLE;
        const record = { before: {}, desired: { managedLoginVersion, securityPolicy } };
        const dropped = (desired: Settings, raised?: true) => droppedFrom({ ...record, raised }, desired);
        assert.deepEqual(dropped({ managedLoginVersion: 1 }, true), []);
        assert.deepEqual(dropped({}, true), ["managedLoginVersion", "securityPolicy"]);
        assert.deepEqual(dropped(record.desired), []);
        assert.deepEqual(dropped({ managedLoginVersion: 2 }), ["securityPolicy"]);
    });
});
