import {
    CreateUserPoolCommand,
    CreateUserPoolDomainCommand,
    DeleteUserPoolCommand,
    DeleteUserPoolDomainCommand,
    DescribeUserPoolCommand,
    DescribeUserPoolDomainCommand,
    type DomainDescriptionType,
    ListUserPoolsCommand,
    ResourceNotFoundException,
    UpdateUserPoolDomainCommand,
    type UpdateUserPoolDomainCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { NAME_PREFIX, RUN_TAG, type Run } from "./run";

/** A user pool of the run, with a domain. */
export interface MadeDomain {
    userPoolId: string;
    domain: string;
}

export type DomainSettings = Omit<UpdateUserPoolDomainCommandInput, "UserPoolId" | "Domain">;

type Tier = "LITE" | "ESSENTIALS";

/** Creates a user pool with the run's name and tag. Returns its id. */
export async function makeUserPool({ cognito, id }: Run, purpose: string, tier: Tier = "ESSENTIALS"): Promise<string> {
    const { UserPool } = await cognito.send(
        new CreateUserPoolCommand({
            PoolName: `${NAME_PREFIX}${id}-${purpose}`,
            UserPoolTier: tier,
            UserPoolTags: { [RUN_TAG]: id },
        }),
    );
    return UserPool?.Id ?? "";
}

/** Creates a user pool with a prefix domain, without a managed login version. */
export async function makeDomain(run: Run, purpose: string, tier?: Tier): Promise<MadeDomain> {
    const userPoolId = await makeUserPool(run, purpose, tier);
    const domain = `${NAME_PREFIX}${run.id}-${purpose}`;
    await run.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: userPoolId, Domain: domain }));
    return { userPoolId, domain };
}

export async function describe({ cognito }: Run, domain: string): Promise<DomainDescriptionType> {
    return (await cognito.send(new DescribeUserPoolDomainCommand({ Domain: domain }))).DomainDescription ?? {};
}

/** The description once no update is running. */
export function describeSettled(run: Run, domain: string): Promise<DomainDescriptionType> {
    // A new certificate takes at most an hour. Source: API reference, UpdateUserPoolDomain.
    const wait = { usually: "up to 5 minutes", minutes: 75, pauseMs: run.pauseMs };
    return run.progress.waitFor(`${domain} to be ACTIVE`, wait, async () => {
        const description = await describe(run, domain);
        return description.Status === "ACTIVE" || description.Status === "FAILED" ? description : undefined;
    });
}

/** Updates the domain outside Pulumi, as in the console. */
export async function updateOutsidePulumi(
    { cognito }: Run,
    { userPoolId, domain }: MadeDomain,
    settings: DomainSettings,
): Promise<void> {
    await cognito.send(new UpdateUserPoolDomainCommand({ UserPoolId: userPoolId, Domain: domain, ...settings }));
}

/**
 * Removes the user pools of this run, or of all runs, with their domains. A pool is a run's only if its name and its tag say so.
 * Returns how many were removed, and the names of those that remain.
 */
export async function removeUserPools(run: Run): Promise<{ removed: number; remain: string[] }> {
    const remain: string[] = [];
    let removed = 0;
    for (const { id, name } of await poolsNamedByUs(run)) {
        const { UserPool: pool } = await run.cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }));
        const madeBy = pool?.UserPoolTags?.[RUN_TAG];
        const isMade = madeBy !== undefined && name.startsWith(`${NAME_PREFIX}${madeBy}-`);
        if (!isMade || !(run.sweep || madeBy === run.id)) {
            continue;
        }
        try {
            for (const domain of [pool?.Domain, pool?.CustomDomain]) {
                if (domain) {
                    await removeDomain(run, { userPoolId: id, domain });
                }
            }
            await run.cognito.send(new DeleteUserPoolCommand({ UserPoolId: id }));
            run.progress.say(`  removed ${name} (${id})`);
            removed++;
        } catch (error) {
            run.progress.say(`  ${name} (${id}) could not be removed: ${(error as Error).message}`);
            remain.push(name);
        }
    }
    return { removed, remain };
}

async function poolsNamedByUs({ cognito }: Run): Promise<{ id: string; name: string }[]> {
    const found: { id: string; name: string }[] = [];
    let token: string | undefined;
    do {
        const page = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60, NextToken: token }));
        for (const { Id, Name } of page.UserPools ?? []) {
            if (Id && Name?.startsWith(NAME_PREFIX)) {
                found.push({ id: Id, name: Name });
            }
        }
        token = page.NextToken;
    } while (token);
    return found;
}

/** A domain cannot be deleted during an update, nor a pool before its domains. */
async function removeDomain(run: Run, { userPoolId, domain }: MadeDomain): Promise<void> {
    const wait = { usually: "up to 15 minutes", minutes: 60, pauseMs: run.pauseMs };
    const status = async (): Promise<string> => {
        try {
            const found = await describe(run, domain);
            return found.UserPoolId === userPoolId ? (found.Status ?? "ACTIVE") : "GONE";
        } catch (error) {
            if (error instanceof ResourceNotFoundException) {
                return "GONE";
            }
            throw error;
        }
    };
    const until = (what: string, ends: string[]) =>
        run.progress.waitFor(`${domain} ${what}`, wait, async () => {
            const now = await status();
            return ends.includes(now) ? now : undefined;
        });
    if ((await until("to be ACTIVE before it is deleted", ["ACTIVE", "FAILED", "GONE"])) !== "GONE") {
        await run.cognito.send(new DeleteUserPoolDomainCommand({ UserPoolId: userPoolId, Domain: domain }));
    }
    await until("to be gone", ["GONE"]);
}
