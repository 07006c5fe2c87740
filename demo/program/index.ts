// The demo's program: the settings of a live sign-in domain, and the alias record that points to it.

import * as pulumi from "@pulumi/pulumi";
import { UserPoolDomainSettings } from "pulumi-cognito-domain-settings";
import { AliasRecord } from "./aliasRecord";

const config = new pulumi.Config();

const auth = new UserPoolDomainSettings("auth", {
    userPoolId: config.require("userPoolId"),
    domain: config.require("domain"),
    managedLoginVersion: config.getNumber("managedLoginVersion"),
    customDomainConfig: { certificateArn: config.require("certificateArn") },
    onDelete: "restore",
});

new AliasRecord("alias", {
    name: auth.domain,
    target: auth.cloudFrontDomain,
    hostedZoneId: auth.cloudFrontHostedZoneId,
    ttlSeconds: config.getNumber("ttlSeconds") ?? 300,
});

export const cloudFrontDomain = auth.cloudFrontDomain;
export const signInUrl = pulumi.interpolate`${auth.baseUrl}/login`;
export const certificateExpiry = auth.certificateExpiry;
