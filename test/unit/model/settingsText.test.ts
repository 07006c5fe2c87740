import assert from "node:assert/strict";
import { describeSetting, describeSettings, settingText } from "../../../provider/model/settingsText";
import { ARN } from "../../support/certificates";
import { WHOLE } from "../../support/domains";

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
