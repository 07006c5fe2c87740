import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Aws } from "../../../provider/aws/awsCalls";
import { DomainSettingsProvider } from "../../../provider/plugin/domainSettingsProvider";
import { type Emulator, startEmulator } from "../../emulator/index";

const FOLDER = join(__dirname, "../../fixtures/state");
const DOMAIN = "auth.example.com";
const USER_POOL_ID = "us-west-2_AbCdEfGhI";
const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/";
const [OLD, NEW] = ["11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"].map(
    (id) => CERTIFICATE + id,
) as [string, string];
const FAILOVER = { secondaryRegion: "us-east-2", primaryRoute53HealthCheckId: "11111111-2222-3333-4444-555555555555" };

interface Fixture {
    id: string;
    /** As check returned them. */
    inputs: Record<string, unknown>;
    /** As create returned them, and so as the state holds them. */
    outputs: Record<string, unknown>;
}

/** States that released versions have written: one file a version, never changed. */
for (const file of readdirSync(FOLDER)) {
    describe(`the state that ${file.replace(".json", "")} wrote`, () => {
        let emulator: Emulator;
        let state: Fixture;
        let provider: DomainSettingsProvider;

        beforeEach(async () => {
            state = JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
            emulator = await startEmulator({ behaviour: { settleAfterDescribes: 0 } });
            const made = emulator.userPool({ region: "us-west-2", replicas: [{ region: "us-east-2" }] });
            const pool = emulator.state.pools.get(made);
            assert.ok(pool);
            pool.id = USER_POOL_ID;
            emulator.state.pools.set(USER_POOL_ID, pool);
            for (const arn of [OLD, NEW]) {
                const certificate = emulator.state.certificates.get(emulator.certificate({ domainName: DOMAIN }));
                assert.ok(certificate);
                certificate.arn = arn;
                emulator.state.certificates.set(arn, certificate);
            }
            emulator.domain({
                userPoolId: USER_POOL_ID,
                domain: DOMAIN,
                managedLoginVersion: 2,
                certificateArn: NEW,
                securityPolicy: "TLS_V1_2_2021",
                routing: { failover: FAILOVER },
            });
            provider = new DomainSettingsProvider({
                engine: {
                    warn: () => {},
                    info: () => {},
                    status: () => {},
                    alive: async () => true,
                    runsProgram: async () => false,
                },
                connect: async () => new Aws(emulator.clientConfig("us-west-2")),
            });
        });

        afterEach(() => emulator.close());

        it("needs no update", async () => {
            assert.deepEqual(await provider.diff(state.id, state.outputs, state.inputs), {
                changes: false,
                replaces: [],
            });
        });

        it("is seen to differ where the program does", async () => {
            const { changes } = await provider.diff(state.id, state.outputs, {
                ...state.inputs,
                managedLoginVersion: 1,
            });
            assert.equal(changes, true);
        });

        it("is refreshed, and finds no drift where there is none", async () => {
            const { id, props, inputs } = await provider.read(state.id, state.outputs);
            assert.equal(id, state.id);
            assert.deepEqual(inputs, state.inputs);
            const { managedLoginVersion, customDomainConfig, routing, status } = props;
            assert.deepEqual(
                { managedLoginVersion, customDomainConfig, routing, status },
                {
                    managedLoginVersion: 2,
                    customDomainConfig: { certificateArn: NEW, securityPolicy: "TLS_V1_2_2021" },
                    routing: { failover: FAILOVER },
                    status: "ACTIVE",
                },
            );
        });

        it("is updated", async () => {
            const news = { ...state.inputs, managedLoginVersion: 1 };
            const { outs } = await provider.update(state.id, state.outputs, news);
            assert.equal(outs?.managedLoginVersion, 1);
            assert.equal(emulator.domainOf(DOMAIN)?.managedLoginVersion, 1);
            assert.equal(emulator.domainOf(DOMAIN)?.certificateArn, NEW);
        });

        it("is deleted, and what adoption found is put back", async () => {
            await provider.delete(state.id, state.outputs);
            const { managedLoginVersion, certificateArn, securityPolicy, routing } = emulator.domainOf(DOMAIN) ?? {};
            assert.deepEqual(
                { managedLoginVersion, certificateArn, securityPolicy, routing },
                {
                    managedLoginVersion: 1,
                    certificateArn: OLD,
                    securityPolicy: "TLS_V1_2_2021",
                    routing: { failover: FAILOVER },
                },
            );
        });
    });
}
