import type {
    CreateUserPoolClientRequest,
    CreateUserPoolClientResponse,
    DescribeManagedLoginBrandingByClientRequest,
    DescribeManagedLoginBrandingByClientResponse,
    DescribeUserPoolClientRequest,
    DescribeUserPoolClientResponse,
    ListUserPoolClientsRequest,
    ListUserPoolClientsResponse,
    ManagedLoginBrandingType,
    UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import { USER_POOL_ID } from "./domains";
import { notFound } from "./errors";
import { newAppClient } from "./newThings";
import type { Context, Operations } from "./operation";
import { pageOf } from "./paging";
import type { UserPool } from "./state";

const CLIENT_ID = { required: true, minLength: 1, maxLength: 128, pattern: /^[\w+]+$/ };

const ONE_CLIENT = { UserPoolId: USER_POOL_ID, ClientId: CLIENT_ID };

export const appClientOperations: Operations = {
    CreateUserPoolClient: {
        accepts: { UserPoolId: USER_POOL_ID, ClientName: { required: true, minLength: 1, maxLength: 128 } },
        run: createUserPoolClient,
    },
    DescribeUserPoolClient: { accepts: ONE_CLIENT, run: describeUserPoolClient },
    ListUserPoolClients: {
        accepts: { UserPoolId: USER_POOL_ID, MaxResults: { range: [1, 60] } },
        run: listUserPoolClients,
    },
    DescribeManagedLoginBrandingByClient: { accepts: ONE_CLIENT, run: describeManagedLoginBrandingByClient },
};

function createUserPoolClient(
    { state, account, region }: Context,
    input: CreateUserPoolClientRequest,
): CreateUserPoolClientResponse {
    const pool = state.primaryPool(account, region, input.UserPoolId ?? "");
    const { GenerateSecret, ...settings } = input;
    const client = newAppClient(pool.id, settings as UserPoolClientType, GenerateSecret ?? false);
    pool.clients.set(client.ClientId ?? "", client);
    return { UserPoolClient: client };
}

function describeUserPoolClient(
    { state, account, region }: Context,
    input: DescribeUserPoolClientRequest,
): DescribeUserPoolClientResponse {
    const pool = state.poolIn(account, region, input.UserPoolId ?? "");
    return { UserPoolClient: clientOf(pool, input.ClientId) };
}

function listUserPoolClients(
    { state, behaviour, account, region }: Context,
    input: ListUserPoolClientsRequest,
): ListUserPoolClientsResponse {
    const pool = state.poolIn(account, region, input.UserPoolId ?? "");
    const size = Math.min(input.MaxResults ?? 60, behaviour.pageSize);
    const { items, nextToken } = pageOf([...pool.clients.values()], size, input.NextToken);
    return {
        UserPoolClients: items.map(({ ClientId, ClientName, UserPoolId }) => ({ ClientId, ClientName, UserPoolId })),
        NextToken: nextToken,
    };
}

function describeManagedLoginBrandingByClient(
    { state, behaviour, account, region }: Context,
    input: DescribeManagedLoginBrandingByClientRequest,
): DescribeManagedLoginBrandingByClientResponse {
    const pool = state.poolIn(account, region, input.UserPoolId ?? "");
    const clientId = clientOf(pool, input.ClientId).ClientId ?? "";
    const branding = brandingOf(pool, clientId);
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

function brandingOf(pool: UserPool, clientId: string): ManagedLoginBrandingType | undefined {
    const branding = pool.brandings.get(clientId);
    return (
        branding && {
            ManagedLoginBrandingId: branding.id,
            UserPoolId: pool.id,
            UseCognitoProvidedValues: branding.useCognitoProvidedValues,
            CreationDate: branding.createdAt,
            LastModifiedDate: branding.createdAt,
        }
    );
}
