import assert from "node:assert/strict";
import { parseId } from "../../../provider/model/address";
import { ManagedSettings } from "../../../provider/plugin/managedSettings";

const POOL = "us-west-2_AbCdEfGhI";
const DOMAIN = "auth.example.com";

describe("the settings that the program manages", () => {
    it("add up over the resources about one domain, and are none of another", () => {
        const managed = new ManagedSettings();
        managed.add({ userPoolId: POOL, domain: DOMAIN, managedLoginVersion: 2 });
        managed.add({ userPoolId: POOL, domain: DOMAIN, region: null, customDomainConfig: { securityPolicy: "x" } });
        managed.add({ userPoolId: POOL, domain: DOMAIN, region: "us-east-2", routing: { failover: {} } });
        const all = ["managedLoginVersion", "securityPolicy", "failover"];
        // A replica shares the custom domain of its primary.
        assert.deepEqual([...managed.of(parseId(`${POOL}/${DOMAIN}`))], all);
        assert.deepEqual([...managed.of(parseId(`us-east-2/${POOL}/${DOMAIN}`))], all);
        assert.deepEqual([...managed.of(parseId(`${POOL}/other.example.com`))], []);
    });

    it("are, of prefix domains, those of each Region", () => {
        const managed = new ManagedSettings();
        managed.add({ userPoolId: POOL, domain: "my-prefix", managedLoginVersion: 2 });
        assert.deepEqual([...managed.of(parseId(`${POOL}/my-prefix`))], ["managedLoginVersion"]);
        assert.deepEqual([...managed.of(parseId(`us-east-2/${POOL}/my-prefix`))], []);
    });

    it("are of the domain that the resource has in the state, while it is not known yet which one it will be", () => {
        const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        for (const part of [{ domain: unknown }, { userPoolId: unknown }, { region: unknown }]) {
            const managed = new ManagedSettings();
            managed.add({ userPoolId: POOL, domain: DOMAIN, managedLoginVersion: 2, ...part }, `${POOL}/${DOMAIN}`);
            assert.deepEqual([...managed.of(parseId(`${POOL}/${DOMAIN}`))], ["managedLoginVersion"]);
            managed.add({ userPoolId: POOL, domain: DOMAIN, ...part }, "not an id");
        }
    });

    it("are not of a domain that is not known yet, or not named by text", () => {
        const managed = new ManagedSettings();
        const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        for (const part of [unknown, undefined, 3, {}]) {
            managed.add({ userPoolId: POOL, domain: part, managedLoginVersion: 2 });
            assert.deepEqual([...managed.of(parseId(`${POOL}/${part}`.replace(/ /g, "")))], []);
        }
    });
});
