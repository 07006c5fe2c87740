#!/usr/bin/env node
// Stands in for `gh api`: keeps the issues and comments of a repository as GitHub does, in the file that GH_STATE names.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

/** GitHub's own limit of a body. */
const MAX_CHARACTERS = 65_536;

const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
        method: { type: "string", default: "GET" },
        paginate: { type: "boolean" },
        slurp: { type: "boolean" },
        silent: { type: "boolean" },
        field: { type: "string", short: "F", multiple: true, default: [] },
        "raw-field": { type: "string", short: "f", multiple: true, default: [] },
    },
});
const [command, target = ""] = positionals;
const { pathname, searchParams } = new URL(target, "https://api.github.com/");
const state = JSON.parse(readFileSync(process.env.GH_STATE, "utf8"));
const me = { login: "github-actions[bot]" };

if (command !== "api" || !process.env.GH_TOKEN) {
    fail("gh: To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable.", 4);
}

const answer = call(`${values.method} ${pathname}`);
writeFileSync(process.env.GH_STATE, JSON.stringify(state, undefined, 2));
if (!values.silent) {
    console.log(JSON.stringify(answer));
}

function call(request) {
    const [, number] = /^\w+ \/repos\/my-org\/my-repo\/issues(?:\/comments)?\/(\d+)/.exec(request) ?? [];
    const id = Number(number);
    switch (request.replace(/\d+/, "N")) {
        case "GET /repos/my-org/my-repo/issues":
            return pages(state.issues.filter((it) => it.state === searchParams.get("state")));
        case "GET /repos/my-org/my-repo/issues/N/comments":
            return pages(state.comments.filter(({ issue }) => issue === id));
        case "POST /repos/my-org/my-repo/issues": {
            const made = { number: nextId(), state: "open", user: me, ...fields() };
            state.issues.push(made);
            return made;
        }
        case "POST /repos/my-org/my-repo/issues/N/comments": {
            const made = { id: nextId(), issue: id, user: me, ...fields() };
            state.comments.push(made);
            return made;
        }
        case "PATCH /repos/my-org/my-repo/issues/N":
            return Object.assign(
                found(state.issues, (it) => it.number === id),
                fields(),
            );
        case "PATCH /repos/my-org/my-repo/issues/comments/N":
            return Object.assign(
                found(state.comments, (it) => it.id === id),
                fields(),
            );
        default:
            return fail(`gh: Not Found (HTTP 404): ${request}`, 1);
    }
}

/** A page holds at most `pageSize`, so that few comments are many pages. */
function pages(all) {
    const size = Math.min(state.pageSize, Number(searchParams.get("per_page") ?? 30));
    const cut = Array.from({ length: Math.max(1, Math.ceil(all.length / size)) }, (_, at) =>
        all.slice(at * size, (at + 1) * size),
    );
    const seen = values.paginate ? cut : cut.slice(0, 1);
    return values.slurp ? seen : seen.flat();
}

function fields() {
    const given = [
        ...values.field.map((text) => {
            const [name, value] = split(text);
            return [name, value.startsWith("@") ? readFileSync(value.slice(1), "utf8") : value];
        }),
        ...values["raw-field"].map(split),
    ];
    const { body } = Object.fromEntries(given);
    if (body === "" || body?.length > MAX_CHARACTERS) {
        fail("gh: Validation Failed (HTTP 422)", 1);
    }
    return Object.fromEntries(given);
}

function split(text) {
    const at = text.indexOf("=");
    return [text.slice(0, at), text.slice(at + 1)];
}

function found(all, isIt) {
    return all.find(isIt) ?? fail("gh: Not Found (HTTP 404)", 1);
}

function nextId() {
    state.lastId++;
    return state.lastId;
}

function fail(message, code) {
    console.error(message);
    process.exit(code);
}
