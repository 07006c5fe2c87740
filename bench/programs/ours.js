// This package, as a program uses it.
const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");

for (const { name, args } of require("./resources.json")) {
    new UserPoolDomainSettings(name, args);
}
