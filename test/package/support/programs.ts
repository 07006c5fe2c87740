/** The class that a program uses: the resource itself, or a component with it. */
export interface Maker {
    from: string;
    name: string;
}

export const OURS: Maker = { from: "pulumi-cognito-domain-settings", name: "UserPoolDomainSettings" };

/** A component in a package of its own, on which the program depends instead of ours. */
export const COMPONENT: Maker & { files: Record<string, string> } = {
    from: "@acme/sign-in",
    name: "SignIn",
    files: {
        "index.js": `
            const pulumi = require("@pulumi/pulumi");
            const { UserPoolDomainSettings } = require("pulumi-cognito-domain-settings");
            exports.SignIn = class extends pulumi.ComponentResource {
                constructor(name, args, opts) {
                    super("acme:index:SignIn", name, {}, opts);
                    const settings = new UserPoolDomainSettings(name, args, { parent: this });
                    this.cloudFrontDomain = settings.cloudFrontDomain;
                }
            };`,
        "index.d.ts": `
            import * as pulumi from "@pulumi/pulumi";
            import { UserPoolDomainSettingsArgs } from "pulumi-cognito-domain-settings";
            export declare class SignIn extends pulumi.ComponentResource {
                readonly cloudFrontDomain: pulumi.Output<string>;
                constructor(name: string, args: UserPoolDomainSettingsArgs, opts?: pulumi.ComponentResourceOptions);
            }`,
    },
};

export interface Program {
    file: string;
    source: string;
    /** Whether it is compiled before Pulumi runs; otherwise Pulumi does it, with its own TypeScript 3.8. */
    compiled?: boolean;
}

/** The same program in each kind of module. */
export const PROGRAMS = {
    CommonJS: (maker: Maker, args: object): Program => ({
        file: "index.js",
        source: `const { ${maker.name} } = require("${maker.from}");
            exports.cloudFrontDomain = new ${maker.name}("auth", ${JSON.stringify(args)}).cloudFrontDomain;`,
    }),
    ESM: (maker: Maker, args: object): Program => ({ file: "program.mjs", source: imports(maker, args) }),
    TypeScript: (maker: Maker, args: object): Program => ({ file: "program.ts", source: imports(maker, args) }),
    "TypeScript, compiled": (maker: Maker, args: object): Program => ({
        file: "compiled.ts",
        source: imports(maker, args),
        compiled: true,
    }),
};

export type Kind = keyof typeof PROGRAMS;

function imports({ from, name }: Maker, args: object): string {
    return `import { ${name} } from "${from}";
        export const cloudFrontDomain = new ${name}("auth", ${JSON.stringify(args)}).cloudFrontDomain;`;
}
