import assert from "node:assert/strict";
import { paginateListUserPoolClients } from "@aws-sdk/client-cognito-identity-provider";
import { aws, cognito, inEmulator, REGION, refused } from "../../support/emulatorClients";

describe("the emulated AWS: app clients", () => {
    inEmulator();

    it("lists clients by page, and tells a secret only where there is one", async () => {
        const UserPoolId = aws.userPool({ region: REGION });
        const made = await cognito.createUserPoolClient({ UserPoolId, ClientName: "api", GenerateSecret: true });
        const others = [1, 2].map(() => aws.client({ userPoolId: UserPoolId }));
        aws.behaviour.pageSize = 2;
        const pages: (string | undefined)[][] = [];
        for await (const page of paginateListUserPoolClients({ client: cognito }, { UserPoolId, MaxResults: 60 })) {
            for (const client of page.UserPoolClients ?? []) {
                assert.deepEqual(Object.keys(client).sort(), ["ClientId", "ClientName", "UserPoolId"]);
            }
            pages.push((page.UserPoolClients ?? []).map((client) => client.ClientId));
        }
        assert.deepEqual(pages, [[made.UserPoolClient?.ClientId, others[0]], [others[1]]]);
        const describe = async (ClientId = "") =>
            (await cognito.describeUserPoolClient({ UserPoolId, ClientId })).UserPoolClient ?? {};
        assert.equal("ClientSecret" in (await describe(others[0])), false);
        assert.match((await describe(made.UserPoolClient?.ClientId)).ClientSecret ?? "", /^\w{51}$/);
        await refused(describe("missing"), "ResourceNotFoundException");
    });

    it("tells whether a client has a branding style", async () => {
        const UserPoolId = aws.userPool({ region: REGION });
        const ClientId = aws.client({ userPoolId: UserPoolId });
        const branded = aws.client({ userPoolId: UserPoolId, withBranding: true });
        const find = (id: string) => cognito.describeManagedLoginBrandingByClient({ UserPoolId, ClientId: id });
        assert.ok((await find(branded)).ManagedLoginBranding?.ManagedLoginBrandingId);
        await refused(find(ClientId), "ResourceNotFoundException");
        aws.behaviour.missingBranding = "empty";
        assert.equal((await find(ClientId)).ManagedLoginBranding, undefined);
        await cognito.createManagedLoginBranding({ UserPoolId, ClientId, UseCognitoProvidedValues: true });
        assert.equal((await find(ClientId)).ManagedLoginBranding?.UseCognitoProvidedValues, true);
        await refused(
            cognito.createManagedLoginBranding({ UserPoolId, ClientId }),
            "ManagedLoginBrandingExistsException",
        );
    });

    it("refuses a twenty-first branding style in a pool", async () => {
        const UserPoolId = aws.userPool({ region: REGION });
        for (let styles = 0; styles < 20; styles++) {
            aws.client({ userPoolId: UserPoolId, withBranding: true });
        }
        const ClientId = aws.client({ userPoolId: UserPoolId });
        await refused(
            cognito.createManagedLoginBranding({ UserPoolId, ClientId, UseCognitoProvidedValues: true }),
            "LimitExceededException",
        );
    });
});
