// A program with a decision worth testing: production moves to managed login last.

import * as pulumi from "@pulumi/pulumi";
import { UserPoolDomainSettings } from "pulumi-cognito-domain-settings";

const config = new pulumi.Config();
const isProduction = pulumi.getStack() === "prod";

export const auth = new UserPoolDomainSettings("auth", {
    userPoolId: config.require("userPoolId"),
    domain: config.require("domain"),
    managedLoginVersion: isProduction ? 1 : 2,
    onDelete: isProduction ? "retain" : "restore",
});

export const signInUrl = pulumi.interpolate`${auth.baseUrl}/login`;
