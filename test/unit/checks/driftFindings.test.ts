import assert from "node:assert/strict";
import { judgeDrift, judgePossibleDrift } from "../../../provider/checks/driftFindings";
import { FAILOVER } from "../../support/domains";

describe("judgeDrift", () => {
    it("finds nothing where nothing was changed", () => {
        assert.deepEqual(judgeDrift([], { managedLoginVersion: 2 }, { managedLoginVersion: 1 }), []);
    });

    it("says of each setting what the program wants and what is there, at the argument's path", () => {
        const found = judgeDrift(
            ["managedLoginVersion", "failover"],
            { managedLoginVersion: 2, failover: FAILOVER },
            { managedLoginVersion: 1 },
        );
        assert.deepEqual(
            found.map(({ property, message }) => `${property}: ${message}`),
            [
                "managedLoginVersion: managed login 2 was changed to 1 outside of Pulumi, and this update leaves it",
                "routing.failover: failover to us-east-2 by health check health-1 was changed to none outside of Pulumi, and this update leaves it",
            ],
        );
    });

    it("is advice, and names both ways out: back to the program's value, or the program to the new one", () => {
        const [finding] = judgeDrift(["managedLoginVersion"], { managedLoginVersion: 2 }, { managedLoginVersion: 1 });
        assert.deepEqual([finding?.code, finding?.ground], ["setting-drifted", "advisory"]);
        assert.match(
            finding?.remedy ?? "",
            /^Put it back with `pulumi up --refresh` or .*, or keep it by giving that value/,
        );
    });
});

describe("judgePossibleDrift", () => {
    it("leaves open whether it is the program that has changed, and is the same finding otherwise", () => {
        const [desired, observed] = [{ managedLoginVersion: 2 }, { managedLoginVersion: 1 }];
        const [drift] = judgeDrift(["managedLoginVersion"], desired, observed);
        assert.deepEqual(judgePossibleDrift(["managedLoginVersion"], desired, observed), [
            {
                ...drift,
                message:
                    "managed login is 1 in AWS and 2 in the program: changed outside of Pulumi, unless the program has changed since the last update",
            },
        ]);
    });
});
