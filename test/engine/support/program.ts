/** A value in a program, as JSON. */
type Value = string | number | boolean | null | Value[] | { [name: string]: Value } | undefined;

/** The value that {@link Made} makes: not known before the update that makes it. */
export const outputOf = (made: string): Value => ({ $made: made });

/** A value that only an update makes known. */
export const madeIn = (value: string): Value => ({ $makes: value });

/** The user pool's id, as an output of the settings of that name. */
export const poolOf = (settings: string): Value => ({ $poolOf: settings });

/** A value that Pulumi is told to keep secret. */
export const secret = (value: Value): Value => ({ $secret: value });

/** One `new UserPoolDomainSettings(name, args, opts)`. */
export interface Declared {
    name: string;
    args: { [name: string]: Value };
    opts?: {
        aliases?: { name: string }[];
        additionalSecretOutputs?: string[];
        ignoreChanges?: string[];
        protect?: boolean;
        /** The name of a {@link Made} that the domain is of: `replaceWith` and `deletedWith`. */
        ownedBy?: string;
        /** The name of a {@link Made}. */
        dependsOn?: string;
        /** The arguments that a transform gives in place of those in `args`. */
        transform?: Declared["args"];
    };
}

/** One `UserPoolDomainSettings.get(name, id)`. */
export interface LookedUp {
    name: string;
    get: string;
}

/** Another resource, whose output `value` is known once it is made; it is replaced when the value changes. */
export interface Made {
    name: string;
    makes: string;
    /** What its output is, where that is not what it is made of. */
    gives?: string;
    /** Pulumi's `deleteBeforeReplace`: as for a domain, whose name can be there only once. */
    deleteBeforeReplace?: boolean;
}

export type Declaration = Declared | LookedUp | Made;

/** The file that the program takes its resources from: what changes between two runs. */
export const DECLARATIONS = "resources.json";

/** The program of every test. Plain JavaScript: a TypeScript program would spend two seconds a run on its compiler. */
export const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");

class Made extends pulumi.dynamic.Resource {
    constructor(name, value, gives, opts) {
        const provider = {
            diff: async (id, olds, news) => ({
                changes: olds.seed !== news.seed,
                replaces: olds.seed !== news.seed ? ["seed"] : [],
            }),
            create: async ({ seed }) => ({ id: seed, outs: { seed, value: gives ?? seed } }),
        };
        super(provider, name, { seed: value, value: undefined }, opts);
    }
}

const made = {};
let count = 0;
const isObject = (value) => typeof value === "object" && value !== null;
function evaluate(value) {
    if (Array.isArray(value)) return value.map(evaluate);
    if (!isObject(value)) return value;
    if (value.$made) return made[value.$made].value;
    if (value.$makes) return new Made("made-" + count++, value.$makes).value;
    if (value.$poolOf) return exports[value.$poolOf].userPoolId;
    if ("$secret" in value) return pulumi.secret(evaluate(value.$secret));
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, evaluate(member)]));
}

for (const { name, args, opts, get, makes, gives, deleteBeforeReplace } of JSON.parse(require("fs").readFileSync(__dirname + "/${DECLARATIONS}", "utf8"))) {
    if (makes !== undefined) {
        made[name] = new Made(name, makes, gives, { deleteBeforeReplace });
    } else if (get !== undefined) {
        exports[name] = UserPoolDomainSettings.get(name, get);
    } else {
        const { transform, ownedBy, dependsOn, ...rest } = opts ?? {};
        if (transform) rest.transforms = [({ props, opts }) => ({ props: { ...props, ...evaluate(transform) }, opts })];
        if (dependsOn) rest.dependsOn = [made[dependsOn]];
        if (ownedBy) Object.assign(rest, { replaceWith: [made[ownedBy]], deletedWith: made[ownedBy] });
        exports[name] = new UserPoolDomainSettings(name, evaluate(args), rest);
    }
}
`;
