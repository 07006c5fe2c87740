import assert from "node:assert/strict";
import { failureOf } from "../../support/failure";
import { DOMAIN, reconcileScene } from "../../support/reconcileScene";

const DAY_MS = 86_400_000;

describe("gate", () => {
    const scene = reconcileScene();

    describe("the gate", () => {
        it("refuses an unfit new certificate before anything is written, with everything that is wrong", async () => {
            scene.custom();
            const certificateArn = scene.emulator.certificate({
                domainName: "other.org",
                status: "EXPIRED",
                notAfter: new Date(Date.now() - DAY_MS),
                keyAlgorithm: "EC-secp384r1",
            });
            const error = await failureOf(scene.run({ certificateArn }));
            assert.equal(error.name, "RefusedError");
            assert.deepEqual(
                error.message.split("\n").map((line) => line.replace(/^(.*?):.*(\[.*\])$/, "$1 $2")),
                [
                    "auth.example.com: the update was refused before anything was written.",
                    "  - customDomainConfig.certificateArn [certificate-name-mismatch]",
                    "  - customDomainConfig.certificateArn [certificate-expired]",
                    "  - customDomainConfig.certificateArn [certificate-key-unusable]",
                ],
            );
            assert.deepEqual(scene.updates, []);
        });

        it("never blocks for the certificate that is attached, and says what is wrong with it", async () => {
            scene.emulator.behaviour.certificateInForce = "trusted";
            scene.custom();
            const certificateArn = scene.emulator.domainOf(DOMAIN)?.certificateArn ?? "";
            scene.emulator.patchCertificate(certificateArn, { notAfter: new Date(Date.now() - DAY_MS) });
            const { observed } = await scene.run({ managedLoginVersion: 2, certificateArn });
            assert.equal(observed.managedLoginVersion, 2);
            assert.match(scene.engine.warnings.join(), / ended on .*\[certificate-expired\]/);
        });

        it("refuses a certificate that it may not look at", async () => {
            scene.emulator.behaviour.accessDenied = ["acm:*"];
            scene.custom();
            const certificateArn = scene.emulator.certificate({ domainName: DOMAIN });
            const error = await failureOf(scene.run({ certificateArn }));
            assert.match(error.message, /could not be checked: no permission to call acm:DescribeCertificate/);
            assert.deepEqual(scene.updates, []);
        });

        /** ACM answers so many times that it has no such certificate. */
        function missCertificate(times: number) {
            const action = { exception: "ResourceNotFoundException", message: "Could not find certificate." };
            scene.emulator.behaviour.faults = [{ operation: "DescribeCertificate", times, action }];
        }

        it("looks a few times for a certificate that ACM does not find: it may have been imported just now", async () => {
            scene.custom();
            missCertificate(3);
            const certificateArn = scene.emulator.certificate({ domainName: DOMAIN });
            const { observed } = await scene.run({ certificateArn });
            assert.equal(observed.certificateArn, certificateArn);
        });

        it("refuses one that is still not there then", async () => {
            scene.custom();
            missCertificate(4);
            const certificateArn = scene.emulator.certificate({ domainName: DOMAIN });
            assert.match((await failureOf(scene.run({ certificateArn }))).message, /\[certificate-not-found\]/);
            assert.equal(scene.emulator.callsTo("DescribeCertificate").length, 4);
            assert.deepEqual(scene.updates, []);
        });

        it("goes by the minimum of days that the operation says", async () => {
            scene.custom();
            const certificateArn = scene.emulator.certificate({
                domainName: DOMAIN,
                notAfter: new Date(Date.now() + 20.5 * DAY_MS),
            });
            const error = await failureOf(scene.run({ certificateArn }, { minimumCertificateValidityDays: 21 }));
            assert.match(error.message, /in 20 days; minimumCertificateValidityDays asks for 21/);
            await scene.run({ certificateArn }, { minimumCertificateValidityDays: 20 });
        });

        it("refuses a domain that is not there, of another pool, or unseen", async () => {
            assert.match((await failureOf(scene.run({ managedLoginVersion: 2 }))).message, /\[domain-not-found\]/);
            scene.emulator.domain({
                userPoolId: scene.emulator.userPool({ region: "us-west-2" }),
                domain: DOMAIN,
                status: "UPDATING",
            });
            assert.match((await failureOf(scene.run({ managedLoginVersion: 2 }))).message, /\[domain-other-pool\]/);
            scene.emulator.behaviour.accessDenied = ["cognito-idp:DescribeUserPoolDomain"];
            assert.match((await failureOf(scene.run({ managedLoginVersion: 2 }))).message, /\[domain-unseen\]/);
            assert.deepEqual(scene.updates, []);
        });

        it("refuses even where nothing would be written", async () => {
            assert.match((await failureOf(scene.run({}))).message, /\[domain-not-found\]/);
        });
    });
});
