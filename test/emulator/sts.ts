import { AwsError } from "./errors";
import { accountOf, sessionKeyOf } from "./identity";
import type { Context, Operations } from "./operation";
import type { State } from "./state";

const ROLE = { RoleArn: /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/, RoleSessionName: /^[\w+=,.@-]{2,64}$/ };

export const stsOperations: Operations = {
    GetCallerIdentity: { accepts: {}, run: getCallerIdentity },
    AssumeRole: { accepts: ROLE, run: assumeRole },
    AssumeRoleWithWebIdentity: { accepts: { ...ROLE, WebIdentityToken: /^.{4}/ }, run: assumeRoleWithWebIdentity },
};

/** Who signs with this key: the role that a session has assumed, or the emulator's one user of the account. */
export const callerOf = (accessKeyId: string, state: State): string =>
    state.sessions.get(accessKeyId) ?? `arn:aws:iam::${accountOf(accessKeyId)}:user/emulator`;

function getCallerIdentity({ account, caller, accessKeyId }: Context): object {
    return { UserId: accessKeyId, Account: account, Arn: caller };
}

/** The query protocol's parameters: text, all of them. */
interface AssumeRoleForm {
    RoleArn: string;
    RoleSessionName: string;
    DurationSeconds?: string;
}

/** Every role lets everybody in; the session's key id tells the account of the role. */
function assumeRole({ state }: Context, input: AssumeRoleForm): object {
    const [, , , , account = "", role = ""] = input.RoleArn.split(":");
    const roleName = role.slice(role.lastIndexOf("/") + 1);
    const accessKeyId = sessionKeyOf(account, state.sessions.size + 1);
    const arn = `arn:aws:sts::${account}:assumed-role/${roleName}/${input.RoleSessionName}`;
    state.sessions.set(accessKeyId, arn);
    return {
        AssumedRoleUser: { AssumedRoleId: `${accessKeyId}:${input.RoleSessionName}`, Arn: arn },
        Credentials: {
            AccessKeyId: accessKeyId,
            SecretAccessKey: "emulator",
            SessionToken: `session-of-${accessKeyId}`,
            Expiration: new Date(Date.now() + Number(input.DurationSeconds ?? 3600) * 1000),
        },
    };
}

/** Why the token of a web identity is refused, in AWS's words. */
const WEB_IDENTITY_REFUSALS = {
    denied: new AwsError("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", 403),
    noProvider: new AwsError(
        "InvalidIdentityToken",
        "No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com",
    ),
    wrongAudience: new AwsError("InvalidIdentityToken", "Incorrect token audience"),
    expired: new AwsError(
        "ExpiredTokenException",
        "Token expired: current date/time 1764408000 must be before the expiration date/time 1764404400",
    ),
};

/** The request has no signature: the token stands for who asks. */
function assumeRoleWithWebIdentity(context: Context, input: AssumeRoleForm): object {
    const { webIdentity } = context.behaviour;
    if (webIdentity !== "accepted") {
        throw WEB_IDENTITY_REFUSALS[webIdentity];
    }
    return assumeRole(context, input);
}
