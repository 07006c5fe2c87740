import assert from "node:assert/strict";
import type { SettingName } from "../../../provider/model/settings";
import { planRestore } from "../../../provider/reconcile/restore";
import { ADOPTED_OUTPUTS as OUTPUTS } from "../../support/adoptedOutputs";
import { FAILOVER } from "../../support/domains";

const planFor = (...stillManaged: SettingName[]) => planRestore(OUTPUTS, new Set(stillManaged));

describe("planRestore", () => {
    it("puts back what was there, a raised TLS policy too, where what was put in force still is", () => {
        const { original, onlyOver } = planFor();
        assert.deepEqual(original, { managedLoginVersion: 1, securityPolicy: "TLS_V1" });
        assert.deepEqual(onlyOver, [OUTPUTS.__adopted.applied]);
    });

    it("goes by the outputs where the state does not say what was put in force", () => {
        const { applied: _, ...adopted } = OUTPUTS.__adopted;
        assert.deepEqual(planRestore({ ...OUTPUTS, __adopted: adopted }, new Set()).onlyOver, [
            { managedLoginVersion: 2, failover: FAILOVER },
        ]);
    });

    it("puts back over what an update that failed has sent, too", () => {
        const attempted = { managedLoginVersion: 1 };
        const adopted = { ...OUTPUTS.__adopted, attempted };
        const { onlyOver } = planRestore({ ...OUTPUTS, __adopted: adopted }, new Set());
        assert.deepEqual(onlyOver, [OUTPUTS.__adopted.applied, attempted]);
    });

    it("leaves what another resource still manages, and the TLS policy with the version", () => {
        assert.deepEqual(planFor("managedLoginVersion").original, {});
        assert.deepEqual(planFor("securityPolicy").original, { managedLoginVersion: 1 });
    });

    it("has nothing to put back of what is not in the outputs", () => {
        assert.deepEqual(planRestore({}, new Set()), {
            original: {},
            onlyOver: [{}],
            irremovable: [],
            stillManaged: [],
            kept: {},
        });
    });
});
