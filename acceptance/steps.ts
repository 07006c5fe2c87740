import { deepEqual } from "node:assert/strict";
import { CreateUserPoolClientCommand } from "@aws-sdk/client-cognito-identity-provider";
import { updateByHand } from "./domainInForce";
import { declare, failed, hasVersion, observed, type Play, type Step, says, settled, succeeded } from "./play";

/** An ARN in the right form that no certificate has. */
export const NO_CERTIFICATE = (account: string) =>
    `arn:aws:acm:us-east-1:${account}:certificate/00000000-0000-4000-8000-000000000000`;

/** The promises, in the order in which they are played: each step begins where the one before ended. */
export const STEPS: Step[] = [
    {
        title: "adopt: a first `pulumi up` that asks for what is in force changes nothing",
        run: async (play) => {
            const before = await settled(play);
            declare(play, { managedLoginVersion: 1 });
            succeeded(await play.stack.pulumi(["up", "--yes", "--skip-preview"]));
            deepEqual(await settled(play), before);
        },
    },
    {
        title: "preview: it says managed login 1 -> 2, and writes nothing",
        run: async (play) => {
            const before = await observed(play);
            declare(play, { managedLoginVersion: 2 });
            says(succeeded(await play.stack.pulumi(["preview"])), /managed login 1 -> 2/);
            deepEqual(await settled(play), before);
        },
    },
    {
        title: "1 -> 2: managed login is in force when `pulumi up` ends, and nothing else has changed",
        run: (play) => upChangesOnlyVersionTo(play, 2),
    },
    {
        title: "2 -> 1: and back",
        run: (play) => upChangesOnlyVersionTo(play, 1),
    },
    {
        title: "drift: somebody changes it by hand, and `pulumi refresh` shows it without writing",
        run: async (play) => {
            await updateByHand(play.session, play.made, { ManagedLoginVersion: 2 });
            const changed = await settled(play);
            hasVersion(changed, 2);
            says(succeeded(await play.stack.pulumi(["refresh", "--yes", "--diff"])), /managedLoginVersion\s*: 1 => 2/);
            deepEqual(await settled(play), changed);
        },
    },
    {
        title: "refreshed: the next `pulumi up` puts it back",
        run: (play) => upChangesOnlyVersionTo(play, 1),
    },
    {
        title: "rollback: where the sign-in page is not served after 1 -> 2, `pulumi up` fails and puts 1 back",
        // An emulator has no sign-in pages; who stands in for them says where.
        skip: ({ session }) =>
            session.endpoint !== undefined && process.env[CONNECT_TO] === undefined
                ? `an emulator has no sign-in pages: say in ${CONNECT_TO} where they are`
                : undefined,
        run: async (play) => {
            const before = await settled(play);
            const clientId = await clientWithoutStyle(play);
            const waitTimeoutSeconds = play.session.endpoint === undefined ? 900 : 5;
            const proof = { verify: { clientId }, onFailure: "rollback", waitTimeoutSeconds };
            declare(play, { managedLoginVersion: 2, ...proof });
            const ran = failed(await play.stack.pulumi(["up", "--yes", "--skip-preview"]));
            says(ran, /Login pages unavailable/);
            says(ran, /Rolled back/);
            deepEqual(await settled(play), { ...before, ManagedLoginVersion: 1 });
        },
    },
    {
        title: "refused: a certificate for a prefix domain fails preview and update, and nothing is written",
        run: async (play) => {
            const before = await settled(play);
            const certificateArn = NO_CERTIFICATE(play.session.account);
            declare(play, { managedLoginVersion: 1, customDomainConfig: { certificateArn } });
            says(failed(await play.stack.pulumi(["preview"])), /customDomainConfig/);
            says(failed(await play.stack.pulumi(["up", "--yes", "--skip-preview"])), /customDomainConfig/);
            deepEqual(await settled(play), before);
        },
    },
    {
        title: "restore: `pulumi destroy` puts back what was in force at the beginning",
        run: async (play) => {
            await upChangesOnlyVersionTo(play, 2);
            succeeded(await play.stack.pulumi(["destroy", "--yes", "--skip-preview"]));
            hasVersion(await settled(play), 1);
        },
    },
];

async function upChangesOnlyVersionTo(play: Play, version: 1 | 2): Promise<void> {
    const before = await settled(play);
    declare(play, { managedLoginVersion: version });
    succeeded(await play.stack.pulumi(["up", "--yes", "--skip-preview"]));
    // No patience here: when `pulumi up` has ended, it is so.
    const after = await observed(play);
    hasVersion(after, version);
    deepEqual({ ...after, ManagedLoginVersion: 0 }, { ...before, ManagedLoginVersion: 0 });
}

const CONNECT_TO = "PULUMI_COGNITO_DOMAIN_SETTINGS_CONNECT_TO";

/** An app client with sign-in pages, for which managed login has no branding style and so shows none. */
async function clientWithoutStyle({ session, made }: Play): Promise<string> {
    const { UserPoolClient } = await session.cognito.send(
        new CreateUserPoolClientCommand({
            UserPoolId: made.userPoolId,
            ClientName: "rollback",
            AllowedOAuthFlowsUserPoolClient: true,
            AllowedOAuthFlows: ["code"],
            AllowedOAuthScopes: ["openid"],
            CallbackURLs: ["https://app.example.com/callback"],
            SupportedIdentityProviders: ["COGNITO"],
        }),
    );
    return UserPoolClient?.ClientId ?? "";
}
