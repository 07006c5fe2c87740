import assert from "node:assert/strict";
import { SharedDomains } from "../../../provider/program/sharedDomains";
import { CUSTOM } from "../../support/domains";

describe("SharedDomains", () => {
    const codes = (...domains: string[]) => {
        const all = new SharedDomains();
        const use = { name: "auth", desired: {}, redact: (text: string) => text };
        const answers = domains.map((domain) => all.register(use, { ...CUSTOM, domain }));
        return answers.map((answer) => answer().map(({ code, severity }) => `${severity} ${code}`));
    };

    it("say nothing of one resource for each domain", () => {
        assert.deepEqual(codes("auth.example.com", "other.example.com"), [[], []]);
    });

    it("warn of each of two about one domain, also of the first that was registered", () => {
        const warning = ["warning domain-managed-twice"];
        assert.deepEqual(codes("auth.example.com", "auth.example.com"), [warning, warning]);
    });
});
