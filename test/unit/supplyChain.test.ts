import assert from "node:assert/strict";
import { read, workflows } from "../support/pages";

/** The jobs of a workflow as text, by name. */
function jobsOf(file: string): Map<string, string> {
    const [, jobs = ""] = read(file).split(/^jobs:\n/m);
    const parts = jobs.split(/^ {4}([\w-]+):\n/m).slice(1);
    return new Map(parts.flatMap((name, at) => (at % 2 === 0 ? [[name, parts[at + 1] ?? ""]] : [])));
}

/** The steps of a job as text. */
const stepsOf = (job: string): string[] => job.split(/^ {12}- /m).slice(1);

const jobOf = (file: string, name: string): string => {
    const job = jobsOf(file).get(name);
    assert.ok(job, `${file} has no job ${name}`);
    return job;
};

it("no workflow runs a package's install script", () => {
    for (const file of [...workflows(), "examples/pr-pipeline/gitlab-ci.yml"]) {
        const installs = read(file).match(/npm (ci|install).*/g) ?? [];
        assert.deepEqual(
            [...new Set(installs)].filter((install) => install !== "npm ci --ignore-scripts"),
            [],
            file,
        );
    }
});

describe("the release", () => {
    const RELEASE = ".github/workflows/release.yml";

    it("runs the repository's code only where nothing may be published", () => {
        const jobs = [...jobsOf(RELEASE)];
        const publishing = jobs.filter(([, job]) => job.includes("id-token"));
        const names = publishing.map(([name]) => name);
        assert.deepEqual(names, ["publish"]);
        assert.doesNotMatch(jobOf(RELEASE, "publish"), /checkout@|npm (ci|install|test|run)|contents:/);
        assert.match(jobOf(RELEASE, "publish"), /needs: pack\n/);
        assert.match(jobOf(RELEASE, "publish"), /environment: npm\n/);
        assert.match(read(RELEASE), /^permissions: \{\}$/m);
    });
});

describe("the example pipeline", () => {
    const PIPELINE = "examples/pr-pipeline/pulumi.yml";

    it("gives the Pulumi token to single steps, none of which installs packages", () => {
        const beforeJobs = read(PIPELINE).split(/^jobs:\n/m)[0] ?? "";
        assert.doesNotMatch(beforeJobs, /secrets\./);
        for (const job of jobsOf(PIPELINE).values()) {
            const [head = ""] = job.split(/^ {8}steps:\n/m);
            assert.doesNotMatch(head, /secrets\./);
            const installs = stepsOf(job).filter((step) => step.includes("npm ci"));
            assert.ok(installs.every((step) => !step.includes("secrets.")));
            assert.ok(stepsOf(job).some((step) => step.includes("secrets.PULUMI_ACCESS_TOKEN")));
        }
    });

    it("gives GitHub's token to no script, and the right to comment to the preview alone", () => {
        assert.doesNotMatch(read(PIPELINE), /github\.token|secrets\.GITHUB_TOKEN/);
        for (const [name, job] of jobsOf(PIPELINE)) {
            assert.equal(job.includes("pull-requests: write"), name === "preview", name);
        }
    });

    it("keeps one comment for each stack, also after a failure", () => {
        const [sticky, ...others] = stepsOf(jobOf(PIPELINE, "preview")).filter((step) => step.includes("comment@"));
        assert.deepEqual(others, []);
        assert.match(
            sticky ?? "",
            /\n +if: always\(\)\n +with: \{ header: "\$\{\{ matrix\.stack \}\}", path: comment\.md \}/,
        );
    });

    it("installs packages before it signs in to AWS", () => {
        for (const job of jobsOf(PIPELINE).values()) {
            const steps = stepsOf(job);
            const at = (text: string) => steps.findIndex((step) => step.includes(text));
            assert.ok(at("npm ci") >= 0 && at("npm ci") < at("configure-aws-credentials@"));
        }
    });

    it("deploys in the environment that docs/iam.md's deploy role trusts, and only there with that role", () => {
        const environment = /^ {8}environment: (\S+)$/m.exec(jobOf(PIPELINE, "up"))?.[1];
        assert.ok(environment);
        assert.match(read("docs/iam.md"), new RegExp(`"repo:my-org/my-repo:environment:${environment}"`));
        for (const [name, job] of jobsOf(PIPELINE)) {
            assert.equal(job.includes("vars.DEPLOY_ROLE"), name === "up", name);
        }
    });
});

describe("package-lock.json", () => {
    interface Locked {
        version?: string;
        resolved?: string;
        integrity?: string;
        dev?: boolean;
        optional?: boolean;
        os?: string[];
        cpu?: string[];
    }
    const packages = Object.entries<Locked>(JSON.parse(read("package-lock.json")).packages).filter(([name]) => name);

    /**
     * Of these two tools' programs for other platforms, the registry did not serve the locked version where the lock file was
     * written: `npm ci` on those platforms installs them unchecked.
     */
    const WITHOUT = /^node_modules\/(@biomejs\/cli-|@oxc-parser\/binding-)[\w-]+$/;

    it("has the SHA-512 of every package, but for programs of development tools on other platforms", () => {
        const lacking = packages.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ""));
        assert.ok(packages.length > 300);
        assert.deepEqual(
            lacking.filter(
                ([name, { dev, optional, os }]) => !(WITHOUT.test(name) && dev && optional && os !== undefined),
            ),
            [],
        );
        // None for the platform of the workflows.
        const onLinux = ({ os, cpu }: Locked) => os?.includes("linux") && cpu?.includes("x64");
        const names = lacking.filter(([, it]) => onLinux(it)).map(([name]) => name);
        assert.deepEqual(
            names.filter((name) => !name.endsWith("-musl")),
            [],
        );
    });

    it("takes packages from npm's registry alone", () => {
        const places = packages.flatMap(([, { resolved }]) => (resolved ? [new URL(resolved).origin] : []));
        const others = [...new Set(places)].filter((origin) => origin !== "https://registry.npmjs.org");
        assert.deepEqual(others, []);
    });
});
