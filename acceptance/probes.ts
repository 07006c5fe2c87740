import {
    CreateUserPoolClientCommand,
    CreateUserPoolDomainCommand,
    DescribeManagedLoginBrandingByClientCommand,
    ListUserPoolReplicasCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { type Asked, failoverTo, outcomeOf, readQuickly, refusalOf, settled, setVersion, withoutNames } from "./asking";
import { CUSTOM_PROBES } from "./customProbes";
import { describe, describeSettled, updateOutsidePulumi } from "./domain";
import { makeDomain, makeUserPool } from "./made";
import type { Answered, Probe } from "./probe";
import { Stopped } from "./progress";
import { NAME_PREFIX } from "./runId";
import { NO_CERTIFICATE } from "./steps";

/** Questions about a prefix domain, as far as they need neither a replica nor a failure at AWS. */
const PREFIX_PROBES: Probe[] = [
    {
        id: "unset-version",
        question: "How does Describe report the version of a domain that was created without one?",
        ask: async ({ session, progress, runId }) => {
            const fresh = await makeDomain(session, runId, "fresh", "ESSENTIALS");
            const { ManagedLoginVersion } = await describeSettled(session, fresh, progress);
            return ManagedLoginVersion === undefined ? "absent" : String(ManagedLoginVersion);
        },
    },
    {
        id: "prefix-config",
        question: "How does Describe report the CustomDomainConfig of a prefix domain?",
        ask: async ({ session, made }) => {
            const { CustomDomainConfig } = await describe(session, made);
            return CustomDomainConfig === undefined
                ? "absent"
                : `{${Object.keys(CustomDomainConfig).sort().join(", ")}}`;
        },
    },
    {
        id: "missing-domain",
        question: "What does Describe answer for a domain that does not exist?",
        ask: ({ session, runId }) =>
            outcomeOf(async () => {
                const answer = await describe(session, { userPoolId: "", domain: `${NAME_PREFIX}${runId}-none` });
                return Object.keys(answer).length === 0
                    ? "an empty description"
                    : Object.keys(answer).sort().join(", ");
            }),
    },
    {
        id: "missing-branding",
        question: "What does DescribeManagedLoginBrandingByClient answer for a client without a style?",
        ask: async ({ session, made }) => {
            const { UserPoolClient } = await session.cognito.send(
                new CreateUserPoolClientCommand({ UserPoolId: made.userPoolId, ClientName: "without-style" }),
            );
            const ids = { UserPoolId: made.userPoolId, ClientId: UserPoolClient?.ClientId };
            const command = new DescribeManagedLoginBrandingByClientCommand(ids);
            const answer = await outcomeOf(async () =>
                (await session.cognito.send(command)).ManagedLoginBranding ? "a style" : "an empty answer",
            );
            return answer.replaceAll(ids.ClientId ?? "", "<clientId>");
        },
    },
    {
        id: "updating-values",
        question: "Which values does UPDATING show?",
        ask: async (asked) => {
            await setVersion(asked, 1);
            await updateOutsidePulumi(asked.session, asked.made, { ManagedLoginVersion: 2 });
            const reads = await readQuickly(asked);
            const first = reads.find(({ Status }) => Status === "UPDATING");
            return first ? ((first.ManagedLoginVersion ?? 1) === 2 ? "new" : "old") : "never UPDATING";
        },
    },
    {
        id: "stale-read",
        question: "A stale read",
        ask: async (asked) => {
            await setVersion(asked, 1);
            await updateOutsidePulumi(asked.session, asked.made, { ManagedLoginVersion: 2 });
            const reads = await readQuickly(asked);
            const stale = reads.some(
                ({ Status, ManagedLoginVersion = 1 }) => Status === "ACTIVE" && ManagedLoginVersion === 1,
            );
            return stale ? "seen: ACTIVE with the old version after an accepted update" : "none seen";
        },
    },
    {
        id: "update-while-updating",
        question: "An update while UPDATING",
        ask: async (asked) => {
            await setVersion(asked, 1);
            await updateOutsidePulumi(asked.session, asked.made, { ManagedLoginVersion: 2 });
            const answer = await outcomeOf(async () => {
                await updateOutsidePulumi(asked.session, asked.made, { ManagedLoginVersion: 1 });
                return "accepted";
            });
            await settled(asked);
            return answer;
        },
    },
    {
        id: "omitted-version",
        question: "Is a setting that an update omits kept or reset?",
        ask: async (asked) => {
            await setVersion(asked, 2);
            await updateOutsidePulumi(asked.session, asked.made, {});
            const { ManagedLoginVersion } = await settled(asked);
            return ManagedLoginVersion === 2 ? "kept" : `reset to ${ManagedLoginVersion ?? "absent"}`;
        },
    },
    {
        id: "prefix-with-certificate",
        question: "Text for a prefix domain given a certificate",
        ask: (asked) =>
            refusalOf(asked, { CustomDomainConfig: { CertificateArn: NO_CERTIFICATE(asked.session.account) } }),
    },
    {
        id: "lite-version-2",
        question: "Text for version 2 on LITE",
        ask: async (asked) => {
            const lite = await makeDomain(asked.session, asked.runId, "lite", "LITE");
            await describeSettled(asked.session, lite, asked.progress);
            return refusalOf({ ...asked, made: lite }, { ManagedLoginVersion: 2 });
        },
    },
    {
        id: "failover-without-replica",
        question: "Failover to a Region without a replica, or to the Region itself",
        ask: async (asked) => {
            const elsewhere = asked.session.region === "us-east-2" ? "us-west-2" : "us-east-2";
            return `${await failoverTo(asked, elsewhere)} / itself: ${await failoverTo(asked, asked.session.region)}`;
        },
    },
    {
        id: "replicas-of-none",
        question: "Does ListUserPoolReplicas name the primary?",
        ask: ({ session, made }) =>
            outcomeOf(async () => {
                const list = new ListUserPoolReplicasCommand({ UserPoolId: made.userPoolId });
                const { UserPoolReplicas = [] } = await session.cognito.send(list);
                return UserPoolReplicas.length === 0 ? "without a replica: an empty list" : "yes, alone too";
            }),
    },
    {
        id: "name-with-dot",
        question: "A name with a dot",
        ask: async ({ session, runId }) => {
            const UserPoolId = await makeUserPool(session, runId, "dot", "ESSENTIALS");
            return outcomeOf(async () => {
                const Domain = `${NAME_PREFIX}${runId}.dot`;
                await session.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain }));
                return "accepted";
            });
        },
    },
];

/** All questions, in order. */
export const PROBES: Probe[] = [...PREFIX_PROBES, ...CUSTOM_PROBES];

/** The questions in test/emulator/README.md that are not asked, with the reason. */
export const NOT_ASKED: Record<string, string> = {
    "Does Describe report the policy of an old domain?": "needs a custom domain from before there were policies",
    "A call for a replica that is CREATING or DELETING; a write in a secondary Region": "needs a replica",
    "Is a prefix domain described in a replica's Region?": "needs a replica",
    "Is the certificate in force judged again?": "needs a certificate that becomes unusable while it is served",
    "After FAILED": "needs a failure at AWS",
    "The quota of ListUserPoolReplicas": "would take the account's request quota away from others",
    "Does a throttled request count against the quota?": "would take the account's request quota away from others",
};

/** Asks all questions, those about a custom domain only if there is one. An answer that begins with `error:` could not be had. */
export async function askAll(asked: Asked): Promise<Answered[]> {
    const answers: Answered[] = [];
    for (const { id, question, ask } of asked.customDomain ? PROBES : PREFIX_PROBES) {
        asked.progress.goOn();
        const answer = await ask(asked).catch((error: Error) => {
            if (error instanceof Stopped) {
                throw error;
            }
            return `error: ${error.name}: ${error.message}`;
        });
        answers.push({ id, answer: withoutNames(answer, asked) });
        asked.progress.say(`  ${id} (${question}): ${answers.at(-1)?.answer}`);
    }
    return answers;
}
