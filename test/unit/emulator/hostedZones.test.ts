import assert from "node:assert/strict";
import {
    DescribeCertificateCommand,
    ListTagsForCertificateCommand,
    RequestCertificateCommand,
} from "@aws-sdk/client-acm";
import { type Change, type ResourceRecordSet, Route53 } from "@aws-sdk/client-route-53";
import { acm, aws, custom, inEmulator, refused } from "../../support/emulatorClients";

describe("the emulated AWS: Route 53", () => {
    inEmulator();

    let route53: Route53;
    let HostedZoneId: string;

    beforeEach(() => {
        route53 = new Route53({ ...aws.clientConfig("us-east-1"), maxAttempts: 1 });
        HostedZoneId = aws.hostedZone("example.com");
    });
    afterEach(() => route53.destroy());

    const change = (...Changes: Change[]) =>
        route53.changeResourceRecordSets({ HostedZoneId, ChangeBatch: { Changes } });
    const text = (Name: string, Value: string): ResourceRecordSet => ({
        Name,
        Type: "TXT",
        TTL: 60,
        ResourceRecords: [{ Value }],
    });
    const records = async (StartRecordName?: string) =>
        (await route53.listResourceRecordSets({ HostedZoneId, StartRecordName })).ResourceRecordSets ?? [];

    it("keeps records, plain and alias, and names them in the order of their labels from the right", async () => {
        const alias = {
            Name: "auth.example.com.",
            Type: "A" as const,
            AliasTarget: { HostedZoneId: "Z2FDTNDATAQYW2", DNSName: "d1.cloudfront.net.", EvaluateTargetHealth: false },
        };
        const { ChangeInfo } = await change(
            { Action: "CREATE", ResourceRecordSet: text("_z.auth.example.com", '"a <b> & c"') },
            { Action: "CREATE", ResourceRecordSet: alias },
        );
        assert.match(ChangeInfo?.Id ?? "", /^\/change\//);
        assert.equal((await route53.getChange({ Id: ChangeInfo?.Id ?? "" })).ChangeInfo?.Status, "INSYNC");
        assert.deepEqual(await records(), [alias, text("_z.auth.example.com.", '"a <b> & c"')]);
        assert.deepEqual((await records("_z.auth.example.com")).length, 1);
        assert.equal((await route53.getHostedZone({ Id: HostedZoneId })).HostedZone?.Name, "example.com.");
    });

    it("changes all or nothing, creates no record twice, and deletes only what is named as it is", async () => {
        await change({ Action: "CREATE", ResourceRecordSet: text("a.example.com", '"1"') });
        await refused(
            change(
                { Action: "CREATE", ResourceRecordSet: text("b.example.com", '"1"') },
                { Action: "CREATE", ResourceRecordSet: text("a.example.com", '"2"') },
            ),
            "InvalidChangeBatch",
            /already exists/,
        );
        await refused(
            change({ Action: "DELETE", ResourceRecordSet: text("a.example.com", '"2"') }),
            "InvalidChangeBatch",
            /do not match/,
        );
        await change({ Action: "UPSERT", ResourceRecordSet: text("a.example.com", '"3"') });
        assert.deepEqual(await records(), [text("a.example.com.", '"3"')]);
        await change({ Action: "DELETE", ResourceRecordSet: text("a.example.com", '"3"') });
        assert.deepEqual(await records(), []);
        await refused(
            change({ Action: "CREATE", ResourceRecordSet: text("a.example.org", '"1"') }),
            "InvalidChangeBatch",
            /not permitted in zone/,
        );
    });

    it("knows the zones of its account alone", async () => {
        const other = aws.hostedZone("example.com", "210987654321");
        await refused(route53.getHostedZone({ Id: other }), "NoSuchHostedZone");
    });

    it("has a certificate issued once its validation record is there", async () => {
        const { CertificateArn } = await acm.send(
            new RequestCertificateCommand({ DomainName: custom, Tags: [{ Key: "made-by", Value: "a test" }] }),
        );
        const detail = async () =>
            (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate ?? {};
        const { ResourceRecord } = (await detail()).DomainValidationOptions?.[0] ?? {};
        await change({
            Action: "CREATE",
            ResourceRecordSet: {
                Name: ResourceRecord?.Name,
                Type: "CNAME",
                TTL: 60,
                ResourceRecords: [{ Value: ResourceRecord?.Value }],
            },
        });
        assert.equal((await detail()).Status, "ISSUED");
        const { Tags } = await acm.send(new ListTagsForCertificateCommand({ CertificateArn }));
        assert.deepEqual(Tags, [{ Key: "made-by", Value: "a test" }]);
    });
});
