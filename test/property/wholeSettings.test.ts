import assert from "node:assert/strict";
import * as fc from "fast-check";
import { Aws } from "../../provider/aws/awsCalls";
import { defined } from "../../provider/model/objects";
import { reconcile } from "../../provider/reconcile/reconcile";
import type { DomainSettings, Emulator } from "../emulator";
import type { FAILOVER } from "../support/domains";
import { inEmulatedAws } from "../support/emulatedAws";
import { recordingEngine, updateFor } from "../support/operation";

const DOMAIN = "auth.example.com";
const PREFIX = "my-prefix";
const REGIONS = ["us-east-2", "eu-west-1"];

/** Desired or observed settings, with certificates by number. */
interface Choice {
    version?: number;
    certificate?: number;
    policy?: string;
    failover?: typeof FAILOVER;
}

const inAws = ({ secondaryRegion, primaryRoute53HealthCheckId }: typeof FAILOVER) => ({
    SecondaryRegion: secondaryRegion,
    PrimaryRoute53HealthCheckId: primaryRoute53HealthCheckId,
});
const version = fc.constantFrom(1, 2);
const policy = fc.constantFrom("TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025");
const certificate = fc.nat({ max: 2 });
const failover = fc.record(
    {
        secondaryRegion: fc.constantFrom(...REGIONS),
        primaryRoute53HealthCheckId: fc.constantFrom("health-1", "health-2"),
    },
    { noNullPrototype: true },
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const modes = {
    omittedSettings: fc.constantFrom("reset" as const, "keep" as const),
    whileUpdating: fc.constantFrom("old" as const, "new" as const),
    unsetVersion: fc.constantFrom("absent" as const, "one" as const),
};

const customCase = fc.record({
    ...modes,
    observed: fc.record({ version: maybe(version), certificate, policy, failover: maybe(failover) }),
    desired: fc.record({ version, certificate, policy, failover }, { requiredKeys: [] }),
});
const prefixCase = fc.record({
    ...modes,
    observed: fc.record({ version: maybe(version), failover: maybe(failover) }),
    desired: fc.record({ version, failover }, { requiredKeys: [] }),
});

describe("an update, whatever is observed and desired", () => {
    let emulator: Emulator;
    let aws: Aws;

    inEmulatedAws(
        (it) => {
            emulator = it;
            aws = new Aws();
        },
        { settleAfterDescribes: 0 },
    );

    /** The rules for the complete settings, in AWS's own words: desired over observed, and no TLS_V1 with version 2. */
    function expectedRequest(observed: Choice, desired: Choice, arns: string[]) {
        const managedLoginVersion = desired.version ?? observed.version ?? 1;
        const arn = arns[desired.certificate ?? observed.certificate ?? -1];
        const policyNow = observed.policy === "TLS_V1" && managedLoginVersion === 2 ? "TLS_V1_2_2021" : observed.policy;
        const route = desired.failover ?? observed.failover;
        return {
            ManagedLoginVersion: managedLoginVersion,
            ...(arn
                ? { CustomDomainConfig: { CertificateArn: arn, SecurityPolicy: desired.policy ?? policyNow } }
                : {}),
            ...(route ? { Routing: { Failover: inAws(route) } } : {}),
        };
    }

    async function holds(domain: string, observed: Choice, desired: Choice, behaviour: object): Promise<void> {
        emulator.reset();
        Object.assign(emulator.behaviour, behaviour);
        const replicas = REGIONS.map((region) => ({ region }));
        const userPoolId = emulator.userPool({ region: "us-west-2", replicas });
        const arns = domain === DOMAIN ? [0, 1, 2].map(() => emulator.certificate({ domainName: DOMAIN })) : [];
        const arnOf = (index: number | undefined) => (index === undefined ? undefined : arns[index]);
        const settings: DomainSettings = {
            managedLoginVersion: observed.version,
            certificateArn: arnOf(observed.certificate),
            securityPolicy: observed.policy,
            routing: observed.failover && { failover: observed.failover },
        };
        emulator.domain({ userPoolId, domain, ...settings });
        const address = { userPoolId, domain, region: "us-west-2" };
        const update = updateFor(
            address,
            defined({
                managedLoginVersion: desired.version,
                certificateArn: arnOf(desired.certificate),
                securityPolicy: desired.policy,
                failover: desired.failover,
            }),
        );
        const context = { aws, engine: recordingEngine(), now: () => new Date() };
        const { problem, settings: current } = await reconcile(update, context);
        assert.equal(problem, undefined);

        const expected = expectedRequest(observed, desired, arns);
        const nothing = Object.keys(update.request.desired).length === 0;
        const before = expectedRequest(observed, {}, arns);
        // Nothing desired, nothing raised.
        if (before.CustomDomainConfig) {
            before.CustomDomainConfig.SecurityPolicy = observed.policy;
        }
        const same = JSON.stringify(before) === JSON.stringify(expected);
        const sent = emulator.callsTo("UpdateUserPoolDomain").map(({ input }) => input);
        assert.deepEqual(sent, nothing || same ? [] : [{ Domain: domain, UserPoolId: userPoolId, ...expected }]);

        const after = emulator.domainOf(domain);
        const whole = nothing ? before : expected;
        assert.equal(after?.status, "ACTIVE");
        assert.equal(after?.managedLoginVersion ?? 1, whole.ManagedLoginVersion);
        assert.equal(after?.certificateArn, whole.CustomDomainConfig?.CertificateArn);
        assert.equal(after?.securityPolicy, whole.CustomDomainConfig?.SecurityPolicy);
        assert.deepEqual(after?.routing?.failover, desired.failover ?? observed.failover);
        const { certificateArn, securityPolicy } = after ?? {};
        const managedLoginVersion = whole.ManagedLoginVersion;
        const known = { managedLoginVersion, certificateArn, securityPolicy, failover: after?.routing?.failover };
        assert.deepEqual(current, defined(known));

        emulator.calls = [];
        await reconcile(update, context);
        assert.deepEqual(emulator.callsTo("UpdateUserPoolDomain"), []);
    }

    it("sends the observed settings overlaid by the desired ones, once", async () => {
        const custom = fc.asyncProperty(customCase, async ({ observed, desired, ...behaviour }) => {
            // AWS never has version 2 with TLS_V1, and `check` refuses to ask for it.
            fc.pre(!(observed.policy === "TLS_V1" && observed.version === 2));
            fc.pre(!(desired.policy === "TLS_V1" && (desired.version ?? observed.version) === 2));
            await holds(DOMAIN, observed, desired, behaviour);
        });
        const prefix = fc.asyncProperty(prefixCase, ({ observed, desired, ...behaviour }) =>
            holds(PREFIX, observed, desired, behaviour),
        );
        await fc.assert(custom, { numRuns: 100 });
        await fc.assert(prefix, { numRuns: 50 });
    }).timeout(60_000);
});
