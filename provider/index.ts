export {
    type AssumeRole,
    type Aws,
    type CustomDomainConfig,
    type Failover,
    type Routing,
    UserPoolDomainSettings,
    type UserPoolDomainSettingsArgs,
    type Verify,
} from "./userPoolDomainSettings";
