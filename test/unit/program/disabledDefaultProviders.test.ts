import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { refuseOptions } from "../../../provider/program/refusedOptions";

describe("pulumi:disable-default-providers", () => {
    const KEY = "pulumi:disable-default-providers";

    afterEach(() => pulumi.runtime.setAllConfig({}));

    for (const packages of [["*"], ["aws", "pulumi-nodejs"]]) {
        it(`with ${packages} is refused before Pulumi asks for a provider that is refused too`, () => {
            pulumi.runtime.setAllConfig({ [KEY]: JSON.stringify(packages) });
            assert.throws(
                () => refuseOptions("auth", {}, {}),
                /^Error: UserPoolDomainSettings "auth": pulumi:disable-.*List the packages/,
            );
        });
    }

    it("with other packages is no reason to refuse", () => {
        pulumi.runtime.setAllConfig({ [KEY]: '["aws"]' });
        assert.doesNotThrow(() => refuseOptions("auth", {}, {}));
    });
});
