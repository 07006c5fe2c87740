// First of three stacks: owns the certificate, and exports its ARN.
//
//   pulumi stack init dev
//   pulumi config set certificateArn arn:aws:acm:us-east-1:123456789012:certificate/...
//   pulumi up
//
// In practice, create the certificate here, with @pulumi/aws or @pulumi/aws-native, in us-east-1.

import * as pulumi from "@pulumi/pulumi";

export const certificateArn = new pulumi.Config().require("certificateArn");
