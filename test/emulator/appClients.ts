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
import { type Context, type Operations, poolOf } from "./operation";
import type { UserPool } from "./state";

const ONE_CLIENT = { UserPoolId: USER_POOL_ID, ClientId: /^[\w+]{1,128}$/ };

export const appClientOperations: Operations = {
    CreateUserPoolClient: { accepts: { UserPoolId: USER_POOL_ID }, run: createUserPoolClient },
    DescribeUserPoolClient: { accepts: ONE_CLIENT, run: describeUserPoolClient },
    ListUserPoolClients: { accepts: { UserPoolId: USER_POOL_ID }, run: listUserPoolClients },
    DescribeManagedLoginBrandingByClient: { accepts: ONE_CLIENT, run: describeManagedLoginBrandingByClient },
};

function createUserPoolClient(context: Context, input: CreateUserPoolClientRequest): CreateUserPoolClientResponse {
    return { UserPoolClient: addAppClient(poolOf(context, input), input as UserPoolClientType) };
}

function describeUserPoolClient(
    context: Context,
    input: DescribeUserPoolClientRequest,
): DescribeUserPoolClientResponse {
    return { UserPoolClient: clientOf(poolOf(context, input), input.ClientId) };
}

function listUserPoolClients(context: Context, input: ListUserPoolClientsRequest): ListUserPoolClientsResponse {
    const { clients } = poolOf(context, input);
    const most = input.MaxResults ?? 60;
    const listed = [...clients.values()].slice(0, most);
    return {
        UserPoolClients: listed.map(({ ClientId, ClientName, UserPoolId }) => ({ ClientId, ClientName, UserPoolId })),
        // No request here goes on from it.
        NextToken: clients.size > most ? "more" : undefined,
    };
}

function describeManagedLoginBrandingByClient(
    context: Context,
    input: DescribeManagedLoginBrandingByClientRequest,
): DescribeManagedLoginBrandingByClientResponse {
    const pool = poolOf(context, input);
    const clientId = clientOf(pool, input.ClientId).ClientId ?? "";
    const branding = pool.brandings.get(clientId);
    if (!branding && context.behaviour.missingBranding === "notFound") {
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
