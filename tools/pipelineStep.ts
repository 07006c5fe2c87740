/** The shell script of the step with that name, in the YAML of a GitHub Actions workflow. */
export function stepOf(workflow: string, name: string): string {
    const lines = workflow.split("\n");
    const start = lines.findIndex((line) => line.trim() === `- name: ${name}`);
    const depth = indentOf(lines[start] ?? "");
    const rest = lines.slice(start + 1).filter((line) => !line.trim().startsWith("#"));
    const end = rest.findIndex((line) => line.trim() !== "" && indentOf(line) <= depth);
    const step = rest.slice(0, end < 0 ? rest.length : end);
    const at = step.findIndex((line) => /^\s*run: /.test(line));
    if (start < 0 || at < 0) {
        throw new Error(`the workflow has no step "${name}" that runs a script`);
    }
    const first = (step[at] ?? "").replace(/^\s*run: /, "");
    if (first !== "|") {
        return first;
    }
    const script = step.slice(at + 1);
    const indent = indentOf(script[0] ?? "");
    return script
        .map((line) => line.slice(indent))
        .join("\n")
        .trimEnd();
}

function indentOf(line: string): number {
    return line.length - line.trimStart().length;
}
