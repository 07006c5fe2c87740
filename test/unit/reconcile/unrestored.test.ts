import assert from "node:assert/strict";
import type { SettingName } from "../../../provider/model/settings";
import { planRestore } from "../../../provider/reconcile/restore";
import { reasonToLeave, warnOfUnrestored } from "../../../provider/reconcile/unrestored";
import { ADOPTED_OUTPUTS as OUTPUTS } from "../../support/adoptedOutputs";
import { recordingEngine } from "../../support/operation";

const planFor = (...stillManaged: SettingName[]) => planRestore(OUTPUTS, new Set(stillManaged));
const warningsOf = (plan: ReturnType<typeof planRestore>) => {
    const engine = recordingEngine();
    warnOfUnrestored("auth.example.com", plan, engine);
    return engine.warnings;
};

describe("warnOfUnrestored", () => {
    it("says what the API cannot take away", () => {
        assert.deepEqual(warningsOf(planFor()), [
            "auth.example.com: left as it is: routing.failover. It was not set before this resource, and the API cannot take it away",
        ]);
    });

    it("says all that the API cannot take away", () => {
        const adopted = { ...OUTPUTS.__adopted, found: {} };
        const [warning] = warningsOf(planRestore({ ...OUTPUTS, __adopted: adopted }, new Set()));
        assert.match(warning ?? "", /left as it is: managedLoginVersion, routing\.failover\. /);
    });

    it("says what is left to another resource", () => {
        assert.deepEqual(warningsOf(planFor("managedLoginVersion", "failover")), [
            "auth.example.com: nothing was restored: the program still manages the domain, as far as it is known yet (managed login 1 before this resource)",
        ]);
        assert.deepEqual(warningsOf(planFor("failover")), [
            "auth.example.com: not restored: routing.failover: the program still manages that, as far as it is known yet",
        ]);
    });

    it("says nothing where all is put back", () => {
        const { routing: _, ...outputs } = OUTPUTS;
        const adopted = { ...OUTPUTS.__adopted, managed: ["managedLoginVersion"] };
        assert.deepEqual(warningsOf(planRestore({ ...outputs, __adopted: adopted }, new Set())), []);
    });
});

describe("reasonToLeave", () => {
    const reason = (options: object, isLeft: boolean, runsProgram: boolean) => {
        const engine = { ...recordingEngine(), runsProgram: async () => runsProgram };
        return reasonToLeave({ ...OUTPUTS, ...options }, planFor(), isLeft, engine);
    };
    const replaced = { __replaceWith: true };

    it("is that a resource with replaceWith may only be replaced, where a program runs", async () => {
        assert.match(
            (await reason(replaced, false, true)) ?? "",
            /replaceWith.*before it: managed login 1, TLS policy TLS_V1$/,
        );
        assert.equal(await reason(replaced, false, false), undefined);
        assert.equal(await reason({}, false, true), undefined);
    });

    it("is none where the program is known to move it to another domain, unless that goes with its owner", async () => {
        assert.equal(await reason(replaced, true, true), undefined);
        assert.match((await reason({ __deletedWith: true }, true, true)) ?? "", /moved away.*deletedWith/);
        assert.equal(await reason({ __deletedWith: true }, false, true), undefined);
    });
});
