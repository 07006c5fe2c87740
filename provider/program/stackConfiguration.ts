import * as pulumi from "@pulumi/pulumi";
import { type Note, note } from "../checks/note";
import { type AwsIdentity, identityFromConfig } from "../inputs/awsIdentity";
import { messageOf } from "../model/errors";

/** Settings from the stack's config and the environment. If one cannot be read, that is a note, and strict. */
export interface Configuration {
    /** True if warnings fail previews too: for a nightly pipeline. */
    strict: boolean;
    /** The AWS identity; undefined if it cannot be read. */
    identity?: AwsIdentity;
    notes: Note[];
}

const STRICT_VARIABLE = "PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT";
const STRICT_KEY = "pulumi-cognito-domain-settings:strict";

export function readConfiguration(): Configuration {
    const notes: Note[] = [];
    let strict = true;
    try {
        strict = isStrict();
    } catch (error) {
        notes.push(...unreadable(messageOf(error)));
    }
    try {
        return { strict, identity: stackIdentity(), notes };
    } catch (error) {
        // The unreadable value may be the one that forbids this update.
        return { strict: true, notes: [...notes, ...unreadable(messageOf(error))] };
    }
}

function isStrict(): boolean {
    const variable = process.env[STRICT_VARIABLE];
    if (variable) {
        return booleanOf(`the environment variable ${STRICT_VARIABLE}`, variable, { 1: true, 0: false });
    }
    const [namespace = "", key = ""] = STRICT_KEY.split(":");
    const text = new pulumi.Config(namespace).get(key);
    return text === undefined ? false : booleanOf(`the config value ${STRICT_KEY}`, text);
}

function booleanOf(what: string, text: string, also: Record<string, boolean> = {}): boolean {
    const value = { true: true, false: false, ...also }[text.toLowerCase()];
    if (value === undefined) {
        throw new Error(`${what} is ${JSON.stringify(text)}, neither true nor false`);
    }
    return value;
}

/** The AWS identity in the stack's config. */
export function stackIdentity(): AwsIdentity {
    const config = new pulumi.Config("aws");
    return identityFromConfig((key) => config.get(key.replace(/^aws:/, "")));
}

/** The stack's aws: keys whose values are secret: messages may hold them, such as the roles that are assumed. */
export function secretConfigurationKeys(): string[] {
    // Not in Pulumi's types, though it is exported.
    const { isConfigSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };
    return Object.keys(pulumi.runtime.allConfig()).filter((key) => key.startsWith("aws:") && isConfigSecret?.(key));
}

/** The `aws-native:` keys that select credentials or accounts, if there is no `aws:` config at all. */
export function unreadAwsNativeKeys(): string[] {
    const keys = Object.keys(pulumi.runtime.allConfig());
    const isIdentity = /^aws-native:(profile|accessKey|secretKey|token|assumeRole|shared\w+File|\w+AccountIds)$/;
    return keys.some((key) => key.startsWith("aws:")) ? [] : keys.filter((key) => isIdentity.test(key));
}

function unreadable(message: string): Note[] {
    return note("config-unreadable", message, "Correct it: until it can be read, nothing passes");
}
