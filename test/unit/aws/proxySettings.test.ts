import assert from "node:assert/strict";
import { proxyFor, proxySettings } from "../../../provider/aws/proxySettings";
import { InvalidConfigurationError } from "../../../provider/model/errors";

const AWS = { protocol: "https:", hostname: "cognito-idp.us-west-2.amazonaws.com" };

/** The proxy for an endpoint, in an environment and a stack's config. */
function proxy(env: Record<string, string>, config?: Parameters<typeof proxySettings>[0], endpoint: object = AWS) {
    const settings = proxySettings(config, env);
    return settings && proxyFor({ ...AWS, ...endpoint }, settings)?.href;
}

describe("the proxy for an endpoint", () => {
    it("is the environment's, in either case", () => {
        assert.equal(proxy({}), undefined);
        assert.equal(proxy({ HTTPS_PROXY: "" }), undefined);
        assert.equal(proxy({ HTTPS_PROXY: "http://p:3128" }), "http://p:3128/");
        assert.equal(proxy({ https_proxy: "http://p:3128" }), "http://p:3128/");
        assert.equal(proxy({ HTTPS_PROXY: "p:3128" }), "http://p:3128/");
    });

    it("is the stack's config before that, and none where that is empty", () => {
        assert.equal(proxy({ HTTPS_PROXY: "http://p" }, { proxy: { https: "http://q" } }), "http://q/");
        assert.equal(proxy({ HTTPS_PROXY: "http://p" }, { proxy: { https: "" } }), undefined);
        assert.equal(proxy({ HTTPS_PROXY: "http://p" }, { proxy: { noProxy: ".amazonaws.com" } }), undefined);
        assert.equal(proxy({ HTTPS_PROXY: "http://p", NO_PROXY: "*" }, { proxy: { noProxy: "" } }), "http://p/");
    });

    it("differs by the endpoint's protocol", () => {
        const env = { HTTPS_PROXY: "http://s", HTTP_PROXY: "http://h" };
        assert.equal(proxy(env), "http://s/");
        assert.equal(proxy(env, undefined, { protocol: "http:" }), "http://h/");
        assert.equal(proxy({ HTTP_PROXY: "http://h" }), undefined);
    });

    const noProxy: [entry: string, isDirect: boolean][] = [
        ["*", true],
        [AWS.hostname, true],
        [AWS.hostname.toUpperCase(), true],
        ["amazonaws.com", true],
        [".amazonaws.com", true],
        ["*.amazonaws.com", true],
        ["localhost, .amazonaws.com", true],
        ["localhost .amazonaws.com", true],
        ["amazonaws.com:443", true],
        ["amazonaws.com:8443", false],
        ["mazonaws.com", false],
        ["us-west-2", false],
        ["", false],
    ];
    for (const [entry, isDirect] of noProxy) {
        it(`is ${isDirect ? "none" : "there"} with NO_PROXY ${JSON.stringify(entry)}`, () => {
            const found = proxy({ HTTPS_PROXY: "http://p", NO_PROXY: entry });
            assert.equal(found, isDirect ? undefined : "http://p/");
        });
    }

    it("is none for this machine itself", () => {
        for (const hostname of ["localhost", "127.0.0.1", "127.9.9.9", "[::1]"]) {
            assert.equal(proxy({ HTTPS_PROXY: "http://p" }, undefined, { hostname }), undefined);
        }
    });

    it("is refused where it is no HTTP proxy, without saying what it is: it may have a password in it", () => {
        const wrong: [env: Record<string, string>, config: Parameters<typeof proxySettings>[0], source: string][] = [
            [{ HTTPS_PROXY: "socks5://me:do-not-print@p" }, {}, "the environment variable HTTPS_PROXY"],
            [{ http_proxy: "http://me:do-not-print@[" }, {}, "the environment variable http_proxy"],
            [{}, { proxy: { https: "ftp://me:do-not-print@p" } }, "the config value aws:httpsProxy"],
        ];
        for (const [env, config, source] of wrong) {
            assert.throws(
                () => proxySettings(config, env),
                (error: Error) =>
                    error instanceof InvalidConfigurationError &&
                    error.message.startsWith(`${source} is not the URL of an HTTP proxy; give one`) &&
                    !error.message.includes("do-not-print"),
            );
        }
    });
});
