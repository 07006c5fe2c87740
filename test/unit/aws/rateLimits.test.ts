import assert from "node:assert/strict";
import { Aws } from "../../../provider/aws/awsCalls";
import { type Call, type Emulator, startEmulator } from "../../emulator/index";
import { withEnvironment } from "../../support/environment";

const REGION = "us-west-2";

describe("AWS's quotas", () => {
    let emulator: Emulator;
    let aws: Aws;

    before(async () => {
        emulator = await startEmulator();
    });
    after(() => emulator.close());

    beforeEach(() => {
        emulator.reset();
        aws = new Aws(emulator.clientConfig(REGION));
        emulator.behaviour.quotas = true;
    });

    function domains(count: number) {
        return Array.from({ length: count }, (_, index) => {
            const userPoolId = emulator.userPool({ region: REGION });
            const domain = emulator.domain({ userPoolId, domain: `auth${index}.example.com` });
            return { userPoolId, domain, region: REGION };
        });
    }

    const throttled = () => emulator.calls.filter(({ error }: Call) => error?.message === "Rate exceeded").length;

    it("are kept by 80 reads at once, and by as many of ACM beside them, in the time that they take", async () => {
        const addresses = domains(80);
        const arns = addresses.slice(0, 40).map(({ domain }) => emulator.domainOf(domain)?.certificateArn ?? "");
        const start = performance.now();
        await Promise.all([
            ...addresses.map((it) => aws.describeDomain(it)),
            ...arns.map((arn) => aws.describeCertificate(arn)),
        ]);
        const seconds = (performance.now() - start) / 1000;
        assert.deepEqual([throttled(), emulator.calls.length], [0, 120]);
        // 80 at 20 a second, and 40 at 10, each with a quarter of a second in advance.
        assert.ok(seconds > 3.5 && seconds < 5.5, String(seconds));
    });

    it("are kept by a program that was busy for two seconds: not everything that is due goes at once", async () => {
        const reads = Promise.all(domains(60).map((it) => aws.describeDomain(it)));
        await new Promise((resolve) => setTimeout(resolve, 100));
        for (const end = performance.now() + 2000; performance.now() < end; ) {}
        await reads;
        assert.equal(throttled(), 0);
    });

    it("fail nothing if another client eats half of each", async () => {
        emulator.behaviour.quotas = 0.5;
        await Promise.all(domains(30).map((it) => aws.describeDomain(it)));
        assert.ok(throttled() > 0);
    });

    it("of one user pool are 5 a second for each operation", async () => {
        const [address] = domains(1);
        assert.ok(address);
        const clients = Array.from({ length: 10 }, () => emulator.client({ ...address, withBranding: true }));
        await Promise.all(clients.map((id) => aws.hasBranding(address, id)));
        assert.equal(throttled(), 0);
        assert.equal(emulator.callsTo("DescribeManagedLoginBrandingByClient").length, 10);
    });

    it("let an update have its turn before the read, and hold it back no more then", async () => {
        const [address] = domains(1);
        assert.ok(address);
        await aws.acquireUpdate(address);
        let waiting = true;
        const turns = Promise.all(Array.from({ length: 6 }, () => aws.acquireUpdate(address)));
        void turns.then(() => {
            waiting = false;
        });
        await aws.updateDomain(address, { certificateArn: emulator.domainOf(address.domain)?.certificateArn });
        assert.ok(waiting);
        await turns;
    });

    it("are as many times as large as a test says", async () => {
        await withEnvironment({ PULUMI_COGNITO_DOMAIN_SETTINGS_QUOTA_FACTOR: "10" }, () => {
            const calls = new Aws(emulator.clientConfig(REGION));
            return Promise.all(domains(30).map((it) => calls.describeDomain(it)));
        });
        assert.ok(throttled() > 0);
    });
});
