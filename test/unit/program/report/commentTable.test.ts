import assert from "node:assert/strict";
import { domainTable } from "../../../../provider/program/report/commentTable";
import type { ReportEntry } from "../../../../provider/program/report/report";
import { ARN, OTHER_ARN } from "../../../support/certificates";
import { report } from "../../../support/reports";

const CERTIFICATE = "customDomainConfig.certificateArn";

/** The cells of the row of auth.example.com. */
function rowOf(entry: Partial<ReportEntry>): string[] {
    const row = domainTable(report(entry).resources, 0)[2] ?? "";
    return row.slice(2, -2).split(" | ");
}

const BY_PROGRAM = "by the program, see **undo**";
const NOTHING: Partial<ReportEntry> = { action: "none", changes: [] };
const UNSEEN: Partial<ReportEntry> = { outputs: {}, before: undefined, changes: [], kept: {} };

describe("how to undo, in a row, where", () => {
    const failover = { setting: "routing.failover", to: { secondaryRegion: "us-east-2" } };
    const cases: [string, Partial<ReportEntry>, string][] = [
        ["nothing changes", NOTHING, "nothing to undo"],
        ["it is refused", { verdict: "refused" }, "nothing to undo"],
        ["nobody could look", UNSEEN, "not known before the update"],
        ["the program asks for none", {}, BY_PROGRAM],
        ["something new cannot be taken away", { changes: [failover] }, BY_PROGRAM],
        [
            "a failed update is rolled back",
            { wayBack: { argument: "onFailure", possible: true } },
            `automatic if the update fails; later ${BY_PROGRAM}`,
        ],
        [
            "a destroy restores",
            { wayBack: { argument: "onDelete", possible: true } },
            `automatic on \`pulumi destroy\`; before that ${BY_PROGRAM}`,
        ],
        [
            "a destroy restores, and nothing changes",
            { ...NOTHING, wayBack: { argument: "onDelete", possible: true } },
            "automatic on `pulumi destroy`",
        ],
        [
            "a report of before says no more",
            { wayBack: { possible: true } },
            "automatic; the old settings are still fit",
        ],
        ["the old settings would be refused", { wayBack: { possible: false } }, "**not wholly**, see `no-way-back`"],
    ];
    for (const [when, entry, text] of cases) {
        it(`${when}: ${text}`, () => assert.equal(rowOf(entry)[3], text));
    }
});

describe("the certificate in a row, where", () => {
    const attached = (certificateArn: string, certificateExpiry?: string) => ({
        before: { customDomainConfig: { certificateArn }, certificateExpiry },
    });
    const cases: [string, Partial<ReportEntry>, string][] = [
        ["it changes", {}, "`99999999...` (expires 2096-10-01) → `11111111...` (expires 2027-04-11)"],
        ["it changes, and no end is known", { before: undefined, outputs: {} }, "`99999999...` → `11111111...`"],
        [
            "nothing changes",
            { ...NOTHING, before: undefined, kept: { [CERTIFICATE]: ARN } },
            "`11111111...` stays (expires 2027-04-11)",
        ],
        [
            "somebody else has changed it",
            {
                ...NOTHING,
                ...attached(OTHER_ARN),
                outputs: { customDomainConfig: { certificateArn: ARN }, certificateExpiry: "2027-04-11T12:00:00.000Z" },
            },
            "`99999999...` stays",
        ],
        [
            "only the state has it",
            { ...NOTHING, before: undefined, outputs: { customDomainConfig: { certificateArn: ARN } } },
            "`11111111...` stays",
        ],
        [
            "it is refused",
            { verdict: "refused", ...UNSEEN, ...attached(OTHER_ARN, "2026-10-01T12:00:00.000Z") },
            "`99999999...` stays (expires 2026-10-01)",
        ],
        ["it is refused and was not seen", { verdict: "refused", ...UNSEEN }, "stays"],
        [
            "it is secret",
            { ...NOTHING, ...attached("[secret]", "2026-10-01T12:00:00.000Z") },
            "stays (expires 2026-10-01)",
        ],
        ["nobody could look", UNSEEN, "not known"],
        [
            "a prefix domain has none",
            { ...UNSEEN, outputs: { status: "ACTIVE" }, before: { status: "ACTIVE" } },
            "none",
        ],
    ];
    for (const [when, entry, text] of cases) {
        it(`${when}: ${text}`, () => assert.equal(rowOf(entry)[2], text));
    }
});

describe("what changes for people, in a row", () => {
    it("is no change where nothing does", () => {
        assert.equal(rowOf(NOTHING)[1], "no change");
        assert.equal(
            rowOf({ ...NOTHING, action: "adopt" })[1],
            "no change: Pulumi takes the settings over as they are",
        );
    });
});
