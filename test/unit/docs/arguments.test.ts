import assert from "node:assert/strict";
import * as ts from "typescript";
import { ARGUMENT_NAMES, validate } from "../../../provider/inputs/schema";
import { POOL } from "../../support/domains";
import { read } from "../../support/pages";

describe("docs/arguments.md", () => {
    const sourceOf = (path: string) => ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
    const args = sourceOf("provider/inputs/userPoolDomainSettingsArgs.ts");
    const resource = sourceOf("provider/program/userPoolDomainSettings.ts");

    it("has every argument, nested ones too, with the default that its docstring has", () => {
        const inSource = membersOf("UserPoolDomainSettingsArgs").map(({ name, fallback }) => [name, fallback]);
        assert.deepEqual(Object.fromEntries(items("Arguments")), Object.fromEntries(inSource));
    });

    it("has the arguments that the provider accepts", () => {
        const names = items("Arguments").map(([name]) => name);
        assert.deepEqual(names.filter((name) => /^\w+$/.test(name)).sort(), [...ARGUMENT_NAMES].sort());
        for (const [parent, given] of [
            ["customDomainConfig.", { customDomainConfig: { x: 1 } }],
            ["routing.failover.", { routing: { failover: { x: 1 } } }],
            ["aws.", { aws: { x: 1 } }],
            ["aws.assumeRoles[].", { aws: { assumeRoles: [{ x: 1 }] } }],
        ] as const) {
            const known = validate({ userPoolId: POOL, domain: "auth.example.com", ...given })
                .map(({ message }) => /^is not a known property; expected one of (.*)$/.exec(message)?.[1])
                .find((list) => list !== undefined);
            const children = names.filter((name) => name.startsWith(parent) && !/[.[]/.test(name.slice(parent.length)));
            assert.deepEqual(
                children.map((name) => name.slice(parent.length)).sort(),
                known?.split(", ").sort(),
                parent,
            );
        }
    });

    it("has every output of the class", () => {
        const found = resource.statements.filter(ts.isClassDeclaration);
        const { members } = found.find((it) => it.name?.text === "UserPoolDomainSettings") ?? { members: [] };
        const outputs = [...members].filter(ts.isPropertyDeclaration).map(({ name }) => name.getText());
        const documented = items("Outputs").map(([name]) => name);
        assert.deepEqual(documented.sort(), outputs.sort());
    });

    /** Name and default of each item under a heading: "- `name` (type; default): meaning". */
    function items(heading: string): [name: string, fallback: string][] {
        const section =
            read("docs/arguments.md")
                .split(/^## /m)
                .find((text) => text.startsWith(heading)) ?? "";
        const texts = section.split(/^- /m).slice(1);
        return texts.map((text) => {
            const [, name = "", type = ""] =
                /^`([^`]+)` \((.*?)\)(?=:\s|\s*$)/s.exec(text.split("\n\n")[0] ?? "") ?? [];
            const [, ...fallback] = type.replace(/\s+/g, " ").split("; ");
            return [name, fallback.join("; ").replace(/^default /, "")];
        });
    }

    function membersOf(name: string, prefix = ""): { name: string; fallback: string }[] {
        const found = args.statements.filter(ts.isInterfaceDeclaration).find((it) => it.name.text === name);
        assert.ok(found, `interface ${name}`);
        return found.members.flatMap((member) => {
            if (!ts.isPropertySignature(member)) {
                return [];
            }
            const memberName = prefix + member.name.getText();
            const type = member.type?.getText() ?? "";
            const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default");
            const fallback = member.questionToken ? (ts.getTextOfJSDocComment(tag?.comment) ?? "") : "required";
            const [, nested] =
                /(UserPoolDomainSettings(?:CustomDomainConfig|Routing|Failover|AssumeRole|Aws)Args)\b/.exec(type) ?? [];
            const inside = nested ? membersOf(nested, `${memberName}${type.includes("[]") ? "[]" : ""}.`) : [];
            return [{ name: memberName, fallback: fallback.replace(/\s+/g, " ") }, ...inside];
        });
    }
});
