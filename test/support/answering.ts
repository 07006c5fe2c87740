import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Aws } from "../../provider/aws/awsCalls";

/** Asks an AWS whose every answer is this: for answers that no scene of the emulator gives. */
export async function answering<T>(body: object, ask: (calls: Aws) => Promise<T>): Promise<T> {
    const server = createServer((_, response) => response.end(JSON.stringify(body)));
    await once(server.listen(0, "127.0.0.1"), "listening");
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
        return await ask(new Aws({ maxAttempts: 1, endpoint }));
    } finally {
        server.closeAllConnections();
        server.close();
    }
}
