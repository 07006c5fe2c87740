import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { readConfiguration } from "../../../provider/program/stackConfiguration";

const VARIABLE = "PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT";
const KEY = "pulumi-cognito-domain-settings:strict";

describe("readConfiguration", () => {
    afterEach(() => {
        delete process.env[VARIABLE];
        pulumi.runtime.setAllConfig({});
    });

    for (const [variable, config, strict] of [
        [undefined, undefined, false],
        ["TRUE", undefined, true],
        ["1", "false", true],
        ["0", "true", false],
        ["false", undefined, false],
        ["", "true", true],
        [undefined, "false", false],
    ] as const) {
        it(`is ${strict ? "" : "not "}strict for ${variable} in the environment and ${config} in the config`, () => {
            process.env[VARIABLE] = variable ?? "";
            pulumi.runtime.setAllConfig(config === undefined ? {} : { [KEY]: config });
            const { strict: found, notes } = readConfiguration();
            assert.deepEqual([found, notes], [strict, []]);
        });
    }

    for (const [what, environment, config, text] of [
        ["switch in the environment", "yes", {}, `the environment variable ${VARIABLE} is "yes"`],
        ["switch in the config", "", { [KEY]: "yes" }, `the config value ${KEY} is "yes", neither true nor false`],
        ["identity", "", { "aws:allowedAccountIds": "123456789012," }, "the config value aws:allowedAccountIds"],
    ] as const) {
        it(`reports an error for a ${what} that cannot be read, and is strict then`, () => {
            process.env[VARIABLE] = environment;
            pulumi.runtime.setAllConfig({ ...config });
            const { strict, notes } = readConfiguration();
            assert.equal(strict, true);
            const [note, ...others] = notes;
            assert.deepEqual([note?.code, others], ["config-unreadable", []]);
            assert.ok(note?.message.includes(text), note?.message);
        });
    }
});
