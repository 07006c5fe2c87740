// The provider of check.js: this package's own, with the preflight in `check`. The engine checks one resource after
// another. Reads are shared by all resources, as ours are; `check` cannot tell a preview from an update.
const path = require("node:path");
const { provider } = require("pulumi-cognito-domain-settings/provider");

const dist = path.dirname(require.resolve("pulumi-cognito-domain-settings"));
const part = (name) => require(path.join(dist, name));
const { Aws } = part("aws.js");
const { addressOf } = part("domain.js");
const { formatFinding } = part("findings.js");
const { judge } = part("judge.js");
const { observe } = part("observe.js");
const { settingsOf } = part("settings.js");

const reads = remembering(new Aws());

exports.provider = {
    async check(olds, news) {
        const question = {
            domain: news.domain,
            address: addressOf(news),
            wanted: settingsOf(news),
            minimumCertificateValidityDays: 14,
        };
        const findings = judge(await observe(reads, question), question, "preview", new Date());
        const { inputs, failures } = await provider.check(olds, news);
        const failing = findings.filter(({ severity }) => severity === "error");
        return {
            inputs,
            failures: [...failures, ...failing.map((it) => ({ property: "", reason: formatFinding(it) }))],
        };
    },
    diff: (id, olds, news) => provider.diff(id, olds, news),
    create: (news) => provider.create(news),
    update: (id, olds, news) => provider.update(id, olds, news),
    read: (id, props) => provider.read(id, props),
    delete: (id, props) => provider.delete(id, props),
};

/** Every read is made once for each question. */
function remembering(aws) {
    const answers = new Map();
    return new Proxy(aws, {
        get:
            (target, name) =>
            (...question) => {
                const key = JSON.stringify([name, question]);
                if (!answers.has(key)) {
                    answers.set(key, target[name](...question));
                }
                return answers.get(key);
            },
    });
}
