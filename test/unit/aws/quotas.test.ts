import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/aws";
import { type Call, type Emulator, startEmulator } from "../../emulator/index";

const REGION = "us-west-2";

describe("staying under AWS's quotas", () => {
    let emulator: Emulator;
    let aws: Aws;

    before(async () => {
        emulator = await startEmulator();
    });
    after(() => emulator.close());

    beforeEach(() => {
        emulator.reset();
        aws = new Aws(emulator.clientConfig(REGION));
    });

    function domains(count: number) {
        return Array.from({ length: count }, (_, index) => {
            const userPoolId = emulator.userPool({ region: REGION });
            const domain = emulator.domain({ userPoolId, domain: `auth${index}.example.com` });
            return { userPoolId, domain, region: REGION };
        });
    }

    const throttled = () => emulator.calls.filter(({ error }: Call) => error?.message === "Rate exceeded").length;

    async function seconds(calls: Promise<unknown>[]): Promise<number> {
        const started = performance.now();
        await Promise.all(calls);
        return (performance.now() - started) / 1000;
    }

    it("reads 80 domains at once: none fails, none is throttled, and no slower than the quota", async () => {
        emulator.behaviour.quotas = true;
        const took = await seconds(domains(80).map((it) => aws.describeDomain(it)));
        assert.equal(throttled(), 0);
        // (80 - 15) / 20, and what a busy machine adds.
        assert.ok(took > 3.1 && took < 6, `${took} s`);
    });

    it("asks for certificates at ACM's pace beside it", async () => {
        emulator.behaviour.quotas = true;
        const addresses = domains(20);
        const arns = addresses.map(({ domain }) => emulator.domainOf(domain)?.certificateArn ?? "");
        const took = await seconds([
            ...addresses.map((it) => aws.describeDomain(it)),
            ...arns.map((arn) => aws.describeCertificate(arn)),
        ]);
        assert.equal(throttled(), 0);
        assert.ok(took < 4, `${took} s`);
    });

    it("finds out where half of each quota is eaten by another client, and fails nothing", async () => {
        emulator.behaviour.quotas = 0.5;
        const took = await seconds(domains(60).map((it) => aws.describeDomain(it)));
        assert.ok(throttled() > 0);
        // At most 1.2 x the bound that is left, and what a busy machine adds.
        assert.ok(took < 1.2 * (60 / 10) + 2, `${took} s`);
    });

    it("keeps apart what has quotas of its own", async () => {
        emulator.behaviour.quotas = { UserPoolResourceRead: 2 };
        const [address] = domains(1);
        assert.ok(address);
        await Promise.all(Array.from({ length: 6 }, () => aws.describeDomain(address)));
        emulator.calls = [];
        const took = await seconds(Array.from({ length: 10 }, () => aws.describeUserPool(address)));
        assert.equal(throttled(), 0);
        assert.ok(took < 1, `${took} s`);
    });

    it("asks one user pool the same at most 5 times a second", async () => {
        emulator.behaviour.quotas = true;
        const [address] = domains(1);
        assert.ok(address);
        const clients = Array.from({ length: 10 }, () => emulator.client({ ...address, withBranding: true }));
        await Promise.all(clients.map((id) => aws.hasBranding(address, id)));
        assert.equal(throttled(), 0);
        assert.equal(emulator.callsTo("DescribeManagedLoginBrandingByClient").length, 10);
    });

    it("lets updates have their turn before they are made, and makes them at once then", async () => {
        const [address] = domains(1);
        assert.ok(address);
        await aws.acquireUpdate(address);
        // The fourth waits at 5 a second on one user pool, and whoever does not wait is not held back by it.
        const turns = Promise.all(Array.from({ length: 6 }, () => aws.acquireUpdate(address)));
        let waited = false;
        void turns.then(() => {
            waited = true;
        });
        await aws.updateDomain(address, { certificateArn: emulator.domainOf(address.domain)?.certificateArn });
        assert.equal(waited, false);
        await turns;
    });

    it("knows of accounts with higher quotas", async () => {
        process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR = "10";
        try {
            const took = await seconds(domains(100).map((it) => aws.describeDomain(it)));
            assert.ok(took < 3, `${took} s`);
        } finally {
            delete process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR;
        }
    });

    it("lets the first call go alone, and the others also when it fails", async () => {
        emulator.behaviour.latencyMs = 50;
        emulator.behaviour.faults = [{ times: 1, action: { exception: "NotAuthorizedException", message: "no" } }];
        const [first, ...others] = domains(5);
        assert.ok(first);
        const failing = assert.rejects(aws.describeDomain(first));
        const rest = Promise.all(others.map((it) => aws.describeDomain(it)));
        await new Promise((resolve) => setTimeout(resolve, 40));
        assert.ok(emulator.calls.length <= 1);
        await failing;
        assert.equal((await rest).length, 4);
    });
});
