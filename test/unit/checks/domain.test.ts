import assert from "node:assert/strict";
import { sharedDomainNotes } from "../../../provider/checks/sharedDomain";
import type { Request } from "../../../provider/inputs/request";
import type { Observed, ObservedDomain } from "../../../provider/model/observed";
import type { Settings } from "../../../provider/model/settings";
import type { PlanInput } from "../../../provider/plan/plan";
import { ARN, goodCertificate } from "../../support/certificates";
import { CUSTOM, OTHER_POOL, POOL, PREFIX, seen } from "../../support/domains";
import { FAILED, gist, planFor } from "../../support/plans";

const ABSENT = { absent: true } as const;

const findings = (observed: Observed, request: Partial<Request> = {}, input: Partial<PlanInput> = {}) =>
    planFor(request, { observed, ...input }).findings;

const only = (...args: Parameters<typeof findings>) => {
    const [finding, ...more] = findings(...args);
    assert.deepEqual(more, []);
    assert.ok(finding);
    return finding;
};

describe("a domain", () => {
    it("at rest in its pool is fine", () => {
        assert.deepEqual(findings({ domain: { found: seen() } }), []);
    });

    it("is not checked while the user pool is unknown", () => {
        assert.deepEqual(findings({ domain: ABSENT }, { address: undefined }), []);
    });

    it("that is absent: names the pool, the Region and the account that was asked", () => {
        const message = `the user pool ${POOL} has no domain auth.example.com in us-west-2`;
        assert.equal(only({ domain: ABSENT }).message, message);
        const caller = { found: "111111111111" };
        assert.equal(only({ domain: ABSENT, caller }).message, `${message}, in account 111111111111`);
        assert.equal(only({ domain: ABSENT, caller: FAILED }).message, message);
    });

    const hints: [domain: string, region: string, hint: RegExp | undefined][] = [
        ["my-aws-login", "us-west-2", /\(Cognito refuses prefixes that contain "aws"\)$/],
        ["my-prefix", "us-west-2", undefined],
        [
            "my-prefix",
            "us-east-2",
            /; prefix domains exist in the primary Region only: remove region to use us-west-2$/,
        ],
        ["cognito.example.com", "us-east-2", undefined],
    ];
    for (const [domain, region, hint] of hints) {
        it(`that is absent: ${domain} in ${region} has ${hint ? "a" : "no"} hint`, () => {
            const { remedy } = only({ domain: ABSENT }, { address: { ...PREFIX, domain, region }, domain });
            assert.match(remedy, hint ?? /or the credentials$/);
        });
    }

    it("of another pool: names both, and reports nothing else about it", () => {
        const finding = only({ domain: { found: seen({ userPoolId: OTHER_POOL, status: "UPDATING" }) } });
        assert.equal(finding.message, `auth.example.com belongs to the user pool ${OTHER_POOL}, not to ${POOL}`);
    });

    const statuses: [status: string, input: Partial<PlanInput>, found: string, remedy: RegExp][] = [
        ["CREATING", {}, "domain-not-active:warning", /^Nothing to do: the update waits until it is ACTIVE$/],
        ["UPDATING", { action: "none" }, "domain-not-active:warning", /^Nothing to do: this update sends nothing$/],
        ["FAILED", {}, "domain-not-active:warning", /^Nothing to do: the update sends the settings again$/],
        ["FAILED", { action: "none" }, "domain-not-active:warning", /^Run `pulumi up --refresh`/],
        ["DELETING", {}, "domain-deleting:error", /^Wait until it is gone/],
        ["DELETING", { action: "none" }, "domain-deleting:warning", /^Wait until it is gone/],
    ];
    for (const [status, input, found, remedy] of statuses) {
        it(`${status}${input.action ? ", with nothing to do," : ""} is ${found}: ${remedy.source}`, () => {
            const domain = { found: seen({ status }) };
            const desired = input.action ? {} : { securityPolicy: "TLS_V1_3_2025" };
            const finding = only({ domain }, { desired }, input);
            assert.deepEqual(gist([finding]), [found]);
            assert.match(finding.remedy, remedy);
        });
    }

    it("DELETING refuses nothing if nothing is sent", () => {
        const domain = { found: seen({ status: "DELETING" }) };
        assert.deepEqual(gist(findings({ domain }, { desired: { managedLoginVersion: 2 } })), [
            "domain-deleting:warning",
        ]);
    });

    it("is refused if its account is forbidden or not allowed, also if nothing is sent", () => {
        const rules = [{ forbiddenAccountIds: ["123456789012"] }, { allowedAccountIds: ["210987654321"] }];
        for (const accounts of rules) {
            const found = gist(findings({ domain: { found: seen() } }, { accounts }));
            assert.deepEqual(found, ["account-not-allowed:error"]);
        }
        const accounts = { allowedAccountIds: ["123456789012"] };
        assert.deepEqual(findings({ domain: { found: seen() } }, { accounts }), []);
    });
});

describe("the certificate of a domain", () => {
    const expired = { arn: ARN, answer: { found: goodCertificate({ status: "EXPIRED" }) } };
    const request = { desired: { certificateArn: ARN } };

    const cases: [title: string, observed: Observed, request: Partial<Request>, found: string[]][] = [
        ["that is absent is new", { domain: ABSENT }, {}, ["domain-not-found:error", "certificate-expired:error"]],
        ["whose pool is unknown is new", {}, { address: undefined }, ["certificate-expired:error"]],
        [
            "that could not be asked may be the one that it has",
            { domain: FAILED },
            {},
            ["domain-unseen:error", "certificate-expired:warning"],
        ],
        [
            "with a prefix is none",
            { domain: ABSENT },
            { address: PREFIX, domain: PREFIX.domain },
            ["domain-not-found:error"],
        ],
        ["whose name is unknown is not checked", {}, { address: undefined, domain: undefined }, []],
    ];
    for (const [title, observed, rest, found] of cases) {
        it(title, () => {
            assert.deepEqual(gist(findings({ ...observed, certificate: expired }, { ...request, ...rest })), found);
        });
    }

    it("that could not be asked either is never said to stay as it is", () => {
        const unasked = { domain: FAILED, certificate: { arn: ARN, answer: FAILED } };
        const found = findings(unasked, request, { phase: "preview" });
        assert.deepEqual(gist(found), ["domain-unseen:warning", "certificate-unseen:warning"]);
        assert.match(found[1]?.remedy ?? "", /^Fix this first: a certificate is never attached without being checked$/);
    });
});

describe("the TLS policy TLS_V1", () => {
    const V2 = { managedLoginVersion: 2, certificateArn: ARN, securityPolicy: "TLS_V1_2_2021" };
    const codes = (settings: ObservedDomain["settings"], desired: Settings, input: Partial<PlanInput> = {}) =>
        findings({ domain: { found: seen({ settings }) } }, { desired }, input).map(({ code }) => code);
    const changed = { securityPolicy: {} };

    it("is refused with the managed login that the domain keeps, named by the program or not", () => {
        assert.deepEqual(codes(V2, { securityPolicy: "TLS_V1" }), ["tls-policy-too-low"]);
        const asks = { securityPolicy: "TLS_V1", managedLoginVersion: 1 };
        assert.deepEqual(codes(V2, asks, { changed }), ["tls-policy-too-low", "setting-drifted"]);
    });

    it("is not refused with the classic hosted UI, nor if the domain has it already", () => {
        assert.deepEqual(codes(V2, { securityPolicy: "TLS_V1", managedLoginVersion: 1 }), []);
        assert.deepEqual(codes({ ...V2, managedLoginVersion: 1 }, { securityPolicy: "TLS_V1" }), []);
        assert.deepEqual(codes({ ...V2, securityPolicy: "TLS_V1" }, { securityPolicy: "TLS_V1" }), []);
    });
});

describe("a domain that several resources manage", () => {
    const messages = (...uses: [name: string, desired: Settings][]) =>
        sharedDomainNotes(
            "us-west-2_a/auth.example.com",
            uses.map(([name, desired]) => ({
                name,
                desired,
                secret: desired.securityPolicy === "TLS_V1_3_2025" ? ["securityPolicy" as const] : [],
            })),
        ).map(({ message }) => message);
    const both = "2 resources in this program manage us-west-2_a/auth.example.com";

    it("is one resource's own", () => {
        assert.deepEqual(messages(["one", { managedLoginVersion: 2 }]), []);
    });

    it("is reported with the resources if they agree", () => {
        for (const second of [{ managedLoginVersion: 2 }, { securityPolicy: "TLS_V1_2_2021" }]) {
            assert.deepEqual(messages(["one", { managedLoginVersion: 2 }], ["two", second]), [`${both}: one, two`]);
        }
        const classic: Settings = { managedLoginVersion: 1 };
        assert.deepEqual(messages(["one", classic], ["two", { securityPolicy: "TLS_V1" }]), [`${both}: one, two`]);
    });

    it("is reported with the values that conflict, by themselves or for AWS, and without secrets", () => {
        const V2: Settings = { managedLoginVersion: 2 };
        const cases: [Settings, Settings, string][] = [
            [V2, { managedLoginVersion: 1 }, "managed login 2 (one), managed login 1 (two)"],
            [V2, { securityPolicy: "TLS_V1" }, "managed login 2 (one); TLS policy TLS_V1 (two)"],
            [
                { securityPolicy: "TLS_V1" },
                { securityPolicy: "TLS_V1_3_2025" },
                "TLS policy TLS_V1 (one), TLS policy [secret] (two)",
            ],
        ];
        for (const [one, two, values] of cases) {
            assert.deepEqual(messages(["one", one], ["two", two]), [`${both} with conflicting values: ${values}`]);
        }
    });
});

describe("the address of a replica", () => {
    it("has its own Region in the message", () => {
        const address = { ...CUSTOM, region: "us-east-2" };
        assert.match(only({ domain: ABSENT }, { address }).message, /in us-east-2$/);
    });
});
