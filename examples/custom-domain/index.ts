// The settings of a live custom domain: managed login, and its certificate.
//
//   pulumi config set userPoolId us-west-2_AbCdEfGhI
//   pulumi config set domain auth.example.com
//   pulumi config set managedLoginVersion 2
//   pulumi config set certificateArn arn:aws:acm:us-east-1:123456789012:certificate/...

import * as pulumi from "@pulumi/pulumi";
import { UserPoolDomainSettings } from "pulumi-cognito-domain-settings";

const config = new pulumi.Config();
const managedLoginVersion = config.getNumber("managedLoginVersion");
const certificateArn = config.get("certificateArn");

const auth = new UserPoolDomainSettings("auth", {
    userPoolId: config.require("userPoolId"),
    domain: config.require("domain"),
    // Settings that the config omits keep their value in AWS.
    managedLoginVersion,
    customDomainConfig: certificateArn ? { certificateArn } : undefined,
});

// The target of the domain's alias record.
export const cloudFrontDomain = auth.cloudFrontDomain;
export const cloudFrontHostedZoneId = auth.cloudFrontHostedZoneId;
export const signInUrl = pulumi.interpolate`${auth.baseUrl}/login`;
export const certificateExpiry = auth.certificateExpiry;
