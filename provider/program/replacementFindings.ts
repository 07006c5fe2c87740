import type * as pulumi from "@pulumi/pulumi";
import type { Finding } from "../model/findings";

/**
 * What the resource options do to a restore. A resource with `replaceWith` may be deleted before the program says that it still
 * wants it: `delete` could not tell that from a destroy.
 */
export function judgeReplacement(
    { onDelete, preflight }: Record<string, unknown>,
    { replaceWith, deletedWith, retainOnDelete }: pulumi.CustomResourceOptions,
): Finding[] {
    const isDeleted = deletedWith === undefined && !retainOnDelete;
    const isAtRisk = onDelete === "restore" && replaceWith?.length && isDeleted;
    return isAtRisk && preflight !== "off"
        ? [
              {
                  code: "restored-between",
                  ground: "advisory",
                  severity: "warning",
                  property: "onDelete",
                  message:
                      'replaceWith is given without deletedWith: where that resource is deleted before it is replaced, "restore" puts the old settings back on the live domain in between',
                  remedy: "Give deletedWith, too",
              },
          ]
        : [];
}
