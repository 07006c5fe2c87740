import assert from "node:assert/strict";
import { adviceOn } from "../../../provider/reconcile/advice";

describe("adviceOn", () => {
    it("is to go on by `pulumi up` after what the next one finds out", () => {
        for (const kind of ["timeout", "unseen", "engineGone", "unanswered"] as const) {
            assert.equal(adviceOn(kind, {}), " Run `pulumi up` again: it looks again and finishes the job.");
        }
    });

    it("is to go on by the same command after a restore: `pulumi up` knows nothing of it", () => {
        assert.match(adviceOn("timeout", { isRestore: true }), /^ Run the same command again: .*`pulumi up --refresh`/);
        assert.equal(adviceOn("superseded", { isRestore: true }), "");
    });

    it("is whose value comes next where somebody else was at work, and none after what is over", () => {
        assert.match(adviceOn("superseded", {}), /change the program where theirs is to stay/);
        for (const kind of ["failed", "gone", "notServed", "unverified"] as const) {
            assert.equal(adviceOn(kind, {}), "");
        }
    });
});
