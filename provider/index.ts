export type {
    AssumeRoleArgs,
    AwsIdentityArgs,
    CustomDomainConfigArgs,
    FailoverArgs,
    RoutingArgs,
    UserPoolDomainSettingsArgs,
    VerifyArgs,
} from "./inputs/userPoolDomainSettingsArgs";
export type { Report, ReportEntry, ReportedChange } from "./program/report/report";
export { UserPoolDomainSettings } from "./program/userPoolDomainSettings";
