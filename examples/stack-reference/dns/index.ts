// Third of three stacks: the one that owns DNS. Exports the alias records that the domain needs.
//
//   pulumi stack init dev
//   pulumi config set authStack organization/auth/dev      (<organization>/<project>/<stack>)
//   pulumi up
//   aws route53 change-resource-record-sets --hosted-zone-id Z... --change-batch "$(pulumi stack output changeBatch --json)"
//
// A real one would make an aws.route53.Record of each.

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
