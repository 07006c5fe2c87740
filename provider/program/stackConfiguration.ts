import * as pulumi from "@pulumi/pulumi";
import { type Note, note } from "../checks/note";
import { identityFromConfig } from "../inputs/awsIdentity";
import { messageOf } from "../model/errors";

const STRICT_VARIABLE = "PULUMI_COGNITO_DOMAIN_SETTINGS_STRICT";
const STRICT_KEY = "pulumi-cognito-domain-settings:strict";

/** Strict, and the AWS identity, from the stack's config and the environment. A value that cannot be read is a note, and makes it strict. */
export function readConfiguration() {
    const notes: Note[] = [];
    const attempt = <T>(read: () => T): T | undefined => {
        try {
            return read();
        } catch (error) {
            notes.push(...note("config-unreadable", messageOf(error), "Correct it: until then, nothing passes"));
            return undefined;
        }
    };
    const strict = attempt(isStrict);
    const identity = attempt(() => identityFromConfig(pulumi.runtime.getConfig));
    // The unreadable value may be the one that forbids this update.
    return { strict: strict === true || notes.length > 0, identity, notes };
}

function isStrict(): boolean {
    const variable = process.env[STRICT_VARIABLE];
    const source = variable ? `the environment variable ${STRICT_VARIABLE}` : `the config value ${STRICT_KEY}`;
    const text = variable || (pulumi.runtime.getConfig(STRICT_KEY) ?? "false");
    if (!/^(true|1|false|0)$/i.test(text)) {
        throw new Error(`${source} is ${JSON.stringify(text)}, neither true nor false`);
    }
    return /^(true|1)$/i.test(text);
}

/** Logs the `aws-native:` keys that select credentials or accounts, if there is no `aws:` config at all. */
export function logUnreadConfiguration(): void {
    const keys = Object.keys(pulumi.runtime.allConfig());
    const isIdentity = /^aws-native:(profile|accessKey|secretKey|token|assumeRole|shared\w+File|\w+AccountIds)$/;
    const unread = keys.filter((key) => isIdentity.test(key)).join(", ");
    if (unread && !keys.some((key) => key.startsWith("aws:"))) {
        void pulumi.log.info(
            `${unread}: UserPoolDomainSettings does not read aws-native: config. Set the same keys as aws: config; otherwise its credentials come from the environment`,
        );
    }
}
