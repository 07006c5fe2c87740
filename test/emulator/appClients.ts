import type {
    CreateUserPoolClientRequest,
    CreateUserPoolClientResponse,
    DescribeManagedLoginBrandingByClientRequest,
    DescribeManagedLoginBrandingByClientResponse,
    DescribeUserPoolClientRequest,
    DescribeUserPoolClientResponse,
    ListUserPoolClientsRequest,
    ListUserPoolClientsResponse,
    UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import { USER_POOL_ID } from "./domains";
import { notFound } from "./errors";
import { addAppClient } from "./newThings";
import type { Context, Operations } from "./operation";
import type { UserPool } from "./state";

const ONE_CLIENT = { UserPoolId: USER_POOL_ID, ClientId: /^[\w+]{1,128}$/ };

export const appClientOperations: Operations = {
    CreateUserPoolClient: { accepts: { UserPoolId: USER_POOL_ID }, run: createUserPoolClient },
    DescribeUserPoolClient: { accepts: ONE_CLIENT, run: describeUserPoolClient },
    ListUserPoolClients: { accepts: { UserPoolId: USER_POOL_ID }, run: listUserPoolClients },
    DescribeManagedLoginBrandingByClient: { accepts: ONE_CLIENT, run: describeManagedLoginBrandingByClient },
};

function createUserPoolClient(
    { state, account, region }: Context,
    input: CreateUserPoolClientRequest,
): CreateUserPoolClientResponse {
    const pool = state.poolIn(account, region, input.UserPoolId ?? "");
    const { GenerateSecret, ...settings } = input;
    return { UserPoolClient: addAppClient(pool, settings as UserPoolClientType, GenerateSecret) };
}

function describeUserPoolClient(
    { state, account, region }: Context,
    input: DescribeUserPoolClientRequest,
): DescribeUserPoolClientResponse {
    const pool = state.poolIn(account, region, input.UserPoolId ?? "");
    return { UserPoolClient: clientOf(pool, input.ClientId) };
}

function listUserPoolClients(
    { state, account, region }: Context,
    input: ListUserPoolClientsRequest,
): ListUserPoolClientsResponse {
    const { clients } = state.poolIn(account, region, input.UserPoolId ?? "");
    const most = input.MaxResults ?? 60;
    const listed = [...clients.values()].slice(0, most);
    return {
        UserPoolClients: listed.map(({ ClientId, ClientName, UserPoolId }) => ({ ClientId, ClientName, UserPoolId })),
        // No request here goes on from it.
        NextToken: clients.size > most ? "more" : undefined,
    };
}

function describeManagedLoginBrandingByClient(
    { state, behaviour, account, region }: Context,
    input: DescribeManagedLoginBrandingByClientRequest,
): DescribeManagedLoginBrandingByClientResponse {
    const pool = state.poolIn(account, region, input.UserPoolId ?? "");
    const clientId = clientOf(pool, input.ClientId).ClientId ?? "";
    const branding = pool.brandings.get(clientId);
    if (!branding && behaviour.missingBranding === "notFound") {
        throw notFound(`ManagedLoginBranding does not exist for client ${clientId}.`);
    }
    return { ManagedLoginBranding: branding };
}

function clientOf(pool: UserPool, clientId: string | undefined): UserPoolClientType {
    const client = pool.clients.get(clientId ?? "");
    if (!client) {
        throw notFound(`User pool client ${clientId} does not exist.`);
    }
    return client;
}
