import assert from "node:assert/strict";
import type { Finding, Severity } from "../../provider/findings";
import { isFailing, isVerdict, standingOf, VERDICT, type Verdict } from "../../provider/verdict";
import { ARN, OTHER_ARN } from "../support/certificates";
import { POOL } from "../support/domains";

const finding = (property: string, severity: Severity = "error"): Finding => ({
    code: "some-code",
    property,
    severity,
    message: "m",
    remedy: "R",
});

const ARGS = { userPoolId: POOL, domain: "auth.example.com", customDomainConfig: { certificateArn: ARN } };
const CERTIFICATE = finding("customDomainConfig.certificateArn");

const verdict = (findings: Finding[], rest: Partial<Verdict> = {}): Verdict => ({
    resource: "auth",
    args: ARGS,
    findings,
    strict: false,
    ...rest,
});

describe("VERDICT", () => {
    it("is a key that Pulumi does not show", () => {
        assert.equal(VERDICT, "__verdict");
    });
});

describe("isFailing", () => {
    const table: [severity: Severity, strict: boolean, preflight: unknown, failing: boolean][] = [
        ["error", false, undefined, true],
        ["error", false, "error", true],
        ["error", false, "warn", false],
        ["error", false, "off", false],
        ["warning", false, undefined, false],
        ["warning", false, "error", false],
        ["warning", true, undefined, true],
        ["warning", true, "warn", true],
        ["error", true, "warn", true],
        ["error", true, "off", false],
        ["warning", true, "off", false],
    ];
    for (const [severity, strict, preflight, failing] of table) {
        it(`${failing} for a ${severity} with preflight ${preflight}${strict ? ", strict" : ""}`, () => {
            assert.equal(isFailing(finding("domain", severity), strict, preflight), failing);
        });
    }
});

describe("standingOf", () => {
    it("lets stand what fails, of values that are still the same", () => {
        const warning = finding("domain", "warning");
        assert.deepEqual(standingOf(verdict([CERTIFICATE, warning]), { ...ARGS, wait: "none" }), {
            failing: [CERTIFICATE],
            notPreflighted: [],
        });
    });

    it("drops what was found about values that are others now, and says so once per argument", () => {
        const inputs = { ...ARGS, customDomainConfig: { certificateArn: OTHER_ARN } };
        const findings = [CERTIFICATE, CERTIFICATE, finding("domain")];
        assert.deepEqual(standingOf(verdict(findings), inputs), {
            failing: [finding("domain")],
            notPreflighted: ["customDomainConfig"],
        });
    });

    for (const [name, value] of Object.entries({
        userPoolId: "us-west-2_Other",
        domain: "x.example.com",
        region: "us-east-2",
        minimumCertificateValidityDays: 30,
        aws: { profile: "other" },
        verify: { clientId: "other" },
    })) {
        it(`drops every finding where ${name} is another`, () => {
            const standing = standingOf(verdict([CERTIFICATE]), { ...ARGS, [name]: value });
            assert.deepEqual(standing, { failing: [], notPreflighted: ["customDomainConfig"] });
        });
    }

    it("goes by the inputs' preflight, and by the strict switch", () => {
        const warning = finding("domain", "warning");
        assert.deepEqual(standingOf(verdict([CERTIFICATE]), { ...ARGS, preflight: "warn" }).failing, []);
        assert.deepEqual(standingOf(verdict([CERTIFICATE]), { ...ARGS, preflight: "off" }).failing, []);
        assert.deepEqual(standingOf(verdict([warning], { strict: true }), ARGS).failing, [warning]);
    });

    for (const odd of [undefined, null, 7, "text", [], {}, { findings: [] }, { findings: [], args: null }]) {
        it(`takes ${JSON.stringify(odd)} for no verdict`, () => {
            assert.equal(isVerdict(odd), false);
            assert.deepEqual(standingOf(odd, ARGS), { failing: [], notPreflighted: [] });
        });
    }
});
