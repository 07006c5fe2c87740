import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { OUTPUT_NAMES } from "../../../provider/model/outputs";
import { Preview } from "../../../provider/program/preview";
import { PREVIEWED } from "../../../provider/program/registeredResource";
import type { ReportEntry } from "../../../provider/program/report/report";
import { DOMAIN, POOL } from "../../support/domains";

describe("a preview whose own check fails", () => {
    const { error } = console;
    afterEach(() => {
        console.error = error;
    });

    it("refuses the resource, with a code, in the report too, and without secrets; its outputs are unknown", async () => {
        const printed: string[] = [];
        console.error = (text: string) => printed.push(text);
        const entries: ReportEntry[] = [];
        let refused = 0;
        const args = { userPoolId: POOL, domain: DOMAIN };
        const facts = Promise.resolve({ secret: ["userPoolId"], ignoreChanges: [] });
        const names = [...OUTPUT_NAMES, ...PREVIEWED];
        const outputs = Object.fromEntries(names.map((name) => [name, pulumi.output<unknown>(Object(args)[name])]));
        await new Promise<void>((end) => {
            const run = {
                begin: () => 1,
                end,
                identityFor: () => assert.fail(`broken: ${POOL}`),
                refuse: () => refused++,
                report: { put: (_: number, entry: ReportEntry) => entries.push(entry) },
            };
            new Preview(run as never, "auth", args, facts, {}).complete(outputs as never, []);
        });
        const message = "the preview's own check failed: broken: [secret]";
        const remedy = 'Please report it; preflight: "off" skips it';
        const line = `${DOMAIN}: preflight: ${message}. ${remedy}. [preflight-failed]`;
        assert.deepEqual([refused, printed], [1, [`error: [runtime] ${line}`]]);
        const [{ verdict, findings } = assert.fail()] = entries;
        assert.deepEqual([verdict, findings.map(({ message }) => message)], ["refused", [message]]);
        assert.equal(await Object(outputs.status).isKnown, false);
    });
});
