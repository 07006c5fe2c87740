// A unit test of ./index.ts: no engine, no AWS, no network.
//
//   npx mocha --import=tsx index.test.ts

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

const made: pulumi.runtime.MockResourceArgs[] = [];

describe("the program", () => {
    before(async () => {
        await pulumi.runtime.setMocks(
            {
                // The state of the resource: its inputs, and the outputs that the program uses.
                newResource: (resource) => {
                    made.push(resource);
                    return {
                        id: `${resource.inputs.userPoolId}/${resource.inputs.domain}`,
                        state: { ...resource.inputs, baseUrl: `https://${resource.inputs.domain}` },
                    };
                },
                call: () => ({}),
            },
            "custom-domain",
            "staging",
            true,
        );
        pulumi.runtime.setAllConfig({
            "custom-domain:userPoolId": "us-west-2_AbCdEfGhI",
            "custom-domain:domain": "auth.example.com",
        });
        await import("./index.js");
    });

    it("uses managed login outside production, and restores the settings on destroy", async () => {
        const { auth } = await import("./index.js");
        await resolved(auth.urn);
        assert.equal(made.length, 1);
        assert.equal(made[0]?.inputs.managedLoginVersion, 2);
        assert.equal(made[0]?.inputs.onDelete, "restore");
    });

    it("exports the sign-in URL", async () => {
        const { signInUrl } = await import("./index.js");
        assert.equal(await resolved(signInUrl), "https://auth.example.com/login");
    });
});

function resolved<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => output.apply(resolve));
}
