import {
    CreateUserPoolClientCommand,
    CreateUserPoolDomainCommand,
    DescribeManagedLoginBrandingByClientCommand,
    type DomainDescriptionType,
    ListUserPoolReplicasCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { MadeCustomDomain } from "./customDomain";
import { Stopped } from "./progress";
import { NAME_PREFIX, type Run } from "./run";
import { NO_CERTIFICATE } from "./steps";
import {
    type DomainSettings,
    describe,
    describeSettled,
    type MadeDomain,
    makeDomain,
    makeUserPool,
    updateOutsidePulumi,
} from "./userPools";

/** A question that AWS's documentation leaves open, about a domain of the run. */
interface Probe<D extends MadeDomain = MadeDomain> {
    id: string;
    question: string;
    /** A short answer, the same whenever AWS does the same. */
    ask: (run: Run, made: D) => Promise<string>;
}

const PREFIX_PROBES: Probe[] = [
    {
        id: "unset-version",
        question: "How does Describe report the version of a domain that was created without one?",
        ask: async (run) => {
            const fresh = await makeDomain(run, "fresh");
            const { ManagedLoginVersion } = await describeSettled(run, fresh.domain);
            return String(ManagedLoginVersion ?? "absent");
        },
    },
    {
        id: "prefix-config",
        question: "How does Describe report the CustomDomainConfig of a prefix domain?",
        ask: async (run, { domain }) => {
            const { CustomDomainConfig } = await describe(run, domain);
            return CustomDomainConfig ? `{${Object.keys(CustomDomainConfig).sort().join(", ")}}` : "absent";
        },
    },
    {
        id: "missing-domain",
        question: "What does Describe answer for a domain that does not exist?",
        ask: (run) =>
            outcomeOf(async () => {
                const members = Object.keys(await describe(run, `${NAME_PREFIX}${run.id}-none`));
                return members.sort().join(", ") || "an empty description";
            }),
    },
    {
        id: "missing-branding",
        question: "What does DescribeManagedLoginBrandingByClient answer for a client without a style?",
        ask: async ({ cognito }, { userPoolId: UserPoolId }) => {
            const { UserPoolClient } = await cognito.send(
                new CreateUserPoolClientCommand({ UserPoolId, ClientName: "without-style" }),
            );
            const ClientId = UserPoolClient?.ClientId ?? "";
            const answer = await outcomeOf(async () => {
                const command = new DescribeManagedLoginBrandingByClientCommand({ UserPoolId, ClientId });
                return (await cognito.send(command)).ManagedLoginBranding ? "a style" : "an empty answer";
            });
            return answer.replaceAll(ClientId, "<clientId>");
        },
    },
    {
        id: "updating-values",
        question: "Which values does UPDATING show?",
        ask: async (run, made) => {
            const reads = await readsAfterUpdate(run, made);
            const first = reads.find(({ Status }) => Status === "UPDATING");
            return first ? ((first.ManagedLoginVersion ?? 1) === 2 ? "new" : "old") : "never UPDATING";
        },
    },
    {
        id: "stale-read",
        question: "Does a read after an accepted update still show the domain as before it?",
        ask: async (run, made) => {
            const reads = await readsAfterUpdate(run, made);
            const isStale = ({ Status, ManagedLoginVersion = 1 }: DomainDescriptionType) =>
                Status === "ACTIVE" && ManagedLoginVersion === 1;
            return reads.some(isStale) ? "yes" : "none seen";
        },
    },
    {
        id: "update-while-updating",
        question: "What does an update while UPDATING answer?",
        ask: async (run, made) => {
            await bring(run, made, { ManagedLoginVersion: 1 });
            await updateOutsidePulumi(run, made, { ManagedLoginVersion: 2 });
            return refusal(run, made, { ManagedLoginVersion: 1 });
        },
    },
    {
        id: "omitted-version",
        question: "Is a setting that an update omits kept or reset?",
        ask: async (run, made) => {
            await bring(run, made, { ManagedLoginVersion: 2 });
            const { ManagedLoginVersion } = await bring(run, made, {});
            return ManagedLoginVersion === 2 ? "kept" : `reset to ${ManagedLoginVersion ?? "absent"}`;
        },
    },
    {
        id: "prefix-with-certificate",
        question: "What does the update of a prefix domain with a certificate answer?",
        ask: (run, made) => refusal(run, made, { CustomDomainConfig: { CertificateArn: NO_CERTIFICATE(run.account) } }),
    },
    {
        id: "lite-version-2",
        question: "What does version 2 on the plan LITE answer?",
        ask: async (run) => {
            const lite = await makeDomain(run, "lite", "LITE");
            await describeSettled(run, lite.domain);
            return refusal(run, lite, { ManagedLoginVersion: 2 });
        },
    },
    {
        id: "failover-without-replica",
        question: "What does failover to a Region without a replica, or to the Region itself, answer?",
        ask: async (run, made) => {
            const elsewhere = run.region === "us-east-2" ? "us-west-2" : "us-east-2";
            const to = async (SecondaryRegion: string) => {
                const PrimaryRoute53HealthCheckId = "00000000-0000-4000-8000-000000000000";
                const Routing = { Failover: { SecondaryRegion, PrimaryRoute53HealthCheckId } };
                const answer = await refusal(run, made, { ManagedLoginVersion: 2, Routing });
                return withoutNames(answer, run).replaceAll(SecondaryRegion, "<region>");
            };
            return `${await to(elsewhere)} / itself: ${await to(run.region)}`;
        },
    },
    {
        id: "replicas-of-none",
        question: "Does ListUserPoolReplicas name the primary?",
        ask: ({ cognito }, { userPoolId: UserPoolId }) =>
            outcomeOf(async () => {
                const { UserPoolReplicas = [] } = await cognito.send(new ListUserPoolReplicasCommand({ UserPoolId }));
                return UserPoolReplicas.length === 0 ? "without a replica: an empty list" : "yes, alone too";
            }),
    },
    {
        id: "name-with-dot",
        question: "What does the creation of a prefix domain with a dot answer?",
        ask: async (run) => {
            const UserPoolId = await makeUserPool(run, "dot");
            return outcomeOf(async () => {
                const Domain = `${NAME_PREFIX}${run.id}.dot`;
                await run.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain }));
                return "accepted";
            });
        },
    },
];

const CUSTOM_PROBES: Probe<MadeCustomDomain>[] = [
    {
        id: "unset-policy",
        question: "Which TLS policy has a custom domain that was created without one?",
        ask: async (_, { created }) => created.CustomDomainConfig?.SecurityPolicy ?? "none is reported",
    },
    {
        id: "custom-updating-values",
        question: "Which values does UPDATING show of a custom domain?",
        ask: async (run, made) => {
            await bring(run, made, { ManagedLoginVersion: 1, ...first(made) });
            await updateOutsidePulumi(run, made, { ManagedLoginVersion: 2, ...first(made) });
            const { Status, ManagedLoginVersion = 1 } = await describe(run, made.domain);
            await describeSettled(run, made.domain);
            return Status === "UPDATING" ? (ManagedLoginVersion === 2 ? "new" : "old") : `${Status} at once`;
        },
    },
    {
        id: "custom-without-config",
        question: "What does the update of a custom domain without its certificate answer?",
        ask: (run, made) => refusalOfCustom(run, made, { ManagedLoginVersion: 1 }),
    },
    {
        id: "omitted-policy",
        question: "Is a TLS policy that an update omits kept or reset?",
        ask: async (run, made) => {
            const SecurityPolicy = "TLS_V1_3_2025";
            await bring(run, made, { CustomDomainConfig: { CertificateArn: made.certificate, SecurityPolicy } });
            const { CustomDomainConfig } = await bring(run, made, { ManagedLoginVersion: 2, ...first(made) });
            const policy = CustomDomainConfig?.SecurityPolicy;
            return policy === SecurityPolicy ? "kept" : `reset to ${policy ?? "none that is reported"}`;
        },
    },
    {
        id: "tls-v1-version-2",
        question: "What does version 2 with TLS_V1 answer?",
        ask: (run, made) => {
            const CustomDomainConfig = { CertificateArn: made.certificate, SecurityPolicy: "TLS_V1" } as const;
            return refusalOfCustom(run, made, { ManagedLoginVersion: 2, CustomDomainConfig });
        },
    },
    {
        id: "wrong-name",
        question: "What does a certificate that does not cover the name answer?",
        ask: (run, made) => refusalOfCustom(run, made, { CustomDomainConfig: { CertificateArn: made.wrongName } }),
    },
    {
        id: "self-signed",
        question: "What does a certificate of a CA that nobody trusts answer?",
        ask: (run, made) => refusalOfCustom(run, made, { CustomDomainConfig: { CertificateArn: made.selfSigned } }),
    },
];

/** Asks all questions. Returns the answers by id; one that begins with `error:` could not be had. */
export async function askAll(run: Run, made: MadeDomain, custom?: MadeCustomDomain): Promise<Record<string, string>> {
    const answers: Record<string, string> = {};
    const ask = async <D extends MadeDomain>(probes: Probe<D>[], domain: D): Promise<void> => {
        for (const { id, question, ask } of probes) {
            run.progress.goOn();
            const answer = await ask(run, domain).catch((error: Error) => {
                if (error instanceof Stopped) {
                    throw error;
                }
                return `error: ${error.name}: ${error.message}`;
            });
            answers[id] = withoutNames(answer, run);
            run.progress.say(`  ${id} (${question}) ${answers[id]}`);
        }
    };
    await ask(PREFIX_PROBES, made);
    if (custom) {
        await ask(CUSTOM_PROBES, custom);
    }
    return answers;
}

/** Replaces what differs from run to run, and the account. */
function withoutNames(text: string, { id, account, region, custom }: Run): string {
    const named = custom
        ? text.replaceAll(custom.domain, "<domain>").replaceAll(custom.hostedZoneId, "<hosted zone>")
        : text;
    return named
        .replace(/certificate\/[0-9a-f-]{36}/g, "certificate/<id>")
        .replace(new RegExp(`${region}_\\w+`, "g"), "<userPoolId>")
        .replaceAll(id, "<run>")
        .replaceAll(account, "<account>");
}

/** Updates the domain, and waits until it is settled. */
async function bring(run: Run, made: MadeDomain, settings: DomainSettings): Promise<DomainDescriptionType> {
    await updateOutsidePulumi(run, made, settings);
    return describeSettled(run, made.domain);
}

/** Several reads in a row, right after an update from version 1 to 2 was accepted. */
async function readsAfterUpdate(run: Run, made: MadeDomain): Promise<DomainDescriptionType[]> {
    await bring(run, made, { ManagedLoginVersion: 1 });
    await updateOutsidePulumi(run, made, { ManagedLoginVersion: 2 });
    const reads: DomainDescriptionType[] = [];
    while (reads.length < 8) {
        reads.push(await describe(run, made.domain));
    }
    await describeSettled(run, made.domain);
    return reads;
}

/** The error of an update that AWS refuses, or `accepted`; waits until the domain is settled. */
async function refusal(run: Run, made: MadeDomain, settings: DomainSettings): Promise<string> {
    const answer = await outcomeOf(async () => {
        await updateOutsidePulumi(run, made, settings);
        return "accepted";
    });
    await describeSettled(run, made.domain);
    return answer;
}

/** The domain's first certificate: an update has to name one. */
const first = ({ certificate }: MadeCustomDomain) => ({ CustomDomainConfig: { CertificateArn: certificate } });

/** The same for a custom domain; an update that is accepted is reverted. */
async function refusalOfCustom(run: Run, made: MadeCustomDomain, settings: DomainSettings): Promise<string> {
    const answer = await refusal(run, made, settings);
    if (answer === "accepted") {
        await bring(run, made, { ManagedLoginVersion: 2, ...first(made) });
    }
    return answer;
}

/** The answer, or the exception's name and message. */
async function outcomeOf(action: () => Promise<string>): Promise<string> {
    try {
        return await action();
    } catch (error) {
        return `${(error as Error).name}: ${(error as Error).message}`;
    }
}
