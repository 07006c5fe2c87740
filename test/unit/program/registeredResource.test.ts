import assert from "node:assert/strict";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { REPLACES } from "../../../provider/inputs/verdict";
import { engineAction, isLeftOut, registeredInputs } from "../../../provider/program/registeredResource";
import { POOL } from "../../support/domains";

const ARGS = { userPoolId: POOL, domain: "auth.example.com", managedLoginVersion: 2 };
const CREATED = { ...ARGS, id: UNKNOWN, status: UNKNOWN, wait: UNKNOWN };

describe("engineAction", () => {
    const table: [action: string, registered: object][] = [
        ["adopt", CREATED],
        ["replace", { ...CREATED, [REPLACES]: true }],
        ["update", { ...CREATED, id: "id" }],
        ["none", { ...CREATED, id: "id", status: "ACTIVE" }],
        ["none", { ...CREATED, userPoolId: UNKNOWN, domain: UNKNOWN }],
    ];
    for (const [action, registered] of table) {
        it(`is ${action} for ${JSON.stringify(registered)}`, () => {
            assert.equal(engineAction({ ...registered }, ARGS), action);
        });
    }
});

describe("isLeftOut", () => {
    it("is for a name that the program knows and the engine has not returned", () => {
        assert.equal(isLeftOut({ domain: UNKNOWN }, ARGS), true);
        assert.equal(isLeftOut({ domain: UNKNOWN }, { ...ARGS, domain: UNKNOWN }), false);
        assert.equal(isLeftOut({ domain: "auth.example.com" }, ARGS), false);
        assert.equal(isLeftOut({ domain: UNKNOWN }, {}), false);
    });
});

describe("registeredInputs", () => {
    it("are the known ones, those of a transform too, and the unknown ones of the program", () => {
        const registered = { ...CREATED, managedLoginVersion: UNKNOWN, onDrift: "correct", region: UNKNOWN };
        assert.deepEqual(registeredInputs(registered, { ...ARGS, managedLoginVersion: UNKNOWN }), {
            userPoolId: POOL,
            domain: "auth.example.com",
            managedLoginVersion: UNKNOWN,
            onDrift: "correct",
        });
    });
});

describe("registeredInputs under ignoreChanges", () => {
    it("lack what the program gives and the engine leaves out", () => {
        const registered = { ...CREATED, managedLoginVersion: UNKNOWN };
        assert.ok(!("managedLoginVersion" in registeredInputs(registered, ARGS)));
    });
});
