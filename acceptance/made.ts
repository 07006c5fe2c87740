import {
    CreateUserPoolCommand,
    CreateUserPoolDomainCommand,
    DeleteUserPoolCommand,
    DeleteUserPoolDomainCommand,
    DescribeUserPoolCommand,
    DescribeUserPoolDomainCommand,
    ListUserPoolsCommand,
    ResourceNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Progress } from "./progress";
import { NAME_PREFIX, PROCESS_TAG, RUN_TAG, runsElsewhereHere, tagsOf } from "./runId";
import type { Session } from "./session";

/** A user pool of the run, with a prefix domain. */
export interface MadeDomain {
    userPoolId: string;
    domain: string;
}

/** Creates a user pool with the run's name and tags. Returns its id. */
export async function makeUserPool(
    { cognito }: Session,
    runId: string,
    purpose: string,
    tier: "LITE" | "ESSENTIALS",
): Promise<string> {
    const { UserPool } = await cognito.send(
        new CreateUserPoolCommand({
            PoolName: `${NAME_PREFIX}${runId}-${purpose}`,
            UserPoolTier: tier,
            UserPoolTags: tagsOf(runId),
        }),
    );
    return UserPool?.Id ?? "";
}

/** Creates a user pool with a prefix domain, without a managed login version. */
export async function makeDomain(
    session: Session,
    runId: string,
    purpose: string,
    tier: "LITE" | "ESSENTIALS",
): Promise<MadeDomain> {
    const made = {
        userPoolId: await makeUserPool(session, runId, purpose, tier),
        domain: `${NAME_PREFIX}${runId}-${purpose}`,
    };
    await session.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: made.userPoolId, Domain: made.domain }));
    return made;
}

/**
 * Removes the user pools of one run, or of all runs that have ended, with their domains. A pool is a run's only if its name and its
 * tags say so. Returns how many were removed, and the names of those that remain.
 */
export async function removeMade(
    session: Session,
    progress: Progress,
    runId?: string,
): Promise<{ removed: number; remain: string[] }> {
    const remain: string[] = [];
    let removed = 0;
    for (const { id, name } of await poolsNamedByUs(session)) {
        const { UserPool: pool } = await session.cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }));
        const tags = pool?.UserPoolTags ?? {};
        const madeBy = tags[RUN_TAG];
        if (madeBy === undefined || !name.startsWith(`${NAME_PREFIX}${madeBy}-`) || (runId ?? madeBy) !== madeBy) {
            continue;
        }
        if (runsElsewhereHere(tags[PROCESS_TAG])) {
            progress.say(`  ${name} is kept: its run is active (process ${tags[PROCESS_TAG]}).`);
            continue;
        }
        try {
            for (const domain of [pool?.Domain, pool?.CustomDomain]) {
                if (domain) {
                    await removeDomain(session, progress, id, domain);
                }
            }
            await session.cognito.send(new DeleteUserPoolCommand({ UserPoolId: id }));
            progress.say(`  removed ${name} (${id})`);
            removed++;
        } catch (error) {
            progress.say(`  ${name} (${id}) could not be removed: ${(error as Error).message}`);
            remain.push(name);
        }
    }
    return { removed, remain };
}

async function poolsNamedByUs({ cognito }: Session): Promise<{ id: string; name: string }[]> {
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
async function removeDomain(session: Session, progress: Progress, userPoolId: string, domain: string): Promise<void> {
    const { cognito, pauseMs } = session;
    const wait = { usually: "up to 15 minutes", minutes: 60, pauseMs };
    const status = async () => {
        try {
            const { DomainDescription } = await cognito.send(new DescribeUserPoolDomainCommand({ Domain: domain }));
            return DomainDescription?.UserPoolId === userPoolId ? (DomainDescription.Status ?? "ACTIVE") : "GONE";
        } catch (error) {
            if (error instanceof ResourceNotFoundException) {
                return "GONE";
            }
            throw error;
        }
    };
    const settled = async () => {
        const now = await status();
        return now === "ACTIVE" || now === "FAILED" || now === "GONE" ? now : undefined;
    };
    if ((await progress.waitFor(`${domain} to be ACTIVE before it is deleted`, wait, settled)) !== "GONE") {
        await cognito.send(new DeleteUserPoolDomainCommand({ UserPoolId: userPoolId, Domain: domain }));
    }
    await progress.waitFor(`${domain} to be gone`, wait, async () => ((await status()) === "GONE" ? true : undefined));
}
