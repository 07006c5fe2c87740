import assert from "node:assert/strict";
import type { Play } from "../../../acceptance/play";
import { STEPS } from "../../../acceptance/steps";

const CONNECT_TO = "PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO";

describe("the steps of the acceptance run", () => {
    const skipped = (endpoint: string | undefined) =>
        STEPS.filter(({ skip }) => skip?.({ session: { endpoint } } as Play)).map(({ title }) => title.split(":")[0]);

    afterEach(() => {
        delete process.env[CONNECT_TO];
    });

    it("are all played on AWS", () => {
        assert.deepEqual(skipped(undefined), []);
    });

    it("leave out the rollback on an emulator without sign-in pages, and say why", () => {
        assert.deepEqual(skipped("http://127.0.0.1:1"), ["rollback"]);
        process.env[CONNECT_TO] = "::127.0.0.1:2";
        assert.deepEqual(skipped("http://127.0.0.1:1"), []);
    });
});
