import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { judgeDrift } from "../../provider/checks/drift";
import { judge } from "../../provider/checks/judge";
import { ARGUMENT_NAMES, validate } from "../../provider/inputs/schema";
import type { Desired } from "../../provider/model/desired";
import { AwsCallError } from "../../provider/model/errors";
import { type Finding, formatFinding, type Phase, weigh } from "../../provider/model/findings";
import type {
    Branding,
    ManagedLoginObservations,
    Observations,
    ObservedCertificate,
} from "../../provider/model/observed";
import { SharedDomains } from "../../provider/program/sharedDomains";
import { wayBackFinding } from "../../provider/program/wayBack";
import { ARN, goodCertificate, inDays, NOW, OTHER_ARN } from "../support/certificates";
import { CUSTOM, FAILOVER, OTHER_POOL, POOL, seen } from "../support/domains";

/** Lower folders first: none imports from one after it. */
const ORDER = ["model/", "inputs/", "checks/", "aws/", "reconcile/", "program/", "plugin/"];

/** One finding of each code that a scene has shown. */
const TEXTS = new Map<string, Finding>();

const ROOT = path.join(__dirname, "../..");

function read(file: string): string {
    return readFileSync(path.join(ROOT, file), "utf8");
}

/** The rows of every table in a page, as their cells without backticks. */
function rowsOf(page: string): string[][] {
    return read(page)
        .split("\n")
        .filter((line) => line.startsWith("| `"))
        .map((line) => line.split("|").slice(1, -1))
        .map((cells) => cells.map((cell) => cell.trim().replaceAll("`", "")));
}

describe("README.md", () => {
    it("fits into 120 lines, and shows the comment that examples/pr-pipeline has", () => {
        const readme = read("README.md");
        assert.ok(readme.split("\n").length <= 120);
        const [comment = ""] = read("examples/pr-pipeline/comment-refused.md").split("\n\n<details>");
        // Formatters align tables.
        const text = (markdown: string) => markdown.replace(/^> ?/gm, "").replace(/-{3,}/g, "---").replace(/ +/g, " ");
        assert.ok(text(readme).includes(text(comment)));
    });

    it("gives a test for every promise", () => {
        const [, promises = ""] = read("README.md").split("| Promise");
        const rows = promises.split("\n\n")[0]?.split("\n").slice(2) ?? [];
        assert.ok(rows.length >= 8);
        assert.deepEqual(
            rows.filter((row) => !/\]\(test\/[\w/]+\.test\.ts\) +\|$/.test(row)),
            [],
        );
    });
});

describe("CHANGELOG.md", () => {
    it("has the form of Keep a Changelog: versions with a day, and entries under the six kinds of change", () => {
        const [, ...versions] = read("CHANGELOG.md").split(/^## /m);
        assert.match(versions[0] ?? "", /^\[Unreleased\]\n/);
        for (const version of versions) {
            assert.match(version, /^\[(Unreleased\]|\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d)\n/);
            const [intro = "", ...kinds] = version.split(/^### /m);
            assert.doesNotMatch(intro, /^- /m);
            assert.deepEqual(
                kinds.filter((kind) => !/^(Added|Changed|Deprecated|Removed|Fixed|Security)\n\n- /.test(kind)),
                [],
            );
        }
    });

    it("has the version of the package", () => {
        const { version } = JSON.parse(read("package.json"));
        assert.ok(read("CHANGELOG.md").includes(`\n## [${version}] - `));
    });
});

describe("docs/findings.md", () => {
    it("has every code that the provider's source has, and no other", () => {
        assert.deepEqual(
            documented()
                .map(([code]) => code)
                .sort(),
            codesInSource(),
        );
    });

    it("says of each code what the judges say: argument, severity in the preview and in the update", () => {
        assert.deepEqual(Object.fromEntries(documented()), Object.fromEntries(judged()));
    });

    function documented(): [code: string, row: string][] {
        return rowsOf("docs/findings.md").map(([code = "", ...rest]) => [code, rest.slice(0, 3).join(" | ")]);
    }
});

/** String literals that the provider gives as a finding's code. */
function codesInSource(): string[] {
    const codes = new Set<string>();
    for (const file of readdirSync(path.join(ROOT, "provider"), { recursive: true, encoding: "utf8" })) {
        if (!file.endsWith(".ts")) {
            continue;
        }
        const tree = ts.createSourceFile(file, read(`provider/${file}`), ts.ScriptTarget.Latest, true);
        const literals = (node: ts.Node): void => {
            if (ts.isStringLiteral(node) && /^[a-z]+(-[a-z]+)+$/.test(node.text)) {
                codes.add(node.text);
            }
            node.forEachChild(literals);
        };
        const visit = (node: ts.Node): void => {
            if (ts.isPropertyAssignment(node) && node.name.getText() === "code") {
                literals(node.initializer);
            } else if (ts.isCallExpression(node) && node.expression.getText() === "unseen" && node.arguments[0]) {
                literals(node.arguments[0]);
            }
            node.forEachChild(visit);
        };
        visit(tree);
    }
    return [...codes].sort();
}

/** One scene for each code. A new finding needs one here, and a row in the page. */
function judged(): [code: string, row: string][] {
    const failed = { failed: new AwsCallError("no permission", { code: "AccessDeniedException" }) };
    const code = (name: string, observed: Observations, question: Partial<Desired> = {}): [string, string] => {
        const cells = (["preview", "update"] as const).map((phase) => severityOf(name, observed, question, phase));
        return [name, ["domain", ...cells].join(" | ")];
    };
    const certificate = (name: string, look: Partial<ObservedCertificate> | "failed" | "absent", arn = ARN) => {
        const answer = look === "failed" ? failed : look === "absent" ? { absent: true as const } : undefined;
        const certificate = { arn, look: answer ?? { found: goodCertificate(look as object) } };
        const cells = (["preview", "update"] as const).map((phase) =>
            [OTHER_ARN, arn]
                .map((attached) =>
                    severityOf(
                        name,
                        { domain: { found: seen({ settings: { certificateArn: attached } }) }, certificate },
                        { settings: { certificateArn: arn } },
                        phase,
                    ),
                )
                .join(" / "),
        );
        return [name, ["customDomainConfig.certificateArn", ...cells].join(" | ")] as [string, string];
    };
    // The gate before an update asks neither about managed login nor about replicas.
    const previewOnly = (name: string, property: string, observed: Observations, question: Partial<Desired>) =>
        [name, [property, severityOf(name, observed, question, "preview"), "-"].join(" | ")] as [string, string];
    const login = (name: string, managedLogin: Partial<ManagedLoginObservations>, managedLoginVersion = 2) =>
        previewOnly(
            name,
            "managedLoginVersion",
            { managedLogin: { userPool: { found: { passkeys: true } }, ...managedLogin } },
            { settings: { managedLoginVersion } },
        );
    const replica = (name: string, replicas: Observations["replicas"]) =>
        previewOnly(name, "routing.failover.secondaryRegion", { replicas }, { settings: { failover: FAILOVER } });
    const lite = { replicas: { found: [] }, replicatedPool: { found: { tier: "LITE", passkeys: false } } };
    const client = (name: string, verifyClient: Observations["verifyClient"]) =>
        ["verify.clientId"]
            .concat(
                (["preview", "update"] as const).map((phase) =>
                    severityOf(name, { verifyClient }, { clientId: "web" }, phase),
                ),
            )
            .join(" | ");
    const unbranded: Branding = { looked: 1, more: false, unbranded: [{ id: "1", name: "web" }] };
    return [
        code("domain-not-found", { domain: { absent: true } }),
        code("domain-other-pool", { domain: { found: seen({ userPoolId: OTHER_POOL }) } }),
        code("domain-deleting", { domain: { found: seen({ status: "DELETING" }) } }),
        code("domain-not-active", { domain: { found: seen({ status: "FAILED" }) } }),
        code("domain-unseen", { domain: failed }),
        // It is about the program, not about AWS: claims.test.ts, and the engine's tests.
        ["domain-managed-twice", "domain | warning | -"],
        // So are these: test/engine/notRefused.test.ts, driftInPreview.test.ts, wayBack.test.ts, failClosed.test.ts.
        ["not-preflighted", "the argument | warning | -"],
        ["setting-drifted", "the setting | warning | -"],
        ["no-way-back", "onFailure or onDelete | warning | -"],
        ["config-unreadable", "preflight | error | -"],
        ["preflight-failed", "preflight | error | -"],
        code("account-not-allowed", { domain: { found: seen() } }, { allowedAccountIds: ["210987654321"] }),
        certificate("certificate-not-found", "absent"),
        certificate("certificate-other-account", {}, ARN.replace("123456789012", "210987654321")),
        certificate("certificate-pending-validation", { status: "PENDING_VALIDATION" }),
        certificate("certificate-not-issued", { status: "FAILED" }),
        certificate("certificate-expired", { status: "EXPIRED" }),
        certificate("certificate-not-yet-valid", { notBefore: inDays(1) }),
        certificate("certificate-expires-soon", { notAfter: inDays(3) }),
        certificate("certificate-name-mismatch", { names: ["example.org"] }),
        certificate("certificate-key-unusable", { keyAlgorithm: "EC-secp384r1" }),
        certificate("certificate-key-unknown", { keyAlgorithm: "ML-DSA-44" }),
        certificate("certificate-key-not-in-acm", { keyPairOrigin: "ACME" }),
        certificate("certificate-managed-by-cloudfront", { managedBy: "CLOUDFRONT" }),
        certificate("certificate-private", { type: "PRIVATE" }),
        certificate("certificate-imported-expiring", { type: "IMPORTED", notAfter: inDays(30) }),
        certificate("certificate-renewal-failing", { renewalStatus: "FAILED" }),
        certificate("certificate-renewal-ineligible", { renewalEligibility: "INELIGIBLE" }),
        certificate("certificate-unseen", "failed"),
        login("feature-plan-lite", { userPool: { found: { tier: "LITE", passkeys: false } } }),
        login("branding-missing", { branding: { found: unbranded } }),
        login("passkeys-need-managed-login", {}, 1),
        login("passkey-relying-party", { relyingParty: { found: "example.org" } }),
        login("user-pool-unseen", { userPool: failed }),
        login("relying-party-unseen", { relyingParty: failed }),
        login("branding-unseen", { branding: failed }),
        previewOnly("failover-plan-lite", "routing.failover.secondaryRegion", lite, {
            settings: { failover: FAILOVER },
        }),
        previewOnly(
            "failover-classic-ui",
            "routing.failover.secondaryRegion",
            { replicas: { found: [] } },
            { settings: { failover: FAILOVER, managedLoginVersion: 1 } },
        ),
        ["verify-client-not-found", client("verify-client-not-found", { absent: true })],
        ["verify-client-unseen", client("verify-client-unseen", failed)],
        replica("replica-not-found", { found: [] }),
        replica("replica-inactive", { found: [{ region: FAILOVER.secondaryRegion, status: "INACTIVE" }] }),
        replica("replicas-unseen", failed),
    ];
}

function severityOf(code: string, observed: Observations, question: Partial<Desired>, phase: Phase): string {
    const whole = {
        domain: CUSTOM.domain,
        address: CUSTOM,
        settings: {},
        minimumCertificateValidityDays: undefined,
        ...question,
    };
    const finding = judge(observed, whole, phase, NOW).find((it: Finding) => it.code === code);
    if (finding) {
        TEXTS.set(code, TEXTS.get(code) ?? finding);
    }
    return finding?.severity ?? "-";
}

/** What people have to read at most, without the code. */
const MAX_CHARACTERS = 330;

/** The titles are the findings, one of each code, as a terminal shows them: for a person's eye. */
describe("The text of a finding:", () => {
    const drifted = weigh(judgeDrift(["managedLoginVersion"], { managedLoginVersion: 2 }, {}), "preview");
    const wayBack = { argument: "onFailure", possible: false, reason: "the certificate .../1234 has expired" } as const;
    const uses = new SharedDomains();
    uses.register({ name: "auth", desired: { managedLoginVersion: 1 } }, CUSTOM);
    const shared = uses.register({ name: "login", desired: { managedLoginVersion: 2 } }, CUSTOM)();
    judged();

    for (const finding of [...TEXTS.values(), ...drifted, ...wayBackFinding(wayBack), ...shared]) {
        it(formatFinding(finding), () => {
            const { message, remedy } = finding;
            assert.ok(`${message}. ${remedy}.`.length <= MAX_CHARACTERS, `${message.length + remedy.length}`);
            assert.match(remedy, /^[A-Z]/, "a remedy is an imperative sentence");
            assert.match(message, /^[^A-Z]|^(ACM|Cognito|CloudFront|AWS)/, "what was seen continues the line");
            for (const text of [message, remedy]) {
                assert.doesNotMatch(text, /[.\s]$|\bundefined\b|\[object|\s{2}/);
            }
        });
    }

    it("is shown for every code that a judge of AWS gives", () => {
        const [aboutAws = ""] = read("docs/findings.md").split("## The preview itself");
        const codes = [...aboutAws.matchAll(/^\| `([^`]+)`/gm)].map(([, code]) => code ?? "");
        // About the program: shown above.
        const expected = codes.filter((code) => code !== "domain-managed-twice");
        assert.deepEqual([...TEXTS.keys()].sort(), expected.sort());
    });
});

describe("docs/arguments.md", () => {
    const sourceOf = (path: string) => ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
    const args = sourceOf("provider/inputs/args.ts");
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
            ["verify.", { verify: { x: 1 } }],
            ["aws.", { aws: { x: 1 } }],
            ["aws.assumeRoles[].", { aws: { assumeRoles: [{ x: 1 }] } }],
        ] as const) {
            const known = validate({ userPoolId: POOL, domain: "auth.example.com", ...given })
                .map(({ message }) => /^is not known; known are (.*)$/.exec(message)?.[1])
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
        const outputs = classNamed("UserPoolDomainSettings")
            .members.filter(ts.isPropertyDeclaration)
            .map(({ name }) => name.getText());
        assert.deepEqual(
            items("Outputs")
                .map(([name]) => name)
                .sort(),
            outputs.sort(),
        );
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
        return interfaceNamed(name).members.flatMap((member) => {
            if (!ts.isPropertySignature(member)) {
                return [];
            }
            const memberName = prefix + member.name.getText();
            const type = member.type?.getText() ?? "";
            const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default");
            const fallback = member.questionToken ? (ts.getTextOfJSDocComment(tag?.comment) ?? "") : "required";
            const [, nested] =
                /(CustomDomainConfigArgs|RoutingArgs|FailoverArgs|VerifyArgs|AssumeRoleArgs|AwsIdentityArgs)\b/.exec(
                    type,
                ) ?? [];
            const inside = nested ? membersOf(nested, `${memberName}${type.includes("[]") ? "[]" : ""}.`) : [];
            return [{ name: memberName, fallback: fallback.replace(/\s+/g, " ") }, ...inside];
        });
    }

    function interfaceNamed(name: string): ts.InterfaceDeclaration {
        const found = args.statements.find((it) => ts.isInterfaceDeclaration(it) && it.name.text === name);
        assert.ok(found, `interface ${name}`);
        return found as ts.InterfaceDeclaration;
    }

    function classNamed(name: string): ts.ClassDeclaration {
        return resource.statements.find(
            (it) => ts.isClassDeclaration(it) && it.name?.text === name,
        ) as ts.ClassDeclaration;
    }
});

describe("the pages", () => {
    const pages = ["docs", "examples/pr-pipeline", "examples/unit-test", "."].flatMap((folder) =>
        readdirSync(path.join(ROOT, folder))
            .filter((name) => name.endsWith(".md"))
            .map((name) => path.join(folder, name)),
    );
    for (const page of pages) {
        it(`${page} links to what is there`, () => {
            const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? "");
            for (const link of links.filter((it) => !/^[a-z]+:/.test(it))) {
                const [file = "", anchor] = link.split("#");
                const target = file === "" ? page : path.join(path.dirname(page), file);
                assert.doesNotThrow(() => readdirOrFile(target), `${page}: ${link}`);
                if (anchor) {
                    assert.ok(anchorsOf(target).includes(anchor), `${page}: ${link}`);
                }
            }
        });
    }

    it("docs/how-it-works.md names every folder of the provider", () => {
        const folders = readdirSync(path.join(ROOT, "provider"), { withFileTypes: true })
            .filter((it) => it.isDirectory())
            .map(({ name }) => `${name}/`);
        assert.deepEqual(
            rowsOf("docs/how-it-works.md").map(([folder]) => folder),
            folders.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)),
        );
    });

    function readdirOrFile(target: string): unknown {
        try {
            return read(target);
        } catch {
            return readdirSync(path.join(ROOT, target));
        }
    }

    function anchorsOf(page: string): string[] {
        return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
            heading
                .toLowerCase()
                .replace(/[^\w\s-]/g, "")
                .trim()
                .replace(/\s/g, "-"),
        );
    }
});
