import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { Aws } from "../../provider/aws/awsCalls";
import { defined } from "../../provider/model/objects";
import type { Settings } from "../../provider/model/settings";
import { reconcile } from "../../provider/reconcile/reconcile";
import type { Emulator } from "../emulator";
import { inEmulatedAws } from "../support/emulatedAws";
import { recordingEngine, updateFor } from "../support/operation";

const DOMAIN = "auth.example.com";
const PREFIX = "my-prefix";
const REGIONS = ["us-east-2", "eu-west-1"];
/** Placeholders: the emulator gives each certificate its ARN. */
const CERTIFICATES = ["first", "second", "third"];

const managedLoginVersion = fc.constantFrom(1, 2);
const certificateArn = fc.constantFrom(...CERTIFICATES);
const securityPolicy = fc.constantFrom("TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025");
const failover = fc
    .tuple(fc.constantFrom(...REGIONS), fc.constantFrom("health-1", "health-2"))
    .map(([secondaryRegion, primaryRoute53HealthCheckId]) => ({ secondaryRegion, primaryRoute53HealthCheckId }));
const modes = fc.record({
    omittedSettings: fc.constantFrom("reset" as const, "keep" as const),
    whileUpdating: fc.constantFrom("old" as const, "new" as const),
    unsetVersion: fc.constantFrom("absent" as const, "one" as const),
});
const ofCustom = { managedLoginVersion, certificateArn, securityPolicy, failover };
const ofPrefix = { managedLoginVersion, failover };
const custom = fc.record(ofCustom, { requiredKeys: ["certificateArn", "securityPolicy"], noNullPrototype: true });
const prefix = fc.record(ofPrefix, { requiredKeys: [], noNullPrototype: true });

/** The rules for the complete settings: desired over observed, and, if anything is desired, no TLS_V1 with version 2. */
function expectedSettings(observed: Settings, desired: Settings): Settings {
    const settings = { managedLoginVersion: 1, ...observed, ...desired };
    const isRaised = settings.managedLoginVersion === 2 && settings.securityPolicy === "TLS_V1";
    return isRaised && Object.keys(desired).length > 0 ? { ...settings, securityPolicy: "TLS_V1_2_2021" } : settings;
}

/** In AWS's own words. */
function requestFor({ managedLoginVersion, certificateArn, securityPolicy, failover }: Settings) {
    const route = failover && {
        SecondaryRegion: failover.secondaryRegion,
        PrimaryRoute53HealthCheckId: failover.primaryRoute53HealthCheckId,
    };
    const config = { CertificateArn: certificateArn, SecurityPolicy: securityPolicy };
    return {
        ManagedLoginVersion: managedLoginVersion,
        ...(certificateArn ? { CustomDomainConfig: config } : {}),
        ...(route ? { Routing: { Failover: route } } : {}),
    };
}

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

    async function holds(domain: string, before: Settings, wanted: Settings, behaviour: object): Promise<void> {
        emulator.reset();
        Object.assign(emulator.behaviour, behaviour);
        const replicas = REGIONS.map((region) => ({ region }));
        const userPoolId = emulator.userPool({ region: "us-west-2", replicas });
        const arns = new Map(CERTIFICATES.map((name) => [name, emulator.certificate({ domainName: DOMAIN })]));
        const [observed, desired] = [before, wanted].map((it) =>
            defined({ ...it, certificateArn: arns.get(it.certificateArn ?? "") }),
        ) as [Settings, Settings];
        emulator.domain({
            userPoolId,
            domain,
            ...observed,
            routing: observed.failover && { failover: observed.failover },
        });
        const update = updateFor({ userPoolId, domain, region: "us-west-2" }, desired);
        const context = { aws, engine: recordingEngine() };
        const { problem, settings } = await reconcile(update, context);
        const expected = expectedSettings(observed, desired);
        assert.deepEqual([problem, settings], [undefined, expected]);

        const request = { Domain: domain, UserPoolId: userPoolId, ...requestFor(expected) };
        const sent = emulator.callsTo("UpdateUserPoolDomain").map(({ input }) => input);
        assert.deepEqual(sent, isDeepStrictEqual(expectedSettings(observed, {}), expected) ? [] : [request]);
        const {
            status,
            managedLoginVersion = 1,
            certificateArn,
            securityPolicy,
            routing,
        } = emulator.domainOf(domain) ?? {};
        const after = { managedLoginVersion, certificateArn, securityPolicy, failover: routing?.failover };
        assert.deepEqual([status, defined(after)], ["ACTIVE", expected]);

        emulator.calls = [];
        await reconcile(update, context);
        assert.deepEqual(emulator.callsTo("UpdateUserPoolDomain"), []);
    }

    it("sends the observed settings overlaid by the desired ones, once", async () => {
        const desired = fc.record(ofCustom, { requiredKeys: [], noNullPrototype: true });
        const ofCustomDomain = fc.asyncProperty(custom, desired, modes, async (observed, desired, behaviour) => {
            // AWS never has version 2 with TLS_V1, and `check` refuses to ask for it.
            fc.pre(!(observed.securityPolicy === "TLS_V1" && observed.managedLoginVersion === 2));
            const version = desired.managedLoginVersion ?? observed.managedLoginVersion;
            fc.pre(!(desired.securityPolicy === "TLS_V1" && version === 2));
            await holds(DOMAIN, observed, desired, behaviour);
        });
        const ofPrefixDomain = fc.asyncProperty(prefix, prefix, modes, (observed, desired, behaviour) =>
            holds(PREFIX, observed, desired, behaviour),
        );
        await fc.assert(ofCustomDomain, { numRuns: 100 });
        await fc.assert(ofPrefixDomain, { numRuns: 50 });
    }).timeout(60_000);
});
