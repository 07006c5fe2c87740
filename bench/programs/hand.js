// The dynamic provider that people write by hand: SDK clients in an inline closure, the certificate checked in create and
// update, no preflight, no waiting.
const acm = require("@aws-sdk/client-acm");
const cognito = require("@aws-sdk/client-cognito-identity-provider");
const pulumi = require("@pulumi/pulumi");

async function apply({ userPoolId, domain, managedLoginVersion, customDomainConfig }) {
    if (customDomainConfig) {
        const certificates = new acm.ACMClient({ region: "us-east-1" });
        const { Certificate } = await certificates.send(
            new acm.DescribeCertificateCommand({ CertificateArn: customDomainConfig.certificateArn }),
        );
        if (Certificate.Status !== "ISSUED" || Certificate.NotAfter < new Date()) {
            throw new Error(
                `The certificate ${customDomainConfig.certificateArn} is not usable: ${Certificate.Status}`,
            );
        }
    }
    const userPools = new cognito.CognitoIdentityProviderClient({ region: userPoolId.split("_")[0] });
    await userPools.send(
        new cognito.UpdateUserPoolDomainCommand({
            UserPoolId: userPoolId,
            Domain: domain,
            ManagedLoginVersion: managedLoginVersion,
            CustomDomainConfig: customDomainConfig && { CertificateArn: customDomainConfig.certificateArn },
        }),
    );
}

const provider = {
    async create(inputs) {
        await apply(inputs);
        return { id: inputs.domain, outs: inputs };
    },
    async update(_id, _olds, news) {
        await apply(news);
        return { outs: news };
    },
};

exports.Resource = class extends pulumi.dynamic.Resource {
    constructor(name, args) {
        super(provider, name, args);
    }
};
