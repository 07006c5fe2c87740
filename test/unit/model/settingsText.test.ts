import assert from "node:assert/strict";
import { SettingsText } from "../../../provider/model/settingsText";
import { ARN } from "../../support/certificates";
import { WHOLE } from "../../support/domains";

const SHORT = `.../${ARN.split("/")[1]}`;

describe("settings in words", () => {
    const text = new SettingsText([]);

    it("shorten an ARN, except in arguments to be pasted", () => {
        const failover = "failover to us-east-2 by health check health-1";
        assert.equal(text.all(WHOLE), `managed login 2, certificate ${SHORT}, TLS policy TLS_V1_2_2021, ${failover}`);
        assert.equal(text.asArguments({ certificateArn: ARN }), `{"customDomainConfig":{"certificateArn":"${ARN}"}}`);
    });

    it("show none for a value that there is not", () => {
        assert.equal(text.all({}), "no settings");
        assert.equal(text.all({}, ["certificateArn", "failover"]), "certificate none, failover none");
        assert.equal(text.change("managedLoginVersion", {}, WHOLE), "managed login none -> 2");
    });

    it("show no value of a secret setting, AWS's own included", () => {
        const hidden = new SettingsText(["certificateArn", "managedLoginVersion", "failover"]);
        const all = "managed login [secret], certificate [secret], TLS policy TLS_V1_2_2021, failover [secret]";
        assert.equal(hidden.all(WHOLE), all);
        assert.equal(hidden.change("certificateArn", {}, WHOLE), "certificate [secret] -> [secret]");
        const pasted = hidden.asArguments({ managedLoginVersion: 1, securityPolicy: "TLS_V1" });
        assert.equal(pasted, '{"managedLoginVersion":"[secret]","customDomainConfig":{"securityPolicy":"TLS_V1"}}');
    });
});
