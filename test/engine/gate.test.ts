import assert from "node:assert/strict";
import type { CertificateScene } from "../emulator";
import { days } from "../support/certificates";
import type { Run } from "./support/cli";
import {
    assertSays,
    assertSaysNot,
    assertTidy,
    diagnosticsOf,
    stackDiagnosticsOf,
    timesSaid,
    updates,
} from "./support/expect";
import { failed } from "./support/project";
import { auth, DOMAIN, type Stage, stages } from "./support/stage";

const day = (date: Date) => date.toISOString().slice(0, 10);

/** A certificate that is not fit for the domain, and what the refusal has to say: code, value seen, remedy. */
interface Unfit {
    code: string;
    scene: (domain: string) => CertificateScene;
    seen: (domain: string) => (string | RegExp)[];
    remedy: string | RegExp;
}

const UNFIT: Record<string, Unfit> = {
    expired: {
        code: "certificate-expired",
        scene: (domainName) => ({ domainName, status: "EXPIRED", notAfter: days(-3) }),
        seen: () => [`status EXPIRED since ${day(days(-3))}`],
        remedy: "Request or import a new one in us-east-1",
    },
    pending: {
        code: "certificate-pending-validation",
        scene: (domainName) => ({ domainName, status: "PENDING_VALIDATION" }),
        seen: () => ["status PENDING_VALIDATION"],
        remedy: "Create its validation records in DNS",
    },
    revoked: {
        code: "certificate-not-issued",
        scene: (domainName) => ({ domainName, status: "REVOKED" }),
        seen: () => ["status REVOKED"],
        remedy: "Request or import a new one in us-east-1",
    },
    failed: {
        code: "certificate-not-issued",
        scene: (domainName) => ({ domainName, status: "FAILED", failureReason: "CAA_ERROR" }),
        seen: () => ["status FAILED", "CAA_ERROR"],
        remedy: "Request or import a new one in us-east-1",
    },
    "other-name": {
        code: "certificate-name-mismatch",
        scene: () => ({ domainName: "www.example.org" }),
        seen: (domain) => [`does not cover ${domain}`, "it is for www.example.org"],
        remedy: /Give one with the name other-name\.example\.com or \*\.example\.com/,
    },
    "wildcard.too.deep": {
        code: "certificate-name-mismatch",
        scene: () => ({ domainName: "*.example.com" }),
        seen: () => ["*.example.com stands for exactly one label"],
        remedy: "*.too.deep.example.com",
    },
    "p-384": {
        code: "certificate-key-unusable",
        scene: (domainName) => ({ domainName, keyAlgorithm: "EC-secp384r1" }),
        seen: () => ["EC-secp384r1"],
        remedy: "Give a certificate with an RSA 2048 or ECDSA P-256",
    },
    "not-yet": {
        code: "certificate-not-yet-valid",
        scene: (domainName) => ({ domainName, notBefore: days(2) }),
        seen: () => [`is not valid before ${day(days(2))}`],
        remedy: "Wait until then",
    },
    "ends-soon": {
        code: "certificate-expires-soon",
        scene: (domainName) => ({ domainName, notAfter: days(5.5) }),
        seen: () => ["in 5 days", "minimumCertificateValidityDays asks for 14"],
        remedy: "Give one that is valid for longer",
    },
    "other-account": {
        code: "certificate-other-account",
        scene: (domainName) => ({ domainName, account: "210987654321" }),
        seen: () => ["account 210987654321", "account 123456789012"],
        remedy: "Request or import it in account 123456789012",
    },
};

describe("the gate before an update: an unfit certificate", () => {
    const open = stages();
    let stage: Stage;
    let up: Run;

    before(async () => {
        stage = await open();
        const { aws, project, domain } = stage;
        const absent = aws.certificate({ domainName: "absent.example.com" });
        aws.removeCertificate(absent);
        const arns = Object.entries(UNFIT).map(
            ([name, { scene }]) => [name, aws.certificate(scene(`${name}.example.com`))] as const,
        );
        await project.declare(
            ...[...arns, ["absent", absent] as const].map(([name, certificateArn]) => ({
                name,
                args: {
                    ...domain({ version: 1 }, `${name}.example.com`),
                    managedLoginVersion: 2,
                    customDomainConfig: { certificateArn },
                },
            })),
            {
                name: "fit",
                args: {
                    ...domain({ version: 1 }, "fit.example.com"),
                    customDomainConfig: {
                        certificateArn: aws.certificate({
                            domainName: "example.com",
                            subjectAlternativeNames: ["example.com", "*.example.com"],
                            keyAlgorithm: "EC-prime256v1",
                        }),
                    },
                },
            },
        );
        up = failed(await project.up("--continue-on-error"));
    });

    for (const [name, { code, seen, remedy }] of Object.entries(UNFIT)) {
        it(`is refused: ${name}`, () => {
            const domain = `${name}.example.com`;
            const refusal = diagnosticsOf(up, name);
            assertTidy(refusal);
            assertSays(
                refusal,
                `error: ${domain}: the update was refused before anything was written.`,
                "customDomainConfig.certificateArn: ",
                `[${code}]`,
                ...seen(domain),
                remedy,
            );
        });
    }

    it("is refused: absent", () => {
        assertSays(diagnosticsOf(up, "absent"), "[certificate-not-found]", "there is no certificate arn:aws:acm:");
    });

    it("keeps everything from being written for its own domain, and nothing for others", () => {
        assert.deepEqual(
            updates(stage.aws).map(({ Domain }) => Domain),
            ["fit.example.com"],
        );
    });

    it("leaves no resource behind in the state, since nothing was adopted", async () => {
        assert.ok(await stage.project.state("fit"));
        assert.equal(await stage.project.state("expired"), undefined);
    });
});

describe("the gate before an update: the certificate already attached", () => {
    const open = stages();

    for (const certificateInForce of ["trusted", "checked"] as const) {
        it(`does not block a version change when it has expired; AWS decides: ${certificateInForce}`, async () => {
            const { aws, project, domain } = await open({ certificateInForce });
            const certificateArn = aws.certificate({ domainName: DOMAIN, status: "EXPIRED", notAfter: days(-3) });
            // Cognito refuses one that was issued minutes ago, too, and is then asked again.
            Object.assign(aws.state.certificates.get(certificateArn) ?? {}, { createdAt: days(-300) });
            const named = domain({ version: 2, certificateArn });
            await project.declare(auth({ ...named, managedLoginVersion: 1, customDomainConfig: { certificateArn } }));
            const up = await project.up();
            assert.equal(updates(aws).length, 1, up.text);
            assert.equal(up.code === 0, certificateInForce === "trusted", up.text);
            assertSays(up, /warning: .*\[certificate-expired\]/);
            assertSaysNot(up, "refused before anything was written");
            assert.equal(timesSaid(stackDiagnosticsOf(up), "[certificate-expired]"), 1);
            assertTidy(up);
        });
    }
});

describe("the gate before an update: what it may not ask", () => {
    const open = stages();

    it("puts no certificate on a domain unchecked, and asks ACM for nothing else", async () => {
        const { aws, project, domain } = await open({ accessDenied: ["acm:DescribeCertificate"] });
        const certificateArn = aws.certificate({ domainName: DOMAIN });
        await project.declare(auth({ ...domain({ version: 1 }), customDomainConfig: { certificateArn } }), {
            name: "version",
            args: { ...domain({ version: 1 }, "version.example.com"), managedLoginVersion: 2 },
        });
        const up = failed(await project.up("--continue-on-error"));
        const refusal = diagnosticsOf(up, "auth");
        assertSays(refusal, "[certificate-unseen]", "acm:DescribeCertificate", `allow it on ${certificateArn}`);
        assertTidy(refusal);
        assert.deepEqual(
            updates(aws).map(({ Domain }) => Domain),
            ["version.example.com"],
        );
        const { outputs } = (await project.state("version")) ?? {};
        assert.equal(outputs?.managedLoginVersion, 2);
        assert.equal(outputs?.certificateExpiry, undefined);
    });

    it("refuses, before it writes, where Cognito may not be asked", async () => {
        const { aws, project, domain } = await open({ accessDenied: ["cognito-idp:DescribeUserPoolDomain"] });
        await project.declare(auth({ ...domain({ version: 1 }), managedLoginVersion: 2 }));
        const up = failed(await project.up());
        assertSays(up, "[domain-unseen]", "cognito-idp:DescribeUserPoolDomain", "allow it on *");
        assertTidy(up);
        assert.deepEqual(updates(aws), []);
    });

    it("refuses a domain that is not there, and one of another pool", async () => {
        const { aws, project, domain, userPoolId } = await open();
        domain({ version: 1 }, "theirs.example.com");
        const pool = aws.userPool({ region: "us-west-2" });
        await project.declare(
            { name: "gone", args: { userPoolId, domain: "gone.example.com", managedLoginVersion: 2 } },
            { name: "theirs", args: { userPoolId: pool, domain: "theirs.example.com", managedLoginVersion: 2 } },
        );
        const up = failed(await project.up("--continue-on-error"));
        const [gone, theirs] = ["gone", "theirs"].map((name) => diagnosticsOf(up, name)) as [Run, Run];
        assertSays(gone, "[domain-not-found]", `the user pool ${userPoolId} has no domain gone.example.com`);
        assertSays(theirs, "[domain-other-pool]", `belongs to the user pool ${userPoolId}, not to ${pool}`);
        assertTidy(gone);
        assertTidy(theirs);
        assert.deepEqual(updates(aws), []);
    });
});
