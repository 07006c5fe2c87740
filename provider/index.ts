export type {
    AssumeRoleArgs,
    AwsIdentityArgs,
    CustomDomainConfigArgs,
    FailoverArgs,
    RoutingArgs,
    UserPoolDomainSettingsArgs,
} from "./inputs/userPoolDomainSettingsArgs";
export { UserPoolDomainSettingsError } from "./model/errors";
export type { Finding, Severity } from "./model/findings";
export type { Report, ReportEntry, ReportedChange } from "./program/report/report";
export { UserPoolDomainSettings } from "./program/userPoolDomainSettings";
