// The program of every step: one domain, with the arguments that the acceptance run has written down.
const { readFileSync } = require("node:fs");
const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");

exports.auth = new UserPoolDomainSettings("auth", JSON.parse(readFileSync(process.env.ACCEPTANCE_ARGUMENTS, "utf8")));
