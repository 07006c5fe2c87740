import assert from "node:assert/strict";
import type { Note } from "../../../provider/checks/note";
import type { Request } from "../../../provider/inputs/request";
import { formatFinding } from "../../../provider/model/findings";
import { changesText, type PlanInput } from "../../../provider/plan/plan";
import { ARN } from "../../support/certificates";
import { seen, WHOLE } from "../../support/domains";
import { gist, planFor } from "../../support/plans";

const TWO = { managedLoginVersion: 2 };
const ONE = { ...WHOLE, managedLoginVersion: 1 };
const domainWith = (settings: object, status = "ACTIVE") => ({ domain: { found: seen({ settings, status }) } });
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

    it("drops what the program named last time", () => {
        const changed = { managedLoginVersion: { from: 2 }, certificateArn: {}, failover: {} };
        const request = { desired: { certificateArn: ARN }, unknown: ["failover" as const] };
        assert.deepEqual(planFor(request, { changed }).dropped, ["managedLoginVersion"]);
    });
});

describe("what refuses", () => {
    const absent = { observed: { domain: { absent: true as const } } };
    const preview = { phase: "preview" as const };
    const strict = { ...preview, strict: true };
    const updating = { observed: domainWith(ONE, "UPDATING"), ...preview };
    const other: Note = { code: "config-unreadable", message: "m", remedy: "R" };
    const table: [
        title: string,
        refused: boolean | "by strict",
        rest: Partial<PlanInput>,
        request?: Partial<Request>,
    ][] = [
        ["an error in an update", true, absent],
        ["an error in an update, with preflight off", true, absent, { preflight: "off" }],
        ["an error in a preview", true, { ...absent, ...preview }],
        ["an error in a strict preview", true, { ...absent, ...strict }],
        ["an error in a preview, with preflight warn", false, { ...absent, ...preview }, { preflight: "warn" }],
        [
            "an error in a strict preview, with preflight warn",
            "by strict",
            { ...absent, ...strict },
            { preflight: "warn" },
        ],
        ["an error in a strict preview, with preflight off", false, { ...absent, ...strict }, { preflight: "off" }],
        ["a warning in a preview", false, updating],
        ["a warning in a strict preview", "by strict", { ...updating, ...strict }],
        ["a warning in a strict preview, with preflight off", false, { ...updating, ...strict }, { preflight: "off" }],
        ["a warning in an update, strict or not", false, { ...updating, phase: "update", strict: true }],
        ["what the program may fix", false, { ...absent, ...preview, fixable: new Set(["options" as const]) }],
        ["a finding that is not about this domain alone", true, { otherNotes: [other], ...preview }],
        ["the same, and no update", true, { otherNotes: [other], ...preview, action: "none" }],
        ["a resource that the engine leaves as it is", false, { ...absent, ...preview, action: "none" }],
    ];
    for (const [title, refused, rest, request] of table) {
        it(`refused: ${refused}, with ${title}`, () => {
            const plan = planFor({ desired: TWO, ...request }, rest);
            const found = [plan.refused, plan.isRefusedByStrict];
            assert.deepEqual(found, [refused !== false, refused === "by strict"], gist(plan.findings).join());
        });
    }

    it("lists errors first", () => {
        const otherNotes: Note[] = [{ ...other, kind: "advisory" }, other];
        const { findings, refused } = planFor({ desired: TWO }, { ...updating, otherNotes });
        assert.equal(refused, true);
        assert.deepEqual(gist(findings).slice(0, 2), ["config-unreadable:error", "config-unreadable:warning"]);
    });
});

describe("the changes in words", () => {
    it("end with the reason for what the program did not change", () => {
        const input = { observed: domainWith({ ...ONE, securityPolicy: "TLS_V1" }), changed: {} };
        const text = (request: Partial<Request>) => changesText(planFor({ desired: TWO, ...request }, input));
        const changes = "managed login 1 -> 2; TLS policy TLS_V1 -> TLS_V1_2_2021";
        assert.deepEqual([text({}), text({ onDrift: "correct" })], ["", `${changes} (onDrift: "correct")`]);
    });
});

describe("findings about changes made outside Pulumi", () => {
    const findings = (rest: Partial<PlanInput>, request: Partial<Request> = {}) =>
        planFor({ desired: TWO, ...request }, { observed: domainWith(ONE), changed: {}, ...rest }).findings;
    const left =
        "AWS has 1, the program says 2: changed outside Pulumi, or by an update that failed. It is left as it is";
    const correct = { onDrift: "correct" } as const;
    const texts: [title: string, says: string, rest: Partial<PlanInput>, request?: Partial<Request>][] = [
        ["left by an update", `${left}. To restore the program's value, run \`pulumi up --refresh\``, {}],
        // A preview does not see whether the last update completed.
        ["left, in a preview", `${left}, unless the last update did not complete. To`, { phase: "preview" }],
        ["left without an update", `${left}. To`, { action: "none", phase: "preview" }],
        ["left until an update corrects it", `${left}. Run \`pulumi up\` for this`, { action: "none" }, correct],
        [
            "replaced",
            "the current value, 1, was set outside Pulumi, or by an update that failed; this update replaces it with 2. Check with whoever",
            { changed: { managedLoginVersion: { from: 3 } } },
        ],
        [
            "replaced, since managed login needs the program's TLS policy",
            "the current value, TLS_V1, was set outside Pulumi, or by an update that failed; this update replaces it with TLS_V1_3_2025. Check with whoever changed it: managed login does not",
            {
                observed: domainWith({ ...ONE, securityPolicy: "TLS_V1" }),
                changed: { managedLoginVersion: { from: 1 } },
            },
            { desired: { ...TWO, securityPolicy: "TLS_V1_3_2025" } },
        ],
        [
            "replaced or not, as long as onDrift is not known",
            'the current value, 1, was set outside Pulumi, or by an update that failed; this update replaces it with 2 if onDrift turns out to be "correct". Check with whoever',
            { phase: "preview" },
            { onDrift: "unknown" },
        ],
    ];
    for (const [title, says, rest, request] of texts) {
        it(title, () => {
            const [finding, ...more] = findings(rest, request);
            assert.ok(finding && more.length === 0);
            assert.deepEqual([finding.severity, finding.kind], ["warning", "advisory"]);
            assert.ok(formatFinding(finding).startsWith(`${finding.property}: ${says}`), finding.message);
        });
    }

    it("are none if drift is corrected, and can be accepted", () => {
        assert.deepEqual(findings({}, correct), []);
        const [accepted] = findings({}, { acceptFindings: ["setting-drifted"] });
        assert.equal(accepted?.accepted, true);
    });
});
