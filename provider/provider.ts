import type { dynamic } from "@pulumi/pulumi";
import { DomainSettingsProvider } from "./plugin/domainSettingsProvider";

/**
 * The entry `pulumi-cognito-domain-settings/provider`, which Pulumi's dynamic provider host loads. It is a promise: states
 * written by every version name it (see loader.ts).
 */
export const provider: dynamic.ResourceProvider = new DomainSettingsProvider();
