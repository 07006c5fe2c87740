/** Runs the work on one domain one after the other: two resources of a program may be about the same one. */
export class OneAtATime {
    readonly #last = new Map<string, Promise<unknown>>();

    run<T>(id: string, work: () => Promise<T>): Promise<T> {
        const turn = (this.#last.get(id) ?? Promise.resolve()).then(work, work);
        this.#last.set(id, turn);
        const forget = () => this.#last.get(id) === turn && this.#last.delete(id);
        turn.then(forget, forget);
        return turn;
    }
}
