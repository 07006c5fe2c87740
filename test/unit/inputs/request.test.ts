import assert from "node:assert/strict";
import { type Request, requestOf } from "../../../provider/inputs/request";
import { UNKNOWN } from "../../../provider/inputs/unknown";
import { FAILOVER, POOL } from "../../support/domains";

type Props = Record<string, unknown>;

describe("the request in some inputs", () => {
    const address = { userPoolId: POOL, domain: "auth.example.com", region: "us-west-2" };
    const { region, ...here } = address;
    const route = { routing: { failover: { ...FAILOVER, secondaryRegion: UNKNOWN } } };
    const unknown = ["certificateArn", "securityPolicy", "failover"] as const;
    const table: [title: string, inputs: Props, request: Partial<Request>][] = [
        ["defaults", { onDelete: null }, { preflight: "error", wait: "active", onDrift: "warn", acceptFindings: [] }],
        ["others", { onFailure: null, onDelete: "restore" }, { onFailure: "keep", onDelete: "restore" }],
        ["a prefix domain's wait", { domain: "my-prefix" }, { domain: "my-prefix", waitTimeoutSeconds: 300 }],
        ["a custom domain's wait", here, { address, domain: "auth.example.com", waitTimeoutSeconds: 3600 }],
        ["a wait of its own", { ...here, region: null, waitTimeoutSeconds: 7 }, { address, waitTimeoutSeconds: 7 }],
        ["a replica", { ...here, region: "us-east-2" }, { address: { ...address, region: "us-east-2" } }],
        ["an unknown Region", { ...here, region: UNKNOWN }, { address: undefined, domain: "auth.example.com" }],
        ["what check has refused", { domain: 7, userPoolId: POOL }, { address: undefined, domain: undefined }],
        [
            "settings that are not, or only partly, known",
            { managedLoginVersion: 2, customDomainConfig: UNKNOWN, ...route },
            { desired: { managedLoginVersion: 2 }, unknown: [...unknown] },
        ],
        [
            "a setting under ignoreChanges",
            {
                managedLoginVersion: UNKNOWN,
                ...route,
                __program: { ignoreChanges: ["routing", "managedLoginVersion"] },
            },
            { desired: {}, unknown: [], ignored: ["managedLoginVersion", "failover"] },
        ],
        [
            "a setting that was secret until now",
            { __changed: { declassified: ["failover"] } },
            { secret: ["failover"] },
        ],
        // The unknown value may be the one that lets the update pass.
        ["unknown preflight", { preflight: UNKNOWN }, { preflight: "warn" }],
        ["unknown onDrift", { onDrift: UNKNOWN }, { preflight: "error", onDrift: "unknown" }],
        ["unknown findings", { acceptFindings: [UNKNOWN] }, { preflight: "warn", acceptFindings: [] }],
        ["no preflight", { preflight: "off", acceptFindings: UNKNOWN }, { preflight: "off" }],
        // No certificate is refused by a default that the program may not have.
        [
            "unknown days",
            { minimumCertificateValidityDays: UNKNOWN },
            { preflight: "warn", minimumCertificateValidityDays: 0 },
        ],
        ["days", { minimumCertificateValidityDays: 7 }, { minimumCertificateValidityDays: 7 }],
        ["default days", {}, { minimumCertificateValidityDays: undefined }],
    ];
    for (const [title, inputs, expected] of table) {
        it(`has ${title}`, () => {
            const request = requestOf(inputs, {}, false);
            assert.deepEqual({ ...request, ...expected }, request);
        });
    }

    const creates: [isNew: boolean | "unknown", desired: object, ignored: string[], unknown: string[]][] = [
        [true, { managedLoginVersion: 2 }, [], []],
        [false, {}, ["managedLoginVersion", "failover"], []],
        ["unknown", {}, ["managedLoginVersion", "failover"], ["managedLoginVersion"]],
    ];
    for (const [isNew, desired, ignored, unknown] of creates) {
        it(`has a setting under ignoreChanges as it is if a create is to complete: ${isNew}`, () => {
            const program = { ignoreChanges: ["managedLoginVersion", "routing"] };
            const request = requestOf({ managedLoginVersion: 2, __program: program }, {}, isNew);
            assert.deepEqual([request.desired, request.ignored, request.unknown], [desired, ignored, unknown]);
        });
    }
});
