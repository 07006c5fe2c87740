import type {
    AssumeRoleCommandInput,
    AssumeRoleWithWebIdentityCommandInput,
    Credentials,
    STS,
} from "@aws-sdk/client-sts";
import type { AwsCredentialIdentity } from "@smithy/types";
import { callFailed, IncompleteAnswerError } from "./callErrors";
import type { RequestHandler } from "./requestHandler";

/** A role's session, if nothing names it. */
const SESSION_NAME = "pulumi";

/** AWS STS, for the roles of one identity. */
export class Sts {
    /** `isFromConfig`: the credentials to begin with are in the stack's config. */
    constructor(
        readonly config: { endpoint?: string; requestHandler: RequestHandler },
        private readonly region: () => Promise<string>,
        private readonly isFromConfig: boolean,
    ) {}

    /** sts:AssumeRole. */
    assumeRole(
        credentials: AwsCredentialIdentity,
        input: Partial<AssumeRoleCommandInput>,
    ): Promise<AwsCredentialIdentity> {
        const { RoleArn, RoleSessionName = SESSION_NAME } = input;
        const role = { ...input, RoleArn, RoleSessionName };
        return this.#assume("AssumeRole", RoleArn, { credentials }, (sts) => sts.assumeRole(role));
    }

    /** sts:AssumeRoleWithWebIdentity: not signed. */
    assumeRoleWithWebIdentity(input: Partial<AssumeRoleWithWebIdentityCommandInput>): Promise<AwsCredentialIdentity> {
        const { RoleArn, RoleSessionName = SESSION_NAME, WebIdentityToken } = input;
        const role = { ...input, RoleArn, RoleSessionName, WebIdentityToken };
        return this.#assume("AssumeRoleWithWebIdentity", RoleArn, {}, (sts) => sts.assumeRoleWithWebIdentity(role));
    }

    async #assume(
        name: string,
        roleArn = "",
        signer: { credentials?: AwsCredentialIdentity },
        ask: (sts: STS) => Promise<{ Credentials?: Credentials }>,
    ): Promise<AwsCredentialIdentity> {
        const { isFromConfig } = this;
        const region = await this.region();
        try {
            const { STS } = await import("@aws-sdk/client-sts");
            const { Credentials } = await ask(new STS({ ...this.config, ...signer, region }));
            if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey) {
                throw new IncompleteAnswerError("no Credentials");
            }
            return {
                accessKeyId: Credentials.AccessKeyId,
                secretAccessKey: Credentials.SecretAccessKey,
                sessionToken: Credentials.SessionToken,
                expiration: Credentials.Expiration,
            };
        } catch (error) {
            throw callFailed(error, { action: `sts:${name}`, resource: roleArn, region, isFromConfig });
        }
    }
}
