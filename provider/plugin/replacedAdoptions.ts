import { addressIn, domainKey } from "../model/address";
import { type Adoption, adoptedIn } from "../model/adoption";
import type { Settings } from "../model/settings";
import { isStillApplied } from "../reconcile/adopt";

/**
 * The restore points, by domain, of the resources that `diff` has seen a change of. A replacement, by another Region or by
 * `replaceOnChanges`, runs create and then delete on the same domain: the new half is shown no old outputs.
 */
export class ReplacedAdoptions {
    readonly #byDomain = new Map<string, Adoption>();

    remember(id: string, outputs: Record<string, unknown>): void {
        this.#byDomain.set(keyOf(id), adoptedIn(outputs));
    }

    /** Once the resource is updated, and so not replaced: what another one begins to manage then has a restore point of its own. */
    forget(id: string): void {
        this.#byDomain.delete(keyOf(id));
    }

    /**
     * The record of adoption that an operation goes on from.
     * @param outputs The old outputs; empty where the resource is created.
     * @param original What was in force before the operation. Where it is not what was put in force, the domain was re-created,
     * and what is found now is the restore point.
     */
    of(id: string, outputs: Record<string, unknown>, original: Settings): Adoption {
        const own = adoptedIn(outputs);
        const replaced = this.#byDomain.get(keyOf(id));
        const isCreate = Object.keys(outputs).length === 0;
        return isCreate && replaced && isStillApplied(replaced, original) ? replaced : own;
    }
}

/** The domain, whatever the Region that it is asked for in; of an id that is not ours, the id. */
function keyOf(id: string): string {
    const address = addressIn(id);
    return address ? domainKey(address) : id;
}
