import { InvalidConfigurationError } from "../model/errors";
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

/** As whom, and in whose account, AWS is called. Nothing in it is a credential. */
export interface AwsIdentity {
    /** A profile of the AWS configuration files. */
    profile?: string;
    /** Where roles are assumed; the calls themselves go to the user pool's own Region. */
    region?: string;
    /** Roles to assume, each with the credentials of the one before it. */
    assumeRoles?: AssumeRole[];
    /** The accounts in which this program may work. */
    allowedAccountIds?: string[];
    /** The accounts in which it may not. */
    forbiddenAccountIds?: string[];
}

/**
 * The identity that a stack's config gives to @pulumi/aws too: `aws:profile`, `aws:region`, `aws:assumeRoles`, `aws:assumeRole`
 * of its version 6, `aws:allowedAccountIds`, `aws:forbiddenAccountIds`.
 * @throws InvalidConfigurationError naming the key.
 */
export function identityFromConfig(get: (key: string) => string | undefined): AwsIdentity {
    const role = parsed<AssumeRole>("aws:assumeRole", get("aws:assumeRole"));
    const identity = {
        profile: get("aws:profile"),
        region: get("aws:region"),
        assumeRoles:
            parsed<AssumeRole[]>("aws:assumeRoles", get("aws:assumeRoles")) ?? (role?.roleArn ? [role] : undefined),
        allowedAccountIds: accountsIn("aws:allowedAccountIds", get("aws:allowedAccountIds")),
        forbiddenAccountIds: accountsIn("aws:forbiddenAccountIds", get("aws:forbiddenAccountIds")),
    };
    const [problem] = validateOne("aws", identity);
    if (problem) {
        const { property, message } = problem;
        throw new InvalidConfigurationError(`the config value ${property.replace("aws.", "aws:")} ${message}`);
    }
    return identity;
}

/** The stack's identity with what the resource's `aws` argument says laid over it. A profile of its own drops the roles. */
export function mergeIdentity(stack: AwsIdentity, argument?: AwsIdentity | null): AwsIdentity {
    const given = Object.fromEntries(
        Object.entries(argument ?? {}).filter(([, value]) => value !== undefined && value !== null),
    );
    const base = "profile" in given ? { ...stack, assumeRoles: undefined } : stack;
    return { ...base, ...given };
}

function accountsIn(key: string, text: string | undefined): string[] | undefined {
    return listed<string>(key, text)?.map(String);
}

function listed<T>(key: string, text: string | undefined): T[] | undefined {
    const list = parsed<T[]>(key, text);
    if (list !== undefined && !Array.isArray(list)) {
        throw new InvalidConfigurationError(
            `the config value ${key} is not a list: set it with "pulumi config set --path"`,
        );
    }
    return list;
}

function parsed<T>(key: string, text: string | undefined): T | undefined {
    if (text === undefined || text === "") {
        return undefined;
    }
    try {
        return JSON.parse(text) as T;
    } catch (cause) {
        throw new InvalidConfigurationError(
            `the config value ${key} is not JSON: set it with "pulumi config set --path"`,
            {
                cause,
            },
        );
    }
}
