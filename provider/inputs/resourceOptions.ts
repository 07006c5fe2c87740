import { oneLine } from "../model/plainText";

/** `deletedWith`: whoever deletes the domain deletes this resource with it. */
export const DELETED_WITH = "__deletedWith";

/** `replaceWith`: this resource may be deleted before the program says that it still wants it. */
export const REPLACE_WITH = "__replaceWith";

/** The resource options that a delete goes by, as inputs and outputs: the engine tells a provider of neither. */
export interface ResourceOptions {
    [DELETED_WITH]?: true;
    [REPLACE_WITH]?: true;
}

/** What the program gives of these options. */
export function resourceOptionsOf({
    deletedWith,
    replaceWith,
}: {
    deletedWith?: unknown;
    replaceWith?: unknown[];
}): ResourceOptions {
    return {
        ...(deletedWith !== undefined ? { [DELETED_WITH]: true } : {}),
        ...(replaceWith?.length ? { [REPLACE_WITH]: true } : {}),
    };
}

/** What some inputs, or outputs, have of them. */
export function resourceOptionsIn(props: object): ResourceOptions {
    const { [DELETED_WITH]: deletedWith, [REPLACE_WITH]: replaceWith } = props as Record<string, unknown>;
    return {
        ...(deletedWith === true ? { [DELETED_WITH]: true } : {}),
        ...(replaceWith === true ? { [REPLACE_WITH]: true } : {}),
    };
}

export function isDeletedWith(props: object): boolean {
    return DELETED_WITH in resourceOptionsIn(props);
}

/** Whether a delete may be half of a replacement that no `diff` has told of. */
export function isReplacedWith(props: object): boolean {
    return REPLACE_WITH in resourceOptionsIn(props);
}

/**
 * Refuses what Pulumi would take, and then do something else than the program says.
 * @throws Error with what to give instead.
 */
export function refuseOptions(name: string, { provider, import: id }: { provider?: unknown; import?: unknown }): void {
    const resource = oneLine(`UserPoolDomainSettings "${name}"`);
    if (provider) {
        throw new Error(
            `${resource}: opts.provider is not for this resource: it would go to another package's plugin. ` +
                "It takes its AWS credentials from the stack's aws: config and the environment; give the argument aws instead.",
        );
    }
    if (id !== undefined) {
        throw new Error(
            `${resource}: opts.import is not for this resource, which takes a domain over as it is: leave import out. ` +
                "The first update adopts the domain, and the preview says what that changes. To look settings up and manage nothing: UserPoolDomainSettings.get.",
        );
    }
}
