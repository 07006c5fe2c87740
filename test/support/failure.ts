import assert from "node:assert/strict";

/** The error that the work fails with; it is a failure of the test where it does not. */
export function failureOf<E extends Error = Error>(work: Promise<unknown>): Promise<E> {
    return work.then(
        () => assert.fail("it did not fail"),
        (error: E) => error,
    );
}
