/** The part of a gRPC client that is asked here. */
interface Client {
    getChannel?(): { getConnectivityState(tryToConnect: boolean): number };
}

/** Source: gRPC, `connectivityState`. */
const SHUTDOWN = 4;

/**
 * Resolves while the program is connected to the engine, and never after that. Where the engine was killed, Pulumi's SDK has
 * closed the connection; a resource that is registered then throws in its handler of uncaught errors, which logs over the same
 * connection and throws again: the process would go on like that for ever, and take all memory. So it ends here, with nothing left to do.
 */
export function whileConnected(client: Client): Promise<void> {
    return client.getChannel?.().getConnectivityState(false) === SHUTDOWN ? new Promise(() => {}) : Promise.resolve();
}
