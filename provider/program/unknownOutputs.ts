import * as pulumi from "@pulumi/pulumi";
import { UNKNOWN } from "../inputs/unknown";
import { defined } from "../model/defined";
import { isObject } from "../model/isObject";

/** An output whose `apply` may see values that are not, or only partly, known. It is Pulumi's own, though not in its types. */
export interface WithUnknowns {
    apply<U>(func: (value: unknown) => Promise<U>, runWithUnknowns: true): pulumi.Output<U>;
}

export function withUnknowns(output: pulumi.Output<unknown>): WithUnknowns {
    return output as unknown as WithUnknowns;
}

/** The value with Pulumi's marks for the unknown as the text that stands for them in the provider. */
export function plain(value: unknown): unknown {
    if (pulumi.isUnknown(value)) {
        return UNKNOWN;
    }
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    return isObject(value)
        ? Object.fromEntries(Object.entries(defined(value)).map(([key, member]) => [key, plain(member)]))
        : value;
}
