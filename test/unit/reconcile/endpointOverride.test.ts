import assert from "node:assert/strict";
import { connectTo } from "../../../provider/reconcile/endpointOverride";

describe("connectTo", () => {
    const cases: [rules: string, host: string, expected: { host: string; port: number }][] = [
        ["", "a.example.com", { host: "a.example.com", port: 443 }],
        ["a.example.com:443:127.0.0.1:8443", "a.example.com", { host: "127.0.0.1", port: 8443 }],
        ["a.example.com:443:127.0.0.1:8443", "b.example.com", { host: "b.example.com", port: 443 }],
        ["a.example.com:80:127.0.0.1:8443", "a.example.com", { host: "a.example.com", port: 443 }],
        ["::127.0.0.1:8443", "anything", { host: "127.0.0.1", port: 8443 }],
        ["a:443:one:1, b:443:two:2", "b", { host: "two", port: 2 }],
        ["a:443:[::1]:8443", "a", { host: "::1", port: 8443 }],
        ["a:443::8443", "a", { host: "a", port: 8443 }],
        ["a:443:b:", "a", { host: "b", port: 443 }],
        ["nonsense", "a", { host: "a", port: 443 }],
    ];
    for (const [rules, host, expected] of cases) {
        it(`with "${rules}", ${host} is reached at ${expected.host}:${expected.port}`, () => {
            assert.deepEqual(connectTo(host, 443, rules), expected);
        });
    }
});
