import assert from "node:assert/strict";
import { sharedDomainNotes } from "../../../provider/checks/domain";
import type { Request } from "../../../provider/inputs/request";
import { formatFinding } from "../../../provider/model/findings";
import type { Observed } from "../../../provider/model/observed";
import type { SettingName, Settings } from "../../../provider/model/settings";
import type { PlanInput } from "../../../provider/plan/plan";
import { ARN, goodCertificate, OTHER_ARN } from "../../support/certificates";
import { CUSTOM, OTHER_POOL, POOL, PREFIX, seen, WHOLE } from "../../support/domains";
import { FAILED, gist, planFor } from "../../support/plans";

const ABSENT = { domain: { absent: true } } as const;
const VERSION_1: Settings = { managedLoginVersion: 1 };
const VERSION_2: Settings = { managedLoginVersion: 2 };
const TLS_V1: Settings = { securityPolicy: "TLS_V1" };

const findings = (observed: Observed, request: Partial<Request> = {}, input: Partial<PlanInput> = {}) =>
    planFor(request, { observed, ...input }).findings;
const status = (name: string): Observed => ({ domain: { found: seen({ status: name }) } });
const named = (domain: string, region = "us-west-2") => ({ address: { ...PREFIX, domain, region }, domain });

describe("the findings about a domain", () => {
    const CHANGE = { desired: { securityPolicy: "TLS_V1_3_2025" } };
    const SAME = { desired: { securityPolicy: "TLS_V1_2_2021" } };
    const NONE = { action: "none" } as const;
    const texts: [says: string, observed: Observed, request?: Partial<Request>, input?: Partial<PlanInput>][] = [
        [`the user pool ${POOL} has no domain auth.example.com in us-west-2. `, ABSENT],
        ["in us-west-2, in account 111111111111. ", { ...ABSENT, caller: { found: "111111111111" } }],
        ["in us-west-2. ", { ...ABSENT, caller: FAILED, userPool: FAILED }],
        [
            `there is no user pool ${POOL} in us-west-2, in account 111111111111, so no domain auth.example.com either. `,
            { ...ABSENT, userPool: { absent: true }, caller: { found: "111111111111" } },
        ],
        ["If another account has it, name its profile or role in the argument aws. ", ABSENT],
        ["in us-east-2. ", ABSENT, { address: { ...CUSTOM, region: "us-east-2" } }],
        ['in the argument aws (Cognito refuses prefixes that contain "aws"). ', ABSENT, named("my-aws-login")],
        [
            "; prefix domains exist in the primary Region only: remove region to use us-west-2. ",
            ABSENT,
            named("a", "b"),
        ],
        ["in the argument aws. ", ABSENT, named("cognito.example.com", "us-east-2")],
        [
            `auth.example.com belongs to the user pool ${OTHER_POOL}, not to ${POOL} (account 123456789012). `,
            { domain: { found: seen({ userPoolId: OTHER_POOL, status: "UPDATING" }) } },
        ],
        ["has status CREATING. The update waits until it is ACTIVE. ", status("CREATING"), CHANGE],
        ["has status UPDATING. Preview again once it is ACTIVE. ", status("UPDATING"), CHANGE, NONE],
        ["has status FAILED. The update sends the settings again. ", status("FAILED"), CHANGE],
        ["The update sends the settings again. ", status("FAILED"), { unknown: ["managedLoginVersion"] }],
        ["has status FAILED. Run `pulumi up --refresh` to send the settings again: ", status("FAILED"), SAME, NONE],
        ["To send its settings again, name one of them in the program, ", status("FAILED"), { desired: {} }, NONE],
        ["has status DELETING. Wait until it is gone", status("DELETING"), CHANGE],
    ];
    for (const [says, observed, request, input] of texts) {
        it(`say "${says}"`, () => {
            const [finding, ...more] = findings(observed, request, input);
            assert.deepEqual(more, []);
            const text = finding ? formatFinding(finding) : "nothing";
            assert.ok(text.includes(says), text);
        });
    }

    it("are none at rest, and while the user pool is unknown", () => {
        assert.deepEqual(findings(status("ACTIVE")), []);
        assert.deepEqual(findings(ABSENT, { address: undefined }), []);
    });

    it("refuse an update of one that is being deleted only if something is sent", () => {
        assert.deepEqual(gist(findings(status("DELETING"), CHANGE)), ["domain-deleting:error"]);
        assert.deepEqual(gist(findings(status("DELETING"), { desired: VERSION_2 })), ["domain-deleting:warning"]);
    });

    it("refuse a forbidden account, or one that is not allowed, also if nothing is sent", () => {
        const account = (accounts: Request["accounts"]) => gist(findings(status("ACTIVE"), { accounts }));
        assert.deepEqual(account({ forbiddenAccountIds: ["123456789012"] }), ["account-not-allowed:error"]);
        assert.deepEqual(account({ allowedAccountIds: ["210987654321"] }), ["account-not-allowed:error"]);
        assert.deepEqual(account({ allowedAccountIds: ["123456789012"] }), []);
    });
});

describe("an expired certificate of a domain", () => {
    const certificate = { arn: ARN, answer: { found: goodCertificate({ status: "EXPIRED" }) } };
    const desired = { certificateArn: ARN };
    it("whose new pool is unknown may be served, unless the program changes the certificate", () => {
        const found = (same: SettingName[]) => {
            const changed = { certificateArn: {}, replaces: `${POOL}/auth.example.com`, same };
            return gist(findings({ certificate }, { desired, address: undefined }, { changed, action: "replace" }));
        };
        assert.deepEqual(found(["certificateArn"]), ["certificate-expired:warning"]);
        assert.deepEqual(found([]), ["certificate-expired:error"]);
    });

    const cases: [title: string, observed: Observed, request: Partial<Request>, ...found: string[]][] = [
        ["that is absent is new", ABSENT, {}, "domain-not-found:error", "certificate-expired:error"],
        ["whose pool is unknown is new", {}, { address: undefined }, "certificate-expired:error"],
        ["not read may be served", { domain: FAILED }, {}, "domain-unseen:error", "certificate-expired:warning"],
        ["with a prefix is none", ABSENT, { address: PREFIX, domain: PREFIX.domain }, "domain-not-found:error"],
        ["whose name is unknown is not checked", {}, { address: undefined, domain: undefined }],
    ];
    for (const [title, observed, request, ...found] of cases) {
        it(title, () => {
            assert.deepEqual(gist(findings({ ...observed, certificate }, { desired, ...request })), found);
        });
    }

    it("is never said to stay if neither of the two could be read", () => {
        const [, finding] = findings({ domain: FAILED, certificate: { arn: ARN, answer: FAILED } }, { desired });
        assert.match(finding?.remedy ?? "", /^Fix this first: an unchecked certificate is attached only if/);
    });
});

describe("the TLS policy TLS_V1", () => {
    const both = { ...VERSION_1, ...TLS_V1 };
    const cases: [title: string, aws: Settings, desired: Settings, isRefused: boolean, changed?: object][] = [
        ["managed login that the program does not name", VERSION_2, TLS_V1, true],
        ["managed login that was set outside Pulumi", VERSION_2, both, true, { securityPolicy: {} }],
        ["managed login that goes back to classic", VERSION_2, both, false],
        ["the classic hosted UI", VERSION_1, TLS_V1, false],
        ["managed login, if the domain has it already", { ...VERSION_2, ...TLS_V1 }, TLS_V1, false],
    ];
    for (const [title, aws, desired, isRefused, changed] of cases) {
        it(`is ${isRefused ? "" : "not "}refused with ${title}`, () => {
            const domain = { found: seen({ settings: { ...WHOLE, ...aws } }) };
            const codes = findings({ domain }, { desired }, changed && { changed }).map(({ code }) => code);
            assert.equal(codes.includes("tls-policy-too-low"), isRefused, codes.join());
        });
    }
});

describe("a domain that two resources of a program manage", () => {
    const cases: [one: Settings, two: Settings, says: string][] = [
        [VERSION_2, { ...VERSION_2, ...TLS_V1 }, ": one, two"],
        [VERSION_2, VERSION_1, " with conflicting values: managed login 2 (one), managed login 1 (two)"],
        [
            { certificateArn: ARN },
            { certificateArn: OTHER_ARN, ...VERSION_1 },
            " with conflicting values: certificate [secret] (one), certificate [secret] (two)",
        ],
    ];
    for (const [one, two, says] of cases) {
        it(`is reported${says}`, () => {
            const secret = ["certificateArn" as const];
            const uses = Object.entries({ one, two }).map(([name, desired]) => ({ name, desired, secret }));
            const [finding] = sharedDomainNotes("pool/auth.example.com", uses);
            assert.equal(finding?.message, `2 resources in this program manage pool/auth.example.com${says}`);
            assert.deepEqual(sharedDomainNotes("pool/auth.example.com", uses.slice(1)), []);
        });
    }
});
