import type {
    CreateUserPoolRequest,
    CreateUserPoolResponse,
    DescribeUserPoolRequest,
    DescribeUserPoolResponse,
    GetUserPoolMfaConfigRequest,
    GetUserPoolMfaConfigResponse,
    ListUserPoolReplicasRequest,
    ListUserPoolReplicasResponse,
    ListUserPoolsRequest,
    ListUserPoolsResponse,
    UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { isCustom } from "./distributions";
import { USER_POOL_ID } from "./domains";
import { invalidParameter } from "./errors";
import { partitionOf } from "./identity";
import { newUserPool } from "./newThings";
import type { Context, Operations } from "./operation";
import { pageOf } from "./paging";
import type { State, UserPool } from "./state";

export const userPoolOperations: Operations = {
    CreateUserPool: {
        accepts: {
            PoolName: { required: true, minLength: 1, maxLength: 128 },
            UserPoolTier: { oneOf: ["LITE", "ESSENTIALS", "PLUS"] },
        },
        run: createUserPool,
    },
    DescribeUserPool: { accepts: { UserPoolId: USER_POOL_ID }, run: describeUserPool },
    ListUserPools: { accepts: { MaxResults: { required: true, range: [1, 60] } }, run: listUserPools },
    DeleteUserPool: { accepts: { UserPoolId: USER_POOL_ID }, run: deleteUserPool },
    GetUserPoolMfaConfig: { accepts: { UserPoolId: USER_POOL_ID }, run: getUserPoolMfaConfig },
    ListUserPoolReplicas: { accepts: { UserPoolId: USER_POOL_ID }, run: listUserPoolReplicas },
};

function createUserPool({ state, account, region }: Context, input: CreateUserPoolRequest): CreateUserPoolResponse {
    const pool = newUserPool(account, region, {
        name: input.PoolName,
        tier: input.UserPoolTier ?? "ESSENTIALS",
        allowedFirstAuthFactors: input.Policies?.SignInPolicy?.AllowedFirstAuthFactors,
        tags: input.UserPoolTags ?? {},
    });
    state.pools.set(pool.id, pool);
    return { UserPool: describe(pool, region, state) };
}

function describeUserPool(
    { state, account, region }: Context,
    input: DescribeUserPoolRequest,
): DescribeUserPoolResponse {
    return { UserPool: describe(state.poolIn(account, region, input.UserPoolId ?? ""), region, state) };
}

function deleteUserPool({ state, account, region }: Context, input: DescribeUserPoolRequest): object {
    const pool = state.primaryPool(account, region, input.UserPoolId ?? "");
    if (state.domains.some((d) => d.userPoolId === pool.id)) {
        throw invalidParameter("User pool cannot be deleted. It has a domain configured that should be deleted first.");
    }
    state.pools.delete(pool.id);
    return {};
}

function describe(pool: UserPool, region: string, state: State): UserPoolType {
    const domains = state.domains.filter((d) => d.userPoolId === pool.id && (d.region === region || isCustom(d)));
    return {
        Id: pool.id,
        Name: pool.name,
        Arn: arnIn(region, pool),
        Policies: {
            PasswordPolicy: { MinimumLength: 8 },
            SignInPolicy: pool.allowedFirstAuthFactors && {
                AllowedFirstAuthFactors: pool.allowedFirstAuthFactors as [],
            },
        },
        UserPoolTier: pool.tier as UserPoolType["UserPoolTier"],
        MfaConfiguration: "OFF",
        Domain: domains.find((d) => !isCustom(d))?.domain,
        CustomDomain: domains.find(isCustom)?.domain,
        UserPoolTags: pool.tags,
        CreationDate: pool.createdAt,
        LastModifiedDate: pool.createdAt,
    };
}

function listUserPools(
    { state, behaviour, account, region }: Context,
    input: ListUserPoolsRequest,
): ListUserPoolsResponse {
    const all = [...state.pools.values()].filter((pool) => pool.account === account && pool.region === region);
    const { items, nextToken } = pageOf(all, Math.min(input.MaxResults ?? 60, behaviour.pageSize), input.NextToken);
    return {
        UserPools: items.map(({ id, name, createdAt }) => ({
            Id: id,
            Name: name,
            CreationDate: createdAt,
            LastModifiedDate: createdAt,
        })),
        NextToken: nextToken,
    };
}

function getUserPoolMfaConfig(
    { state, account, region }: Context,
    input: GetUserPoolMfaConfigRequest,
): GetUserPoolMfaConfigResponse {
    const pool = state.poolIn(account, region, input.UserPoolId ?? "");
    return { MfaConfiguration: "OFF", WebAuthnConfiguration: pool.webAuthn };
}

function listUserPoolReplicas(
    { state, behaviour, account, region }: Context,
    input: ListUserPoolReplicasRequest,
): ListUserPoolReplicasResponse {
    const pool = state.poolIn(account, region, input.UserPoolId ?? "");
    const primary = { region: pool.region, status: "ACTIVE" as const };
    const all = pool.replicas.length > 0 ? [primary, ...pool.replicas] : [];
    const { items, nextToken } = pageOf(all, behaviour.pageSize, input.NextToken);
    return {
        UserPoolReplicas: items.map((replica) => ({
            RegionName: replica.region,
            Status: replica.status,
            Role: replica === primary ? "PRIMARY" : "SECONDARY",
            UserPoolArn: arnIn(replica.region, pool),
        })),
        NextToken: nextToken,
    };
}

const arnIn = (region: string, { account, id }: UserPool): string =>
    `arn:${partitionOf(region)}:cognito-idp:${region}:${account}:userpool/${id}`;
