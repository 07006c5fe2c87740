import type {
    CreateUserPoolRequest,
    CreateUserPoolResponse,
    DescribeUserPoolRequest,
    DescribeUserPoolResponse,
    GetUserPoolMfaConfigRequest,
    GetUserPoolMfaConfigResponse,
    ListUserPoolReplicasRequest,
    ListUserPoolReplicasResponse,
    ListUserPoolsResponse,
    UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { isCustom } from "./distributions";
import { USER_POOL_ID } from "./domains";
import { invalidParameter } from "./errors";
import { addUserPool } from "./newThings";
import { type Context, type Operations, poolOf } from "./operation";
import type { UserPool } from "./state";

const ONE_POOL = { UserPoolId: USER_POOL_ID };

export const userPoolOperations: Operations = {
    CreateUserPool: {
        accepts: { PoolName: /^.{1,128}$/, "UserPoolTier?": ["LITE", "ESSENTIALS", "PLUS"] },
        run: createUserPool,
    },
    DescribeUserPool: { accepts: ONE_POOL, run: describeUserPool },
    ListUserPools: { accepts: {}, run: listUserPools },
    DeleteUserPool: { accepts: ONE_POOL, run: deleteUserPool },
    GetUserPoolMfaConfig: { accepts: ONE_POOL, run: getUserPoolMfaConfig },
    ListUserPoolReplicas: { accepts: ONE_POOL, run: listUserPoolReplicas },
};

function createUserPool(context: Context, input: CreateUserPoolRequest): CreateUserPoolResponse {
    const { state, account, region } = context;
    const pool = addUserPool(state, account, region, {
        name: input.PoolName,
        tier: input.UserPoolTier ?? "ESSENTIALS",
        tags: input.UserPoolTags ?? {},
    });
    return { UserPool: describe(pool, context) };
}

function describeUserPool(context: Context, input: DescribeUserPoolRequest): DescribeUserPoolResponse {
    return { UserPool: describe(poolOf(context, input), context) };
}

function deleteUserPool(context: Context, input: DescribeUserPoolRequest): object {
    const pool = poolOf(context, input);
    const { state } = context;
    if (state.domains.some((d) => d.userPoolId === pool.id)) {
        throw invalidParameter("User pool cannot be deleted. It has a domain configured that should be deleted first.");
    }
    state.pools.delete(pool.id);
    return {};
}

function describe(pool: UserPool, { state, region }: Context): UserPoolType {
    const domains = state.domains.filter((d) => d.userPoolId === pool.id && (d.region === region || isCustom(d)));
    return {
        Id: pool.id,
        Name: pool.name,
        Policies: { SignInPolicy: pool.signInPolicy && { AllowedFirstAuthFactors: pool.signInPolicy as [] } },
        UserPoolTier: pool.tier ?? undefined,
        Domain: domains.find((d) => !isCustom(d))?.domain,
        CustomDomain: domains.find(isCustom)?.domain,
        UserPoolTags: pool.tags,
    };
}

function listUserPools({ state, account, region }: Context): ListUserPoolsResponse {
    const pools = [...state.pools.values()].filter((pool) => pool.account === account && pool.region === region);
    return { UserPools: pools.map(({ id, name }) => ({ Id: id, Name: name })) };
}

function getUserPoolMfaConfig(context: Context, input: GetUserPoolMfaConfigRequest): GetUserPoolMfaConfigResponse {
    const { webAuthnRelyingPartyId: RelyingPartyId } = poolOf(context, input);
    return { WebAuthnConfiguration: RelyingPartyId === undefined ? undefined : { RelyingPartyId } };
}

function listUserPoolReplicas(context: Context, input: ListUserPoolReplicasRequest): ListUserPoolReplicasResponse {
    const pool = poolOf(context, input);
    const primary = { region: pool.region, status: "ACTIVE" as const };
    const all = pool.replicas.length > 0 ? [primary, ...pool.replicas] : [];
    return {
        UserPoolReplicas: all.map((replica) => ({
            RegionName: replica.region,
            Status: replica.status,
            Role: replica === primary ? "PRIMARY" : "SECONDARY",
        })),
    };
}
