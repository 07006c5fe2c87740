// Third of three stacks: owns DNS. Exports the domain's alias records.
//
//   pulumi stack init dev
//   pulumi config set authStack organization/auth/dev      (<organization>/<project>/<stack>)
//   pulumi up
//   aws route53 change-resource-record-sets --hosted-zone-id Z... --change-batch "$(pulumi stack output changeBatch --json)"
//
// In practice, create an aws.route53.Record for each.

import * as pulumi from "@pulumi/pulumi";

const auth = new pulumi.StackReference(new pulumi.Config().require("authStack"));

export const changeBatch = {
    Changes: ["A", "AAAA"].map((type) => ({
        Action: "UPSERT",
        ResourceRecordSet: {
            Name: auth.requireOutput("domain"),
            Type: type,
            AliasTarget: {
                DNSName: auth.requireOutput("cloudFrontDomain"),
                HostedZoneId: auth.requireOutput("cloudFrontHostedZoneId"),
                EvaluateTargetHealth: false,
            },
        },
    })),
};
