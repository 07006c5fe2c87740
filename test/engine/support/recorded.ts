import type { Project, ResourceState } from "./project";

/**
 * The settings resource of this name as the state's file has it, its secrets encrypted: `Project.state` has them in clear, and
 * runs the engine for that. Undefined where there is none.
 */
export async function recorded(project: Project, name: string): Promise<ResourceState | undefined> {
    const { checkpoint } = JSON.parse(await project.read("state/.pulumi/stacks/project/test.json"));
    const resources: ResourceState[] = checkpoint.latest.resources ?? [];
    return resources.find(({ urn }) => urn === project.urn(name));
}
