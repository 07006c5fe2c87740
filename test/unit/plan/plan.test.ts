import assert from "node:assert/strict";
import type { Note } from "../../../provider/checks/note";
import type { Request } from "../../../provider/inputs/request";
import type { Plan, PlanInput } from "../../../provider/plan/plan";
import { ARN, goodCertificate, OTHER_ARN } from "../../support/certificates";
import { OTHER_POOL, seen, WHOLE } from "../../support/domains";
import { FAILED, gist, planFor } from "../../support/plans";

const TWO = { managedLoginVersion: 2 };
const ONE = { ...WHOLE, managedLoginVersion: 1 };
const domainWith = (settings: object, status = "ACTIVE") => ({ domain: { found: seen({ settings, status }) } });
const OPEN = { before: {}, desired: {}, open: true as const };

describe("why settings are sent that the program did not change", () => {
    const drifted = { observed: domainWith(ONE), changed: {} };
    const table: [title: string, request: Partial<Request>, rest: Partial<PlanInput>, reason: Plan["reason"]][] = [
        ["nothing is sent", {}, {}, undefined],
        ["the program changed them", {}, { changed: { managedLoginVersion: {} } }, undefined],
        ["the last update did not complete", {}, { record: OPEN }, "open"],
        ["drift is corrected", { onDrift: "correct" }, {}, "correct"],
        ["both", { onDrift: "correct" }, { record: OPEN }, "open"],
        ["a new resource", { onDrift: "correct" }, { action: "adopt" }, undefined],
        [
            "the version takes the TLS policy with it",
            { onDrift: "correct" },
            { observed: domainWith({ ...ONE, securityPolicy: "TLS_V1" }), changed: { managedLoginVersion: {} } },
            undefined,
        ],
    ];
    for (const [title, request, rest, reason] of table) {
        it(`${reason ?? "no reason"}: ${title}`, () => {
            assert.equal(planFor({ desired: TWO, ...request }, { ...drifted, ...rest }).reason, reason);
        });
    }
});

describe("what is kept, dropped, and not known yet", () => {
    it("keeps the settings that the program does not name", () => {
        const { managedLoginVersion: _, ...others } = WHOLE;
        const plan = planFor({ desired: TWO }, { observed: domainWith(ONE) });
        assert.deepEqual([plan.kept, plan.changes], [others, ["managedLoginVersion"]]);
    });

    it("keeps neither drift, nor what is not known yet", () => {
        const request = { desired: TWO, unknown: ["certificateArn" as const] };
        const { kept, unknown, drift } = planFor(request, { observed: domainWith(ONE), changed: {} });
        assert.deepEqual(Object.keys(kept), ["securityPolicy", "failover"]);
        assert.deepEqual([unknown, drift], [["certificateArn"], ["managedLoginVersion"]]);
    });

    it("drops in an update what the program named last time", () => {
        const changed = { managedLoginVersion: { from: 2 }, certificateArn: {}, failover: {} };
        const request = { desired: { certificateArn: ARN }, unknown: ["failover" as const] };
        assert.deepEqual(planFor(request, { changed }).dropped, ["managedLoginVersion"]);
        assert.deepEqual(planFor(request, { changed, action: "adopt" }).dropped, []);
    });

    it("has no domain if AWS has none, or it is in another pool", () => {
        for (const domain of [{ absent: true as const }, { found: seen({ userPoolId: OTHER_POOL }) }, FAILED]) {
            const { domain: found, kept, isSent } = planFor({ desired: TWO }, { observed: { domain } });
            assert.deepEqual([found, kept, isSent], [undefined, {}, false]);
        }
    });

    it("has the certificate that the domain will have, if ACM told", () => {
        const found = goodCertificate();
        const certificate = (arn: string, answer = { found } as object) =>
            planFor(
                { desired: { certificateArn: OTHER_ARN } },
                {
                    observed: { ...domainWith(ONE), certificate: { arn, answer: answer as never } },
                },
            ).certificate;
        assert.equal(certificate(OTHER_ARN), found);
        assert.equal(certificate(ARN), undefined);
        assert.equal(certificate(OTHER_ARN, FAILED), undefined);
    });
});

describe("what refuses", () => {
    const absent = { observed: { domain: { absent: true as const } } };
    const preview = { phase: "preview" as const };
    const updating = { observed: domainWith(ONE, "UPDATING"), ...preview };
    const other: Note = { code: "config-unreadable", message: "m", remedy: "R" };
    const table: [title: string, request: Partial<Request>, rest: Partial<PlanInput>, refused: boolean][] = [
        ["an error in an update", {}, absent, true],
        ["an error in an update, whatever preflight says", { preflight: "off" }, absent, true],
        ["an error in a preview", {}, { ...absent, ...preview }, true],
        ["an error in a preview, unless preflight warns", { preflight: "warn" }, { ...absent, ...preview }, false],
        ["a warning in a preview", {}, updating, false],
        ["a warning in a strict preview", {}, { ...updating, strict: true }, true],
        ["a warning in an update, strict or not", {}, { ...updating, phase: "update", strict: true }, false],
        ["what the program may fix", {}, { ...absent, ...preview, fixable: new Set(["options" as const]) }, false],
        ["a finding that is not about this domain alone", {}, { otherNotes: [other], ...preview }, true],
        ["a resource that the engine leaves as it is", {}, { ...absent, ...preview, action: "none" }, false],
    ];
    for (const [title, request, rest, refused] of table) {
        it(`${refused ? "refused" : "not refused"}: ${title}`, () => {
            const plan = planFor({ desired: TWO, ...request }, rest);
            assert.equal(plan.refused, refused, gist(plan.findings).join());
        });
    }

    it("lists errors first", () => {
        const plan = planFor({ desired: TWO }, { ...updating, otherNotes: [{ ...other, kind: "advisory" }, other] });
        assert.deepEqual(gist(plan.findings), [
            "config-unreadable:error",
            "config-unreadable:warning",
            "domain-not-active:warning",
        ]);
    });
});

describe("findings about changes made outside Pulumi", () => {
    const findings = (request: Partial<Request>, rest: Partial<PlanInput>) =>
        planFor({ desired: TWO, ...request }, { observed: domainWith(ONE), ...rest }).findings;
    const left =
        "AWS has 1, the program says 2: changed outside Pulumi, or by an update that failed. It is left as it is";

    const cases: [
        title: string,
        request: Partial<Request>,
        rest: Partial<PlanInput>,
        message: string,
        remedy: RegExp,
    ][] = [
        [
            "left by an update",
            {},
            { changed: {}, record: { ...OPEN, open: undefined } },
            left,
            /--refresh.*onDrift: "correct"/,
        ],
        // A preview does not see whether the last update completed.
        [
            "left by an update, in its preview",
            {},
            { changed: {}, phase: "preview" },
            `${left}, unless the last update did not complete`,
            /--refresh/,
        ],
        ["left without an update", {}, { changed: {}, action: "none", phase: "preview" }, left, /--refresh/],
        [
            "left until an update corrects it",
            { onDrift: "correct" },
            { changed: {}, action: "none" },
            left,
            /^Run `pulumi up`/,
        ],
        [
            "replaced",
            {},
            { changed: { managedLoginVersion: { from: 3 } } },
            "the current value, 1, was set outside Pulumi, or by an update that failed; this update replaces it with 2",
            /whoever changed it/,
        ],
    ];
    for (const [title, request, rest, message, remedy] of cases) {
        it(title, () => {
            const [finding, ...more] = findings(request, rest);
            assert.deepEqual(gist(more), []);
            assert.deepEqual(
                [finding?.property, finding?.severity, finding?.kind],
                ["managedLoginVersion", "warning", "advisory"],
            );
            assert.equal(finding?.message, message);
            assert.match(finding?.remedy ?? "", remedy);
        });
    }

    it("are none if drift is corrected, and can be accepted", () => {
        assert.deepEqual(findings({ onDrift: "correct" }, { changed: {} }), []);
        const accepted = findings({ acceptFindings: ["setting-drifted"] }, { changed: {} });
        assert.deepEqual(
            accepted.map((it) => [it.code, it.accepted]),
            [["setting-drifted", true]],
        );
    });
});
