import assert from "node:assert/strict";
import { judge } from "../../../provider/checks/judge";
import type { Desired } from "../../../provider/model/desired";
import { AwsCallError } from "../../../provider/model/errors";
import type { Finding, Phase } from "../../../provider/model/findings";
import type { Observations } from "../../../provider/model/observations";
import { ARN, goodCertificate, inDays, NOW, OTHER_ARN } from "../../support/certificates";
import { CUSTOM, FAILOVER, OTHER_POOL, POOL, PREFIX, seen, WHOLE } from "../../support/domains";

const QUESTION: Desired = {
    domain: CUSTOM.domain,
    address: CUSTOM,
    settings: {},
    minimumCertificateValidityDays: undefined,
};
const FAILED = new AwsCallError("no permission", { code: "AccessDeniedException" });

const judged = (observed: Observations, question: Partial<Desired> = {}, phase: Phase = "update"): Finding[] =>
    judge(observed, { ...QUESTION, ...question }, phase, NOW);

const gist = (findings: Finding[]) => findings.map(({ code, severity }) => `${code}:${severity}`);

describe("judge", () => {
    it("finds nothing where nothing was asked", () => {
        assert.deepEqual(judged({}), []);
    });

    describe("the domain", () => {
        it("that is at rest in its pool is in order", () => {
            assert.deepEqual(judged({ domain: { found: seen() } }), []);
        });

        it("is not judged while the address is not known", () => {
            assert.deepEqual(judged({ domain: { absent: true } }, { address: undefined }), []);
        });

        it("that could not be seen is a warning in the preview, an error in the update", () => {
            const observed = { domain: { failed: FAILED } };
            assert.deepEqual(gist(judged(observed, {}, "preview")), ["domain-unseen:warning"]);
            assert.deepEqual(judged(observed), [
                {
                    code: "domain-unseen",
                    ground: "unseen",
                    severity: "error",
                    property: "domain",
                    message: "auth.example.com could not be checked: no permission",
                    remedy: "Mend that first: an update has to know what is in force",
                },
            ]);
        });

        it("that is absent may be there by the time of the update", () => {
            const observed = { domain: { absent: true } as const };
            assert.deepEqual(gist(judged(observed, {}, "preview")), ["domain-not-found:warning"]);
            const [finding] = judged(observed);
            assert.deepEqual([finding?.severity, finding?.property], ["error", "domain"]);
            assert.equal(finding?.message, `the user pool ${POOL} has no domain auth.example.com in us-west-2`);
            assert.match(
                finding?.remedy ?? "",
                /^Create it first and make this resource depend on it, or correct the name, the pool or the Region$/,
            );
        });

        for (const word of ["aws", "amazon", "cognito"]) {
            it(`that is absent and whose prefix contains ${word} has a hint`, () => {
                const address = { ...PREFIX, domain: `my-${word}-login` };
                const [finding] = judged({ domain: { absent: true } }, { address, domain: address.domain });
                assert.match(
                    finding?.remedy ?? "",
                    new RegExp(`the Region \\(Cognito refuses prefixes that contain "${word}"\\)$`),
                );
            });
        }

        it("that is custom may contain those words, and others have no hint", () => {
            const hint = /refuses/;
            for (const domain of ["cognito.example.com", "my-prefix"]) {
                const [finding] = judged({ domain: { absent: true } }, { address: { ...CUSTOM, domain }, domain });
                assert.doesNotMatch(finding?.remedy ?? "", hint);
            }
        });

        it("of another pool may have moved by the time of the update, and the remedy names the argument", () => {
            const observed = { domain: { found: seen({ userPoolId: OTHER_POOL, status: "DELETING" }) } };
            assert.deepEqual(gist(judged(observed, {}, "preview")), ["domain-other-pool:warning"]);
            const [finding, ...rest] = judged(observed);
            assert.equal(finding?.severity, "error");
            assert.deepEqual(rest, []);
            assert.equal(finding?.property, "domain");
            assert.equal(finding?.message, `auth.example.com belongs to the user pool ${OTHER_POOL}, not to ${POOL}`);
            assert.match(finding?.remedy ?? "", /id as userPoolId, or/);
        });

        it("in an account that is not allowed is an error always", () => {
            const observed = { domain: { found: seen() } };
            assert.deepEqual(judged(observed, { allowedAccountIds: ["111111111111", "222222222222"] }, "preview"), [
                {
                    code: "account-not-allowed",
                    ground: "introduced",
                    severity: "error",
                    property: "domain",
                    message:
                        "auth.example.com is in account 123456789012; allowedAccountIds has 111111111111, 222222222222",
                    remedy: "Use the credentials of an allowed account, or allow this one",
                },
            ]);
            assert.deepEqual(judged(observed, { allowedAccountIds: ["111111111111", "123456789012"] }), []);
            const unsaid = { domain: { found: seen({ accountId: undefined }) } };
            assert.deepEqual(judged(unsaid, { allowedAccountIds: ["111111111111"] }), []);
        });

        it("that is being deleted is an error in the update", () => {
            const observed = { domain: { found: seen({ status: "DELETING" }) } };
            assert.deepEqual(gist(judged(observed, {}, "preview")), ["domain-deleting:warning"]);
            const [finding] = judged(observed);
            assert.deepEqual([finding?.severity, finding?.property], ["error", "domain"]);
            assert.equal(finding?.message, "auth.example.com has status DELETING");
            assert.match(finding?.remedy ?? "", /^Wait until it is gone/);
        });

        const waits: [status: string, remedy: string][] = [
            ["CREATING", "Nothing to do: the update waits until it is ACTIVE"],
            ["UPDATING", "Nothing to do: the update waits until it is ACTIVE"],
            ["FAILED", "Nothing to do: the update sends the settings again"],
        ];
        for (const [status, remedy] of waits) {
            it(`with status ${status} is only said: ${remedy}`, () => {
                for (const phase of ["preview", "update"] as const) {
                    const [finding] = judged({ domain: { found: seen({ status }) } }, {}, phase);
                    assert.deepEqual(finding, {
                        code: "domain-not-active",
                        ground: "advisory",
                        severity: "warning",
                        property: "domain",
                        message: `auth.example.com has status ${status}`,
                        remedy,
                    });
                }
            });
        }
    });

    it("a failed domain whose resource the engine leaves as it is: a refresh makes it send the settings again", () => {
        const domain = { found: seen({ status: "FAILED" }) };
        const [finding] = judged({ domain }, { engineWillAct: false }, "preview");
        assert.match(finding?.remedy ?? "", /^Send the settings again with `pulumi up --refresh`/);
    });

    it("a domain under way whose resource the engine leaves as it is: nobody waits for it", () => {
        const domain = { found: seen({ status: "UPDATING" }) };
        const [finding] = judged({ domain }, { engineWillAct: false }, "preview");
        assert.match(finding?.remedy ?? "", /^Look again once it is ACTIVE: .* neither waits nor sends anything$/);
    });

    it("TLS_V1 is held against the version in force, where it was seen and the engine will act", () => {
        const codes = (domain: object, rest: object = {}) =>
            judged({ domain } as never, { settings: { securityPolicy: "TLS_V1" }, ...rest }, "preview").map(
                ({ code }) => code,
            );
        const found = { found: seen({ settings: { managedLoginVersion: 2 } }) };
        assert.deepEqual(codes(found), ["tls-policy-too-low"]);
        assert.deepEqual(codes(found, { engineWillAct: true }), ["tls-policy-too-low"]);
        assert.deepEqual(codes(found, { engineWillAct: false }), []);
        assert.deepEqual(codes({ absent: true }), ["domain-not-found"]);
    });

    describe("a domain that is absent in another Region than the pool's", () => {
        const remedyOf = (address: typeof CUSTOM) =>
            judged({ domain: { absent: true } }, { address, domain: address.domain })[0]?.remedy ?? "";

        it("may be a prefix domain, which is described in the pool's own Region alone", () => {
            assert.match(
                remedyOf({ ...PREFIX, region: "us-east-2" }),
                /described in the primary's Region alone: leave region out to use us-west-2$/,
            );
        });

        it("has no such hint where it is a custom domain, nor has a prefix domain in the pool's Region", () => {
            assert.match(remedyOf({ ...CUSTOM, region: "us-east-2" }), /or correct the name, the pool or the Region$/);
            assert.match(remedyOf(PREFIX), /or correct the name, the pool or the Region$/);
        });
    });

    describe("the certificate", () => {
        const expired = { found: goodCertificate({ status: "EXPIRED" }) };
        const certificate = { arn: ARN, look: expired };
        const desired = { certificateArn: ARN };

        it("that is new stops the update", () => {
            const domain = { found: seen({ settings: { ...WHOLE, certificateArn: OTHER_ARN } }) };
            assert.deepEqual(gist(judged({ domain, certificate }, { settings: desired })), [
                "certificate-expired:error",
            ]);
        });

        it("that is new is only said where the engine will not act, so that an unchanged resource blocks no other", () => {
            const domain = { found: seen({ settings: { ...WHOLE, certificateArn: OTHER_ARN } }) };
            const unchanged = { settings: desired, engineWillAct: false };
            assert.deepEqual(gist(judged({ domain, certificate }, unchanged, "preview")), [
                "certificate-expired:warning",
            ]);
            const notAllowed = { allowedAccountIds: ["111111111111"], engineWillAct: false };
            assert.deepEqual(gist(judged({ domain }, notAllowed, "preview")), ["account-not-allowed:warning"]);
            assert.deepEqual(gist(judged({ domain, certificate }, { settings: desired, engineWillAct: true })), [
                "certificate-expired:error",
            ]);
        });

        it("that is new, imported and made by the program may be imported anew by the time of the update", () => {
            const domain = { found: seen({ settings: { ...WHOLE, certificateArn: OTHER_ARN } }) };
            const ofProgram = { settings: desired, isCertificateOfProgram: true };
            const look = (type: "IMPORTED" | "AMAZON_ISSUED") => ({
                arn: ARN,
                look: { found: goodCertificate({ status: "EXPIRED", type }) },
            });
            const imported = { domain, certificate: look("IMPORTED") };
            const [finding] = judged(imported, ofProgram, "preview");
            assert.deepEqual([finding?.severity, finding?.ground], ["warning", "mendable"]);
            assert.match(finding?.remedy ?? "", /give its ARN, unless this program imports it anew$/);
            assert.deepEqual(gist(judged(imported, ofProgram, "update")), ["certificate-expired:error"]);
            assert.deepEqual(gist(judged(imported, { settings: desired }, "preview")), ["certificate-expired:error"]);
            const requested = { domain, certificate: look("AMAZON_ISSUED") };
            assert.deepEqual(gist(judged(requested, ofProgram, "preview")), ["certificate-expired:error"]);
            const attached = judged({ domain: { found: seen() }, certificate: look("IMPORTED") }, ofProgram, "preview");
            assert.deepEqual([attached[0]?.ground, attached[0]?.remedy.includes("anew")], ["advisory", false]);
        });

        it("that is new is one of a domain that is not there yet", () => {
            const domain = { absent: true } as const;
            assert.deepEqual(gist(judged({ domain, certificate }, { settings: desired }, "preview")), [
                "domain-not-found:warning",
                "certificate-expired:error",
            ]);
        });

        it("that the domain has already never does, desired or not", () => {
            const domain = { found: seen() };
            assert.deepEqual(gist(judged({ domain, certificate }, { settings: desired })), [
                "certificate-expired:warning",
            ]);
            assert.deepEqual(gist(judged({ domain, certificate })), ["certificate-expired:warning"]);
        });

        it("is taken for attached where the domain was not or could not be seen", () => {
            assert.deepEqual(gist(judged({ certificate }, { settings: desired })), ["certificate-expired:warning"]);
            const observed = { domain: { failed: FAILED }, certificate };
            assert.deepEqual(gist(judged(observed, { settings: desired })), [
                "domain-unseen:error",
                "certificate-expired:warning",
            ]);
        });

        it("is held against the domain's account", () => {
            const domain = { found: seen({ accountId: "210987654321", settings: {} }) };
            assert.deepEqual(gist(judged({ domain, certificate }, { settings: desired })), [
                "certificate-other-account:error",
            ]);
        });

        it("is held against the minimum of days", () => {
            const look = { found: goodCertificate({ notAfter: inDays(20) }) };
            const domain = { found: seen({ settings: {} }) };
            const observed = { domain, certificate: { arn: ARN, look } };
            assert.deepEqual(judged(observed, { settings: desired, minimumCertificateValidityDays: 20 }), []);
            assert.deepEqual(gist(judged(observed, { settings: desired, minimumCertificateValidityDays: 21 })), [
                "certificate-expires-soon:error",
            ]);
        });

        it("is judged by the domain's name alone while the pool is not known", () => {
            const look = { found: goodCertificate({ names: ["other.org"] }) };
            const question = { settings: desired, address: undefined };
            assert.deepEqual(gist(judged({ certificate: { arn: ARN, look } }, question)), [
                "certificate-name-mismatch:warning",
            ]);
            assert.deepEqual(judged({ certificate: { arn: ARN, look } }, { ...question, domain: undefined }), []);
        });

        it("is no matter of a prefix domain", () => {
            assert.deepEqual(judged({ certificate }, { settings: desired, domain: "my-prefix", address: PREFIX }), []);
        });
    });

    describe("managed login and failover", () => {
        const managedLogin = { userPool: { found: { tier: "LITE", passkeys: false } } };
        const replicas = { absent: true } as const;

        it("are judged where they were looked at and are desired", () => {
            const desired = { managedLoginVersion: 2, failover: FAILOVER };
            assert.deepEqual(gist(judged({ managedLogin, replicas }, { settings: desired }, "preview")), [
                "feature-plan-lite:warning",
                "replica-not-found:warning",
            ]);
        });

        it("are not judged where they are not desired, or the address is not known", () => {
            assert.deepEqual(judged({ managedLogin, replicas }), []);
            const desired = { managedLoginVersion: 2, failover: FAILOVER };
            assert.deepEqual(judged({ managedLogin, replicas }, { settings: desired, address: undefined }), []);
        });
    });

    describe("failover of a domain with the classic hosted UI", () => {
        const replicas = { found: [{ region: FAILOVER.secondaryRegion, status: "ACTIVE" }] };
        const classic = { found: seen({ settings: { managedLoginVersion: 1 } }) };
        const codes = (domain: Observations["domain"], managedLoginVersion?: number) =>
            judged({ domain, replicas }, { settings: { failover: FAILOVER, managedLoginVersion } }).map(
                ({ code }) => code,
            );

        it("is warned of where the program says that version, or leaves the one that the domain has", () => {
            assert.deepEqual(codes({ found: seen() }, 1), ["failover-classic-ui"]);
            assert.deepEqual(codes(classic), ["failover-classic-ui"]);
        });

        it("is not warned of where the program moves to managed login, or the domain's version is not known", () => {
            assert.deepEqual(codes(classic, 2), []);
            assert.deepEqual(codes(undefined), []);
            assert.deepEqual(codes({ absent: true }), ["domain-not-found"]);
        });
    });

    describe("the app client of verify", () => {
        const verifyClient = { absent: true } as const;

        it("is judged where it was looked at", () => {
            assert.deepEqual(gist(judged({ verifyClient }, { clientId: "web" })), ["verify-client-not-found:error"]);
        });

        it("is not judged where it was not looked at, or the program names none, or the address is not known", () => {
            assert.deepEqual(judged({}, { clientId: "web" }), []);
            assert.deepEqual(judged({ verifyClient }), []);
            assert.deepEqual(judged({ verifyClient }, { clientId: "web", address: undefined }), []);
        });
    });
});
