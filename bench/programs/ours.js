// This package.
exports.Resource = require("pulumi-cognito-domain-settings").UserPoolDomainSettings;
