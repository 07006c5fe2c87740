import assert from "node:assert/strict";
import { makeCertificate, startTlsServer } from "../support/tlsServer";
import type { Run } from "./support/cli";
import { assertSays, assertTidy, updates } from "./support/expect";
import { failed, type ResourceState, succeeded } from "./support/project";
import { auth, DOMAIN, domainOf, FAILOVER, type Stage, stages } from "./support/stage";

const PREFIX = "my-product";

describe("adopt, update, refresh and destroy", () => {
    const open = stages();
    let stage: Stage;
    let certificates: { old: string; fresh: string };
    let adoption: Run;
    let updatesOf: Record<"adoption" | "change", ReturnType<typeof updates>>;
    let outputs: Record<string, Record<string, unknown>>;
    let prefix: ResourceState | undefined;
    let desired: ResourceState | undefined;

    before(async () => {
        stage = await open();
        const { aws, project, domain, userPoolId } = stage;
        const [old = "", fresh = ""] = [1, 2].map(() => aws.certificate({ domainName: "*.example.com" }));
        certificates = { old, fresh };
        const whole = domain(
            { certificateArn: old, securityPolicy: "TLS_V1_3_2025", routing: { failover: FAILOVER } },
            domainOf("whole"),
        );
        const named = domain({ certificateArn: old, version: 2, securityPolicy: "TLS_V1_2_2021" }, domainOf("desired"));
        const asDesired = { ...named, managedLoginVersion: 2, customDomainConfig: { certificateArn: old } };
        aws.domain({ userPoolId, domain: domainOf("replica"), region: "us-east-2", version: 2 });
        domain({}, "read-only");
        // A null counts as left out, wherever it stands.
        const nothing = { certificateArn: null, securityPolicy: null };
        const steady = [
            { name: "nothing", args: { ...domain({ routing: { failover: FAILOVER } }, domainOf("nothing")) } },
            {
                name: "raised",
                args: {
                    ...domain({ version: 1, securityPolicy: "TLS_V1" }, domainOf("raised")),
                    managedLoginVersion: 2,
                    customDomainConfig: nothing,
                    routing: null,
                },
            },
            { name: "prefix", args: { ...domain({}, PREFIX), managedLoginVersion: 2, onDelete: "restore" } },
            {
                name: "prefix-with-null",
                args: { ...domain({ version: 1 }, "with-null"), managedLoginVersion: 1, customDomainConfig: nothing },
            },
            { name: "custom", get: `${userPoolId}/${domainOf("nothing")}` },
            { name: "prefix-read", get: `${userPoolId}/read-only` },
            { name: "replica", get: `us-east-2/${userPoolId}/${domainOf("replica")}` },
        ];
        await project.declare(
            ...steady,
            { name: "whole", args: { ...whole, managedLoginVersion: 2 } },
            { name: "desired", args: asDesired },
        );
        adoption = succeeded(await project.up());
        const sent = updates(aws);
        outputs = await project.outputs();
        prefix = await project.state("prefix");

        aws.calls = [];
        await project.declare(
            ...steady,
            {
                name: "whole",
                args: { ...whole, managedLoginVersion: 1, customDomainConfig: { certificateArn: fresh } },
            },
            { name: "desired", args: { ...asDesired, waitTimeoutSeconds: 77, onDelete: "restore" } },
        );
        succeeded(await project.up());
        updatesOf = { adoption: sent, change: updates(aws) };
        desired = await project.state("desired");
        succeeded(await project.refresh("--expect-no-changes"));
        succeeded(await project.destroy());
    });

    it("settings that the program does not name keep their value: each request has them all", () => {
        const request = (version: number, certificateArn: string) => ({
            Domain: domainOf("whole"),
            UserPoolId: stage.userPoolId,
            ManagedLoginVersion: version,
            CustomDomainConfig: { CertificateArn: certificateArn, SecurityPolicy: "TLS_V1_3_2025" },
            Routing: { Failover: { SecondaryRegion: "us-east-2", PrimaryRoute53HealthCheckId: "check-1" } },
        });
        const first = updatesOf.adoption.filter(({ Domain }) => Domain === domainOf("whole"));
        assert.deepEqual(first, [request(2, certificates.old)]);
        assert.deepEqual(updatesOf.change, [request(1, certificates.fresh)]);
        assertTidy(adoption);
    });

    it("nothing is sent if AWS has what the program asks for; all that it has is an output", () => {
        const sentTo = updatesOf.adoption.map(({ Domain }) => Domain);
        assert.deepEqual(sentTo.sort(), [domainOf("raised"), domainOf("whole"), PREFIX].sort());
        assert.deepEqual(outputs.desired?.customDomainConfig, {
            certificateArn: certificates.old,
            securityPolicy: "TLS_V1_2_2021",
        });
        assert.deepEqual(outputs.nothing?.routing, { failover: FAILOVER });
        assert.equal(outputs.desired?.status, "ACTIVE");
        assert.equal(outputs.desired?.baseUrl, `https://${domainOf("desired")}`);
        assert.match(String(outputs.desired?.cloudFrontDomain), /^[a-z0-9]+\.cloudfront\.net$/);
        assert.equal(outputs.desired?.cloudFrontHostedZoneId, "Z2FDTNDATAQYW2");
        assert.match(String(outputs.desired?.certificateExpiry), /^\d{4}-\d\d-\d\dT/);
    });

    it("an argument that says how is in the state at once, though nothing is sent, with the record of before", () => {
        for (const props of [desired?.inputs, desired?.outputs]) {
            assert.deepEqual([props?.waitTimeoutSeconds, props?.onDelete], [77, "restore"]);
        }
        const settings = { managedLoginVersion: 2, certificateArn: certificates.old };
        assert.deepEqual(desired?.outputs.__record, { before: settings, desired: settings, account: "123456789012" });
    });

    it("managed login raises a TLS policy that is too old for it, and the log says so", () => {
        assertSays(adoption, "managed login 1 -> 2; TLS policy TLS_V1 -> TLS_V1_2_2021; active after");
        assert.equal(stage.aws.domainOf(domainOf("raised"))?.securityPolicy, "TLS_V1_2_2021");
    });

    it("a prefix domain has a version, and no distribution to point at; a destroy restores it", () => {
        const update = updatesOf.adoption.find(({ Domain }) => Domain === PREFIX);
        assert.deepEqual(update, { Domain: PREFIX, UserPoolId: stage.userPoolId, ManagedLoginVersion: 2 });
        const { managedLoginVersion, baseUrl, ...others } = prefix?.outputs ?? {};
        assert.equal(managedLoginVersion, 2);
        assert.equal(baseUrl, `https://${PREFIX}.auth.us-west-2.amazoncognito.com`);
        for (const none of ["cloudFrontDomain", "cloudFrontHostedZoneId", "certificateExpiry", "customDomainConfig"]) {
            assert.ok(!(none in others), `${none} is an output`);
        }
        assert.equal(stage.aws.domainOf(PREFIX)?.managedLoginVersion, 1);
    });

    it("`get` reads a custom domain, a prefix and a replica's domain, and manages nothing", () => {
        const { custom, "prefix-read": read, replica } = outputs;
        assert.deepEqual(custom?.routing, { failover: FAILOVER });
        assert.equal(custom?.baseUrl, `https://${domainOf("nothing")}`);
        assert.deepEqual(
            [read?.managedLoginVersion, read?.domain, read?.cloudFrontDomain],
            [1, "read-only", undefined],
        );
        assert.deepEqual([replica?.userPoolId, replica?.status], [stage.userPoolId, "ACTIVE"]);
    });
});

describe('an update with wait "served"', () => {
    const open = stages();

    it("ends when the domain presents the new certificate; the next `up` verifies again, and sends nothing twice", async () => {
        const { aws, project, domain } = await open();
        const [old, fresh] = [await makeCertificate("0a01", DOMAIN), await makeCertificate("0b02", DOMAIN)];
        let oldHandshakes = Number.POSITIVE_INFINITY;
        const server = await startTlsServer(() => (oldHandshakes-- > 0 ? old : fresh));
        // The domain's edge is this server, and its certificates are trusted.
        await project.write("ca.pem", `${old.cert}\n${fresh.cert}\n`);
        project.env.NODE_EXTRA_CA_CERTS = `${project.folder}/ca.pem`;
        project.env.PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO = `::127.0.0.1:${server.port}`;
        const certificateArn = aws.certificate({ domainName: DOMAIN, serial: "0b:02" });
        const args = { ...domain(), customDomainConfig: { certificateArn }, wait: "served", waitTimeoutSeconds: 3 };
        await project.declare(auth(args));
        const early = failed(await project.up());
        assertSays(early, /not seen to serve/);
        assertTidy(early);
        oldHandshakes = 3;
        await project.declare(auth({ ...args, waitTimeoutSeconds: 60 }));
        succeeded(await project.up("--refresh"));
        await server.close();
        assert.equal(oldHandshakes < 0, true);
        assert.equal(updates(aws).length, 1, "what had arrived was sent again");
        assert.equal((await project.state("auth"))?.outputs.status, "ACTIVE");
    });
});
