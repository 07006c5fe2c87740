export type {
    AssumeRoleArgs,
    AwsIdentityArgs,
    CustomDomainConfigArgs,
    FailoverArgs,
    RoutingArgs,
    UserPoolDomainSettingsArgs,
    VerifyArgs,
} from "./inputs/args";
export type { Report, ReportEntry, ReportedChange } from "./program/report/report";
export { UserPoolDomainSettings } from "./program/userPoolDomainSettings";
