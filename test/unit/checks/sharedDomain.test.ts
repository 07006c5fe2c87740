import assert from "node:assert/strict";
import { judgeSharedDomain } from "../../../provider/checks/sharedDomain";
import type { Settings } from "../../../provider/model/settings";

describe("judgeSharedDomain", () => {
    const messages = (...uses: [name: string, desired: Settings][]) =>
        judgeSharedDomain(
            "us-west-2_a/auth.example.com",
            uses.map(([name, desired]) => ({
                name,
                desired,
                redact: (text) => text.replace("TLS_V1_3_2025", "[secret]"),
            })),
        ).map(({ message }) => message);
    const both = "2 resources of this program are about us-west-2_a/auth.example.com: one, two";

    it("says nothing of one resource", () => {
        assert.deepEqual(messages(["one", { managedLoginVersion: 2 }]), []);
    });

    it("warns of two that agree, or that want nothing of each other's", () => {
        for (const second of [{ managedLoginVersion: 2 }, { securityPolicy: "TLS_V1_2_2021" }]) {
            assert.deepEqual(messages(["one", { managedLoginVersion: 2 }], ["two", second]), [both]);
        }
    });

    it("says so of managed login beside a TLS policy that AWS does not take with it", () => {
        assert.deepEqual(messages(["one", { managedLoginVersion: 2 }], ["two", { securityPolicy: "TLS_V1" }]), [
            `${both}; they want different things: managed login 2 (one); TLS policy TLS_V1 (two)`,
        ]);
    });

    it("says so of no TLS policy beside the classic hosted UI, which takes all", () => {
        assert.deepEqual(messages(["one", { managedLoginVersion: 1 }], ["two", { securityPolicy: "TLS_V1" }]), [both]);
    });

    it("is about the domain, and never blocks", () => {
        const use = { desired: {}, redact: (text: string) => text };
        const [judgement] = judgeSharedDomain("us-west-2_a/auth.example.com", [
            { name: "one", ...use },
            { name: "two", ...use },
        ]);
        assert.deepEqual(judgement, {
            code: "domain-managed-twice",
            property: "domain",
            ground: "advisory",
            message: both,
            remedy: "Merge them into one: each undoes what the other changes",
        });
    });

    it("shows no secret of the other", () => {
        const [message = ""] = messages(
            ["one", { securityPolicy: "TLS_V1" }],
            ["two", { securityPolicy: "TLS_V1_3_2025" }],
        );
        assert.match(message, /TLS policy TLS_V1 \(one\), TLS policy \[secret\] \(two\)$/);
    });

    it("says in what two contradict each other", () => {
        const found = messages(
            ["one", { managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" }],
            ["two", { managedLoginVersion: 1, securityPolicy: "TLS_V1_2_2021" }],
        );
        assert.deepEqual(found, [`${both}; they want different things: managed login 2 (one), managed login 1 (two)`]);
    });
});
