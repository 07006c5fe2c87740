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

    const table: [variable: string, config: Record<string, string>, strict: boolean, error?: string][] = [
        ["", {}, false],
        ["TRUE", {}, true],
        ["1", { [KEY]: "false" }, true],
        ["0", { [KEY]: "true" }, false],
        ["false", {}, false],
        ["", { [KEY]: "true" }, true],
        ["", { [KEY]: "false" }, false],
        ["yes", {}, true, `the environment variable ${VARIABLE} is "yes", neither true nor false`],
        ["", { [KEY]: "yes" }, true, `the config value ${KEY} is "yes", neither true nor false`],
        ["0", { "aws:allowedAccountIds": "12," }, true, "the config value aws:allowedAccountIds is not JSON"],
    ];
    for (const [variable, config, strict, error] of table) {
        it(`is ${strict ? "" : "not "}strict for "${variable}" in the environment and ${JSON.stringify(config)}`, () => {
            process.env[VARIABLE] = variable;
            pulumi.runtime.setAllConfig(config);
            const { notes, ...found } = readConfiguration();
            const errors = notes.map(({ code, message }) => `${code}: ${message.split(/[:;] /)[0]}`);
            assert.deepEqual([found.strict, errors], [strict, error ? [`config-unreadable: ${error}`] : []]);
        });
    }
});
