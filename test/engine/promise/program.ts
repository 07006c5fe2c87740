/** The outputs that a program may use. */
export const OUTPUTS = [
    "managedLoginVersion",
    "customDomainConfig",
    "routing",
    "cloudFrontDomain",
    "cloudFrontHostedZoneId",
    "baseUrl",
    "status",
    "certificateExpiry",
] as const;

/** A value in the program that only an update makes known. */
export const madeIn = (value: string) => ({ $made: value });

/** A value that the program marks as secret. */
export const secretly = (value: unknown) => ({ $secret: value });

/** The file that the program takes its resources from, and the one in which it notes what it sees of their outputs. */
export const RESOURCES = "resources.json";
export const SEEN = "seen.jsonl";

/**
 * A program that notes every output as something that depends on it sees it: in a preview, only what is known. Plain
 * JavaScript: a TypeScript program would spend two seconds a run on its compiler.
 */
export const PROGRAM = `
const fs = require("fs");
const pulumi = require("@pulumi/pulumi");
const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");

class Made extends pulumi.dynamic.Resource {
    constructor(name, seed) {
        super({
            diff: async (id, olds, news) => ({ changes: olds.seed !== news.seed, replaces: olds.seed !== news.seed ? ["seed"] : [] }),
            create: async ({ seed }) => ({ id: seed, outs: { seed, value: seed } }),
        }, name, { seed, value: undefined });
    }
}

let made = 0;
function evaluate(name, value) {
    if (Array.isArray(value)) return value.map((it) => evaluate(name, it));
    if (typeof value !== "object" || value === null) return value;
    if ("$secret" in value) return pulumi.secret(evaluate(name, value.$secret));
    if ("$made" in value) return new Made(name + "-" + made++, value.$made).value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, evaluate(name, member)]));
}

for (const { name, args, opts, transform } of JSON.parse(fs.readFileSync(__dirname + "/${RESOURCES}", "utf8"))) {
    const transforms = transform && [({ props, opts }) => ({ props: { ...props, ...transform }, opts })];
    const settings = new UserPoolDomainSettings(name, evaluate(name, args), { ...opts, transforms });
    for (const output of ${JSON.stringify(OUTPUTS)}) {
        settings[output].apply((value) => {
            fs.appendFileSync(__dirname + "/${SEEN}", JSON.stringify({ name, output, value }) + "\\n");
        });
    }
}
`;
