import assert from "node:assert/strict";
import { homedir } from "node:os";
import { type Emulator, startEmulator } from "../emulator";
import { run } from "./support/cli";
import { REPOSITORY } from "./support/engine";
import { programEnvironment } from "./support/runtimes";
import { DOMAIN, REGION } from "./support/stage";

const ARGUMENTS = ["--account", "123456789012", "--region", REGION];

/** A test of `npm run test:all` alone. */
const itInAll = process.env.TEST_ALL === undefined ? it.skip : it;

/** Twenty commands of the engine, in one test. */
const ALL_STEPS_MS = 600_000;

async function acceptance(aws: Record<string, string>, args: string[], onText?: (text: string, pid: number) => void) {
    const env = { ...(await programEnvironment()), HOME: homedir(), ...aws };
    const command = ["--import=tsx", "acceptance/acceptance.ts", ...args];
    const { code, text: output } = await run(process.execPath, command, { cwd: REPOSITORY, env }, onText);
    return { code, output };
}

describe("npm run acceptance", () => {
    let aws: Emulator;
    let hostedZoneId: string;

    before(async () => {
        aws = await startEmulator();
    });
    beforeEach(() => {
        aws.reset();
        hostedZoneId = aws.hostedZone("example.com");
    });
    after(() => aws.close());

    const custom = (zone: string) => ["--domain", DOMAIN, "--hosted-zone", zone];
    const records = () => aws.state.hostedZones.get(hostedZoneId)?.records;

    const pools = () => [...aws.state.pools.values()].map(({ name }) => name);

    itInAll("plays every step on the emulator, with a custom domain too, and leaves only what it found", async () => {
        aws.userPool({ region: "us-west-2", name: "somebody's" });
        const certificate = aws.certificate({ domainName: DOMAIN });
        const { code, output } = await acceptance(aws.env(), [...ARGUMENTS, ...custom(hostedZoneId)]);
        assert.equal(code, 0, output);
        assert.equal(output.match(/^\[.* s\] {3}ok +[\d.]+ s /gm)?.length, 13, output);
        assert.doesNotMatch(output, /FAILED|: error:/);
        assert.deepEqual(pools(), ["somebody's"]);
        assert.deepEqual([aws.state.domains, [...aws.state.certificates.keys()], records()], [[], [certificate], []]);
    }).timeout(ALL_STEPS_MS);

    it("refuses a name that is in use, before it creates anything", async () => {
        const zone = aws.state.hostedZones.get(hostedZoneId);
        zone?.records.push({ Name: `${DOMAIN}.`, Type: "CNAME", TTL: 60, ResourceRecords: [{ Value: "live." }] });
        const { code, output } = await acceptance(aws.env(), [...ARGUMENTS, ...custom(hostedZoneId)]);
        assert.equal(code, 1);
        assert.match(output, /--domain auth\.example\.com has a record of type CNAME already/);
        assert.deepEqual([pools(), aws.callsTo("RequestCertificate"), records()?.length], [[], [], 1]);
    });

    itInAll("fails, names the step and removes everything if a promise is broken", async () => {
        aws.behaviour.outcome = "failed";
        const { code, output } = await acceptance(aws.env(), ARGUMENTS);
        assert.equal(code, 1, output);
        assert.match(output, /FAILED 1 -> 2/);
        assert.deepEqual(pools(), []);
    });

    it("refuses another account, and creates nothing", async () => {
        const { code, output } = await acceptance(aws.env("210987654321"), ARGUMENTS);
        assert.equal(code, 1);
        assert.match(
            output,
            /These credentials are of account 210987654321, not of 123456789012\. Nothing was created/,
        );
        const called = aws.calls.map(({ operation }) => operation);
        assert.deepEqual(called, ["GetCallerIdentity"]);
    });

    it("removes everything after Ctrl-C", async () => {
        const all = [...ARGUMENTS, ...custom(hostedZoneId)];
        const { code, output } = await acceptance(aws.env(), all, (text, pid) => {
            if (text.includes("] adopt:")) {
                assert.deepEqual([pools().length, aws.state.certificates.size, records()?.length], [2, 4, 4]);
                process.kill(pid, "SIGINT");
            }
        });
        assert.equal(code, 130, output);
        assert.deepEqual([pools(), aws.state.domains, aws.state.certificates.size, records()], [[], [], 0, []]);
    });

    itInAll("removes with --sweep what a killed run has left, and nothing else", async () => {
        const all = [...ARGUMENTS, ...custom(hostedZoneId)];
        const others = [
            "somebody's",
            "domain-settings-acceptance-of-somebody",
            "domain-settings-acceptance-1-other-run",
        ];
        for (const name of others) {
            aws.domain({
                userPoolId: aws.userPool({ region: "us-west-2", name }),
                domain: name.replace("'", ""),
            });
        }
        // A tag without the run's name is not enough, nor is a name without the tag.
        const tagged = [...aws.state.pools.values()].at(-1);
        assert.ok(tagged);
        tagged.tags = { "pulumi-cognito-domain-settings:acceptance": "20261124-0000-abcd" };
        const { code } = await acceptance(aws.env(), all, (text, pid) => {
            if (text.includes("] adopt:")) {
                process.kill(pid, "SIGKILL");
            }
        });
        assert.equal(code, null);
        assert.equal(records()?.length, 4, JSON.stringify(records()));
        assert.equal(aws.state.certificates.size, 4);
        // Somebody has put the name to use meanwhile, and has a certificate of their own.
        const alias = records()?.find(({ Type }) => Type === "A");
        assert.ok(alias?.AliasTarget);
        alias.AliasTarget.DNSName = "d999.cloudfront.net.";
        const theirs = aws.certificate({ domainName: DOMAIN });
        const refused = await acceptance(aws.env(), all);
        assert.match(refused.output, /A run has made records for auth\.example\.com/);
        // ACM counts a certificate as in use for some time after its domain is gone.
        const action = { exception: "ResourceInUseException", message: "Certificate is in use." };
        aws.behaviour.faults = [{ operation: "DeleteCertificate", times: 2, action }];
        const swept = await acceptance(aws.env(), [...all, "--sweep"]);
        assert.equal(swept.code, 0, swept.output);
        assert.match(swept.output, /Removed 2 user pools, 4 certificates, 2 records\./);
        assert.deepEqual(records(), [alias]);
        assert.deepEqual([pools(), aws.state.domains.length], [others, others.length]);
        assert.deepEqual([...aws.state.certificates.keys()], [theirs]);
    });
});
