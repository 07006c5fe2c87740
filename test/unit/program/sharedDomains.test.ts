import assert from "node:assert/strict";
import type { Settings } from "../../../provider/model/settings";
import { SharedDomains } from "../../../provider/program/sharedDomains";
import { CUSTOM } from "../../support/domains";

describe("SharedDomains", () => {
    const findings = (...uses: [name: string, desired: Settings, domain?: string][]) => {
        const all = new SharedDomains();
        const answers = uses.map(([name, desired, domain = CUSTOM.domain]) =>
            all.register(
                { name, desired, redact: (text) => text.replace("TLS_V1_3_2025", "[secret]") },
                { ...CUSTOM, domain },
            ),
        );
        return answers.map((answer) =>
            answer().map(({ code, severity, message }) => `${severity} ${code}: ${message}`),
        );
    };
    const both = `2 resources of this program are about ${CUSTOM.userPoolId}/${CUSTOM.domain}: one, two`;

    it("say nothing of one resource for each domain", () => {
        assert.deepEqual(findings(["one", {}], ["two", {}, "other.example.com"]), [[], []]);
    });

    it("warn of two that agree, or that want nothing of each other's", () => {
        const warning = [`warning domain-managed-twice: ${both}`];
        assert.deepEqual(findings(["one", { managedLoginVersion: 2 }], ["two", { managedLoginVersion: 2 }]), [
            warning,
            warning,
        ]);
        assert.deepEqual(findings(["one", { managedLoginVersion: 2 }], ["two", { securityPolicy: "TLS_V1_2_2021" }]), [
            warning,
            warning,
        ]);
    });

    it("say so of managed login beside a TLS policy that AWS does not take with it", () => {
        const [first] = findings(["one", { managedLoginVersion: 2 }], ["two", { securityPolicy: "TLS_V1" }]);
        assert.deepEqual(first, [
            `warning domain-managed-twice: ${both}; they want different things: managed login 2 (one); TLS policy TLS_V1 (two)`,
        ]);
    });

    it("show no secret of the other", () => {
        const [first] = findings(["one", { securityPolicy: "TLS_V1" }], ["two", { securityPolicy: "TLS_V1_3_2025" }]);
        assert.match(first?.[0] ?? "", /TLS policy TLS_V1 \(one\), TLS policy \[secret\] \(two\)$/);
    });

    it("say in what two contradict each other", () => {
        const [first, second] = findings(
            ["one", { managedLoginVersion: 2, securityPolicy: "TLS_V1_2_2021" }],
            ["two", { managedLoginVersion: 1, securityPolicy: "TLS_V1_2_2021" }],
        );
        assert.deepEqual(first, [
            `warning domain-managed-twice: ${both}; they want different things: managed login 2 (one), managed login 1 (two)`,
        ]);
        assert.deepEqual(second, first);
    });
});
