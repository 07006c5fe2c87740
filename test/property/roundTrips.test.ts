import assert from "node:assert/strict";
import type { DomainDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import * as fc from "fast-check";
import { observedSettings, updateRequest } from "../../provider/aws/mapping";
import { addressArguments } from "../../provider/model/address";
import { argumentsOf } from "../../provider/model/settings";
import { decide } from "../../provider/plan/decide";
import { nextRecord, outputsOf, refreshedInputs } from "../../provider/plugin/resourceOutputs";
import { anySettings } from "../support/arbitraries";
import { ARN } from "../support/certificates";
import { CUSTOM, seen } from "../support/domains";
import { requestFor } from "../support/plans";

describe("settings", () => {
    it("come back from AWS as they were sent", () => {
        fc.assert(
            fc.property(anySettings, (given) => {
                const whole = { managedLoginVersion: 1, certificateArn: ARN, ...given };
                assert.deepEqual(observedSettings(updateRequest(CUSTOM, whole) as DomainDescriptionType), whole);
            }),
        );
    });

    it("come back from a refresh as the inputs that manage them", () => {
        fc.assert(
            fc.property(anySettings, anySettings, (desired, before) => {
                const args = { ...addressArguments(CUSTOM), ...argumentsOf(desired), wait: "none" };
                const input = { request: requestFor({ desired }), changed: {}, action: "adopt" as const };
                const plan = decide(input, seen({ settings: before }));
                const record = nextRecord(undefined, { desired, ignored: [], wait: "none" }, plan, {});
                const outputs = outputsOf(args, { address: CUSTOM, settings: plan.target, status: "ACTIVE" }, record);
                assert.deepEqual(refreshedInputs(outputs, record), args);
            }),
        );
    });
});
