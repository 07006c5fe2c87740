import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { whileConnected } from "../../../provider/program/whileConnected";

/** Pulumi's own. */
const { Client, credentials } = createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js");

describe("whileConnected", () => {
    const isResolved = (promise: Promise<void>) =>
        Promise.race([promise.then(() => true), new Promise((resolve) => setImmediate(() => resolve(false)))]);

    it("resolves until the connection is closed, and never after that", async () => {
        const client = new Client("127.0.0.1:1", credentials.createInsecure());
        assert.equal(await isResolved(whileConnected(client)), true);
        client.close();
        assert.equal(await isResolved(whileConnected(client)), false);
    });

    it("does not mind what is no gRPC client", async () => {
        assert.equal(await isResolved(whileConnected({})), true);
    });
});
