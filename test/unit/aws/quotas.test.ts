import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/awsCalls";
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

    it("reads 80 domains at once: none fails, and none is throttled", async () => {
        emulator.behaviour.quotas = true;
        await Promise.all(domains(80).map((it) => aws.describeDomain(it)));
        assert.equal(throttled(), 0);
        assert.equal(emulator.calls.length, 80);
    });

    it("asks for certificates at ACM's pace beside it", async () => {
        emulator.behaviour.quotas = true;
        const addresses = domains(20);
        const arns = addresses.map(({ domain }) => emulator.domainOf(domain)?.certificateArn ?? "");
        await Promise.all([
            ...addresses.map((it) => aws.describeDomain(it)),
            ...arns.map((arn) => aws.describeCertificate(arn)),
        ]);
        assert.equal(throttled(), 0);
    });

    it("fails nothing where half of each quota is eaten by another client", async () => {
        emulator.behaviour.quotas = 0.5;
        await Promise.all(domains(60).map((it) => aws.describeDomain(it)));
        assert.ok(throttled() > 0);
    });

    it("keeps apart what has quotas of its own", async () => {
        const addresses = domains(60);
        const [address] = addresses;
        assert.ok(address);
        let domainsRead = 0;
        const reads = addresses.map((it) => aws.describeDomain(it).then(() => domainsRead++));
        await aws.describeUserPool(address);
        assert.ok(domainsRead < 60);
        await Promise.all(reads);
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

    it("goes as many times as fast as a test says", async () => {
        emulator.behaviour.quotas = true;
        process.env.PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR = "10";
        try {
            await Promise.all(domains(60).map((it) => aws.describeDomain(it)));
            assert.ok(throttled() > 0);
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
