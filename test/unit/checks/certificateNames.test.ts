import assert from "node:assert/strict";
import { judgeCertificate } from "../../../provider/checks/certificate";
import { covers } from "../../../provider/checks/certificateNames";
import type { CertificateUse } from "../../../provider/checks/certificateUse";
import type { Judgement } from "../../../provider/checks/severity";
import type { ObservedCertificate } from "../../../provider/model/observations";
import { goodCertificate, NOW, newUse } from "../../support/certificates";

const NAME = ".../11111111-2222-3333-4444-555555555555";

const judged = (certificate: Partial<ObservedCertificate>, use: Partial<CertificateUse> = {}): Judgement[] =>
    judgeCertificate({ found: goodCertificate(certificate) }, newUse(use), NOW);

/** `code:ground`, in order. */
const gist = (judgements: Judgement[]) => judgements.map(({ code, ground }) => `${code}:${ground}`);

describe("judgeCertificate", () => {
    describe("by its names", () => {
        it("asks for no wildcard of a whole top-level domain", () => {
            const remedy = (domain: string) => judged({ names: ["other.test"] }, { domain })[0]?.remedy;
            assert.equal(remedy("example.com"), "Give one with the name example.com");
            assert.equal(remedy("a.example.com"), "Give one with the name a.example.com or *.example.com");
        });

        it("says which names it has, and what it would need", () => {
            const [finding] = judged({ names: ["www.example.com", "example.com"] });
            assert.deepEqual([finding?.code, finding?.ground], ["certificate-name-mismatch", "introduced"]);
            assert.equal(
                finding?.message,
                `the certificate ${NAME} does not cover auth.example.com; it is for www.example.com, example.com`,
            );
            assert.equal(finding?.remedy, "Give one with the name auth.example.com or *.example.com");
            assert.deepEqual(gist(judged({ names: ["x.org"] }, { introduced: false })), [
                "certificate-name-mismatch:advisory",
            ]);
        });

        it("takes any of its names", () => {
            assert.deepEqual(judged({ names: ["other.org", "auth.example.com"] }), []);
            assert.deepEqual(judged({ names: ["other.org", "*.example.com"] }), []);
        });

        it("explains a wildcard that is one label off, above or below", () => {
            const note = /it is for \*\.example\.com \(\*\.example\.com stands for exactly one label\)$/;
            assert.match(judged({ names: ["*.example.com"] }, { domain: "a.b.example.com" })[0]?.message ?? "", note);
            assert.match(judged({ names: ["*.example.com"] }, { domain: "example.com" })[0]?.message ?? "", note);
            const upper = judged({ names: ["*.EXAMPLE.com"] }, { domain: "example.com" })[0]?.message ?? "";
            assert.match(upper, /stands for exactly one label/);
            const alien = judged({ names: ["*.example.org"] })[0]?.message ?? "";
            assert.doesNotMatch(alien, /label/);
            const exact = judged({ names: ["example.com"] })[0]?.message ?? "";
            assert.doesNotMatch(exact, /label/);
        });

        it("lists five names and counts the rest", () => {
            const names = ["a", "b", "c", "d", "e"].map((it) => `${it}.org`);
            assert.match(judged({ names })[0]?.message ?? "", /for a\.org, b\.org, c\.org, d\.org, e\.org$/);
            const six = judged({ names: [...names, "f.org", "g.org"] })[0]?.message ?? "";
            assert.match(six, /d\.org, e\.org and 2 more$/);
        });

        it("says so where there is no name at all", () => {
            assert.match(judged({ names: [] })[0]?.message ?? "", /it is for no name at all$/);
        });

        it("reads punycode out", () => {
            const message = judged({ names: ["xn--bcher-kva.example"] }, { domain: "auth.xn--mnchen-3ya.de" })[0]
                ?.message;
            assert.match(message ?? "", /does not cover auth\.xn--mnchen-3ya\.de \(auth\.münchen\.de\)/);
            assert.match(message ?? "", /it is for xn--bcher-kva\.example \(bücher\.example\)$/);
        });
    });
});

describe("covers", () => {
    const table: [name: string, host: string, covered: boolean][] = [
        ["auth.example.com", "auth.example.com", true],
        ["AUTH.Example.com", "auth.example.com", true],
        ["auth.example.com", "AUTH.example.COM", true],
        ["auth.example.com", "xauth.example.com", false],
        ["example.com", "auth.example.com", false],
        ["*.example.com", "auth.example.com", true],
        ["*.EXAMPLE.com", "auth.example.com", true],
        ["*.example.com", "example.com", false],
        ["*.example.com", "a.b.example.com", false],
        ["*.b.example.com", "a.b.example.com", true],
        ["*.example.com", "authexample.com", false],
        ["*.com", "example.com", true],
        ["*", "auth.example.com", false],
        ["a*.example.com", "auth.example.com", false],
        ["*.xn--mnchen-3ya.de", "auth.xn--mnchen-3ya.de", true],
        ["", "auth.example.com", false],
        ["*h", "auth", false],
    ];
    for (const [name, host, covered] of table) {
        it(`${JSON.stringify(name)} ${covered ? "covers" : "does not cover"} ${host}`, () => {
            assert.equal(covers(name, host), covered);
        });
    }
});
