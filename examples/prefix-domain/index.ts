// Managed login for a live prefix domain: https://<prefix>.auth.<region>.amazoncognito.com.
//
//   pulumi config set userPoolId us-west-2_AbCdEfGhI
//   pulumi config set domain my-product
//   pulumi config set managedLoginVersion 1        (optional; to go back)

import * as pulumi from "@pulumi/pulumi";
import { UserPoolDomainSettings } from "pulumi-cognito-domain-settings";

const config = new pulumi.Config();

const auth = new UserPoolDomainSettings("auth", {
    userPoolId: config.require("userPoolId"),
    domain: config.require("domain"),
    managedLoginVersion: config.getNumber("managedLoginVersion") ?? 2,
});

export const signInUrl = pulumi.interpolate`${auth.baseUrl}/login`;
export const managedLoginVersion = auth.managedLoginVersion;
