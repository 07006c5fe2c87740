import { type AwsConnection, connectionFromConfig, withoutCredentials } from "./awsConnection";
import { type GetConfig, invalidConfig, jsonIn, listIn } from "./configValues";
import { membersOf, valueAt } from "./propertyPath";
import { validateOne } from "./schema";

/** A role to assume before any call. The names are those of @pulumi/aws's `aws:assumeRoles`. */
export interface AssumeRole {
    roleArn: string;
    externalId?: string;
    /** @default "pulumi" */
    sessionName?: string;
    /** As Go writes durations: `1h30m`. */
    duration?: string;
    policy?: string;
    policyArns?: string[];
    tags?: Record<string, string>;
    transitiveTagKeys?: string[];
    sourceIdentity?: string;
}

/** The AWS identity, and the accounts that it may work in. Only `connection` may hold a credential. */
export interface AwsIdentity {
    /** A profile of the AWS configuration files. */
    profile?: string;
    /** The origin of its name, for messages. */
    profileSource?: string;
    /** The Region in which roles are assumed; the calls themselves go to the user pool's own Region. */
    stsRegion?: string;
    /** Roles to assume, each with the credentials of the one before it. */
    assumeRoles?: AssumeRole[];
    /** The accounts in which this program may work. */
    allowedAccountIds?: string[];
    /** The accounts in which it may not. */
    forbiddenAccountIds?: string[];
    /** The part that only the stack's config has. It may hold credentials: never print or store it. */
    connection?: AwsConnection;
}

/**
 * The identity that a stack's config gives to @pulumi/aws too: `aws:profile`, `aws:stsRegion` or `aws:region`, `aws:assumeRoles`, `aws:assumeRole`
 * of its version 6, `aws:allowedAccountIds`, `aws:forbiddenAccountIds`, and what {@link connectionFromConfig} reads.
 * @throws InvalidConfigurationError naming the key.
 */
export function identityFromConfig(get: GetConfig): AwsIdentity {
    const role = jsonIn<AssumeRole>(get, "aws:assumeRole");
    const regionKey = get("aws:stsRegion") ? "aws:stsRegion" : "aws:region";
    const identity = {
        profile: get("aws:profile") || undefined,
        stsRegion: get(regionKey) || undefined,
        assumeRoles: jsonIn<AssumeRole[]>(get, "aws:assumeRoles") ?? (role?.roleArn ? [role] : undefined),
        allowedAccountIds: listIn<unknown>(get, "aws:allowedAccountIds")?.map(String),
        forbiddenAccountIds: listIn<unknown>(get, "aws:forbiddenAccountIds")?.map(String),
    };
    const [problem] = validateOne("aws", identity);
    if (problem) {
        const { property, message } = problem;
        const hasValue = valueAt({ aws: identity }, membersOf(property)) !== undefined;
        const text =
            "cannot be used (its value may be a secret, and is not shown); docs/arguments.md has what aws takes";
        const key = property === "aws.stsRegion" ? regionKey : property.replace("aws.", "aws:");
        throw invalidConfig(key, hasValue ? text : message);
    }
    const profileSource = identity.profile && "the config value aws:profile";
    return { ...identity, profileSource, connection: connectionFromConfig(get) };
}

/**
 * The stack's identity with what the resource's `aws` argument says laid over it. A profile of its own drops the stack's
 * roles and credentials.
 */
export function mergeIdentity(stack: AwsIdentity, argument?: AwsIdentity | null): AwsIdentity {
    const given = Object.fromEntries(
        Object.entries(argument ?? {}).filter(([, value]) => value !== undefined && value !== null),
    );
    const base =
        "profile" in given
            ? {
                  ...stack,
                  profileSource: "the argument aws.profile",
                  assumeRoles: undefined,
                  connection: withoutCredentials(stack.connection),
              }
            : stack;
    return { ...base, ...given };
}
