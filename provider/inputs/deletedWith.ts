/**
 * The input, and output, that says that the program gives the resource option `deletedWith`: whoever deletes the domain deletes
 * this resource with it.
 */
export const DELETED_WITH = "__deletedWith";

export function isDeletedWith(props: object): boolean {
    return (props as Record<string, unknown>)[DELETED_WITH] === true;
}
