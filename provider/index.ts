export {
    type CustomDomainConfig,
    type Failover,
    type Routing,
    UserPoolDomainSettings,
    type UserPoolDomainSettingsArgs,
} from "./userPoolDomainSettings";
