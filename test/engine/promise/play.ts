import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import type { UserPoolDomainSettingsReport } from "../../../provider";
import { OUTPUT_NAMES } from "../../../provider/model/outputs";
import type { Call, Emulator, StoredDomain } from "../../emulator";
import { settle } from "../../emulator/settling";
import type { Run } from "../support/cli";
import { REPOSITORY } from "../support/engine";
import { PROGRAM as DECLARING, type Declared } from "../support/program";
import { Project } from "../support/project";
import { endUpdates } from "../support/stage";
import { type Scene, sceneOf } from "./scene";

/** The report's JSON schema; a member that it does not name breaks it too. */
const isReport = new Ajv({ strict: false, allErrors: true }).compile(
    JSON.parse(readFileSync(join(REPOSITORY, "provider/program/report/report.schema.json"), "utf8"), (_, part) =>
        part?.properties ? { ...part, additionalProperties: false } : part,
    ),
);

const NO_REPORT = JSON.stringify({ schema: 1, project: "", stack: "", resources: [] });

/** The file in which the program notes the outputs that it sees. */
const SEEN = "seen.jsonl";

/** The program of the other engine tests, which exports nothing and notes what its outputs are. */
const PROGRAM = `${DECLARING}
for (const [name, settings] of Object.entries({ ...exports })) {
    delete exports[name];
    for (const output of ${JSON.stringify(OUTPUT_NAMES)}) {
        settings[output].apply((value) => {
            require("fs").appendFileSync(__dirname + "/${SEEN}", JSON.stringify({ name, output, value }) + "\\n");
        });
    }
}
`;

/** What a preview wrote about one resource. */
export type ReportEntry = UserPoolDomainSettingsReport["resources"][number];

/** One run, with AWS's own record of it. */
export interface Played {
    run: Run;
    writes: Call[];
    /** The outputs as something that depends on them saw them. */
    seen: { name: string; output: string; value: unknown }[];
    /** The domains after it, by name. */
    domains: Map<string, StoredDomain | undefined>;
}

/** A scene, what was in force before, its preview with the report, and the `up` that followed. */
export interface Performance {
    scene: Scene;
    before: Map<string, StoredDomain | undefined>;
    preview: Played;
    report: ReportEntry[];
    /** In what the report breaks its JSON schema. */
    violations: string[];
    up: Played;
}

/** Plays the scene of a seed: an earlier `up` where there is one, changes by hand, a preview, and the `up` that it promises. */
export async function play(seed: number, aws: Emulator): Promise<Performance> {
    aws.reset();
    const scene = sceneOf(seed, aws);
    Object.assign(aws.behaviour, scene.behaviour);
    const project = await Project.create(aws);
    try {
        await project.write("index.js", PROGRAM);
        const earlier = scene.resources.filter((it) => it.earlier);
        for (const { name } of earlier.filter((it) => it.failing)) {
            endUpdates(aws, name, "failed");
        }
        if (earlier.length > 0) {
            await project.declare(...earlier.map(({ name, earlier: args }) => ({ name, args }) as Declared));
            await project.up("--continue-on-error");
            settleAll(aws);
        }
        aws.behaviour.faults = [];
        for (const { domain, drift, status, movedTo } of scene.resources.filter((it) => it.earlier)) {
            aws.patchDomain(domain, { ...drift, status, ...(movedTo && { userPoolId: movedTo }) });
            const changing = aws.state.domains.find((it) => it.domain === domain && it.status === "UPDATING");
            if (changing) {
                changing.pending = { next: changing.settings, never: false, describesLeft: 2 };
            }
        }
        if (scene.acmDenied) {
            aws.behaviour.accessDenied = ["acm:DescribeCertificate"];
        }
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_REPORT = join(project.folder, "report.json");
        const declared = scene.resources.filter(({ removed }) => !removed);
        await project.declare(
            ...declared.map(
                ({ name, args, opts, transform }) => ({ name, args, opts: { ...opts, transform } }) as Declared,
            ),
        );
        const flags = flagsOf(scene, project);
        const before = domainsOf(scene, aws);
        const preview = await played(scene, aws, project, () => project.preview(...flags));
        const report = JSON.parse(await project.read("report.json").catch(() => NO_REPORT));
        const violations = isReport(report)
            ? []
            : (isReport.errors ?? []).map((it) => `${it.instancePath} ${it.message}`);
        const up = await played(scene, aws, project, () => project.up("--continue-on-error", ...flags));
        return { scene, before, preview, report: report.resources, violations, up };
    } finally {
        await project.remove();
    }
}

function flagsOf({ only, resources, refreshed }: Scene, project: Project): string[] {
    if (only) {
        // `--replace` alone would target the resource, too.
        return [only.flag, project.urn(only.name)];
    }
    const forced = resources.filter((it) => it.forced && !it.removed);
    return [...(refreshed ? ["--refresh"] : []), ...forced.flatMap(({ name }) => ["--replace", project.urn(name)])];
}

/** Lets what AWS has accepted come into force: nobody may have waited for it. */
function settleAll(aws: Emulator): void {
    for (const domain of aws.state.domains) {
        if (domain.pending) {
            domain.pending.describesLeft = 0;
        }
        settle(domain);
    }
}

async function played(scene: Scene, aws: Emulator, project: Project, action: () => Promise<Run>): Promise<Played> {
    aws.calls = [];
    await rm(join(project.folder, SEEN), { force: true });
    const run = await action();
    settleAll(aws);
    const lines = (await project.read(SEEN).catch(() => "")).split("\n").filter(Boolean);
    const seen = lines.map((line) => JSON.parse(line));
    return { run, writes: aws.callsTo("UpdateUserPoolDomain"), seen, domains: domainsOf(scene, aws) };
}

function domainsOf(scene: Scene, aws: Emulator): Map<string, StoredDomain | undefined> {
    return new Map(scene.resources.map(({ name, domain }) => [name, aws.domainOf(domain)]));
}
