import * as pulumi from "@pulumi/pulumi";
import { oneLine } from "../model/plainText";

/**
 * Refuses arguments and options that Pulumi would take, and then do something else than the program says.
 * @throws Error naming the option and what to write instead.
 */
export function refuseOptions(
    name: string,
    args: unknown,
    { provider, import: id, customTimeouts }: pulumi.CustomResourceOptions,
): void {
    const refuse = (problem: string) => new Error(`${oneLine(`UserPoolDomainSettings "${name}"`)}: ${problem}`);
    if (typeof args !== "object" || args === null) {
        throw refuse("the arguments are required; give an object with at least userPoolId and domain");
    }
    if (pulumi.Output.isInstance(args) || args instanceof Promise) {
        throw refuse("the arguments are one Output or Promise; give an object, whose members may be Outputs");
    }
    // Pulumi refuses as well, and asks for an explicit provider, which is refused below.
    if (/"(\*|pulumi-nodejs)"/.test(new pulumi.Config("pulumi").get("disable-default-providers") ?? "")) {
        throw refuse(
            "pulumi:disable-default-providers disables all dynamic resources, and these have no explicit provider. " +
                'List the packages to disable, in place of "*" and without "pulumi-nodejs".',
        );
    }
    if (provider) {
        throw refuse(
            "opts.provider is not supported: another package's provider cannot manage this resource. " +
                "Credentials come from the stack's aws: config and the environment; to use others, set the argument aws.",
        );
    }
    if (id !== undefined) {
        throw refuse(
            "opts.import is not supported and not needed: the first update adopts the domain, and the preview shows what that changes. " +
                "Remove import. To read settings without managing them, use UserPoolDomainSettings.get.",
        );
    }
    if (customTimeouts) {
        throw refuse(
            "opts.customTimeouts is not supported: Pulumi does not pass it on. Set waitTimeoutSeconds instead.",
        );
    }
}
