import assert from "node:assert/strict";
import { AwsError, type DomainSettings, type Emulator } from "../../emulator";
import { inEmulatedAws } from "../../support/emulatedAws";
import { at, Stack } from "../../support/stack";

const DOMAIN = "auth.example.com";

describe("what others change while an update runs survives", () => {
    let aws: Emulator;
    let named: { userPoolId: string; domain: string };

    inEmulatedAws(
        (it) => {
            aws = it;
        },
        { settleAfterDescribes: 1 },
    );
    beforeEach(() => {
        aws.reset();
        const userPoolId = aws.userPool({ region: "us-west-2", replicas: [{ region: "us-east-2" }] });
        aws.domain({ userPoolId, domain: DOMAIN, managedLoginVersion: 1, securityPolicy: "TLS_V1_2_2021" });
        named = { userPoolId, domain: DOMAIN };
    });

    const inForce = (): DomainSettings => {
        const { managedLoginVersion, certificateArn, securityPolicy } = aws.domainOf(DOMAIN) ?? {};
        return { managedLoginVersion, certificateArn, securityPolicy };
    };
    const newCertificate = () => aws.certificate({ domainName: DOMAIN });
    /** A colleague changes the domain in the console, which waits for an update on its way. */
    const colleague = (patch: DomainSettings) => {
        const { pending } = aws.domainOf(DOMAIN) ?? {};
        aws.patchDomain(DOMAIN, { ...pending?.next, ...patch, status: "ACTIVE" });
    };

    it("another stack's whole update, while ours is throttled", async () => {
        const certificateArn = newCertificate();
        const other = new Stack(aws, "other");
        at(aws, "UpdateUserPoolDomain", 0, async () => {
            assert.ifError(await other.up({ ...named, customDomainConfig: { certificateArn } }));
            throw new AwsError("TooManyRequestsException", "Rate exceeded");
        });
        assert.ifError(await new Stack(aws).up({ ...named, managedLoginVersion: 2 }));
        assert.deepEqual(inForce(), { managedLoginVersion: 2, certificateArn, securityPolicy: "TLS_V1_2_2021" });
    });

    it("a certificate that is changed while ours waits for its turn under the quotas", async () => {
        const certificateArn = newCertificate();
        const ours = new Stack(aws, "ours", () => colleague({ certificateArn }));
        assert.ifError(await ours.up({ ...named, managedLoginVersion: 2 }));
        assert.deepEqual(inForce(), { managedLoginVersion: 2, certificateArn, securityPolicy: "TLS_V1_2_2021" });
    });

    it("all of it, once the engine is gone: nothing is sent any more", async () => {
        const command: { diedAt?: number } = {};
        at(aws, "UpdateUserPoolDomain", 0, () => {
            command.diedAt = 1;
            throw new AwsError("TooManyRequestsException", "Rate exceeded");
        });
        const ours = new Stack(aws);
        const error = await ours.up({ ...named, managedLoginVersion: 2 }, command);
        assert.match(error?.message ?? "", /the Pulumi engine is gone, nothing was written/);
        assert.equal(inForce().managedLoginVersion, 1);
        assert.equal(aws.callsTo("UpdateUserPoolDomain").length, 1);
    });

    describe("a rollback", () => {
        /** Ours ends in FAILED, and while the rollback waits for its turn, the colleague has been there. */
        async function rollBackAfter(patch: DomainSettings, args: object = { managedLoginVersion: 2 }) {
            aws.behaviour.outcome = "failed";
            let turns = 0;
            const ours = new Stack(aws, "ours", () => {
                if (++turns === 2) {
                    aws.behaviour.outcome = "active";
                    colleague(patch);
                }
            });
            const error = await ours.up({ ...named, ...args, onFailure: "rollback" });
            assert.equal(turns, 2);
            return { ours, message: error?.message ?? "" };
        }

        it("leaves what they have changed, and says what is in force", async () => {
            const certificateArn = newCertificate();
            const { ours, message } = await rollBackAfter({ certificateArn, managedLoginVersion: 2 });
            assert.deepEqual(inForce(), { managedLoginVersion: 1, certificateArn, securityPolicy: "TLS_V1_2_2021" });
            assert.match(message, /left as somebody else has changed it: certificate/);
            assert.doesNotMatch(message, /the domain is as before/);
            assert.equal(
                (ours.outputs.customDomainConfig as { certificateArn: string }).certificateArn,
                certificateArn,
            );
        });

        it("leaves a managed setting that has neither the old value nor ours", async () => {
            const [mine, theirs] = [newCertificate(), newCertificate()];
            const { message } = await rollBackAfter(
                { certificateArn: theirs },
                { customDomainConfig: { certificateArn: mine } },
            );
            assert.equal(inForce().certificateArn, theirs);
            assert.equal(aws.callsTo("UpdateUserPoolDomain").length, 1);
            assert.match(message, new RegExp(`${theirs}`));
        });
    });
});
