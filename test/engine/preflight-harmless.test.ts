import assert from "node:assert/strict";
import { DEFAULT_ACCOUNT } from "../emulator";
import { days } from "../support/certificates";
import type { Run } from "./support/cli";
import { assertSays, assertSaysNot, updatedIn, updates, warningsOf } from "./support/expect";
import { type Declared, outputOf, poolOf } from "./support/program";
import { failed, succeeded } from "./support/project";
import { auth, domainOf, REGION, type Stage, stages } from "./support/stage";

describe("preflight: what must not fail a first preview:", () => {
    const open = stages();
    let stage: Stage;
    let preview: Run;
    /** The calls of that preview, each as JSON. */
    let asked: string[];
    let afterUp: Run;
    let certificates: Record<"attached" | "next" | "pending", string>;

    before(async () => {
        stage = await open();
        const { aws, project, domain, userPoolId } = stage;
        certificates = {
            attached: aws.certificate({ domainName: "*.example.com" }),
            next: aws.certificate({ domainName: "*.example.com", notAfter: "2027-03-01T00:00:00Z" }),
            pending: aws.certificate({ domainName: "*.example.com", status: "PENDING_VALIDATION" }),
        };
        const { attached: certificateArn, next, pending } = certificates;
        const version2 = (name: string, args: Declared["args"] = {}): Declared => ({
            name,
            args: {
                ...domain({ certificateArn, securityPolicy: "TLS_V1_2_2021" }, domainOf(name)),
                managedLoginVersion: 2,
                ...args,
            },
        });
        const pool = aws.userPool({ region: REGION });
        aws.domain({ userPoolId: pool, domain: domainOf("chained"), managedLoginVersion: 1 });
        aws.domain({ userPoolId: pool, domain: "my-prefix", managedLoginVersion: 1 });
        const unknown = version2("unknown");
        const resources = [
            { name: "pool", makes: userPoolId },
            { name: "domain", makes: domainOf("unknown") },
            { name: "certificate", makes: next },
            { name: "account", makes: DEFAULT_ACCOUNT },
            {
                ...unknown,
                args: {
                    ...unknown.args,
                    userPoolId: outputOf("pool"),
                    domain: outputOf("domain"),
                    customDomainConfig: { certificateArn: outputOf("certificate") },
                },
            },
            version2("identity", { aws: { allowedAccountIds: [outputOf("account")] } }),
            version2("pending", { customDomainConfig: { certificateArn: pending } }),
            version2("planned", { onDrift: "correct", customDomainConfig: { certificateArn: next } }),
            { name: "chained", args: { userPoolId: pool, domain: domainOf("chained"), managedLoginVersion: 2 } },
            { name: "second", args: { userPoolId: poolOf("chained"), domain: "my-prefix", managedLoginVersion: 2 } },
        ];
        const absent = {
            name: "absent",
            args: { userPoolId, domain: domainOf("absent"), customDomainConfig: { certificateArn: pending } },
            opts: { dependsOn: "domain" },
        };
        const named = domain({}, domainOf("twice"));
        const twice = [1, 2].map((managedLoginVersion) => ({
            name: `wants-${managedLoginVersion}`,
            args: { ...named, managedLoginVersion },
        }));
        await project.declare(...resources, absent, ...twice);
        preview = succeeded(await project.preview());
        asked = aws.calls.map(({ input }) => JSON.stringify(input));

        await project.declare(...resources);
        // It stops at the certificate that is pending.
        failed(await project.up("--continue-on-error"));
        afterUp = succeeded(await project.preview());
        aws.patchCertificate(pending, { status: "ISSUED" });
        succeeded(await project.up());
    });

    const versionOf = (name: string) => stage.aws.domainOf(domainOf(name))?.managedLoginVersion;
    const isAskedAbout = (name: string) => asked.some((input) => input.includes(domainOf(name)));

    it("pool, domain, certificate and settings in one program", () => {
        assertSays(
            preview,
            "unknown: not known yet, so checked by the update: userPoolId, domain, customDomainConfig.certificateArn",
        );
        assert.deepEqual([isAskedAbout("unknown"), isAskedAbout("planned")], [false, true]);
        assert.equal(versionOf("unknown"), 2);
    });

    it("a domain that does not exist yet, though its name is known, if dependsOn says who may create it", () => {
        assertSays(warningsOf(preview, domainOf("absent")), "[domain-not-found]", "[certificate-pending-validation]");
    });

    it("an earlier `up` that stopped while the certificate was pending", () => {
        assertSays(warningsOf(afterUp, domainOf("pending")), "[certificate-pending-validation]");
        assert.equal(stage.aws.domainOf(domainOf("pending"))?.certificateArn, certificates.pending);
    });

    it("settings whose arguments come from the outputs of others: neither waits for the other for ever", () => {
        assertSays(preview, `${domainOf("chained")}: managed login 1 -> 2`, "my-prefix: managed login 1 -> 2");
    });

    it("an identity that is not wholly known: AWS is not asked, and the update asks", () => {
        assertSays(
            preview,
            `${domainOf("identity")}: not known yet, so checked by the update: aws.allowedAccountIds[0]`,
        );
        assert.ok(!isAskedAbout("identity"));
        assert.equal(versionOf("identity"), 2);
    });

    it("two resources on one domain: both are named", () => {
        assertSays(
            preview,
            /2 resources in this program manage .* with conflicting values: managed login 1 \(wants-1\), managed login 2 \(wants-2\)\..*\[domain-managed-twice\]/,
        );
    });

    it("the plan says what changes in AWS, for a first adoption too, and nothing where nothing does", () => {
        const [old, next] = [certificates.attached, certificates.next].map((arn) => `.../${arn.split("/")[1]}`);
        assertSays(
            preview,
            `${domainOf("planned")}: managed login 1 -> 2; certificate ${old} -> ${next} (valid until 2027-03-01); kept: TLS policy TLS_V1_2_2021`,
        );
        assertSays(afterUp, `${domainOf("pending")}: managed login 1 -> 2`);
        assertSaysNot(afterUp, `${domainOf("planned")}: managed login`);
    });
});

describe("preflight: what must not fail the preview of a change:", () => {
    const open = stages();
    let stage: Stage;
    let first: Run;
    let toVersion1: Run;
    let second: string;

    before(async () => {
        stage = await open({ certificateInForce: "trusted" });
        const { aws, project, domain } = stage;
        const certificate = () => aws.certificate({ domainName: "*.example.com" });
        const [old, attached] = [certificate(), certificate()];
        second = certificate();
        const bad = aws.certificate({ domainName: "www.example.org" });
        const [rotated, unrelated, whole, part] = ["rotated", "unrelated", "whole", "part"].map((name) =>
            domain({ certificateArn: name === "rotated" ? old : attached, managedLoginVersion: 2 }, domainOf(name)),
        );
        const ignoring = (name: string, named: object | undefined, certificateArn: string, ignored: string) => ({
            name,
            args: { ...named, customDomainConfig: { certificateArn } },
            opts: { ignoreChanges: [ignored] },
        });
        const declare = (made: string, ignored: string, changes: Declared["args"]) =>
            project.declare(
                { name: "certificate", makes: made },
                {
                    name: "rotated",
                    args: { ...rotated, customDomainConfig: { certificateArn: outputOf("certificate") } },
                },
                {
                    name: "unrelated",
                    args: {
                        ...unrelated,
                        managedLoginVersion: 2,
                        customDomainConfig: { certificateArn: attached },
                        ...changes,
                    },
                },
                ignoring("whole", whole, ignored, "customDomainConfig"),
                ignoring("part", part, ignored, "customDomainConfig.certificateArn"),
            );
        await declare(old, attached, {});
        succeeded(await project.up());
        aws.patchCertificate(old, { status: "EXPIRED", notAfter: days(-1) });
        aws.patchCertificate(attached, { notBefore: days(-195), notAfter: days(3) });
        await declare(second, bad, { waitTimeoutSeconds: 100 });
        first = succeeded(await project.preview());
        aws.patchCertificate(attached, { status: "EXPIRED", notAfter: days(-1) });
        await declare(second, bad, { managedLoginVersion: 1 });
        toVersion1 = succeeded(await project.preview());
        aws.calls = [];
        succeeded(await project.up());
    });

    it("a rotation to a certificate that the same program makes", () => {
        assertSays(first, `${domainOf("rotated")}: not known yet: customDomainConfig.certificateArn`);
        // The certificate alone is replaced.
        assertSays(first, "+-1 to replace");
        assert.ok(updatedIn(first).includes("rotated"));
        assert.equal(stage.aws.domainOf(domainOf("rotated"))?.certificateArn, second);
    });

    it("an unrelated change, and a change back to version 1, while the attached certificate is about to end", () => {
        assertSays(warningsOf(first, domainOf("unrelated")), "[certificate-expires-soon]");
        assertSays(warningsOf(toVersion1, domainOf("unrelated")), "[certificate-expired]");
        assertSays(toVersion1, `${domainOf("unrelated")}: managed login 2 -> 1`);
        assert.equal(stage.aws.domainOf(domainOf("unrelated"))?.managedLoginVersion, 1);
    });

    it("a bad certificate under ignoreChanges", () => {
        assertSaysNot(first, "[certificate-name-mismatch]");
        assertSaysNot(toVersion1, "[certificate-name-mismatch]");
        assert.deepEqual([...updates(stage.aws, domainOf("whole")), ...updates(stage.aws, domainOf("part"))], []);
    });
});

describe("preflight: what must not fail a preview", () => {
    const open = stages();

    it("a secret argument is not copied into what the preview says", async () => {
        const { aws, project, domain } = await open();
        const named = domain();
        const certificateArn = aws.certificate({ domainName: "www.example.org" });
        await project.declare(
            auth({ ...named, preflight: "warn", customDomainConfig: { $secret: { certificateArn } } }),
        );
        const preview = succeeded(await project.preview());
        assertSays(preview, "[certificate-name-mismatch]");
        assertSaysNot(preview, certificateArn, certificateArn.split("/")[1] as string);
        await project.declare(auth({ ...named, customDomainConfig: { $secret: { certificateArn: "not-an-arn" } } }));
        const refused = failed(await project.preview());
        assertSaysNot(refused, "not-an-arn");
        assertSays(refused, "customDomainConfig cannot be used; its value is secret and not shown");
        const missing = certificateArn.replace(/.{12}$/, "000000000000");
        await project.declare(auth({ ...named, customDomainConfig: { $secret: { certificateArn: missing } } }));
        const update = failed(await project.up());
        assertSaysNot(update, missing, "000000000000");
        assertSays(update, "there is no certificate [secret]", "[certificate-not-found]");
    });
});
