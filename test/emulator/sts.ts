import { accountOf, partitionOf, sessionKeyOf } from "./identity";
import type { Context, Operations } from "./operation";
import type { State } from "./state";

export const stsOperations: Operations = {
    GetCallerIdentity: { accepts: {}, run: getCallerIdentity },
    AssumeRole: {
        accepts: {
            RoleArn: { required: true, minLength: 20, pattern: /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/ },
            RoleSessionName: { required: true, minLength: 2, maxLength: 64, pattern: /^[\w+=,.@-]+$/ },
        },
        run: assumeRole,
    },
};

/** Who signs with this key: the role that a session has assumed, or the emulator's one user of the account. */
export const callerOf = (accessKeyId: string, region: string, state: State): string =>
    state.sessions.get(accessKeyId) ?? `arn:${partitionOf(region)}:iam::${accountOf(accessKeyId)}:user/emulator`;

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
function assumeRole({ state, region }: Context, input: AssumeRoleForm): object {
    const [, , , , account = "", role = ""] = input.RoleArn.split(":");
    const roleName = role.slice(role.lastIndexOf("/") + 1);
    const accessKeyId = sessionKeyOf(account, state.sessions.size + 1);
    const arn = `arn:${partitionOf(region)}:sts::${account}:assumed-role/${roleName}/${input.RoleSessionName}`;
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
