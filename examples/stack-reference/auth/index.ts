// Second of three stacks: attaches the first stack's certificate to a live domain.
//
//   pulumi stack init dev
//   pulumi config set certificateStack organization/certificate/dev      (<organization>/<project>/<stack>)
//   pulumi config set userPoolId us-west-2_AbCdEfGhI
//   pulumi config set domain auth.example.com
//   pulumi up

import * as pulumi from "@pulumi/pulumi";
import { UserPoolDomainSettings } from "pulumi-cognito-domain-settings";

const config = new pulumi.Config();
const certificates = new pulumi.StackReference(config.require("certificateStack"));

const auth = new UserPoolDomainSettings("auth", {
    userPoolId: config.require("userPoolId"),
    domain: config.require("domain"),
    customDomainConfig: { certificateArn: certificates.requireOutput("certificateArn") },
});

// For the third stack's alias records.
export const domain = auth.domain;
export const cloudFrontDomain = auth.cloudFrontDomain;
export const cloudFrontHostedZoneId = auth.cloudFrontHostedZoneId;
