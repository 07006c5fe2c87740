/**
 * Whether an update of a domain with this status is on its way: what it has then may be the old or the new, and is nobody's
 * change. Source: Cognito API reference, DomainDescriptionType.
 */
export function isUnderWay(status: unknown): boolean {
    return status === "CREATING" || status === "UPDATING";
}
