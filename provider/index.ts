export type {
    UserPoolDomainSettingsArgs,
    UserPoolDomainSettingsAssumeRoleArgs,
    UserPoolDomainSettingsAwsArgs,
    UserPoolDomainSettingsCustomDomainConfigArgs,
    UserPoolDomainSettingsFailoverArgs,
    UserPoolDomainSettingsRoutingArgs,
} from "./inputs/userPoolDomainSettingsArgs";
export {
    AwsCallError,
    DomainNotFoundError,
    EngineGoneError,
    InvalidConfigurationError,
    InvalidIdError,
    NotConvergedError,
    PartialUpdateError,
    RefusedError,
    UserPoolDomainSettingsError,
    WrongAccountError,
} from "./model/errors";
export type { Finding, FindingKind, Severity } from "./model/findings";
export type {
    Report as UserPoolDomainSettingsReport,
    ReportEntry as UserPoolDomainSettingsReportEntry,
    ReportedChange as UserPoolDomainSettingsReportedChange,
    ReportedDifference as UserPoolDomainSettingsReportedDifference,
} from "./program/report/report";
export {
    UserPoolDomainSettings,
    type UserPoolDomainSettingsCustomDomainConfig,
    type UserPoolDomainSettingsFailover,
    type UserPoolDomainSettingsRouting,
} from "./program/userPoolDomainSettings";
